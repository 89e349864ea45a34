"""Need as it is told amid a talk (`told_<language>.toml`), by one hand that saw no code; it teaches, never measures."""

from __future__ import annotations

from typing import NamedTuple

from robot.core.typed_toml import Table
from training.need.sets import by_language


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
    return [
        Told(line, language, need)
        for language, told in by_language(ToldFile, "told").items()
        for need in ToldFile.model_fields
        for line in getattr(told, need)
    ]
