"""Whole numbers of a line, in figures or words; text2num reads them. Smallest ones count, too, where a guess is one."""

from __future__ import annotations

import re

from robot.sense.language.quantities import digits

SHORT = 4  # words of a line in which « un » or "one" is a number and no article
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


def numbers_in(text: str, language: str) -> tuple[int, ...]:
    """All of them, in their order."""
    from text_to_num import text2num  # noqa: PLC0415 - nobody waits for it who plays with no numbers

    tokens = _TOKEN.findall(digits(text.lower().replace("-", " "), language))
    found = [int(token) for token in tokens if token.isdigit()]
    if found or len(tokens) > SHORT:
        return tuple(found)
    for token in tokens:
        try:
            found.append(int(text2num(token, language)))
        except ValueError:
            continue
    return tuple(found)
