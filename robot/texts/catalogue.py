"""The catalogues: `<language>/<file>.po`, gettext's format, read when a text of theirs is first asked for.

A language is a folder. What it lacks is shown in English, and a test names it.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

import polib

from robot.texts.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
SOURCE = "en"  # the language that has every text


def languages() -> tuple[str, ...]:
    """Codes of the languages there are, the source first."""
    found = sorted(folder.name for folder in HERE.iterdir() if any(folder.glob("*.po")))
    return (SOURCE, *(name for name in found if name != SOURCE))


def words(told: Sentence, language: str = SOURCE) -> str:
    """A sentence in a language. Raises KeyError for a key that no catalogue has: a defect of the program."""
    gaps = {name: words(gap, language) if isinstance(gap, Sentence) else gap for name, gap in told.gaps}
    return text(told.key, language, gaps)


def text(key: str, language: str = SOURCE, gaps: Mapping[str, str | float] | None = None) -> str:
    """The text of a key, its gaps filled; `n` among them chooses between one and many."""
    file = key.partition(".")[0]
    for asked in (language, SOURCE):
        table = _catalogue(asked, file)
        pattern = table.gettext(key) if not gaps or "n" not in gaps else table.ngettext(key, key, int(gaps["n"]))
        if pattern != key:
            return pattern.format_map(gaps) if gaps else pattern
    raise KeyError(f"{SOURCE}/{file}.po has no text {key!r}")


class Texts:
    """The texts of one file in one language."""

    def __init__(self, file: str, language: str) -> None:
        self._file, self._language = file, language

    def __call__(self, name: str, /, **gaps: str | float) -> str:
        return text(f"{self._file}.{name}", self._language, gaps)


@cache
def _catalogue(language: str, file: str) -> NullTranslations:
    """One file. Raises OSError that names the line where it is no catalogue."""
    place = HERE / language / f"{file}.po"
    if not place.is_file():
        return NullTranslations()
    return GNUTranslations(io.BytesIO(polib.pofile(str(place), encoding="utf-8").to_binary()))
