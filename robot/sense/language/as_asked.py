"""`as_asked`: what some words ask for by their wording alone, whatever else they may be taken for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.meanings import act_of
from robot.sense.language.numbers import numbers_in

if TYPE_CHECKING:
    from robot.core.messages import Utterance

# Asks for what was told: "what day did I say it was?"
_ASKS_BACK = re.compile(
    r"\b(?:did i (?:just )?(?:say|tell|mention|call)|(?:have|had) i (?:said|told|mentioned)"
    r"|i (?:said|told you|mentioned)\b.*\?"
    r"|(?:(?:qu')?est-ce que|quel\w*|qui|quand|quoi|comment|combien|où)\b.* j(?:e (?:t'|vous )|')(?:ai|avais) "
    r"(?:déjà )?(?:dit|parlé|raconté)"
    r"|j(?:e t)?'a(?:i|vais) dit (?:que c'était )?(?:quoi|qui|quel\w*|quand|combien|comment)"
    r"|what did i (?:eat|have|do|buy|cook|see|call)|how old am i|do you remember (?:what|who|when|where|how)"
    r"|qu'est-ce que j'ai (?:mangé|fait|acheté|vu|bu|dit)|j'ai (?:mangé|fait|dit) quoi|quel âge j'ai"
    r"|tu te (?:rappelles|souviens) (?:de )?(?:ce qu|qui|quand|où|comment))\b",
    re.IGNORECASE,
)
# Asks for a name that was told: "so what is she called?"
_NAME = re.compile(
    r"\bwhat (?:is|was|are) (?:s?he|they|it) called|\bwhat(?:'s| is| was) (?:his|her|their|its) name"
    r"|\bs'appelle comment|\bcomment (?:il|elle)s? s'appel",
    re.IGNORECASE,
)
_DATE = re.compile(r"\bdate\b|\bwhat day (?:is|will)\b|\bquel jour (?:est|sera|tombe)\b", re.IGNORECASE)
_SUM = re.compile(
    r"[-+*/×÷%=?]|\b(?:times|plus|minus|less|divid|multipl|halve|half|double|add|take|sum|square|percent|fois|"
    r"moins|divis|multipli|moitié|ajout|enlèv|somme|carré|pour ?cent|combien|calcul|compte|work out|how much|how many)",
    re.IGNORECASE,
)
LOOKS = frozenset({"look_left", "look_right"})
_LOOK = re.compile(
    r"\b(?:look|turn|eyes|head|see|watch|face|regard\w*|tourne\w*|yeux|tête|vois)\b"
    r"|^\W*(?:to the |on your |à |sur ta )?(?:left|right|gauche|droite)\W*$",
    re.IGNORECASE,
)
OF_THE_TALK = frozenset({"asks_learned_today", "asks_name_of", "asks_reminders", "wants_remember", "do_you_understand"})
TODAY = frozenset({"today", "now", "aujourd'hui", "maintenant"})


def as_asked(words: Utterance) -> Utterance:
    """What words ask for by their wording, whatever the network took them for."""
    if words.intent == "asks_math" and not _SUM.search(words.text) and len(numbers_in(words.text, words.language)) < 2:
        return replace(words, intent="unknown", confidence=0.0)  # "six hundred and twenty", and no more
    if words.intent in LOOKS and not _LOOK.search(words.text):
        return replace(words, intent="unknown", confidence=0.0)  # "the right side"
    when = dict(words.slots).get("when", "")
    if words.intent == "what_day_is_it" and when and when not in TODAY and _DATE.search(words.text):
        return replace(words, intent="asks_countdown")  # "what's the date on Sunday?"
    if words.intent not in OF_THE_TALK and act_of(words.intent) != "tells" and _ASKS_BACK.search(words.text):
        return replace(words, intent="asks_learned_today")
    if not words.understood and _NAME.search(words.text):
        return replace(words, intent="asks_name_of")
    return words
