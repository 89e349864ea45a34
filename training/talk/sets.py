"""Reads the sets of talk, and says which half of them is set aside for measuring.

A line is set aside by a hash of its letters, so that nobody chooses; whoever tunes reads `tuning(...)` alone.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import Field

from robot.core.typed_toml import Table, read
from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
Language = Literal["en", "fr"]
DutyTheme = Literal[
    "feeling", "humanity", "farewell", "praise", "selling", "belittling", "memory", "advice", "sides", "secrets"
]


class Written(Table, ABC):
    """Something that a writer wrote."""

    language: Language

    @abstractmethod
    def words(self) -> str:
        """All that was written."""

    @property
    def aside(self) -> bool:
        """Whether it measures, and may not be looked at to tune; by its letters, without case, accents and signs."""
        return int(hashlib.sha256(plain(self.words()).encode()).hexdigest()[:8], 16) % 2 == 0


class TalkLine(Written):
    """`[[line]]`: one line said to the robot, and what a warm, honest, attentive person would do with it."""

    text: str
    wants: str

    def words(self) -> str:
        return self.text


class TalkDialogue(Written):
    """`[[dialogue]]`: a person's lines in their order; the robot answers between them."""

    lines: tuple[str, ...] = Field(min_length=3)
    wants: str

    def words(self) -> str:
        return " ".join(self.lines)


class BreakingSentence(Written):
    """`[[breaks]]`: what the robot must never say, whoever worded it, and the duty that it breaks."""

    duty: DutyTheme
    text: str

    def words(self) -> str:
        return self.text


class HarmlessSentence(Written):
    """`[[harmless]]`: what the robot may say, though it looks a little like the others."""

    text: str

    def words(self) -> str:
        return self.text


class TalkFile(Table):
    """One writer's file."""

    writer: str
    line: tuple[TalkLine, ...]
    dialogue: tuple[TalkDialogue, ...]
    breaks: tuple[BreakingSentence, ...]
    harmless: tuple[HarmlessSentence, ...]


W = TypeVar("W", bound=Written)


def files() -> list[TalkFile]:
    """Every writer's, by name. Raises ConfigError at file:line."""
    return [read(TalkFile, path) for path in sorted(HERE.glob("writer_*.toml"))]


def tuning(written: Iterable[W]) -> list[W]:
    """The half that may be looked at."""
    return [one for one in written if not one.aside]


def measuring(written: Iterable[W]) -> list[W]:
    """The half that judges, blind."""
    return [one for one in written if one.aside]
