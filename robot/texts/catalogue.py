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

    from robot.texts.sentence import AnyText

HERE = Path(__file__).parent
SOURCE = "en"  # the language that has every text
NAMES = "names"  # what things are called; those of other people's packages are in no catalogue: by their own names


def languages() -> tuple[str, ...]:
    """Codes of the languages there are, the source first."""
    found = sorted(folder.name for folder in HERE.iterdir() if any(folder.glob("*.po")))
    return (SOURCE, *(name for name in found if name != SOURCE))


def words(told: AnyText, language: str = SOURCE) -> str:
    """A text in a language; a plain string as it is. Raises KeyError for a key of no catalogue: a defect."""
    if isinstance(told, str):
        return told
    gaps = {name: words(gap, language) if isinstance(gap, Sentence) else gap for name, gap in told.gaps}
    return text(told.key, language, gaps)


def called(kind: str, name: str, language: str = SOURCE) -> str:
    """What a thing of the program is called, by its kind and name: `called("part", "far_sight")` is "far sight"."""
    return text(f"{NAMES}.{kind}.{name.replace(' ', '_')}", language)


def knows(key: str) -> bool:
    """Whether the source's catalogue has a text."""
    return _catalogue(SOURCE, key.partition(".")[0]).gettext(key) != key


def read_ahead(*files: str) -> None:
    """Read these catalogues now, for whoever must not wait later; a few milliseconds each."""
    for language in languages():
        for file in files:
            _catalogue(language, file)


def text(key: str, language: str = SOURCE, gaps: Mapping[str, str | float] | None = None) -> str:
    """The text of a key, its gaps filled; `n` among them chooses between one and many."""
    file = key.partition(".")[0]
    for asked in (language, SOURCE):
        table = _catalogue(asked, file)
        pattern = table.gettext(key) if not gaps or "n" not in gaps else table.ngettext(key, key, int(gaps["n"]))
        if pattern != key:
            return pattern.format_map(gaps) if gaps else pattern
    if file == NAMES:
        return key.rpartition(".")[2].replace("_", " ")
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
