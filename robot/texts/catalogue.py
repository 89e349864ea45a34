"""The catalogues: `<language>/<file>.po`, gettext's format, read when a text of theirs is first asked for.

A language is a folder (`languages.py`). What it lacks is shown in English; a test names it for those of the house, and
`bowlby language lacks`, the doctor and the page tell it of any other.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import polib

from robot.texts.languages import HERE, SOURCE, TEXTS, file_of, languages
from robot.texts.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from robot.texts.sentence import AnyText

__all__ = [
    "SOURCE",
    "Texts",
    "called",
    "files_of_texts",
    "knows",
    "lacking",
    "languages",
    "read_ahead",
    "text",
    "words",
]
NAMES = "names"  # what things are called; those of other people's packages are in no catalogue: by their own names


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


def files_of_texts() -> tuple[str, ...]:
    """The names of the catalogues."""
    return tuple(sorted(place.stem for place in (HERE / SOURCE).glob("*.po")))


def lacking(language: str, file: str) -> tuple[tuple[str, ...], int]:
    """Keys of a catalogue that a language has no text for, which are shown in English; and how many there are."""
    keys = tuple(entry.msgid for entry in _parsed(HERE / SOURCE / f"{file}.po"))
    table = _catalogue(language, file)
    return tuple(key for key in keys if table.gettext(key) == key), len(keys)


def check(language: str) -> None:
    """Read all catalogues of a language. Raises OSError or ValueError that names the text where one has a gap of its
    own, which nothing fills.
    """
    for file in files_of_texts():
        place = file_of(HERE / language, TEXTS, f"{file}.po", language)
        source = {entry.msgid: _gaps(entry) for entry in _parsed(HERE / SOURCE / f"{file}.po")}
        for entry in () if place is None else _parsed(place):
            if more := _gaps(entry) - source.get(entry.msgid, frozenset()):
                raise ValueError(f"{file}.po: {entry.msgid} has the gap {{{min(more)}}}, which the English has not")


def _gaps(entry: polib.POEntry) -> frozenset[str]:
    texts = (entry.msgstr, *entry.msgstr_plural.values())
    return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None)


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
        pattern = table.ngettext(key, key, int(gaps["n"])) if gaps and "n" in gaps else key
        if pattern == key:  # counts nothing, or has one text for any number
            pattern = table.gettext(key)
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
    place = file_of(HERE / language, TEXTS, f"{file}.po", language)
    if place is None:
        return NullTranslations()
    return GNUTranslations(io.BytesIO(_parsed(place).to_binary()))


def _parsed(place: Traversable) -> polib.POFile:
    return polib.pofile(place.read_text(encoding="utf-8") if not isinstance(place, Path) else str(place))
