"""The texts of a recording's page, in English and French: name -> (English, French)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from robot.page.texts.vocabulary import Table

RECORDED: Table = {
    "recording": ("This is a recording.", "Ceci est un enregistrement."),
    "recording_note": (
        "It shows what the robot sensed and did then. Nothing here happens now.",
        "Il montre ce que le robot a perçu et fait à ce moment-là. Rien de ceci n’a lieu maintenant.",
    ),
    "recording_of": ("A recording of a robot", "L’enregistrement d’un robot"),
    "scene_then": ("Robot and people then", "Le robot et les personnes, à ce moment"),
    "scene_label_then": (
        "3D picture of the robot and the people it saw, at the chosen moment of the recording.",
        "Image 3D du robot et des personnes qu’il voyait, au moment choisi de l’enregistrement.",
    ),
    "scene_then_note": (
        "Only the direction of people is recorded; how far they stand is guessed. Drag to look round.",
        "Seule la direction des personnes est enregistrée ; leur distance est estimée. Glissez pour tourner la vue.",
    ),
    "player": ("Moment", "Moment"),
    "moment": ("Moment of the recording", "Moment de l’enregistrement"),
    "moment_spoken": ("{{m}} min {{s}} s of {{M}} min {{S}} s", "{{m}} min {{s}} s sur {{M}} min {{S}} s"),
    "play": ("▶ Play", "▶ Lire"),
    "hold": ("❚❚ Hold", "❚❚ Arrêter"),
    "step_back": ("One tick back", "Un battement en arrière"),
    "mark_before": ("◂ Mark before", "◂ Repère précédent"),
    "mark_next": ("Next mark ▸", "Repère suivant ▸"),
    "mark_words": ("words", "paroles"),
    "mark_mode": ("mode changes", "changements de mode"),
    "mark_fault": ("faults", "pannes"),
    "moments": ("What happened when", "Ce qui s’est passé, et quand"),
    "moments_none": (
        "Nothing was said, no mode changed and nothing broke.",
        "Rien n’a été dit, aucun mode n’a changé, rien n’est tombé en panne.",
    ),
    "moments_more": (
        "The first {shown} of {all}. The bar shows all; the buttons beside it go to each.",
        "Les {shown} premiers sur {all}. La barre les montre tous ; ses boutons mènent à chacun.",
    ),
    "who_then": ("Person", "Personne"),
    "talk_none_then": ("Nothing had been said until then.", "Rien n’avait encore été dit."),
    "talk_then": (
        "This was said then. A recording hears nothing.",
        "Ceci a été dit à ce moment-là. Un enregistrement n’entend rien.",
    ),
    "camera_then": ("What it saw", "Ce qu’il voyait"),
    "camera_none_then": ("No picture at this moment", "Pas d’image à ce moment"),
    "pictures_none": (
        "Pictures were not recorded, only where faces were. They are kept only with --record-pictures.",
        "Les images n’ont pas été enregistrées, seulement la place des visages. Il faut --record-pictures.",
    ),
    "well_again": ("well again", "de nouveau bien"),
    "holds": ("What this recording holds", "Ce que contient cet enregistrement"),
    "holds_file": ("File", "Fichier"),
    "holds_begun": ("Recorded on", "Enregistré le"),
    "holds_length": ("Length", "Durée"),
    "holds_length_is": ("{m} min {s} s, {ticks} ticks", "{m} min {s} s, {ticks} battements"),
    "holds_words": ("Lines heard and said", "Phrases entendues et dites"),
    "holds_pictures": ("Camera pictures", "Images de la caméra"),
    "holds_sound": ("Sound", "Son"),
    "holds_health": ("Health of the parts", "Santé des composants"),
    "holds_health_is": (
        "Not recorded, but for faults that the body and the senses told.",
        "Non enregistrée, sauf les pannes signalées par le corps et les sens.",
    ),
    "holds_places": ("Where people stood", "Où se tenaient les personnes"),
    "holds_places_is": ("Not recorded; their direction is.", "Non enregistré ; leur direction l’est."),
    "not_recorded": ("Not recorded.", "Non enregistrées."),
    "never_recorded": ("Never recorded.", "Jamais enregistré."),
    "holds_early": ("It ends early:", "Il s’arrête trop tôt :"),
    "holds_private": (
        "It has the words that were said and the names the robot knew. Nothing sends it anywhere.",
        "Il contient les paroles dites et les noms que le robot connaissait. Rien ne l’envoie nulle part.",
    ),
}
