"""The small tables of each language: words and patterns by which its lines are read and said back.

One file a language (`words/<language>.toml`), a section for each thing that is read. Who reads one has its form, a
`WordTable`: `section(ChoiceWords, "fr")`. A language that has no such section is not read for that, which
`bowlby language lacks` tells.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from robot.core import toml_text
from robot.core.errors import ConfigError
from robot.core.typed_toml import Table, checked
from robot.texts.languages import file_of, languages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

ROOM, SHELF = files("robot.core") / "words", "words"
_FORMS: dict[tuple[str, str], type[WordTable]] = {}  # by section, and whose form it is


class WordTable(Table):
    """The form of one section: `class ChoiceWords(WordTable, section="choices")`."""

    section: ClassVar[str]

    def __init_subclass__(cls, *, section: str, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.section = section
        _FORMS[section, f"{cls.__module__}.{cls.__qualname__}"] = cls


T = TypeVar("T", bound=WordTable)


class AboutTable(WordTable, section="about"):
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
def section(kind: type[T], language: str) -> T | None:
    """One section of a language; None where it has none. Raises ConfigError."""
    found = raw(language).get(kind.section)
    if found is None:
        return None
    try:
        return checked(kind, found)
    except ConfigError as error:
        raise ConfigError(
            f"[{kind.section}] {error.what}", place=str(place_of(language)), remedy=error.remedy
        ) from error


def check(language: str) -> None:
    """Read every section of a language whose form is known by now. Raises ConfigError."""
    for kind in tuple(_FORMS.values()):
        section(kind, language)


def sections(kind: type[T]) -> dict[str, T]:
    """The section of every language that has one."""
    found = ((code, section(kind, code)) for code in languages())
    return {code: table for code, table in found if table is not None}


@cache
def without(language: str) -> frozenset[str]:
    """The behaviours that do not run while a language is spoken."""
    about = section(AboutTable, language)
    return frozenset() if about is None else about.without


@cache
def languages_asked_for() -> dict[str, str]:
    """The language that is asked for by an intent."""
    return {about.asked_by: code for code, about in sections(AboutTable).items() if about.asked_by}


def any_of(kind: type[T], *keys: str) -> dict[str, str]:
    """Patterns that count whatever language is spoken: for each key of a section, the choices of all languages."""
    tables = sections(kind).values()
    return {key: "|".join(choice for table in tables if (choice := getattr(table, key))) or "(?!)" for key in keys}
