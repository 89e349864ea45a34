"""How a listener goes along with what is told: as something hard, good or plain, by its meaning, or as such a line is
taken up, "how annoying" (`robot/core/uptake.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.meanings import tone_of
from robot.core.tone import sound_of, told_by_tone
from robot.core.uptake import TROUBLE, chance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.messages import Utterance
    from robot.decide.behavior import State

MORE = "more_"  # what phrases begin with in which it goes along
# Kinds of uptake that have phrases of their own (`more_nuisance`), by how a line sounds, and how probable each must be.
# Where a line sounds plain, those of a nuisance, wit, joy, memories and hard things are by judges' verdicts on 1,445
# lines of strangers (`training/wordings`): "I hear you" is wrong for one in six, fitting for hardly any; what these say
# is fitting for half, and wrong for as many as "I hear you" would be. Of hard things and memories there were few.
OF_KINDS: Mapping[str, Mapping[str, float]] = {
    "plain": {
        "nuisance": 0.6,
        "robot": 0.6,
        "hard": 0.4,
        "funny": 0.55,
        "opinion": 0.6,
        "social": 0.6,
        "memory": 0.5,
        "plan": 0.7,
        "good": 0.4,
    },
    "hard": {"nuisance": 0.55},
    "good": {},
}
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
        *("tells_memory_fails", "tells_guilt", "tells_death", "tells_drinking"),
    }
)
SPOILT = 0.5  # of trouble: from where on one of these is answered as trouble and not as what it is about
TOPICS = frozenset(
    {
        *("tells_garden", "tells_food", "tells_home", "tells_did", "tells_school", "tells_work", "tells_tech"),
        *("tells_tv", "tells_sport", "tells_pet", "tells_handiwork", "tells_travel", "tells_music", "tells_friend"),
        *("tells_plan", "tells_habit", "tells_likes", "tells_new_thing", "tells_christmas", "tells_birthday"),
    }
)
MUCH_TROUBLE, PARTLY_HARD = 0.65, 0.25  # of uptake
HARDLY_HARD = 0.12  # by uptake, from where on what is told in passing may be hard
GARBLED = 0.3  # of the reader: from where on a word or three mean nothing


def is_good_news(words: Utterance) -> bool:
    """Whether one of the topics is told as something good whose own answers are dry."""
    return words.intent in DRY and chance(words.uptake, "good") >= GLAD


def is_spoilt(words: Utterance) -> bool:
    """Whether one of the topics is told as trouble, "I burnt the toast again"."""
    return words.intent in TOPICS and chance(words.uptake, *TROUBLE) >= SPOILT and not _may_be_grave(words)


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
    """How it goes along with what is told: in the `sound` of its meaning, or as such a line is taken up."""
    if not words.uptake or is_garbled(words) or _may_be_grave(words):
        return sound
    kind, p = words.uptake[0]
    fits = p >= OF_KINDS[sound].get(kind, 1.0)
    return kind if fits and state.tables.has(MORE + kind, state.diary.manner.language) else sound


def is_garbled(words: Utterance) -> bool:
    """Whether it may be no words at all."""
    return dict(words.readings).get("nonsense", 0.0) >= GARBLED


def _may_be_grave(words: Utterance) -> bool:
    """Whether a line may be of what nobody should call a nuisance: medicine, pain, money, a muddled mind."""
    return words.calm < CALM or sum(p for meaning, p in words.readings if meaning in GRAVE) >= PERHAPS_GRAVE
