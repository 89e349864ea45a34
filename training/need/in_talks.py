"""Need as it is told amid a talk (`told_<language>.toml`), by one hand that saw no code; it teaches, never measures."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from robot.core.typed_toml import Table, parse

HERE = Path(__file__).parent


class ToldFile(Table):
    """Lines by the need that speaks from them: danger now, risk that is plainly said, risk that is veiled."""

    danger: tuple[str, ...]
    plain: tuple[str, ...]
    veiled: tuple[str, ...]


class Told(NamedTuple):
    """A line; `need` is the name of its group."""

    text: str
    language: str
    need: str


def told_in_talks() -> list[Told]:
    """All of them. Raises ConfigError at file:line."""
    out = []
    for path in sorted(HERE.glob("told_*.toml")):
        language = path.stem.rpartition("_")[2]
        lines = parse(ToldFile, path.read_text(encoding="utf-8"), str(path))
        for need in ToldFile.model_fields:
            out += [Told(line, language, need) for line in getattr(lines, need)]
    return out
