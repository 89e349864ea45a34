"""Whether a line tells of something bad in plain words: what nobody must be congratulated on.

Where the network takes such a line for good news, the likeliest of its other readings stands in for it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from robot.core.meanings import tone_of
from robot.core.typed_toml import Table, parse
from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.messages import Readings

LEAST = 0.2  # probability of another reading that may stand in
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
SCOPE = 3  # words before a dark one in which a negation undoes it: "not bad at all"


class _Words(Table):
    dark: list[str]
    negations: list[str]


class _PolarityFile(Table):
    opposite: dict[str, str]
    en: _Words
    fr: _Words


@cache
def _tables() -> tuple[Mapping[str, str], Mapping[str, tuple[frozenset[str], frozenset[str]]]]:
    place = files("robot.sense.language") / "polarity.toml"
    table = parse(_PolarityFile, place.read_text(encoding="utf-8"), str(place))
    languages = {"en": table.en, "fr": table.fr}
    return table.opposite, {
        name: (frozenset(map(plain, words.dark)), frozenset(map(plain, words.negations)))
        for name, words in languages.items()
    }


def is_dark(text: str, language: str) -> bool:
    """Whether it holds a word for something bad that no negation undoes."""
    known = _tables()[1].get(language)
    if known is None:
        return False
    dark, negations = known
    words = [plain(word) for word in _WORD.findall(text)]
    return any(word in dark and negations.isdisjoint(words[max(0, n - SCOPE) : n]) for n, word in enumerate(words))


def without_cheer(readings: Readings) -> Readings:
    """The readings of a dark line: none that would be answered gladly goes first."""
    if not readings or tone_of(readings[0][0]) != "glad":
        return readings
    others = tuple(one for one in readings if tone_of(one[0]) != "glad" and one[1] >= LEAST)
    if others:
        return others
    return ((_tables()[0].get(readings[0][0], "tells_bad_day"), readings[0][1]),)
