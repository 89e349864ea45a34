"""Every text of the page, in English and French, in one table: name -> (English, French).

Some panels bring their own, in `behavior_words.py`, `recorded_words.py` and `lend_words.py`; what the robot's parts,
deeds and causes are called stands in `vocabulary.py` and `meanings.py`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from robot.health.translation import in_french
from robot.page.texts.behaviors import BEHAVIOR_TEXTS, PARAMETERS
from robot.page.texts.lending import LENDING
from robot.page.texts.meanings import MEANINGS
from robot.page.texts.recording import RECORDED
from robot.page.texts.vocabulary import (
    BEHAVIORS,
    CAUSES,
    DEEDS,
    ENDINGS,
    EXPRESSIONS,
    FAULTS,
    HELD,
    PHRASES,
    SOUNDS,
    STEPS,
)
from robot.sense.language.phrase_files import PhraseFile, said_table
from robot.sense.language.phrases import phrase_folder

if TYPE_CHECKING:
    from robot.page.texts.vocabulary import Table

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
    "invite_offline": (
        "This machine is on no network. Once it is on one, press again.",
        "Cette machine n’est sur aucun réseau. Dès qu’elle le sera, appuyez de nouveau.",
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
    # the owner's view
    "limp": ("It does not move", "Il ne bouge pas"),
    "limp_text": (
        "The voltage fell three times in a minute: see what holds it, or its supply. It stays limp until you say so.",
        "La tension a chuté trois fois en une minute : voyez ce qui bloque, ou l’alimentation. Il attend votre accord.",
    ),
    "limp_go_on": ("You can move again", "Tu peux bouger"),
    "home": ("Home", "Accueil"),
    "bench": ("Look inside", "Voir l’intérieur"),
    "now": ("What it sees and hears now", "Ce qu’il voit et entend maintenant"),
    "switches_note": (
        "Off means that nothing is taken in. It stays off until you switch it on, or until the robot is started anew.",
        "Coupé : rien n’est capté. Cela dure jusqu’à ce que vous l’activiez, ou jusqu’au prochain démarrage du robot.",
    ),
    "heard_nothing": ("It has heard nothing so far.", "Il n’a encore rien entendu."),
    "heard_last": ("Last heard {ago}: “{text}”", "Entendu {ago} : « {text} »"),
    "ago_now": ("just now", "à l’instant"),
    "ago_min": ("{n} min ago", "il y a {n} min"),
    "why_asked": ("Why did you do that?", "Pourquoi as-tu fait cela ?"),
    "why_none": ("It has done nothing yet.", "Il n’a encore rien fait."),
    "why_before": ("Before that", "Avant cela"),
    "held_asked": ("Why was that held back?", "Pourquoi cela a-t-il été retenu ?"),
    "held_home_none": ("Nothing was held back.", "Rien n’a été retenu."),
    "people_known": ("People it knows", "Personnes qu’il connaît"),
    "people_none": (
        "It knows nobody by name. It asks before it remembers anybody.",
        "Il ne connaît personne par son nom. Il demande avant de retenir quelqu’un.",
    ),
    "met_on": ("met on {day}, said yes on {yes}", "depuis le {day}, a dit oui le {yes}"),
    "face_known": ("It knows this face.", "Il reconnaît ce visage."),
    "spoke_of": ("Spoke of {about}: {detail}", "A parlé de {about} : {detail}"),
    "spoke_of_faded": (
        "Spoke of {about}; what was said has faded.",
        "A parlé de {about} ; les détails se sont effacés.",
    ),
    "together": ("Minutes together, last days", "Minutes ensemble, derniers jours"),
    "kept_else": (
        "Besides: {events} entries that its duties count and {counters} counts. The file has all of it.",
        "En outre : {events} notes que comptent ses devoirs et {counters} compteurs. Le fichier contient tout.",
    ),
    "forget_one_sure": ("Really forget {name}?", "Vraiment oublier {name} ?"),
    "forgotten": ("Forgotten.", "Oublié."),
    "forgotten_unwritten": (
        "Forgotten, but not deleted from the file yet: {why}",
        "Oublié, mais pas encore effacé du fichier : {why}",
    ),
    "hours": ("Quiet hours", "Heures calmes"),
    "hours_note": (
        "It begins no talk between these times; it still answers. The same time twice means none.",
        "Il n’engage pas de conversation entre ces heures ; il répond toujours. Deux heures égales : aucune.",
    ),
    "hours_from": ("From", "De"),
    "hours_to": ("To", "À"),
    "hours_save": ("Keep", "Garder"),
    "hours_kept": ("Kept.", "Gardé."),
    "hours_this_run": ("Set, until the robot is started anew.", "Réglé, jusqu’au prochain démarrage du robot."),
    "hours_wrong": ("Give both times, like 21:30.", "Donnez les deux heures, comme 21:30."),
    "all_well": ("All is well.", "Tout va bien."),
    "less_well": ("All works; worth knowing: {n}", "Tout marche ; à savoir : {n}"),
    "not_well": ("Needs your care: {n}", "À voir : {n}"),
    # sensing
    "sensing": ("Sensing now", "Capteurs actifs"),
    "camera_on": ("Camera on", "Caméra active"),
    "camera_off": ("Camera off", "Caméra coupée"),
    "microphone_on": ("Microphone on", "Micro actif"),
    "microphone_off": ("Microphone off", "Micro coupé"),
    # the mind
    "why": ("What it does, and why", "Ce qu’il fait, et pourquoi"),
    "because_joint": (" ", "que "),
    "colon": (":", "\u00a0:"),
    "because": ("because", "parce "),
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
    # scenarios
    "scenes": ("Scenario", "Scénario"),
    "scene_name": ("What happens", "Ce qui se passe"),
    "scene_seed": ("Seed", "Graine"),
    "scene_language": ("Language", "Langue"),
    "scene_begin": ("Begin", "Commencer"),
    "scene_note": (
        "Begins a new run with a new robot. The same scenario and seed give the same run.",
        "Commence une nouvelle exécution avec un nouveau robot. Même scénario et même graine : même déroulement.",
    ),
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
    "deed_say": ("say “{what}”", "dire « {what} »"),
    "deed_sound": ("make {what}", "faire {what}"),
    "deed_show": ("show “{what}”", "montrer « {what} »"),
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
    **BEHAVIOR_TEXTS,
    **RECORDED,
    **LENDING,
}


VOWELS = "aàâeéèêiîoôuy"
FIXED = re.compile("|".join(rf"\b{re.escape(words)}\b" for words in sorted(PHRASES, key=len, reverse=True)))


class PageTexts:
    """The texts in one language."""

    def __init__(self, language: str) -> None:
        """Any language but French reads English."""
        self.language = "fr" if language == "fr" else "en"
        self._column = 1 if language == "fr" else 0

    def __call__(self, name: str, /, **values: object) -> str:
        return TEXTS[name][self._column].format(**values)

    def raw(self, name: str) -> str:
        """A text with its slots, for a script to fill."""
        return TEXTS[name][self._column]

    def behavior(self, name: str) -> str:
        return self._called(BEHAVIORS, name).capitalize()

    def expression(self, name: str) -> str:
        return self._called(EXPRESSIONS, name)

    def sound(self, name: str) -> str:
        return self._called(SOUNDS, name)

    def fault(self, name: str) -> str:
        return self._called(FAULTS, name)

    def step(self, name: str) -> str:
        return self._called(STEPS, name)

    def cause(self, variable: str) -> str:
        return self._called(CAUSES, variable)

    def parameter(self, about: str) -> str:
        """What a behaviour's parameter is, as its file describes it."""
        return PARAMETERS.get(about, about) if self._column else about

    def held(self, reason: str) -> str:
        """Why the guard held something back."""
        return HELD.get(reason, reason) if self._column else reason

    def health(self, text: str) -> str:
        """A part, a reason or a remedy of the health's list."""
        return in_french(text) if self._column else text

    def phrases(self, text: str) -> str:
        """A value or note of a cause, its fixed words put into this language."""
        if text in ENDINGS:
            return self._called(ENDINGS, text)
        return FIXED.sub(lambda found: PHRASES[found.group()], text) if self._column else text

    def meaning(self, intent: str) -> str:
        """What words were taken for."""
        return self._called(MEANINGS, intent)

    def because(self, reason: str) -> str:
        """Put “because” before it; in French the vowel of “que” goes before another vowel."""
        joint = "qu’" if self._column and reason[:1].lower() in VOWELS else self("because_joint")
        return f"{self('because')}{joint}{reason}"

    def deed(self, intent: str) -> str:
        """An intent as a verdict names it: "say greet_again" -> "say: “Hello again.”"."""
        kind, _, name = intent.partition(" ")
        match kind:
            case "say":
                wordings = _said(self.language).get(name)
                return self("deed_say", what=wordings[0]) if wordings else intent
            case "sound":
                return self("deed_sound", what=self.sound(name))
            case "show":
                return self("deed_show", what=self.expression(name))
        return self._called(DEEDS, intent)

    def _called(self, table: Table, name: str) -> str:
        known = table.get(name)
        return known[self._column] if known else name.replace("_", " ")


@cache
def _said(language: str) -> dict[str, tuple[str, ...]]:
    """What the robot can say, by name."""
    return said_table(PhraseFile(phrase_folder() / f"said_{language}.toml"))
