"""What a language consists of, as one list, and how much of it each language has.

`bowlby language lacks` prints it, the doctor sums it up, and the page says it of the language that it is read in.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import raw
from robot.express.piper import published as voices
from robot.express.renderer import timbres
from robot.guard.cues import Cues
from robot.sense.hearing import models
from robot.sense.language import phrases as phrase_tables
from robot.sense.language.animals import animals
from robot.sense.language.reader import by_lines, own_head
from robot.sense.language.reader.learned import brought
from robot.texts.catalogue import files_of_texts, lacking
from robot.texts.languages import SOURCE, file_of, house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from robot.sense.language.phrases import Phrases

PAGE = frozenset({"page", "names", "entry", "duties", "parameters", "chart", "model", "languages"})
SETUP = frozenset({"setup", "console"})
FINDINGS = frozenset({"doctor", "health", "common"})
SPOKEN = frozenset({"spoken", "need", "told_cause", "cause"})
OF_NUMBERS = frozenset(
    {
        *("quantities", "spoken", "sums", "ranges", "told_sums"),
        *("averages", "clock_sums", "packs", "rates", "units", "month_days"),
    }
)
NEEDED = "of what is lacking less is noticed; without the whole list the language is not spoken"
OWN_CODE = frozenset({"quantities", "spoken"})  # English and French have these as code
OF_ITSELF = "of_itself"
SET = frozenset({"about", "guard", "home", "voice"})  # sections that set something, and read no line


class LanguagePart(NamedTuple):
    """One part of a language: how many of its pieces are there, and what the robot does without the rest."""

    name: str
    have: int
    of: int
    without: str
    lacks: tuple[str, ...] = ()  # some of what is lacking, by name

    @property
    def whole(self) -> bool:
        """Whether nothing is lacking."""
        return self.have >= self.of


Found = tuple[int, int, tuple[str, ...]]


def parts_of(language: str) -> list[LanguagePart]:
    """Every part of a language, in the order of the list. Raises ConfigError for one that cannot be spoken at all."""
    tables = phrase_tables.load()
    return [
        LanguagePart(name, have, of, without, lacks) for name, without, (have, of, lacks) in _found(tables, language)
    ]


def of_reading() -> frozenset[str]:
    """The sections by which lines are read: all of English but those of another part."""
    return frozenset(raw(SOURCE)) - OF_NUMBERS - SET - {OF_ITSELF}


def _found(tables: Phrases, language: str) -> Iterable[tuple[str, str, Found]]:
    """Names of parts, what the robot does without, and what is there."""
    rows: tuple[tuple[str, str, Callable[[], Found]], ...] = (
        (
            "what it says",
            "it says another phrase of the same language, mostly that it cannot do this in it yet",
            lambda: _phrases(tables, language, ("remark_", "ask_remark_")),
        ),
        (
            "replies to particular remarks",
            "such a line is answered by its meaning, less aptly",
            lambda: _phrases(tables, language, (), ("remark_", "ask_remark_")),
        ),
        (
            "what it understands",
            "the network of meanings alone reads such lines; without the network they are not understood",
            lambda: _names(tables.wordings(SOURCE), tables.wordings(language)),
        ),
        (
            "reader by lines",
            "without the network of meanings the tables alone read it",
            lambda: _there(_taught(language, by_lines.NAME), "reader/by_lines_<language>.npz"),
        ),
        (
            "head of its own in the network",
            "the network reads it as far as it has it in common with English and French",
            lambda: _there(_taught(language, own_head.NAME), "reader/own_head_<language>.npz"),
        ),
        ("reading tables", "lines are read without that help", lambda: _sections(language, of_reading())),
        ("numbers and dates", "they are not read, and said in figures", lambda: _sections(language, OF_NUMBERS)),
        (
            "animals to guess",
            "that game is not played in it",
            lambda: _names(animals().animal, {n for n, one in animals().animal.items() if one.of(language)}),
        ),
        ("crisis words", NEEDED, lambda: _crisis(language)),
        ("emergency words", NEEDED, lambda: _cues(language, "emergency", "emergency_{}.toml")),
        ("episode answers", NEEDED, lambda: _cues(language, "episode", "answers_{}.toml")),
        (
            "what a language model may say of itself",
            "nothing that a language model says is said in it",
            lambda: _sections(language, (OF_ITSELF,)),
        ),
        ("the page", "the text is shown in English, and the page says so", lambda: _texts(language, PAGE)),
        ("set-up", "the text is shown in English", lambda: _texts(language, SETUP)),
        ("the doctor", "the text is shown in English", lambda: _texts(language, FINDINGS)),
        ("words in gaps and causes", "the word is said in English", lambda: _texts(language, SPOKEN)),
        (
            "other texts",
            "the text is shown in English",
            lambda: _texts(language, frozenset(files_of_texts()) - PAGE - SETUP - FINDINGS - SPOKEN),
        ),
        ("voice", "its sentences are shown and not spoken", lambda: _there(language in timbres(), "[voice]")),
        ("natural voice", "espeak-ng speaks", lambda: _there(voices.of(language) is not None, "a voice of Piper's")),
        (
            "recogniser",
            "it does not hear what is said; lines can be typed",
            lambda: _there(any(models.hears(one, language) for one in models.KNOWN), "a speech model"),
        ),
    )
    return ((name, without, find()) for name, without, find in rows)


def _phrases(tables: Phrases, language: str, but: tuple[str, ...], only: tuple[str, ...] = ("",)) -> Found:
    keys = [key for key in tables.keys if key.startswith(only) and not key.startswith(but or ("\0",))]
    lacks = tuple(key for key in keys if key in tables.lacking(language))
    return len(keys) - len(lacks), len(keys), lacks


def _names(theirs: Iterable[str], mine: Iterable[str]) -> Found:
    known, own = list(theirs), frozenset(mine)
    lacks = tuple(name for name in known if name not in own)
    return len(known) - len(lacks), len(known), lacks


def _sections(language: str, names: Iterable[str]) -> Found:
    own = raw(language).keys() | (OWN_CODE if language in house() else set())
    return _names(sorted(names), own)


def _texts(language: str, names: frozenset[str]) -> Found:
    found = [lacking(language, name) for name in sorted(names)]
    lacks = tuple(key for keys, _ in found for key in keys)
    of = sum(count for _, count in found)
    return of - len(lacks), of, lacks


def _crisis(language: str) -> Found:
    from robot.core.typed_toml import parse  # noqa: PLC0415
    from robot.guard.crisis.meaning import SHELF, WORDS_FILE, ConceptFile, data_folder  # noqa: PLC0415 - only asked here

    def concepts(code: str) -> tuple[str, ...]:
        place = file_of(data_folder(), SHELF, WORDS_FILE.format(code), code)
        return (
            () if place is None else tuple(parse(ConceptFile, place.read_text(encoding="utf-8"), str(place)).concepts)
        )

    return _names(concepts(SOURCE), concepts(language))


def _cues(language: str, room: str, pattern: str) -> Found:
    def kinds(code: str) -> set[str]:
        place = file_of(files(f"robot.guard.{room}") / "data", room, pattern.format(code), code)
        return set() if place is None else {row.kind for row in Cues(place, code).rows}

    return _names(sorted(kinds(SOURCE)), kinds(language))


def _taught(language: str, pattern: str) -> bool:
    return language in house() or brought(pattern, language) is not None


def _there(there: bool, name: str) -> Found:  # noqa: FBT001 - one thing that is there or not
    return int(there), 1, () if there else (name,)
