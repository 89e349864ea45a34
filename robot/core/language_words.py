"""The small tables of each language: words and patterns by which its lines are read and said back.

One file a language (`words/<language>.toml`), a section for each thing that is read. Who reads one names it and its
form: `section(ChoiceWords, "choices", "fr")`. A language that has no such section is not read for that, which
`bowlby language lacks` tells.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from robot.core import toml_text
from robot.core.errors import ConfigError
from robot.core.typed_toml import Table, checked
from robot.texts.languages import file_of, languages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

ROOM, SHELF = files("robot.core") / "words", "words"
T = TypeVar("T", bound=Table)


class AboutTable(Table):
    """[about]: whose stems it has, by Snowball's name; the intent by which it is asked for; and the behaviours that it
    has no words for, which do not run while it is spoken.
    """

    stemmer: str
    asked_by: str = ""
    without: frozenset[str] = frozenset()


def place_of(language: str) -> Traversable | None:
    """The file of a language."""
    return file_of(ROOM, SHELF, f"{language}.toml", language)


@cache
def raw(language: str) -> Mapping[str, Any]:
    """All sections as they stand in the file; none where the language has no file. Raises ConfigError."""
    place = place_of(language)
    return {} if place is None else toml_text.loads(toml_text.read_text(place), place.name)


@cache
def section(kind: type[T], name: str, language: str) -> T | None:
    """One section of a language; None where it has none. Raises ConfigError."""
    found = raw(language).get(name)
    if found is None:
        return None
    try:
        return checked(kind, found)
    except ConfigError as error:
        raise ConfigError(f"[{name}] {error.what}", place=str(place_of(language)), remedy=error.remedy) from error


def sections(kind: type[T], name: str) -> dict[str, T]:
    """The section of every language that has one."""
    found = ((code, section(kind, name, code)) for code in languages())
    return {code: table for code, table in found if table is not None}


@cache
def without(language: str) -> frozenset[str]:
    """The behaviours that do not run while a language is spoken."""
    about = section(AboutTable, "about", language)
    return frozenset() if about is None else about.without


@cache
def languages_asked_for() -> dict[str, str]:
    """The language that is asked for by an intent."""
    return {about.asked_by: code for code, about in sections(AboutTable, "about").items() if about.asked_by}


def any_of(kind: type[T], name: str, *keys: str) -> dict[str, str]:
    """Patterns that count whatever language is spoken: for each key of a section, the choices of all languages."""
    tables = sections(kind, name).values()
    return {key: "|".join(choice for table in tables if (choice := getattr(table, key))) or "(?!)" for key in keys}
