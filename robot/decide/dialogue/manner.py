"""How a listener goes along with what is told: as is worth most to whoever said it (`robot/core/manners.py`), as such a
line is taken up (`robot/core/uptake.py`), or as something hard, good or plain, by its meaning.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from robot.core.manners import best, clashes
from robot.core.meanings import is_general, tone_of
from robot.core.tone import GENERAL, sound_of, told_by_tone
from robot.core.uptake import TROUBLE, chance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.percepts import Utterance
    from robot.decide.behavior import State

MORE = "more_"  # what phrases begin with in which it goes along
# Kinds of uptake that have phrases of their own (`more_good`), and how probable each must be.
OF_KINDS: Mapping[str, float] = {
    "good": 0.4,
    "memory": 0.5,
    "opinion": 0.75,
    "robot": 0.6,
    "social": 0.6,
    "plan": 0.7,
}
# What other manners must be worth. Strangers' lines that were met so were judged by the reply itself: "I hear you" was
# wrong for 2 % of 1,170, wonder from its bar on for 1 % of 200, wit and a sigh below theirs for one in six. What is
# surely hard is met in no bright manner.
WORTH: Mapping[str, float] = {"wonder": -0.2, "funny": -0.1, "nuisance": -0.1, "hard": 0.0}
UNWELCOME = -0.3  # of comfort, where only the tone of a line is known: of 26 such replies seven were wrong
CURT = 4  # words: in answer to "how are you", "not great" tells much
MERELY = 2.0  # by how much likelier a nuisance must be than something hard, for a sigh: "the farm burnt down"
SOBER = frozenset({"nuisance", "hard"})
# Topics whose answers are so plain that good news wants another, from where on it is surely some.
DRY = frozenset(
    {
        *("tells_school", "tells_work", "tells_did", "tells_home", "tells_tech", "tells_sport", "tells_leaving"),
        *("tells_doctor", "tells_food", "tells_neighbours", "tells_call", "tells_exam", "tells_parenting"),
    }
)
GLAD = 0.6
CALM, PERHAPS_GRAVE = 0.6, 0.18  # how probable it must be that nobody is in need; that one of these is told
GRAVE = frozenset(
    {
        *("tells_medication", "tells_doctor", "tells_pain", "tells_money_worry", "tells_scam", "tells_confused_other"),
        *("tells_memory_fails", "tells_death", "tells_drinking"),
    }
)
CERTAIN = 0.85  # of a meaning that is hard
SPOILT = 0.5  # of trouble: from where on one of these is answered as trouble and not as what it is about
TOPICS = frozenset(
    {
        *("tells_garden", "tells_food", "tells_home", "tells_did", "tells_school", "tells_work", "tells_tech"),
        *("tells_tv", "tells_sport", "tells_pet", "tells_handiwork", "tells_travel", "tells_music", "tells_friend"),
        *("tells_plan", "tells_habit", "tells_likes", "tells_new_thing", "tells_christmas", "tells_birthday"),
        *("tells_weather", "tells_neighbours", "tells_opinion"),
    }
)
# Hard topics that may be small things: "I changed the wheel all alone".
SMALL = frozenset({"tells_disappointed", "tells_accident_small", "tells_not_fair", "tells_bad_day", "tells_transport"})
MUCH_TROUBLE, PARTLY_HARD = 0.65, 0.25  # of uptake
HARDLY_HARD = 0.12  # by uptake, from where on what is told in passing may be hard
GARBLED = 0.3  # of the reader: from where on a word or three mean nothing


def is_good_news(words: Utterance) -> bool:
    """Whether one of the topics is told as something good whose own answers are dry."""
    return words.intent in DRY and chance(words.uptake, "good") >= GLAD


def is_met_otherwise(words: Utterance) -> bool:
    """Whether a topic is told in a tone that its own answers would miss: what is known to be hard or good, but not for
    certain, and what is plain, but may be gone along with in a manner of its own. Judges found one in six of 94 answers
    to such plain topics wrong, one in twenty of those that went along.
    """
    sound = sound_of(tone_of(words.intent))
    if sound == "plain":
        has_manner = _is_of_a_kind(words) or bool(best(words.manners, _welcome(words)))
        return has_manner and words.intent in TOPICS and not _may_be_grave(words)
    uncertain = words.confidence < CERTAIN or sound == "good" or words.intent in SMALL
    return uncertain and words.intent not in GRAVE and not _may_be_grave(words) and clashes(sound, words.manners)


def is_spoilt(words: Utterance) -> bool:
    """Whether one of the topics is told as trouble, "I burnt the toast again"."""
    return words.intent in TOPICS and chance(words.uptake, *TROUBLE) >= SPOILT and not _may_be_grave(words)


def is_small_trouble(words: Utterance) -> bool:
    """Whether what is known only to be trouble is taken up as a nuisance: "I forgot to get milk again"."""
    likeliest = bool(words.uptake) and words.uptake[0][0] == "nuisance"
    return likeliest and words.intent == GENERAL["hard"] and _is_merely_nuisance(words)


def sound_as_told(words: Utterance) -> str:
    """Whether what is told sounds hard, good or plain, by its meaning; hard, too, where it surely is trouble of either
    kind.
    """
    sound = sound_of(tone_of(words.intent if words.understood else told_by_tone(words.readings)))
    trouble = chance(words.uptake, *TROUBLE)
    mixed = sound == "plain" and trouble >= MUCH_TROUBLE and chance(words.uptake, "hard") >= PARTLY_HARD
    return "hard" if mixed else sound


def is_perhaps_hard(words: Utterance) -> bool:
    """Whether something hard may be told amid something else, "he's been gone six years". Judges found "I'm right here"
    fitting for 22 of 50 such lines and wrong for ten, "I hear you" for 6 of 132 and for 26.
    """
    return sound_as_told(words) == "hard" and chance(words.uptake, "hard") >= HARDLY_HARD


def manner_of(state: State, words: Utterance, sound: str) -> str:
    """How it goes along with what is told: as is worth most to whoever said it; else in the `sound` of its meaning."""
    if sound == "good" or not words.manners or is_garbled(words) or _may_be_grave(words):
        return sound
    language = state.diary.manner.language
    if sound == "plain" and _is_of_a_kind(words) and state.tables.has(MORE + words.uptake[0][0], language):
        return words.uptake[0][0]
    fit = _welcome(words)
    if sound == "hard" and not is_general(words.intent):
        fit &= SOBER
    chosen = best(words.manners, {manner for manner in fit if state.tables.has(MORE + manner, language)})
    told = is_general(words.intent) and len(words.text.split()) > CURT
    unwelcome = sound == "hard" and told and dict(words.manners).get(sound, UNWELCOME) < UNWELCOME
    return chosen or ("plain" if unwelcome else sound)


def _is_of_a_kind(words: Utterance) -> bool:
    """Whether it is taken up in a way that has phrases of its own."""
    kind, p = words.uptake[0] if words.uptake else ("", 0.0)
    return p >= OF_KINDS.get(kind, 1.0)


def _welcome(words: Utterance) -> set[str]:
    """The manners that are worth enough."""
    fit = {manner for manner, worth in words.manners if worth >= WORTH.get(manner, math.inf)}
    return fit if _is_merely_nuisance(words) else fit - {"nuisance"}


def _is_merely_nuisance(words: Utterance) -> bool:
    """Whether something is rather a nuisance than hard, where it is trouble at all."""
    return chance(words.uptake, "nuisance") >= MERELY * chance(words.uptake, "hard")


def is_garbled(words: Utterance) -> bool:
    """Whether it may be no words at all."""
    return dict(words.readings).get("nonsense", 0.0) >= GARBLED


def _may_be_grave(words: Utterance) -> bool:
    """Whether a line may be of what nobody should call a nuisance: medicine, pain, money, a muddled mind."""
    return words.calm < CALM or sum(p for meaning, p in words.readings if meaning in GRAVE) >= PERHAPS_GRAVE
