"""In which tone something is told, where a network knows what but not how it is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.meanings import tone_of
from robot.core.tone import GENERAL, leaning
from robot.core.uptake import TROUBLE, chance, cheers_trouble, kind_of, pities_nothing

if TYPE_CHECKING:
    from robot.core.percepts import Readings, Utterance

SOMETHING, GLADLY, HARD = GENERAL["plain"], GENERAL["good"], GENERAL["hard"]
# Meanings that are answered with pity, and which a cheerful line may be taken for: "I did the whole jigsaw all alone!".
PITIED = frozenset(
    {
        *(HARD, "tells_accident_small", "tells_angry", "tells_bad_day", "tells_disappointed", "tells_guilt"),
        "tells_nobody_came",
    }
)
# Of what is known only to be hard or good: up to which trouble it is not called hard, and how surely it must be good.
SLIGHT, SURELY_GOOD = 0.25, 0.7
# Kinds of uptake by which what is told turns out to be hard or good, where the network leans that way by so much, too.
TURNED, LEANS = {"good": GLADLY, "hard": HARD}, 0.2
WISHED = 0.6  # how probable it must be that something without a meaning of its own is a wish


def in_its_tone(told: str, words: Utterance, *, dark: bool) -> str:
    """What is told, where its tone is that in which a listener takes the line up; else only that something is; and
    `unknown` where something is rather wished, of which it only knows that. `dark`: its own words tell of ill.
    """
    uptake = words.uptake
    pitied = told in PITIED and not dark and pities_nothing(uptake)
    if pitied or (tone_of(told) == "glad" and cheers_trouble(uptake)):
        told = SOMETHING
    if dark:
        return told
    if told == SOMETHING and chance(uptake, "request") >= WISHED:
        return "unknown"
    if told == SOMETHING and kind_of(uptake) in TURNED:
        kind = kind_of(uptake)
        leans = {sound: leaning(words.readings, sound) for sound in TURNED}
        told = TURNED[kind] if LEANS <= leans[kind] == max(leans.values()) else told
    return SOMETHING if uptake and _is_hardly(told, uptake) else told


def _is_hardly(told: str, uptake: Readings) -> bool:
    """Whether something of which only that is known is hardly hard, or hardly good, by how it is taken up."""
    if told == HARD:
        return chance(uptake, *TROUBLE) < SLIGHT
    return told == GLADLY and chance(uptake, "good") < SURELY_GOOD
