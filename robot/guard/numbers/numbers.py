"""Whom to call, by country: the emergency number from `phonenumbers`; the crisis line, and the lines for people whom
others harm, from dated tables with sources.

Nothing is guessed. Where no country is set, the robot says “your local emergency number”; where no crisis line is known
it gives the emergency number and says why.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from pydantic import Field

from robot.core.language_words import WordTable, section
from robot.core.typed_toml import Table, parse
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Service = Literal["medical", "fire", "police"]


class HomeWords(WordTable, section="home"):
    """[home] of a language's words: where it is offered to be spoken when nobody has told the country yet."""

    country: str


def home_of(language: str) -> str:
    """That country; empty where the language names none."""
    found = section(HomeWords, language)
    return "" if found is None else found.country


class ByService(Table):
    """`[[by_service]]`: countries with a number for each service."""

    countries: tuple[str, ...]
    medical: str
    fire: str
    police: str


class EmergencyFile(Table):
    """`emergency_numbers.toml`."""

    usual: tuple[str, ...]
    all: dict[str, str]
    by_service: tuple[ByService, ...]


class CrisisLine(Table):
    """`[[line]]`: one line where people listen."""

    countries: tuple[str, ...] = Field(min_length=1)
    number: str
    name: str
    hours: Literal["always"] | tuple[str, str]
    languages: tuple[str, ...] = Field(min_length=1)
    free: bool
    source: str


class LineFile(Table):
    """`crisis_lines.toml`; `known` is the year in which it was so."""

    known: str
    line: tuple[CrisisLine, ...]


class HarmLine(CrisisLine):
    """`[[line]]`: one line for people whom somebody harms, and for which of them it is."""

    whom: Literal["women", "adults", "children", "elders"]


class HarmLineFile(Table):
    """`harm_lines.toml`; `known` as above."""

    known: str
    line: tuple[HarmLine, ...]


Line = TypeVar("Line", bound=CrisisLine)


class Called(NamedTuple):
    """Whom to call, in words: to stand after “call”, and a sentence about when somebody listens there."""

    emergency: str
    line: str
    hours: str

    @property
    def slots(self) -> tuple[tuple[str, str], ...]:
        return (("emergency", self.emergency), ("line", self.line), ("hours", self.hours))


@lru_cache(maxsize=1)
def lines() -> tuple[CrisisLine, ...]:
    """The whole table. Raises ConfigError at file:line."""
    place = files("robot.guard.numbers") / "data" / "crisis_lines.toml"
    return parse(LineFile, place.read_text(encoding="utf-8"), str(place)).line


@lru_cache(maxsize=1)
def harm_lines() -> tuple[HarmLine, ...]:
    """The whole table. Raises ConfigError at file:line."""
    place = files("robot.guard.numbers") / "data" / "harm_lines.toml"
    return parse(HarmLineFile, place.read_text(encoding="utf-8"), str(place)).line


@lru_cache(maxsize=1)
def _chosen() -> EmergencyFile:
    place = files("robot.guard.numbers") / "data" / "emergency_numbers.toml"
    return parse(EmergencyFile, place.read_text(encoding="utf-8"), str(place))


@lru_cache(maxsize=64)
def emergency_number(country: str, service: Service = "medical") -> str:
    """The number of a country (ISO 3166, two letters) for a service; empty where none is known."""
    from phonenumbers.shortnumberinfo import is_emergency_number  # noqa: PLC0415 - half a second, once

    chosen = _chosen()
    for row in chosen.by_service:
        if country in row.countries:
            return str(getattr(row, service))
    if country in chosen.all:
        return chosen.all[country]
    known = next((number for number in chosen.usual if is_emergency_number(number, country)), "")
    return known or next(_known(country), "")


def _known(country: str) -> Iterator[str]:
    """Every emergency number that `phonenumbers` has of a country."""
    from phonenumbers.shortnumberinfo import is_emergency_number  # noqa: PLC0415

    for digits in (2, 3, 4):
        for number in range(10**digits):
            if is_emergency_number(f"{number:0{digits}d}", country):
                yield f"{number:0{digits}d}"


def crisis_line(country: str, language: str) -> CrisisLine | None:
    """The line of a country, if one is known; of several the first that speaks the language."""
    return _first([line for line in lines() if country in line.countries], language)


def _first(here: Sequence[Line], language: str) -> Line | None:
    """Of several lines the first that speaks the language."""
    return next((line for line in here if language in line.languages), here[0] if here else None)


@lru_cache(maxsize=64)
def helplines(country: str | None, language: str) -> str:
    """The lines of a country for people whom somebody harms, as a sentence; where it is not told, of some countries."""
    if country is None:
        return text("need.helplines_anywhere", language)
    told = []
    for whom in ("women", "adults", "children", "elders"):
        line = _first([one for one in harm_lines() if country in one.countries and one.whom == whom], language)
        if line is not None:
            number = text("need.number", language, {"number": line.number})
            told.append(text(f"need.for_{whom}", language, {"number": number}) + _at_times(line, language))
    return text("need.helplines", language, {"lines": ", ".join(told)}) if told else text("need.no_helpline", language)


def _at_times(line: HarmLine, language: str) -> str:
    """When somebody listens there; empty where it is always."""
    if line.hours == "always":
        return ""
    begin, end = line.hours
    return " " + text("need.between", language, {"begin": begin, "end": end})


@lru_cache(maxsize=256)
def called(country: str | None, language: str, service: Service = "medical") -> Called:
    """Whom to call from a country, in a language; None is not told."""
    if country is None:
        local = text("need.local", language)
        return Called(
            local, text("need.line_anywhere", language, {"emergency": local}), text("need.no_country", language)
        )
    number = emergency_number(country, service)
    emergency = text("need.number", language, {"number": number}) if number else text("need.local", language)
    line = crisis_line(country, language)
    if line is None:
        return Called(emergency, emergency, text("need.no_line", language))
    return Called(emergency, text("need.number", language, {"number": line.number}), _hours(line, emergency, language))


def _hours(line: CrisisLine, emergency: str, language: str) -> str:
    """When somebody listens there, as one or two sentences."""
    if line.hours == "always":
        told = text("need.always_free" if line.free else "need.always", language)
    else:
        begin, end = line.hours
        told = text("need.hours", language, {"begin": begin, "end": end, "emergency": emergency})
    if language not in line.languages:
        told = f"{told} {text('need.other_language', language, {'emergency': emergency})}"
    return told
