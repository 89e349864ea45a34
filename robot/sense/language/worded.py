"""Lines that can hardly mean anything else: each has its meaning or its remark by its wording."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.meanings import act_of
from robot.core.percepts import REMARK
from robot.core.tone import leaning
from robot.core.uptake import chance
from robot.sense.language.asked_words import wordings
from robot.sense.language.leaving import CALMLY

if TYPE_CHECKING:
    from robot.core.percepts import Utterance

LIKELY = 0.95
FAIRLY = 0.6
# Remarks that are easily taken for a wish to be fulfilled.
NO_WISHES = frozenset(
    {
        *("and_then", "apology", "guess", "guess_who", "kidding", "lights", "message", "no_game", "order"),
        *("other_game", "pronounce", "quiz", "rhyme", "robot_eats", "robot_failed", "shrug", "take_photo"),
        "will_you_remember",
    }
)
# What is answered lightly gives way to what may be hard: "my husband died on Tuesday, can you believe it?".
LIGHT = frozenset(
    {
        *("compliment", "do_you_mind", "found_on_head", "greeting", "keep_a_secret", "lights", "noise"),
        *("supposed", "want_to_hear", "wants_fun_fact", "asks_math"),
    }
)
HARDLY_LIGHT, HARD_TOLD = 0.45, 0.8  # of uptake and of meanings: from where on
FACT, KNOWN = "asks_fact", "fact_"  # a fact of the world, and what the remarks begin with that tell one


def worded(words: Utterance) -> Utterance:
    """The words with the meaning or remark of their wording, where they have one and nobody is in need."""
    if words.calm < CALMLY:
        return words
    of = wordings(words.language)
    hard = chance(words.uptake, "hard") >= HARDLY_LIGHT or leaning(words.readings, "hard") >= HARD_TOLD
    meaning, remark = next(((one, other) for one, other, pattern in of if pattern.search(words.text)), ("", ""))
    if not meaning and (not remark or (remark not in NO_WISHES and _is_bidden(words))):
        return words
    if hard and {meaning, remark} & LIGHT:
        return words
    if meaning == FACT and dict(words.slots).get(REMARK, "").startswith(KNOWN):  # "tell me about the moon"
        return words
    slots = tuple(slot for slot in words.slots if slot[0] != REMARK)
    return replace(
        words,
        intent=meaning or ("unknown" if "?" in words.text else "tells_something"),
        slots=(*slots, (REMARK, remark)) if remark else slots,
        confidence=LIKELY,
    )


def _is_bidden(words: Utterance) -> bool:
    """Whether something is surely wished: "set a timer, and wish me luck"."""
    return words.confidence >= FAIRLY and act_of(words.intent) in {"wants", "manages"}
