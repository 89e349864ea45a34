"""`packs_needed`: how many packs of so many each it takes for all: "six in a box, twenty-three kids, how many?"."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, section
from robot.sense.language.arithmetic import Result
from robot.sense.language.lexicon import stem_of
from robot.sense.language.sum_words import figures

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


class PackWords(WordTable, section="packs"):
    """[packs], patterns: `needed` asks how many of a `pack`; `of_each` tells the `size` of a {pack}."""

    needed: tuple[str, ...]
    of_each: tuple[str, ...]


def packs_needed(text: str, before: Sequence[str], language: str) -> Result | None:
    """Whole packs; how many are to have one stands in the line, or in the last one `before` that has a number. None
    where the line asks for none, or one of both numbers is not told.
    """
    words = section(PackWords, language)
    if words is None:
        return None
    line, _ = figures(text.replace("\u2019", "'"), language)
    asked = next((found for one in words.needed if (found := re.search(one, line))), None)
    if asked is None:
        return None
    pack = re.escape(stem_of(language)(asked["pack"]))
    holds = next((found for one in words.of_each if (found := re.search(one.replace("{pack}", pack), line))), None)
    if holds is None:
        return None
    others = _NUMBER.findall(line[: holds.start()] + line[holds.end() :])
    if not others:
        told = (_NUMBER.findall(figures(one, language)[0]) for one in reversed(before))
        others = next((found for found in told if found), [])
    size = Decimal(holds["size"])
    if len(others) != 1 or size <= 0:
        return None
    return Result(Decimal(math.ceil(Decimal(others[0].replace(",", ".")) / size)), exact=True)
