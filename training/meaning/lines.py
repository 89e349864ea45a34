"""The lines that teach the reader: by several writers, none of whom saw the code, and the wordings of the tables."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from robot.core.errors import ConfigError
from robot.core.meanings import particular
from robot.core.toml_text import read_text
from robot.core.typed_toml import Table, line_of, parse

HERE = Path(__file__).parent / "lines"
STRANGERS = Path(__file__).parent / "strangers"  # lines that measure and never teach
LANGUAGES = ("en", "fr")
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
    """A line with what it means."""

    text: str
    language: str
    meaning: str
    writer: str


def taught(folder: Path = HERE) -> list[TaughtLine]:
    """All lines, file by file. Raises ConfigError at file:line."""
    known = particular()
    out = []
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
    return out
