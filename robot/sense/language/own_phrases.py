"""Phrases that come with somebody's own behaviours: `phrases/NAME.toml` in the personal folder or in another package.

    [said.en]
    tea_ready = ["The tea is ready.", "Tea time."]
    [said.fr]
    tea_ready = "Le thé est prêt."

and, where there is something new to understand, `[heard.en]` and `[heard.fr]` with wordings by intent. What is there
already cannot be worded anew: the robot's honest answers stay as they are.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from robot.core.errors import ConfigError
from robot.core.typed_toml import line_of
from robot.sense.language.lexicon import plain
from robot.sense.language.phrase_files import PhraseFile, near
from robot.sense.language.phrases import Additions, is_whole
from robot.sense.language.slotted_wordings import SLOT, slots_of
from robot.texts.languages import found, house

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from robot.sense.language.phrases import Phrases, Wordings

SAID, HEARD = PARTS = ("said", "heard")
NOBODYS: Mapping[Path, Additions] = MappingProxyType({})
OF_ITS_OWN = "begin it with the behaviour's name"
APART = "name yours otherwise, or take one of the two files away"


def read(
    path: Traversable | Path,
    phrases: Phrases,
    broken_by: Callable[[str, str, str], int | None],
    others: Mapping[Path, Additions] = NOBODYS,
) -> Additions:
    """A file that may be added to `phrases`, in which those of the `others` are; `broken_by` tells which duty a phrase
    breaks with a wording in a language. Raises ConfigError.
    """
    own = _OwnFile(path, phrases.languages)
    own.check_names(phrases, others)
    for language in own.languages:
        own.check_said(language, broken_by)
        own.check_heard(language, phrases)
    return Additions(own.tables[SAID], own.tables[HEARD])


def said_names(folder: Traversable | Path) -> frozenset[str]:
    """The names of what may be said by the files of a `phrases` folder that add to the tables; none where it is not
    there. Raises ConfigError for a file that cannot be read at all.
    """
    names: set[str] = set()
    for item in sorted(folder.iterdir(), key=lambda item: item.name) if folder.is_dir() else ():
        if item.name.endswith(".toml") and not item.name.startswith(("_", ".")) and not is_whole(item):
            said = PhraseFile(item).data.get(SAID, {})
            tables = said.values() if isinstance(said, dict) else ()
            names.update(key for table in tables if isinstance(table, dict) for key in table)
    return frozenset(names)


class _OwnFile:
    """One file, read, with the same keys in each language."""

    def __init__(self, path: Traversable | Path, languages: tuple[str, ...]) -> None:
        self._path, self._file = path, PhraseFile(path)
        self._first = languages[0]
        for part, tables in self._file.data.items():
            if part not in PARTS or not isinstance(tables, dict):
                where = next(iter(tables), "") if isinstance(tables, dict) else ""
                raise self._error(f"{part} is not known here", part, where, remedy="write [said.en] or [heard.en]")
            for language in tables:
                if language not in languages and language not in found():
                    remedy = f"use {' and '.join(languages)}"
                    raise self._error(f"no language is called {language}", part, language, remedy=remedy)
        told = {one for part in PARTS for one in self._file.data.get(part, {})}
        # Whoever writes for the house's languages need not know which others are brought.
        self.languages = tuple(one for one in languages if one in house() or one in told)
        self.tables = {part: {one: self._read(part, one) for one in self.languages} for part in PARTS}
        for part, by_language in self.tables.items():
            for one, mine in by_language.items():
                for other, theirs in by_language.items():
                    for key in mine.keys() - theirs.keys():
                        what = f"{key} is not in [{part}.{other}]"
                        raise self._error(what, part, one, key, remedy="add it there too")

    def _error(self, what: str, *path: str, remedy: str, file: str = "") -> ConfigError:
        """`file`: what it is called, where its own name is too little."""
        return ConfigError(what, place=f"{file or self._file.name}:{line_of(self._file.text, path)}", remedy=remedy)

    def _read(self, part: str, language: str) -> Wordings:
        table: Any = self._file.data.get(part, {}).get(language, {})
        if not isinstance(table, dict):
            raise self._error(f"{language} must be a table", part, language, remedy=f"write [{part}.{language}]")
        found: Wordings = {}
        for key, value in table.items():
            texts = [value] if isinstance(value, str) else value
            if not isinstance(texts, list) or not texts or not all(isinstance(t, str) and t.strip() for t in texts):
                what = f"{key} must be a text or a list of texts, none empty"
                raise self._error(what, part, language, key, remedy='write: ["one", "two"]')
            found[key] = tuple(texts)
        return found

    def check_names(self, phrases: Phrases, others: Mapping[Path, Additions]) -> None:
        """Nothing takes the place of what is there, and whatever is understood has an answer."""
        said, heard = self.tables[SAID][self._first], self.tables[HEARD][self._first]
        for part, names, known in ((SAID, said, phrases.keys), (HEARD, heard, phrases.intents)):
            for name in names:
                if name in known:
                    owner = self._owner(part, name, others)
                    if owner is None:
                        raise self._error(f"{name} is there already", part, self._first, name, remedy=OF_ITS_OWN)
                    what = f"{name} is in {owner} already"
                    raise self._error(what, part, self._first, name, remedy=APART, file=str(self._path))
        for intent in heard:
            if f"answer_{intent}" not in said:
                remedy = f"add answer_{intent} under [said.{self._first}] and in each other language"
                raise self._error(f"{intent} has no answer", HEARD, self._first, intent, remedy=remedy)

    def _owner(self, part: str, name: str, others: Mapping[Path, Additions]) -> Path | None:
        """Which of the other files has it; None for what ships."""
        return next((path for path, more in others.items() if name in more._asdict()[part].get(self._first, {})), None)

    def check_said(self, language: str, broken_by: Callable[[str, str, str], int | None]) -> None:
        """One set of slots for each phrase in all languages, and no sentence that the robot never says."""
        for key, texts in self.tables[SAID][language].items():
            slots = slots_of(self.tables[SAID][self._first][key][0])
            for text in texts:
                if slots_of(text) != slots:
                    what = f"the wordings of {key} have different slots"
                    raise self._error(what, SAID, language, key, remedy="use the same {slots} in each language")
                duty = broken_by(key, text, language)
                if duty is not None:
                    remedy = "word it otherwise; docs/care.md tells what each duty asks"
                    raise self._error(f"{key} would break duty {duty}: “{text}”", SAID, language, key, remedy=remedy)

    def check_heard(self, language: str, phrases: Phrases) -> None:
        """No wording that another intent has, and no slot that is unknown."""
        known = phrases.wordings(language)
        owner = {plain(wording): intent for intent, wordings in known.items() for wording in wordings}
        slots = phrases.slots(language)
        for intent, wordings in self.tables[HEARD][language].items():
            for wording in wordings:
                other = owner.setdefault(plain(wording), intent)
                if other != intent:
                    what = f"{wording!r} means {other} already"
                    raise self._error(what, HEARD, language, intent, remedy="word it otherwise")
                for slot in SLOT.findall(wording):
                    if slot.lower() not in slots:
                        remedy = near(slot, slots) or f"use one of: {', '.join(slots)}"
                        raise self._error(f"the slot {{{slot}}} is unknown", HEARD, language, intent, remedy=remedy)
