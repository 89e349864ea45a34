"""What a line has again and again and says no more by it: sung syllables, "la la la la la", and the terms of a sum."""

from __future__ import annotations

import re

# Of two letters at most: a longer word that comes so often may be a cry, and a figure a number to call.
_SYLLABLE = re.compile(r"\b([^\W\d_]{1,2})(?:\W+\1\b){3,}", re.IGNORECASE)
_SUM = re.compile(r"\d+(?:\s*[+*×]\s*\d+){3,}")


def with_fewer(text: str, kept: int) -> str:
    """The line with each such syllable so many times, and with a sum of two terms for one of four or more."""
    return _SUM.sub("1+1", _SYLLABLE.sub(lambda found: " ".join([found[1]] * kept), text))
