"""What the page says of a camera or microphone that a visitor lends, in English and French."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from robot.page.texts.vocabulary import Table

INSECURE = (
    "Browsers lend cameras and microphones only to a page of the same machine. Open this page on the robot’s own "
    "computer, or bring it to yours: leave “ssh -L {port}:localhost:{port} {host}” running here, and open "
    "http://localhost:{port}/."
)
INSECURE_FR = (
    "Les navigateurs ne prêtent caméra et micro qu’à une page de la même machine. Ouvrez cette page sur l’ordinateur "
    "du robot, ou amenez-la sur le vôtre : laissez tourner ici « ssh -L {port}:localhost:{port} {host} », et ouvrez "
    "http://localhost:{port}/."
)

LENDING: Table = {
    "lend_title": ("Your camera and microphone", "Votre caméra et votre micro"),
    "lend_none": ("The robot uses its own senses.", "Le robot se sert de ses propres sens."),
    "lend_note": (
        "You may lend it yours. The browser asks you first; nothing is stored.",
        "Vous pouvez lui prêter les vôtres. Le navigateur vous le demande d’abord ; rien n’est conservé.",
    ),
    "lend_here": ("a visitor on this machine", "une personne sur cette machine"),
    "lend_at": ("a visitor at {address}", "une personne à l’adresse {address}"),
    "lend_rests": ("It rests now: nothing is sent.", "Au repos en ce moment : rien n’est envoyé."),
    "lend_use_camera": ("Use my camera", "Utiliser ma caméra"),
    "lend_stop_camera": ("Stop my camera", "Arrêter ma caméra"),
    "lend_end_camera": ("Stop that camera", "Arrêter cette caméra"),
    "lend_mine_camera": ("The robot sees through your camera.", "Le robot voit par votre caméra."),
    "lend_other_camera": ("The robot sees through the camera of {who}.", "Le robot voit par la caméra d’{who}."),
    "lend_use_microphone": ("Use my microphone", "Utiliser mon micro"),
    "lend_stop_microphone": ("Stop my microphone", "Arrêter mon micro"),
    "lend_end_microphone": ("Stop that microphone", "Arrêter ce micro"),
    "lend_mine_microphone": ("The robot hears through your microphone.", "Le robot entend par votre micro."),
    "lend_other_microphone": (
        "The robot hears through the microphone of {who}.",
        "Le robot entend par le micro d’{who}.",
    ),
    "lend_insecure": (INSECURE, INSECURE_FR),
    "lend_denied": (
        "The browser was not given leave. Allow it beside the page’s address, and press again.",
        "Le navigateur n’en a pas reçu l’autorisation. Accordez-la à côté de l’adresse de la page, et recommencez.",
    ),
    "lend_missing": (
        "This machine has none. Connect one, and press again.",
        "Cette machine n’en a pas. Branchez-en un, et recommencez.",
    ),
    "lend_busy": (
        "It cannot be opened: another program may use it. Close that one, and press again.",
        "Impossible de l’ouvrir : un autre programme s’en sert peut-être. Fermez-le, et recommencez.",
    ),
    "lend_failed": (
        "The browser could not open it. Try another browser.",
        "Le navigateur n’a pas pu l’ouvrir. Essayez un autre navigateur.",
    ),
    "lend_line": (
        "The line to the robot was lost, so nothing is lent any more. Press again when it is back.",
        "La liaison avec le robot est coupée : plus rien n’est prêté. Recommencez quand elle est rétablie.",
    ),
    "lend_viewer": ("Only an owner may lend.", "Seul un propriétaire peut prêter."),
    "lend_taken": (
        "Another visitor lends theirs already. Stop that one first.",
        "Une autre personne prête déjà le sien. Arrêtez-le d’abord.",
    ),
    "lend_off": (
        "This sense of the robot is switched off. Switch it on first.",
        "Ce sens du robot est coupé. Activez-le d’abord.",
    ),
    "lend_damaged": (
        "What came was damaged, and the robot did not take it. Stop, and press again.",
        "Ce qui est arrivé était abîmé, et le robot ne l’a pas pris. Arrêtez, et recommencez.",
    ),
    "lend_large": (
        "A picture was too large, and the robot did not take it. Choose a smaller size for the camera.",
        "Une image était trop grande, et le robot ne l’a pas prise. Choisissez une taille plus petite pour la caméra.",
    ),
    "lend_left": ("The page was closed.", "La page a été fermée."),
    "lend_silent": (
        "Nothing came from it for a second, so the robot let it go. See that it works, and press again.",
        "Rien n’en est venu pendant une seconde : le robot l’a lâché. Vérifiez qu’il fonctionne, et recommencez.",
    ),
    "lend_unplugged": (
        "The browser has lost it. Connect it again, and press again.",
        "Le navigateur l’a perdu. Rebranchez-le, et recommencez.",
    ),
}
