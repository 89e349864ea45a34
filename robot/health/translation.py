"""What parts say of their health, put into French by `health_fr.toml`: sentences with gaps, {so}, that fit any words.

Reasons and remedies are written once, in English, where the part is; this is for whoever shows them. What no sentence
fits is shown as it is.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from robot.core.errors import ConfigError

TABLE = "health_fr.toml"
GAP = re.compile(r"\{(\w+)\}")
JOINTS = ("; ", ": ")  # between what is told by different parts of the program


class SentencePattern(NamedTuple):
    """An English sentence as a pattern, and its French with the same gaps."""

    english: re.Pattern[str]
    french: str


@lru_cache(maxsize=512)
def in_french(text: str) -> str:
    """The whole, else what stands between semicolons, else what stands after the first colon; gaps likewise."""
    for sentence in sentences():
        found = sentence.english.fullmatch(text)
        if found:
            gaps = {name: in_french(value) for name, value in found.groupdict().items()}
            return sentence.french.format(**gaps)
    for joint in JOINTS:
        first, there, rest = text.partition(joint)
        if there:
            return f"{in_french(first)} {joint}{in_french(rest)}"  # French has a space before both
    return text


@cache
def sentences() -> tuple[SentencePattern, ...]:
    """The table, those with the fewest gaps first. Raises ConfigError where the French has a gap of its own."""
    rows: dict[str, str] = tomllib.loads((files("robot.health") / TABLE).read_text(encoding="utf-8"))
    for english, french in rows.items():
        if strange := set(GAP.findall(french)) - set(GAP.findall(english)):
            raise ConfigError(f"{french!r} has the gaps {strange}, which {english!r} has not", place=TABLE)
    ordered = sorted(rows.items(), key=lambda row: len(GAP.findall(row[0])))
    return tuple(SentencePattern(_pattern(english), french) for english, french in ordered)


def _pattern(english: str) -> re.Pattern[str]:
    parts = GAP.split(english)  # words and the names of gaps by turns
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if n % 2 else re.escape(part) for n, part in enumerate(parts)), re.DOTALL
    )
