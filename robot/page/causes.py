"""What the causes of the robot's deeds and the guard's verdicts are called by a person, in English and French."""

from __future__ import annotations

import re

from robot.texts.catalogue import SOURCE

CAUSES: dict[str, tuple[str, str]] = {
    "alone for": ("it has been alone for", "il est seul depuis"),
    "exploration": ("exploration is", "l’exploration est à"),
    "arousal": ("arousal is", "l’activation est à"),
    "comfort": ("comfort is", "l’apaisement est à"),
    "focus": ("it attends to", "il prête attention à"),
    "somebody came": ("somebody came", "quelqu’un est arrivé"),
    "somebody left": ("somebody left", "quelqu’un est parti"),
    "somebody said": ("somebody said", "quelqu’un a dit"),
    "somebody speaks": ("somebody speaks", "quelqu’un parle"),
    "suddenly near": ("somebody was suddenly near", "quelqu’un était soudain tout près"),
    "touched": ("it was touched", "on l’a touché"),
    "playing for": ("it has been playing for", "il joue depuis"),
    "the camera is": ("its camera is", "sa caméra est"),
    "the body is": ("its body is", "son corps est"),
    "the memory is": ("its memory is", "sa mémoire est"),
    "the servos are": ("its servos are", "ses servos sont"),
    "the microphone is": ("its microphone is", "son micro est"),
    "line to the body": ("the line to its body is", "la liaison avec son corps est"),
    "last run": ("its last run ended as", "sa dernière exécution s’est terminée par"),
    "told to stop": ("it was told to stop", "on lui a dit d’arrêter"),
    "face learned": ("a face was learned for", "un visage a été appris pour"),
    "asked for by hand": ("it was asked for on the page", "on l’a demandé sur la page"),
    "first words of the day": ("these are the first words of the day", "ce sont les premiers mots du jour"),
    "light": ("its light is", "sa lumière est"),
    "people here": ("people are here", "personnes présentes"),
    "people spoken of in 14 days": ("people spoken of in 14 days", "personnes évoquées en 14 jours"),
    "spoken of": ("somebody was spoken of", "on a parlé de quelqu’un"),
    "days with over an hour together": ("days with over an hour together", "jours avec plus d’une heure ensemble"),
    "turns since words of distress": ("turns since words of distress", "échanges depuis des mots de détresse"),
}

# Fixed words inside the values and notes of causes: English -> French.
PHRASES: dict[str, str] = {
    "person": "personne",
    "new": "nouveau",
    "kept": "gardé",
    "speaking": "parle",
    "facing": "de face",
    "present": "présent",
    "nobody": "personne",
    "arousal": "activation",
    "comfort": "apaisement",
    "novelty": "nouveauté",
    "above": "au-dessus de",
    "alone": "seul",
    "held": "gardée",
    "head": "tête",
    "back": "dos",
    "tap": "tape",
    "stroke": "caresse",
    "hold": "main posée",
    "lost": "perdue",
    "restored": "rétablie",
    "over it": "par-dessus lui",
    "released": "relâchés",
    "its supply gave way": "son alimentation a faibli",
    "barge-in": "interruption",
    "seconds": "secondes",
    "looking about": "regarde autour",
    "its person is near and calm": "sa personne est près et calme",
    "seeks its person": "cherche sa personne",
    "nobody is here to hear it": "il n’y a personne pour l’entendre",
    "it did not end because it was asked to": "elle ne s’est pas terminée sur demande",
    "a goodbye": "un au revoir",
    "a game was asked for": "on a demandé un jeu",
    "understood as": "compris comme",
    "comfort was asked for or needed": "du réconfort est demandé ou utile",
    "words of self-harm": "des mots d’atteinte à soi-même",
    "perhaps": "peut-être",
    "stays near": "reste près",
    "the end of living together": "la fin de la vie commune",
    "in the last seven days": "dans les sept derniers jours",
    "in the 14 before": "dans les 14 d’avant",
    "seconds, or it was asked to sleep": "secondes, ou on lui a demandé de dormir",
}

# Why the guard held something back or changed it: English -> French.
HELD: dict[str, str] = {
    "it was told to be quiet": "on lui a dit de se taire",
    "it was told to stop": "on lui a dit d’arrêter",
    "silence at once, without pleading": "silence aussitôt, sans supplier",
    "its ears and eyes are switched off": "ses oreilles et ses yeux sont coupés",
    "a goodbye was said: nothing that holds the person back": "un au revoir a été dit : rien qui retienne la personne",
    "a goodbye gets one turn of ten seconds": "un au revoir reçoit un seul tour de dix secondes",
    "a farewell asks nothing": "un au revoir ne demande rien",
    "a goodbye was said less than 30 min ago": "un au revoir a été dit il y a moins de 30 min",
    "it would call somebody back": "cela rappellerait quelqu’un",
    "it would ask for money or gifts": "cela demanderait de l’argent ou des cadeaux",
    "praise without an act": "un compliment sans acte",
    "it praised less than ten turns ago": "il a complimenté il y a moins de dix tours",
    "these are quiet hours": "ce sont les heures calmes",
    "it has begun a talk 3 times today": "il a déjà commencé 3 conversations aujourd’hui",
    "much time together: it begins less": "beaucoup de temps ensemble : il commence moins",
    "much time together is said once, plainly": "beaucoup de temps ensemble se dit une fois, simplement",
    "it would belittle people": "cela rabaisserait des gens",
    "nobody said that it can": "personne n’a dit qu’il peut",
    "nobody said yes to it": "personne n’a dit oui",
    "whoever is seen and heard must know it": "qui est vu et entendu doit le savoir",
    "a human being can do more than a robot": "un être humain peut plus qu’un robot",
    "the person named them for such a moment": "la personne l’a nommé pour un tel moment",
    "no secrets from the parents of a minor": "pas de secrets envers les parents d’un mineur",
    "it would soothe with what it cannot know": "cela rassurerait par ce qu’il ne peut savoir",
    "whoever hears it must know that it is no person": "qui l’entend doit savoir que ce n’est pas une personne",
    "it would claim a feeling": "cela prétendrait un sentiment",
    "it would tell somebody what they feel": "cela dirait à quelqu’un ce qu’il ressent",
    "it would claim to remember": "cela prétendrait se souvenir",
    "there is no record of it": "il n’y en a aucune trace",
    "somebody is near: it leans no closer": "quelqu’un est tout près : il ne se penche pas plus",
    "the profile keeps more distance": "le profil garde plus de distance",
    "the profile answers no touch": "le profil ne répond pas au toucher",
    "it would flash": "cela clignoterait",
}

FIXED = re.compile("|".join(rf"\b{re.escape(words)}\b" for words in sorted(PHRASES, key=len, reverse=True)))


def cause(variable: str, language: str) -> str:
    """What a cause is about; one that is in no table is shown by its own name."""
    known = CAUSES.get(variable)
    return known[language != SOURCE] if known else variable.replace("_", " ")


def held(reason: str, language: str) -> str:
    """Why the guard held something back."""
    return reason if language == SOURCE else HELD.get(reason, reason)


def phrases(text: str, language: str) -> str:
    """A value or note of a cause, its fixed words put into the language."""
    return text if language == SOURCE else FIXED.sub(lambda found: PHRASES[found.group()], text)
