"""Ordinary life in the words of many: whole talks (`talks_<hand>_<language>.toml`) and single turns
(`turns_<language>.toml`), by hands that saw no code. In none of them is anybody in need.

Lines of a talk are longer than those that are told out of the blue, hang together, and say much in few words: a watch
that was taught single lines alone took one in twelve of them for need.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from robot.core.typed_toml import Table, parse
from training.need.sets import by_language

HERE = Path(__file__).parent
MEASURES = "b"  # the hand whose talks teach nothing


class Talk(Table):
    """What one person says, turn by turn."""

    lines: tuple[str, ...]


class TalkFile(Table):
    """`talks_<hand>_<language>.toml`."""

    talk: tuple[Talk, ...]


class TurnFile(Table):
    """`turns_<language>.toml`."""

    lines: tuple[str, ...]


class Turn(NamedTuple):
    """A line of ordinary life."""

    text: str
    language: str


def talks(hand: str, language: str) -> list[tuple[str, ...]]:
    """The talks by one hand. Raises ConfigError at file:line."""
    path = HERE / f"talks_{hand}_{language}.toml"
    return [talk.lines for talk in parse(TalkFile, path.read_text(encoding="utf-8"), str(path)).talk]


def teaching() -> list[Turn]:
    """Every turn that teaches. Raises ConfigError at file:line."""
    out = []
    for path in sorted(HERE.glob("talks_*.toml")):
        _, hand, language = path.stem.split("_")
        if hand != MEASURES:
            out += [Turn(line, language) for lines in talks(hand, language) for line in lines]
    turns = by_language(TurnFile, "turns", HERE).items()
    return [*out, *(Turn(line, language) for language, told in turns for line in told.lines)]
