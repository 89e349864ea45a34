"""The lines that teach the reader: by several writers, none of whom saw the code, the wordings of the tables, and turns
of whole talks (`training/everyday`).
"""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from robot.core.errors import ConfigError
from robot.core.meanings import particular
from robot.core.toml_text import read_text
from robot.core.typed_toml import Table, line_of, parse
from training import everyday

HERE = Path(__file__).parent / "lines"
STRANGERS = Path(__file__).parent / "strangers"  # lines that measure and never teach
LANGUAGES = ("en", "fr")
TOLD = "told"  # the writer of turns of whole talks, which teach too
LITTLE, MUCH = 0.1, 0.5  # doubt about a meaning: of what was written for it, and of what it fits loosely
TABLES = "tables"  # the writer of what stood in the phrase tables: it teaches, and never measures


class WordedMeaning(Table):
    """[lines.<meaning>]: one line of the table `meanings.toml`, worded."""

    en: tuple[str, ...] = Field(default=())
    fr: tuple[str, ...] = Field(default=())


class LineFile(Table):
    """One writer's file."""

    writer: str
    lines: dict[str, WordedMeaning]


class TaughtLine(NamedTuple):
    """A line with what it means; `doubt` is the share of the answer that all meanings have alike."""

    text: str
    language: str
    meaning: str
    writer: str
    doubt: float = LITTLE


def every_line() -> list[TaughtLine]:
    """All that teach: lines that were written for a meaning, and turns of whole talks. Raises ConfigError."""
    return [*taught(), *map(as_told, everyday.teaching())]


def as_told(turn: everyday.Turn) -> TaughtLine:
    """A turn of a talk; what has no meaning teaches that each is as likely. Raises ConfigError."""
    if turn.meaning and turn.meaning not in particular():
        raise ConfigError(
            f"no meaning is called {turn.meaning!r}",
            place=f"training/everyday, {turn.text!r}",
            remedy="take one of robot/core/meanings.toml",
        )
    doubt = LITTLE if turn.clear else MUCH if turn.meaning else 1.0
    return TaughtLine(turn.text, turn.language, turn.meaning or particular()[0], TOLD, doubt)


def taught(folder: Path = HERE) -> list[TaughtLine]:
    """Lines that were written for a meaning, file by file. Raises ConfigError at file:line."""
    return list(_written(folder))


@cache
def _written(folder: Path) -> tuple[TaughtLine, ...]:
    known = particular()
    out: list[TaughtLine] = []
    for path in sorted(folder.glob("*.toml")):
        text = read_text(path)
        table = parse(LineFile, text, str(path))
        for meaning, worded in table.lines.items():
            if meaning not in known:
                near = difflib.get_close_matches(meaning, known, n=1)
                raise ConfigError(
                    f"no meaning is called {meaning!r}",
                    place=f"{path}:{line_of(text, ('lines', meaning))}",
                    remedy=f"did you mean {near[0]}?" if near else "take one of robot/core/meanings.toml",
                )
            for language, lines in zip(LANGUAGES, (worded.en, worded.fr), strict=True):
                out += [TaughtLine(line, language, meaning, table.writer) for line in lines]
    return tuple(out)
