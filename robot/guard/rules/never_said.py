"""Sentences that the robot never says, by duty (`data/never_said.toml`), whatever language it speaks.

They are looked for twice: in the phrase tables when these are loaded, and in each sentence before it is spoken, with
its slots filled.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Self

from robot.core.errors import ConfigError
from robot.core.typed_toml import Table, parse
from robot.guard.speech.wording import unquoted
from robot.sense.language.lexicon import plain
from robot.texts.languages import with_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.sense.language.phrases import Phrases

SHELF = "speech"  # of a language that is brought: its own file of them
SPOKEN_SELDOM = 11  # praise: not forbidden, but counted
RECALLS = 6  # memory: phrases that tell of a record are judged by the record
FAREWELL = 7
PARTINGS = ("farewell", "good_night", "answer_goodbye", "answer_good_night", "answer_end_of_life", "ending_words")


class Never(Table):
    """One `[[never]]`: a duty and what breaks it, as regular expressions over plain lower-case text.

    What `unless` finds counts for nothing.
    """

    duty: int
    what: str
    lines: list[str]
    unless: tuple[str, ...] = ()


class NeverFile(Table):
    """`never_said.toml`."""

    never: list[Never]


class Sentences:
    """Knows what breaks which duty. Thread-safe once made."""

    def __init__(self, patterns: Mapping[int, re.Pattern[str]], unless: Mapping[int, re.Pattern[str]]) -> None:
        self._patterns = patterns
        self._unless = unless

    @classmethod
    @cache
    def load(cls) -> Self:
        """The shipped table, the same for all of this process. Raises ConfigError."""
        place = files("robot.guard") / "data" / "never_said.toml"
        own = with_file(files("robot.guard") / "data", SHELF, "never_{}.toml").values()
        tables = [parse(NeverFile, one.read_text(encoding="utf-8"), str(one)) for one in (place, *own)]
        rows = [row for table in tables for row in table.never]
        lines: dict[int, list[str]] = {}
        unless: dict[int, list[str]] = {}
        for row in rows:
            lines.setdefault(row.duty, []).extend(row.lines)
            unless.setdefault(row.duty, []).extend(row.unless)
        return cls(_patterns(lines), _patterns(unless))

    def breaks(self, duty: int, text: str) -> bool:
        """Whether a sentence says what this duty forbids."""
        return self._says(duty, _plainly(text))

    def check(self, phrases: Phrases, recorded: frozenset[str]) -> Phrases:
        """The phrases, when none of them breaks a duty; `recorded` ones may tell of a record. Raises ConfigError."""
        return _checked(self, phrases, recorded)

    def broken_by(self, key: str, text: str, recorded: frozenset[str] = frozenset()) -> int | None:
        """The duty that a phrase would break with this wording."""
        parting, said = key in PARTINGS, _plainly(text)
        for duty in self._patterns:
            if duty == SPOKEN_SELDOM or (duty == RECALLS and key in recorded) or (duty == FAREWELL and not parting):
                continue
            if self._says(duty, said):
                return duty
        return FAREWELL if parting and "?" in text else None

    def _says(self, duty: int, said: str) -> bool:
        found = self._patterns[duty].search(said) is not None
        if found and duty in self._unless:
            return self._patterns[duty].search(self._unless[duty].sub(" ", said)) is not None
        return found


@lru_cache(maxsize=1)  # the robots of one process have the same tables
def _checked(sentences: Sentences, phrases: Phrases, recorded: frozenset[str]) -> Phrases:
    for language in phrases.languages:
        for key in phrases.keys:
            for text in phrases.variants(key, language):
                duty = sentences.broken_by(key, text, recorded)
                if duty is not None:
                    raise ConfigError(
                        f"{key} would break duty {duty}: “{text}”",
                        place=f"said_{language}.toml",
                        remedy="word it otherwise; docs/care.md tells what each duty asks",
                    )
    return phrases


@lru_cache(maxsize=64)  # asked for one duty after another
def _plainly(text: str) -> str:
    return plain(unquoted(text))


def _patterns(lines: Mapping[int, list[str]]) -> dict[int, re.Pattern[str]]:
    return {duty: re.compile("|".join(f"(?:{line})" for line in found)) for duty, found in lines.items() if found}
