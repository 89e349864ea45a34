"""What `bowlby calibrate` asks, in English and French."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "welcome": (
        "Keep hands and cables clear. One servo moves at a time, slowly. Enter keeps what stands in brackets.",
        "Écartez mains et câbles. Un servo bouge à la fois, lentement. Entrée garde ce qui est entre crochets.",
    ),
    "base_yaw": ("base: turns the whole body (channel 0)", "base : tourne tout le corps (voie 0)"),
    "neck_pitch": ("neck: nods up and down (channel 1)", "cou : hoche de haut en bas (voie 1)"),
    "neck_roll": ("neck: tilts to the side (channel 2)", "cou : penche sur le côté (voie 2)"),
    "head_yaw": ("head: turns left and right (channel 3)", "tête : tourne à gauche et à droite (voie 3)"),
    "left_ear": ("left ear (channel 4)", "oreille gauche (voie 4)"),
    "right_ear": ("right ear (channel 5)", "oreille droite (voie 5)"),
    "there": ("Is this servo there?", "Ce servo est-il présent ?"),
    "straight": (
        "Degrees to turn until it stands straight (5, -3 …); Enter when it does",
        "Degrés à tourner jusqu’à ce qu’il soit droit (5, -3 …) ; Entrée quand il l’est",
    ),
    "way_yaw": ("Did it move to the robot’s own left?", "A-t-il bougé vers la gauche du robot ?"),
    "way_pitch": ("Did it move up?", "A-t-il bougé vers le haut ?"),
    "upper_deg": (
        "Degrees to go on to the left or up, to the end of its way; Enter there, or at once to keep",
        "Degrés à avancer vers la gauche ou le haut, jusqu’au bout ; Entrée alors, ou tout de suite pour garder",
    ),
    "lower_deg": (
        "The same to the right or down; Enter there, or at once to keep",
        "De même vers la droite ou le bas ; Entrée alors, ou tout de suite pour garder",
    ),
    "speed": ("Highest speed, degrees a second", "Vitesse la plus haute, degrés par seconde"),
    "camera": ("camera and eyes", "caméra et yeux"),
    "height": ("Height of the camera above the table, m", "Hauteur de la caméra au-dessus de la table, m"),
    "forward": ("How far it is before the axis of the base, m", "Distance devant l’axe de la base, m"),
    "fov": ("What it sees from left to right, degrees", "Ce qu’elle voit de gauche à droite, degrés"),
    "eyes": (
        "Eyes: drawn (8x8 lights), lamps (no pupils), none",
        "Yeux : drawn (8x8 lumières), lamps (sans pupilles), none (aucun)",
    ),
    "yes": ("yes", "oui"),
    "again": ("That does not fit; once more, please.", "Cela ne convient pas ; encore une fois, s’il vous plaît."),
    "written": ("Written to {path}", "Écrit dans {path}"),
}


class ConsoleTexts:
    """The texts in one language."""

    def __init__(self, language: str) -> None:
        self._french = language == "fr"

    def __call__(self, key: str, /, **values: object) -> str:
        return TEXTS[key][self._french].format(**values)
