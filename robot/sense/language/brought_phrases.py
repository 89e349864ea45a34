"""The phrase tables of a language that is brought (`robot/texts/languages.py`), held against those of the house.

Its shelf `phrases` has files as those of the house, with any of their phrases; `instead_<language>.toml` tells what it
says for those that it lacks, in its own language. What hears need and answers it, and what judges its own words, must
all be there, or it is not spoken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from robot.core.errors import ConfigError
from robot.sense.language.phrase_files import PhraseFile, heard_table, near, said_table
from robot.sense.language.slotted_wordings import SLOT, slots_of
from robot.texts.languages import brought

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from robot.sense.language.lexicon import HeardTable

SHELF = "phrases"
WHOLE = re.compile(r"(?P<kind>said|heard|instead)_(?:(?P<part>\w+)_)?(?P<language>[a-z]+)\.toml")
ANY = "*"
OF_NEED = ("crisis", "emergency_", "need_", "harm_")  # begins the names of the phrases for somebody in need
NEEDED = (  # what a language must bring to be spoken
    ("crisis", "concepts_{}.toml"),
    ("emergency", "emergency_{}.toml"),
    ("episode", "answers_{}.toml"),
    ("speech", "concepts_{}.toml"),
)
Said = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Instead:
    """What is said for phrases that a language lacks: `rows` of a pattern and a phrase, of which the first fits."""

    rows: tuple[tuple[str, str], ...]
    lacking: frozenset[str]

    def for_more(self, lacking: Iterable[str]) -> Instead:
        """The same where more phrases are lacking."""
        return replace(self, lacking=self.lacking.union(lacking))

    def filled(self, said: Mapping[str, tuple[str, ...]]) -> Said:
        """What is said, with the words of another phrase for each that is lacking."""
        return {**said, **{key: said[self.phrase(key)] for key in self.lacking}}

    def phrase(self, key: str) -> str:
        """The phrase that stands in for one."""
        return next(phrase for pattern, phrase in self.rows if fnmatchcase(key, pattern))


class BroughtPhrases:
    """Those of one language."""

    def __init__(self, language: str) -> None:
        """Raises ConfigError where it cannot be spoken."""
        self._language = language
        self._shelf = brought()[language] / SHELF
        for room, pattern in NEEDED:
            name = f"{room}/{pattern.format(language)}"
            if not (brought()[language] / name).is_file():
                raise ConfigError(
                    f"the language {language!r} has no {name}",
                    place=str(brought()[language]),
                    remedy="add it: nobody in need must go unheard, and nothing be said unjudged",
                )

    def heard(self, theirs: HeardTable) -> HeardTable:
        """What is understood; of the intents in `theirs`. Raises ConfigError."""
        file = PhraseFile(self._shelf / f"heard_{self._language}.toml")
        table = heard_table(file)
        for mine, known in ((table.heard, theirs.heard), (table.answers, theirs.answers)):
            for key in mine:
                if key not in known:
                    raise file.error(f"{key} is not known", key, near(key, known) or "take it out")
        return table

    def said(self, theirs: Mapping[str, tuple[str, ...]]) -> tuple[Said, Instead]:
        """What is said for each phrase in `theirs`, and which of them are lacking. Raises ConfigError."""
        own: Said = {}
        for item in sorted(self._shelf.iterdir(), key=lambda item: item.name):
            name = WHOLE.fullmatch(item.name)
            if name is not None and name["kind"] == "said":
                own |= _checked(PhraseFile(item), theirs, own)
        instead = Instead(self._rows(), frozenset(theirs.keys() - own.keys()))
        for key in sorted(instead.lacking):
            if key.startswith(OF_NEED):
                raise ConfigError(f"{self._language!r} has no words for {key}", place=str(self._shelf), remedy="add it")
            if instead.phrase(key) not in own or SLOT.search(own[instead.phrase(key)][0]):
                raise ConfigError(
                    f"{instead.phrase(key)} cannot stand in for {key}: it is not there, or has a gap",
                    place=f"instead_{self._language}.toml",
                    remedy="name another phrase",
                )
        return instead.filled(own), instead

    def _rows(self) -> tuple[tuple[str, str], ...]:
        file = PhraseFile(self._shelf / f"instead_{self._language}.toml")
        for key, value in file.data.items():
            if not isinstance(value, str):
                raise file.error(f"{key} must name a phrase", key, f'write: "{key}" = "cannot"')
        if ANY not in file.data:
            raise ConfigError("no phrase stands in for all others", place=file.name, remedy='add "*" = "cannot"')
        return tuple(file.data.items())


def _checked(file: PhraseFile, theirs: Mapping[str, tuple[str, ...]], before: Said) -> Said:
    """The phrases of one file: known ones, once each, with the slots that they have in the other languages."""
    found = said_table(file)
    for key, wordings in found.items():
        if key not in theirs:
            raise file.error(f"{key} is not known", key, near(key, theirs) or "take it out")
        if key in before:
            raise file.error(f"{key} stands in another file, too", key, "take one of them out")
        if slots_of(wordings[0]) != slots_of(theirs[key][0]):
            raise file.error(f"{key} has other slots than in the other languages", key, "use the same {slots}")
    return found
