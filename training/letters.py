"""The letters of a line alone: the same for two lines that differ in case, accents or signs only."""

from __future__ import annotations

import re
from functools import cache

from robot.sense.language.lexicon import plain


@cache
def letters_of(text: str) -> str:
    """Its letters and figures."""
    return re.sub(r"[^a-z0-9]", "", plain(text))
