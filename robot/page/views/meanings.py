"""How what somebody said was understood, in plain words, and what else it may have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.decide.dialogue.questions import YES_NO
from robot.guard.need_meanings import HEAVY, OWN

if TYPE_CHECKING:
    from robot.page.server.feed import HeardAs
    from robot.page.texts import PageTexts

MOST_CHOICES = 4
LIKELY_ENOUGH = 0.02
NO_CHOICE = OWN | {"unknown", "nonsense"}  # what nobody means to say, or the watch alone gives


def understood(taken: HeardAs, words: PageTexts) -> str:
    """One line: how it was taken."""
    if taken.passed:
        return words("understood_passed")
    if taken.meaning in OWN - {HEAVY}:
        return words("understood_need")
    if taken.answers:
        told = taken.meaning in YES_NO
        return words("understood_yes_no", meaning=words.meaning(taken.meaning)) if told else words("understood_answer")
    if taken.meaning == "unknown":
        return words("understood_not")
    return words("understood", meaning=words.meaning(taken.meaning))


def other_meanings(taken: HeardAs) -> list[str]:
    """What the reader would have taken it for otherwise, likeliest first. What is taken as need is no choice: it can be
    said in other words, which the watch hears.
    """
    if taken.meaning in OWN:
        return []
    found = [name for name, chance in taken.words.readings if chance >= LIKELY_ENOUGH]
    return [name for name in found if name != taken.meaning and name not in NO_CHOICE][:MOST_CHOICES]


def clearly(taken: HeardAs, words: PageTexts) -> str:
    """How clearly the words were heard."""
    clarity = taken.words.clarity
    name = "heard_clearly" if clarity >= 0.85 else "heard_fairly" if clarity >= 0.6 else "heard_badly"
    return words(name, percent=round(100 * clarity))
