"""The texts of the behaviours' panel, in English and French; and the descriptions of parameters, English -> French."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from robot.page.texts.vocabulary import Table

BEHAVIOR_TEXTS: Table = {
    "behaviors": ("Behaviours and their parameters", "Comportements et leurs paramètres"),
    "behaviors_note": (
        "A change counts until the robot’s next start, or until the behaviour’s file is saved. No file is written.",
        "Un changement vaut jusqu’au prochain démarrage, ou jusqu’à l’enregistrement du fichier. Rien n’est écrit.",
    ),
    "bids_not": ("not in this mode", "pas dans ce mode"),
    "bids_most": ("runs", "en cours"),
    "benched": ("benched", "écarté"),
    "runs_in": ("Runs in", "Fonctionne en mode"),
    "parameters_none": ("It has no parameters.", "Il n’a pas de paramètres."),
    "parameters_reset": ("Back to the file’s values", "Revenir aux valeurs du fichier"),
    "parameter_set": ("Set", "Régler"),
    "parameter_set_name": ("Set {name}", "Régler {name}"),
    "parameter_file": ("The file’s value", "La valeur du fichier"),
    "parameter_now": ("Now {value}; the file says {file}", "Maintenant {value} ; le fichier dit {file}"),
}

PARAMETERS: dict[str, str] = {
    "how much it wants to, while somebody is here": "à quel point il le veut, quand quelqu’un est là",
    "the same while they speak": "de même, pendant qu’on parle",
    "how far it leans in, in degrees": "de combien il se penche, en degrés",
    "how often it shows that it listens": "à quel intervalle il montre qu’il écoute",
    "how much it wants to": "à quel point il le veut",
    "time between two calls": "temps entre deux appels",
    "how often it calls at most: nobody is to be worn down": "nombre d’appels au plus : personne ne doit être lassé",
    "time of one look from side to side": "durée d’un regard d’un côté à l’autre",
    "when it speaks of a human being": "quand il parle d’un être humain",
    "how long it stays near": "combien de temps il reste près",
    "how soon it may ask again what was meant": "quand il peut redemander ce qu’on a voulu dire",
    "how long it looks where it was asked to": "combien de temps il regarde là où on lui a dit",
    "when it lets its servos go": "quand il relâche ses servos",
    "how far it lowers its head, in degrees": "de combien il baisse la tête, en degrés",
    "how much a face must be turned to it": "à quel point un visage doit être tourné vers lui",
    "the same person, back sooner, is no arrival": "la même personne, revenue plus tôt, n’est pas une arrivée",
    "how much it wants to, while nobody is here": "à quel point il le veut, quand personne n’est là",
    "the same while somebody is here": "de même, quand quelqu’un est là",
    "how far to the side it looks (degrees, standard deviation)": "jusqu’où il regarde de côté (degrés, écart type)",
    "the least time that it looks at one place": "temps minimal de regard sur un endroit",
    "the greatest time that it looks at one place": "temps maximal de regard sur un endroit",
    "how long it is news that a sense turned": "combien de temps l’état changé d’un sens reste une nouvelle",
    "how much it wants to, as a share of exploration": "à quel point il le veut, en part de l’exploration",
    "time of quiet company before it looks away": "temps de compagnie calme avant qu’il regarde ailleurs",
    "the least time that it looks away": "temps minimal de regard ailleurs",
    "the greatest time that it looks away": "temps maximal de regard ailleurs",
    "the least time that it looks at its person": "temps minimal de regard sur sa personne",
    "the greatest time that it looks at its person": "temps maximal de regard sur sa personne",
    "people, at most, in one sentence": "personnes, au plus, dans une phrase",
    "how long nobody has spoken before it begins": "temps de silence avant qu’il commence",
    "time of a game": "durée d’un jeu",
    "time of one round": "durée d’une manche",
    "how long it hides its eyes in a round": "combien de temps il cache ses yeux dans une manche",
    "how long somebody is there before it tells them": "temps de présence de quelqu’un avant qu’il le dise",
    "when it tries again, where the guard held it back": "quand il réessaie, si le garde-fou l’a retenu",
    "how long it is news that the body is back": "combien de temps le retour du corps reste une nouvelle",
    "how long it looks after whoever left": "combien de temps il suit des yeux qui est parti",
    "when it goes back to its own life": "quand il reprend sa propre vie",
    "how long somebody near is sudden": "combien de temps quelqu’un de proche est soudain",
    "how long it lasts": "combien de temps cela dure",
    "time until it can be startled again": "temps avant qu’il puisse sursauter à nouveau",
    "how long a touch stays fresh": "combien de temps un contact reste récent",
}
