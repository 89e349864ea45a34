"""What the first run says, in English and French: name -> (English, French)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "welcome": (
        "Hello. A few questions. Enter keeps what stands in brackets; Ctrl-C ends and changes nothing.",
        "Bonjour. Quelques questions. Entrée garde ce qui est entre crochets ; Ctrl-C arrête sans rien changer.",
    ),
    "name": ("What shall I be called?", "Comment dois-je m’appeler ?"),
    "quiet_from": (
        "In quiet hours I begin no talk. From (hours:minutes)",
        "Aux heures calmes, je n’engage aucune conversation. À partir de (heures:minutes)",
    ),
    "quiet_to": ("Until", "Jusqu’à"),
    "country": (
        "Which country is this (two letters)? If somebody speaks of ending their life, I name the help line of it",
        "Dans quel pays sommes-nous (deux lettres) ? Si quelqu’un parle de mourir, j’en donne le numéro d’aide",
    ),
    "minor": ("Does a child live here?", "Un enfant vit-il ici ?"),
    "people": (
        "Who lives here? One name at a time; Enter alone goes on.",
        "Qui vit ici ? Un prénom à la fois ; Entrée seule pour continuer.",
    ),
    "person": ("Name", "Prénom"),
    "consent": (
        "{name}: may I know you by name? It stays on this machine, and “forget me” deletes it.",
        "{name} : puis-je te connaître par ton nom ? Il reste sur cette machine, et « oublie-moi » l’efface.",
    ),
    "contacts": (
        "Who may be called when somebody is not well? I only say the name; I call nobody. Enter alone goes on.",
        "Qui appeler quand quelqu’un va mal ? Je dis le nom ; je n’appelle personne. Entrée seule pour continuer.",
    ),
    "contact": ("Name, as I shall say it", "Nom, comme je le dirai"),
    "contact_agreed": ("Do you want me to name {name} then?", "Voulez-vous que je nomme {name} dans ce cas ?"),
    "trial_camera": ("Shall I look through the camera now?", "Dois-je regarder par la caméra maintenant ?"),
    "trial_ears": (
        "Shall I listen for four seconds? Please say something then",
        "Dois-je écouter quatre secondes ? Dites alors quelque chose",
    ),
    "trial_voice": ("Shall I say a sentence?", "Dois-je dire une phrase ?"),
    "sentence": ("Hello. I am a robot, and this is my voice.", "Bonjour. Je suis un robot, et voici ma voix."),
    "heard_it": ("Did you hear it?", "L’avez-vous entendue ?"),
    "turn_up": (
        "Then turn the sound up (alsamixer), or choose another sound card below",
        "Alors montez le son (alsamixer), ou choisissez une autre carte son ci-dessous",
    ),
    "faces_0": (
        "I see nobody. Is the lens free, and is there light?",
        "Je ne vois personne. L’objectif est-il libre ?",
    ),
    "faces_1": ("I see one face.", "Je vois un visage."),
    "faces_n": ("I see {n} faces.", "Je vois {n} visages."),
    "level": ("level", "niveau"),
    "loud_none": (
        "Not a sound: is the microphone muted? (alsamixer, F4)",
        "Aucun son : le micro est-il coupé ? (alsamixer, F4)",
    ),
    "loud_low": ("Very quiet. Raise its level (alsamixer, F4).", "Très faible. Montez le niveau (alsamixer, F4)."),
    "loud_high": ("Too loud, it clips. Lower its level.", "Trop fort, ça sature. Baissez le niveau."),
    "loud_good": ("I hear well.", "J’entends bien."),
    "trouble": ("That does not work: {why}", "Cela ne marche pas : {why}"),
    "address": (
        "Another address (as in the configuration), “none” to do without, Enter to keep {now}",
        "Une autre adresse (comme dans la configuration), « aucune » pour s’en passer, Entrée pour garder {now}",
    ),
    "bad": ("That cannot be: {why}", "Ce n’est pas possible : {why}"),
    "yes_no": ("Please answer yes or no.", "Répondez par oui ou par non."),
    "written": (
        "Written to {path}. To answer again: bowlby setup",
        "Écrit dans {path}. Pour répondre de nouveau : bowlby setup",
    ),
    "known": ("I know now: {names}", "Je connais maintenant : {names}"),
    "restart": (
        "A robot that runs takes this up when it is started again: sudo systemctl restart bowlby",
        "Un robot en marche en tient compte une fois relancé : sudo systemctl restart bowlby",
    ),
}
YES, NO = ({"y", "yes", "o", "oui"}, {"n", "no", "non"})
NONE = {"none", "aucune", "aucun"}


class SetupTexts:
    """The texts in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, /, **values: object) -> str:
        return TEXTS[key][self.language == "fr"].format(**values)

    def yes_or_no(self, *, yes: bool) -> str:
        return (("yes", "no"), ("oui", "non"))[self.language == "fr"][not yes]
