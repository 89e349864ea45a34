"""Every text of the page, in English and French, in one table: name -> (English, French)."""

from __future__ import annotations

LANGUAGES = {"en": "English", "fr": "Français"}

TEXTS: dict[str, tuple[str, str]] = {
    "robot_in": ("This is a robot, in simulation", "Ceci est un robot, en simulation"),
    "robot_real": ("This is a robot", "Ceci est un robot"),
    "skip": ("Skip to the talk", "Aller à la conversation"),
    "hush": ("Quiet", "Silence"),
    "hush_hint": ("Makes the robot silent at once", "Fait taire le robot immédiatement"),
    "sound_on": ("Sound on", "Son activé"),
    "sound_off": ("Sound off", "Son coupé"),
    "sound_hint": (
        "Sound is off until you turn it on: browsers ask for a click first.",
        "Le son est coupé jusqu’à ce que vous l’activiez : les navigateurs demandent d’abord un clic.",
    ),
    "dark": ("Light or dark", "Clair ou sombre"),
    "language": ("Passer en français", "Switch to English"),
    "waiting": ("Waiting for the robot’s first tick …", "En attente du premier battement du robot …"),
    # coming in from the network
    "enter_text": (
        "This opens the page of the robot that showed you this code. It shows what the robot’s camera sees now.",
        "Ceci ouvre la page du robot qui a montré ce code. Elle montre ce que voit sa caméra en ce moment.",
    ),
    "enter": ("Come in", "Entrer"),
    "enter_trouble": (
        "This code is spent or too old. Ask the robot’s owner for a new one.",
        "Ce code a déjà servi ou a expiré. Demandez-en un nouveau à la personne à qui est le robot.",
    ),
    "no_entry": (
        "Bowlby: come in by the code that the robot’s owner shows you.",
        "Bowlby : entrez avec le code que montre la personne à qui est le robot.",
    ),
    "invite": ("Let another device in", "Ouvrir à un autre appareil"),
    "invite_owner": ("Owner: may act", "Propriétaire : peut agir"),
    "invite_viewer": ("Viewer: may look", "Spectateur : peut regarder"),
    "invite_note": (
        "Scan with the other device. The code is good once, for ten minutes.",
        "À scanner avec l’autre appareil. Le code sert une seule fois, pendant dix minutes.",
    ),
    "viewing": ("You may look; the owner may act.", "Vous pouvez regarder ; seul le propriétaire peut agir."),
    # the picture in 3D
    "scene": ("Robot and room", "Le robot et la pièce"),
    "scene_label": (
        "Live 3D picture of the robot and the people near it.",
        "Image 3D en direct du robot et des personnes proches.",
    ),
    "scene_drag": (
        "Drag a person, or use 1–9 and the arrow keys; drag elsewhere to look round.",
        "Faites glisser une personne, ou utilisez 1–9 et les flèches ; ailleurs, faites tourner la vue.",
    ),
    "scene_turn": ("Drag to look round.", "Faites glisser pour tourner la vue."),
    "scene_without": (
        "This browser shows no 3D. All the rest of the page works.",
        "Ce navigateur n’affiche pas la 3D. Tout le reste de la page fonctionne.",
    ),
    "view_room": ("Room", "Pièce"),
    "view_robot": ("Robot", "Robot"),
    "view": ("View", "Vue"),
    # the talk
    "talk": ("Talk", "Conversation"),
    "say": ("Say something to the robot", "Dites quelque chose au robot"),
    "send": ("Send", "Envoyer"),
    "talk_empty": ("Nothing has been said yet. Try “hello”.", "Rien n’a encore été dit. Essayez « bonjour »."),
    "who_person": ("You", "Vous"),
    "who_robot": ("Robot", "Robot"),
    "via_typed": ("typed", "écrit"),
    "via_heard": ("heard", "entendu"),
    "via_said": ("said", "dit"),
    "via_sound": ("sound", "son"),
    # what it sees
    "camera": ("What it sees", "Ce qu’il voit"),
    "camera_label": (
        "The robot’s own camera picture, with a box and a number round each face and a cross where it looks.",
        "L’image de la caméra du robot : un cadre et un numéro autour de chaque visage, une croix là où il regarde.",
    ),
    "camera_none": ("No picture from the camera", "Pas d’image de la caméra"),
    "camera_kept": (
        "Shown only while you look; nothing is stored.",
        "Montré seulement quand vous regardez ; rien n’est conservé.",
    ),
    "people_0": ("It sees nobody.", "Il ne voit personne."),
    "people_1": ("It sees one person", "Il voit une personne"),
    "people_n": ("It sees {n} people", "Il voit {n} personnes"),
    "band_near": ("near", "près"),
    "band_middle": ("at middle distance", "à mi-distance"),
    "band_far": ("far", "loin"),
    # sensing
    "sensing": ("Sensing now", "Capteurs actifs"),
    "camera_on": ("Camera on", "Caméra active"),
    "camera_off": ("Camera off", "Caméra coupée"),
    "microphone_on": ("Microphone on", "Micro actif"),
    "microphone_off": ("Microphone off", "Micro coupé"),
    # the mind
    "why": ("What it does, and why", "Ce qu’il fait, et pourquoi"),
    "because": ("because", "parce que"),
    "nothing": ("nothing in particular", "rien de particulier"),
    "bids": ("What else it could do", "Ce qu’il pourrait faire d’autre"),
    "modes": ("Mode", "Mode"),
    "mode_boot": ("Starting", "Démarre"),
    "mode_asleep": ("Asleep", "Dort"),
    "mode_awake": ("Awake", "Éveillé"),
    "mode_engaged": ("Engaged", "En relation"),
    "mode_safe": ("Safe", "Sécurité"),
    # feelings
    "inside": ("Inside, over a minute", "État interne, sur une minute"),
    "inside_note": (
        "Variables of a model that drive the robot. They are not emotions: it does not feel.",
        "Variables d’un modèle qui pilotent le robot. Ce ne sont pas des émotions : il ne ressent rien.",
    ),
    "arousal": ("Arousal", "Activation"),
    "comfort": ("Comfort", "Apaisement"),
    "exploration": ("Exploration", "Exploration"),
    # workbench
    "workbench": ("Workbench", "Atelier"),
    "time": ("Time", "Temps"),
    "pause": ("Pause", "Pause"),
    "step": ("One tick", "Un battement"),
    "speed": ("Speed", "Vitesse"),
    "expressions": ("Expressions", "Expressions"),
    "faults": ("Faults, to see how it copes", "Pannes, pour voir comment il s’en sort"),
    # memory
    "remembers": ("What it remembers", "Ce dont il se souvient"),
    "remembers_show": ("Show everything", "Tout montrer"),
    "remembers_save": ("Save as a file", "Enregistrer dans un fichier"),
    "forget": ("Forget {name}", "Oublier {name}"),
    "forget_all": ("Forget everything", "Tout oublier"),
    "forget_sure": ("Really forget everything?", "Vraiment tout oublier ?"),
    # guard
    "held": ("What the guard changed or held back", "Ce que le garde-fou a changé ou retenu"),
    "held_none": ("Nothing so far.", "Rien jusqu’ici."),
    "duty": ("duty", "devoir"),
    "stopped": ("stopped", "arrêté"),
    "changed": ("changed", "changé"),
    "added": ("added", "ajouté"),
    # health
    "health": ("Health", "Santé"),
    "health_none": ("No part has reported yet.", "Aucun composant ne s’est encore signalé."),
    "condition_ok": ("well", "bien"),
    "condition_lesser": ("lesser", "réduit"),
    "condition_off": ("off", "éteint"),
    "condition_fault": ("fault", "panne"),
    "remedy": ("Remedy", "Remède"),
    "loop": ("Loop", "Boucle"),
    "loop_ticks": ("{ticks} ticks, {late} late", "{ticks} battements, {late} en retard"),
    "loop_blame": ("Late because of: {blamed}", "En retard à cause de : {blamed}"),
}

