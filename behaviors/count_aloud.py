"""Count aloud: to a number that is not too far, or back from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from robot import Say, Skill
from robot.core.language_words import WordTable, section
from robot.sense.language.sum_words import figures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

FARTHEST = 20


class CountWords(WordTable, section="count_aloud"):
    """[count_aloud], patterns of a line in figures: `up` asks it to count `to` a number, perhaps `since` another, and
    `down` to count back, `since` one.
    """

    up: str
    down: str


class CountAloud(Skill):
    """Answers “count to ten”."""

    name = "count_aloud"
    asked = frozenset()

    def worded(self, state: State, words: Utterance) -> bool:
        return _asked(words.text, state.diary.manner.language) is not None

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        numbers = _asked(words.text, state.diary.manner.language)
        if numbers is None or max(numbers) > FARTHEST:
            yield Say(cause, "count_too_far", (("most", str(FARTHEST)),))
        else:
            yield Say(cause, "count_aloud", (("numbers", ", ".join(map(str, numbers))),))


def _asked(text: str, language: str) -> range | None:
    """The numbers that a line asks for; None where it asks for none."""
    words = section(CountWords, language)
    if words is None:
        return None
    line = figures(text.replace("\u2019", "'"), language)[0]
    up, down = (re.search(pattern, line, re.IGNORECASE) for pattern in (words.up, words.down))
    if down is not None:
        return range(int(down["since"]), 0, -1) or None
    return None if up is None else range(int(up["since"] or 1), int(up["to"]) + 1) or None
