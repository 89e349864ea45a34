"""Need as it is told amid a talk, and what only sounds like it (`told_<hand>_<language>.toml`), by hands that saw no
code; it teaches, never measures.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from robot.core.typed_toml import Table, read

HERE = Path(__file__).parent
HARMLESS = frozenset({"near", "heavy"})
NONE = "none"  # no need at all


class ToldFile(Table):
    """Lines by the need that speaks from them: danger now, risk that is plainly said, risk that is veiled; and their
    harmless twins: near a danger, and heavy at heart.
    """

    danger: tuple[str, ...] = Field(default=())
    plain: tuple[str, ...] = Field(default=())
    veiled: tuple[str, ...] = Field(default=())
    near: tuple[str, ...] = Field(default=())
    heavy: tuple[str, ...] = Field(default=())


class Told(NamedTuple):
    """A line with the need that speaks from it."""

    text: str
    language: str
    need: str


def told_in_talks() -> list[Told]:
    """All of them. Raises ConfigError at file:line."""
    out = []
    for path in sorted(HERE.glob("told_*_??.toml")):
        told = read(ToldFile, path)
        for group in ToldFile.model_fields:
            need = NONE if group in HARMLESS else group
            out += [Told(line, path.stem[-2:], need) for line in getattr(told, group)]
    return out
