"""Reads the sentences that teach: one file a voice and language in `voices/`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from robot.core.typed_toml import Table, read
from robot.guard.speech.judge import THEMES
from robot.guard.speech.wording import split, unquoted
from training.letters import letters_of
from training.talk.sets import files, measuring

VOICES = Path(__file__).parent / "voices"
TABLES = "tables"  # the voice of the phrases that the robot shipped when this was learned; it measures nothing


class VoiceFile(Table):
    """`voices/<voice>_<language>.toml`: sentences by theme, and harmless ones by kind, one a line."""

    breaks: dict[str, str]
    harmless: dict[str, str]


class Spoken(NamedTuple):
    """One sentence of a robot; `theme` is empty for a harmless one."""

    text: str
    language: str
    voice: str
    theme: str = ""
    kind: str = ""  # of a harmless one

    @property
    def breaks(self) -> bool:
        return bool(self.theme)

    @property
    def letters(self) -> str:
        """What is the same in two sentences that differ in case, accents or signs only."""
        return letters_of(self.text)


def spoken() -> list[Spoken]:
    """All that teaches. Raises ConfigError at file:line."""
    out: list[Spoken] = []
    for path in sorted(VOICES.glob("*.toml")):
        voice, language = path.stem.rsplit("_", 1)
        file = read(VoiceFile, path)
        for theme, lines in file.breaks.items():
            out += [Spoken(line, language, voice, theme) for line in lines.strip().splitlines()]
        for kind, lines in file.harmless.items():
            out += [Spoken(line, language, voice, kind=kind) for line in lines.strip().splitlines()]
    unknown = {line.theme for line in out} - {"", *THEMES}
    assert not unknown, f"voices/ has themes that the judge does not know: {unknown}"  # noqa: S101 - a mistake of ours
    return out


def teaching() -> list[Spoken]:
    """Those that teach, and each sentence of the harmless ones: none is, letter by letter, one that measures."""
    measures = {
        (one.language, Spoken(one.words(), one.language, file.writer).letters)
        for file in files()
        for one in measuring([*file.breaks, *file.harmless])
    }
    lines = spoken()
    for line in [line for line in lines if not line.breaks]:
        parts = [part.strip() for part in split(unquoted(line.text))]
        lines += [line._replace(text=part) for part in parts if len(parts) > 1]
    return [line for line in lines if (line.language, line.letters) not in measures]