# Behaviours and the variables of causes, as a person would put them. What is not in the table is shown by its own
# name: behaviours may come from other people's packages.
BEHAVIORS: dict[str, tuple[str, str]] = {
    "idle": ("Idle life", "Vie au repos"),
    "look_around": ("Looks round", "Regarde autour"),
    "notice": ("Notices", "Remarque"),
    "greet": ("Greets", "Salue"),
    "attend": ("Attends", "Prête attention"),
    "converse": ("Talks", "Converse"),
    "comfort": ("Comforts", "Réconforte"),
    "doze": ("Dozes", "Somnole"),
    "settle": ("Settles", "Se pose"),
    "farewell": ("Says goodbye", "Dit au revoir"),
    "touch": ("Feels a touch", "Sent un contact"),
    "startle": ("Startles", "Sursaute"),
    "introduce": ("Introduces itself", "Se présente"),
}

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
    "told to stop": ("it was told to stop", "on lui a dit d’arrêter"),
    "first words of the day": ("these are the first words of the day", "ce sont les premiers mots du jour"),
}

# Fixed words inside the values and notes of causes.
PHRASES: dict[str, str] = {
    "person": "personne",
    "new": "nouveau",
    "kept": "gardé",
    "speaking": "parle",
    "facing": "de face",
    "present": "présent",
    "arousal": "activation",
    "looking about": "regarde autour",
    "a goodbye": "un au revoir",
    "understood as": "compris comme",
    "comfort was asked for or needed": "du réconfort est demandé ou utile",
    "seconds, or it was asked to sleep": "secondes, ou on lui a demandé de dormir",
}


class Words:
    """The texts in one language."""

    def __init__(self, language: str) -> None:
        """Any language but French reads English."""
        self.language = language
        self._column = 1 if language == "fr" else 0

    def __call__(self, name: str, /, **values: object) -> str:
        return TEXTS[name][self._column].format(**values)

    def behavior(self, name: str) -> str:
        known = BEHAVIORS.get(name)
        return known[self._column] if known else name.replace("_", " ").capitalize()

    def cause(self, variable: str) -> str:
        known = CAUSES.get(variable)
        return known[self._column] if known else variable

    def phrase(self, text: str) -> str:
        return PHRASES.get(text, text) if self._column else text
