"""`as_asked`: what some words ask for by their wording alone, whatever else they may be taken for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.meanings import act_of
from robot.sense.language.mentions import mentions
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
_DATE = re.compile(
    r"\bdate\b|\bwhat day(?:'s| is| will| does)\b|\bquel jour (?:est|sera|tombe|serons)\b|\btombe quel jour\b"
    r"|\ble combien\b",
    re.IGNORECASE,
)
_WHILE = re.compile(
    r"\bin (?:a|two|three|\d+) (?:week|day)s?\b|\bdans (?:une?|deux|trois|\d+) (?:semaine|jour)s?\b", re.IGNORECASE
)
_ORDINAL = re.compile(r"\bthe (?:[\w-]+(?:th|st|nd|rd|first|second|third))\W*$|\ble [\w-]+\W*$", re.IGNORECASE)
_NOT_THAT = re.compile(r"\W*(?:no|nope|non)\b[ ,.!]+(?:it'?s|it is|c'est)\b", re.IGNORECASE)  # "no, it's Pickle"
_ASK_ME = re.compile(r"\b(?:me|moi|on us|nous)\b|\bm'|\bdaily\b", re.IGNORECASE)
# "Hello, I'm Denise, I look after Mr Hall"
_I_AM = re.compile(
    r"^\W*(?:(?:hi|hello|hey|bonjour|salut|coucou|good \w+|yes|oui)\b\W*)?"
    r"(?P<said>(?:i'm|i am|it's|moi,? c'est|moi,? je suis|je suis) (?P<name>[\w-]+))(?=[,.!]|$)",
    re.IGNORECASE,
)
_OF_ONESELF = re.compile(r"\b(?:i|i'\w+|my|me|moi|je|ma|mon|mes)\b|\bj'", re.IGNORECASE)
_NIGHT = re.compile(
    r"night|sleep|\bbed|doze|dream|tired|nuit|dodo|dor[ms]|couch|\blit\b|sommeil|rêve|demain|tomorrow|morning|soir",
    re.IGNORECASE,
)
_OF_A_PLACE = re.compile(r"(?:ish|ese|ian|can|ean|nch|tch|ic|ist|ien|ienne|ais|aise|ois|oise|on|onne|que|iste)$")
_BYE = re.compile(
    r"\bbye|\bsee (?:you|ya)\b|\b(?:until|till|au revoir|ciao|salut|adieu)\b"
    r"|\bà (?:demain|plus|bientôt|la prochaine|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b",
    re.IGNORECASE,
)
# What a line asks for at its end, whatever it tells before.
_AT_LAST = {
    "repeat": re.compile(
        r"(?:^|[.,;!?\u2026] ?)(?:répète(?:-le)?|redis(?:-le|-moi ça)?|say (?:that|it) again|repeat (?:that|it))\W*$",
        re.IGNORECASE,
    ),
    "more": re.compile(
        r"(?:^|[.,;!?\u2026] ?)(?:(?:do|tell me|give me|again|encore une fois),? )?"
        r"(?:another(?: one)?|one more|encore une?|une? autre|la même)(?:,? (?:but|mais) [\w ]+)?\W*$",
        re.IGNORECASE,
    ),
}
# Asks to be reminded of what was just told.
REMINDS_OF_IT = re.compile(
    r"\bremind me (?:of|about) (?:that|it|this)\b|\bme le rappeler\b|\brappelle[- ](?:le[- ]moi|moi[- ](?:ça|cela))\b",
    re.IGNORECASE,
)
_QUIET = re.compile(
    r"^(?:(?:can|could|would|will) you |please )+(?:just )?(?:be|keep|stay) (?:quiet|silent)\b(?! about)"
    r"|^tu (?:peux|pourrais|veux bien) (?:te taire|rester? silencieux)",
    re.IGNORECASE,
)
_TELL = r"^\W*(?:(?:please|so|now|allez|bon|robot|and|et)\W+)?"
_ONE = r"(?:me |us |nous |moi )?(?:a|an|another|one more|une?|encore une?|une? autre) (?:\w+ ){0,2}"
_WISH = rf"{_TELL}(?:(?:can|could|will|would) you |tu (?:peux|pourrais) (?:me |nous )?)?(?:tell|raconte\w*)[ -]{_ONE}"
PLAINLY = {
    "quiet": _QUIET,
    "wants_reminder": REMINDS_OF_IT,
    "wants_joke": re.compile(rf"{_WISH}(?:joke|blague)\b", re.IGNORECASE),
    "wants_story": re.compile(rf"{_WISH}(?:story|tale|histoire|conte)\b(?! drôle)", re.IGNORECASE),
}
# Feelings that are told to be none: "I'm not lonely, I just like the quiet".
_NO_FEELING = re.compile(
    r"\b(?:not|never|n't|pas|jamais) (?:at all |so |too |really |du tout |si |trop |vraiment )?"
    r"(?:lonely|alone|sad|scared|afraid|ill|sick|bored|tired|angry|seule?|triste|peur|malade|fatiguée?)\b",
    re.IGNORECASE,
)
FEELINGS = frozenset(
    {"i_am_lonely", "i_am_sad", "i_am_scared", "i_am_ill", "tells_bored", "tells_tired", "tells_angry"}
)
SHORT = 10  # words of a line that asks at its end
_SUM = re.compile(
    r"[-+*/×÷%=?]|\b(?:times|plus|minus|less|divid|multipl|halve|half(?! past)|double|add|take|sum|square|percent|fois|"
    r"moins|divis|multipli|moitié|ajout|enlèv|somme|carré|pour ?cent|combien|calcul|compte|work out|how much|how many)",
    re.IGNORECASE,
)
LIKELY = 0.95
_LOOK = re.compile(
    r"\b(?:look|turn|eyes|head|see|watch|face|regard\w*|tourne\w*|yeux|tête|vois)\b"
    r"|^\W*(?:to the |on your |à |sur ta )?(?:left|right|gauche|droite)\W*$",
    re.IGNORECASE,
)
# What is in every line of a meaning: else it is "the boy is nine", "the right side", "how would I check that?".
NEEDS = {
    "good_night": _NIGHT,
    "i_am_a_child": _OF_ONESELF,
    "look_left": _LOOK,
    "look_right": _LOOK,
    "wants_check_in": _ASK_ME,
}
OF_THE_TALK = frozenset({"asks_learned_today", "asks_name_of", "asks_reminders", "wants_remember", "do_you_understand"})
NAMED_SO = frozenset({"my_name_is", "introduces_other"})
SELF = 0.5  # of the network: what somebody tells of themselves that is no name
TODAY = frozenset({"today", "now", "aujourd'hui", "maintenant"})


def as_asked(words: Utterance) -> Utterance:
    """What words ask for by their wording, whatever the network took them for."""
    if _is_none(words):
        return replace(words, intent="unknown", confidence=0.0)
    if words.intent in FEELINGS and _NO_FEELING.search(words.text):
        return replace(words, intent="tells_something")
    name = _own_name(words)
    if name:
        slots = (*words.slots, ("name", name))
        return replace(words, intent="my_name_is", slots=slots, confidence=max(words.confidence, LIKELY))
    asked = _asked(words)
    if asked:
        return replace(words, intent=asked, confidence=max(words.confidence, LIKELY))
    asked = _asked_back(words)
    return replace(words, intent=asked) if asked else words


def _asked_back(words: Utterance) -> str:
    """What is asked for of what was told in this talk; empty where nothing is."""
    if words.intent not in OF_THE_TALK and act_of(words.intent) != "tells" and _ASKS_BACK.search(words.text):
        return "asks_learned_today"
    return "asks_name_of" if not words.understood and _NAME.search(words.text) else ""


def _own_name(words: Utterance) -> str:
    """The name by which somebody introduces themselves in passing."""
    found = _I_AM.match(words.text)
    if found is None or words.intent in NAMED_SO:
        return ""
    name = found["name"]
    alone = dict(mentions(found["said"], words.language))  # without whoever else the line speaks of
    of_kind = not name.istitle() or _OF_A_PLACE.search(name) or words.confidence >= SELF  # "I'm Polish"
    return name if alone.get("called") == name or not of_kind else ""


def _is_none(words: Utterance) -> bool:
    """Whether words cannot be what they were taken for, since what that needs is not in them."""
    needed = NEEDS.get(words.intent)
    if needed is not None:
        return needed.search(words.text) is None
    match words.intent:
        case "asks_math":  # "six hundred and twenty", and no more
            return not _SUM.search(words.text) and len(numbers_in(words.text, words.language)) < 2
        case "my_name_is":  # "no, it's Pickle"; "you got that wrong, it's Wednesday"
            slots = dict(words.slots)
            day = slots.get("name", "").lower() == slots.get("when", "-").lower()
            return day or _NOT_THAT.match(words.text) is not None
        case "goodbye":  # "I'm going back on Thursday anyway"
            return dict(words.slots).get("when", "") not in {"", *TODAY} and _BYE.search(words.text) is None
    return False


def _asked(words: Utterance) -> str:
    """What is asked for whatever else is told; empty where nothing is."""
    for intent, pattern in PLAINLY.items():
        if pattern.search(words.text):
            return intent
    when = dict(words.slots).get("when", "")
    dated = _ORDINAL.search(words.text) and numbers_in(words.text, words.language)  # "what day's the ninth?"
    later = (when and when not in TODAY) or _WHILE.search(words.text) or dated
    if words.intent in {"what_day_is_it", "unknown"} and later and _DATE.search(words.text):
        return "asks_countdown"  # "what's the date on Sunday?"
    if act_of(words.intent) in {"wants", "manages"} or len(words.text.split()) > SHORT:
        return ""
    return next((intent for intent, pattern in _AT_LAST.items() if pattern.search(words.text)), "")
