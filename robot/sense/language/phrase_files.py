"""Reading and checking phrase files: each mistake is told with file, line, reason and the nearest name."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, cast

import Stemmer

from robot.core import toml_text
from robot.core.errors import ConfigError
from robot.core.toml_text import short
from robot.sense.language.lexicon import NO_STEMMER, HeardTable, plain
from robot.sense.language.slotted_wordings import SLOT, slots_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

_LISTS = ("ignore", "negations", "breaks", "first", "last", "care", "asks", "asked")
_TEXTS = ("rewrite", "turns")
_TABLES = ("same", "slots", "names", "heard", "signs", "answers")
_HEARD_KEYS = ("stemmer", *_LISTS, *_TEXTS, *_TABLES)


class PhraseFile:
    """A TOML file that knows on which line a key or a value stands."""

    def __init__(self, path: Traversable | Path) -> None:
        self.name = path.name
        self.text = toml_text.read_text(path)
        self.data = toml_text.loads(self.text, self.name)

    def error(self, what: str, key: str, remedy: str = "") -> ConfigError:
        for number, line in enumerate(self.text.splitlines(), 1):
            if re.match(rf'\s*(\[)?"?{re.escape(key)}"?\s*[\]=]', line):
                return ConfigError(what, place=f"{self.name}:{number}", remedy=remedy)
        return ConfigError(what, place=f"{self.name}:{key}", remedy=remedy)


def near(key: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(short(key), list(names), n=1, cutoff=0.66)
    return f"did you mean {close[0]}?" if close else ""


def _strings(file: PhraseFile, key: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise file.error(f"{key} must be a list of texts, none empty", key, 'write: ["one", "two"]')
    return cast("list[str]", value)


def heard_table(file: PhraseFile) -> HeardTable:
    """The checked table of a heard_<language>.toml."""
    data = file.data
    for key in data:
        if key not in _HEARD_KEYS:
            raise file.error(f"nothing here is called {key}", key, near(key, _HEARD_KEYS))
    texts = {name: _texts(file, name) for name in _TEXTS}
    lists = {name: _lists(file, name) for name in _TABLES}
    flat = {key: tuple(_strings(file, key, data.get(key, []))) for key in _LISTS}
    heard = lists["heard"]
    if not heard:
        raise file.error("no intent is listed", "heard", "write [heard] and the intents under it")
    for key in ("first", "last", "care", "asked"):
        _known(file, key, flat[key], heard)
    for intent in lists["signs"]:
        _known(file, intent, [intent], heard)
    _once(file, heard)
    _one_group(file, lists["same"])
    _slots_known(file, lists)
    return HeardTable(
        stemmer=_stemmer(file),
        rewrite={key.replace("\u2019", "'"): value for key, value in texts["rewrite"].items()},
        turns=texts["turns"],
        ignore=flat["ignore"],
        negations=flat["negations"],
        breaks=flat["breaks"],
        first=flat["first"],
        last=flat["last"],
        care=flat["care"],
        asks=flat["asks"],
        asked=flat["asked"],
        same=lists["same"],
        slots=lists["slots"],
        names=lists["names"],
        heard=heard,
        signs=lists["signs"],
        answers=lists["answers"],
    )


def _stemmer(file: PhraseFile) -> str:
    stemmer = file.data.get("stemmer")
    known = (*Stemmer.algorithms(), NO_STEMMER)
    if stemmer not in known:
        raise file.error(f"the stemmer {stemmer!r} is unknown", "stemmer", f"use one of: {', '.join(known)}")
    return str(stemmer)


def _table(file: PhraseFile, name: str) -> dict[str, Any]:
    value = file.data.get(name, {})
    if not isinstance(value, dict):
        raise file.error(f"{name} must be a table", name, f"write [{name}] above its lines")
    return value


def _texts(file: PhraseFile, name: str) -> dict[str, str]:
    for key, value in _table(file, name).items():
        if not isinstance(value, str):
            raise file.error(f"{key} must be a text", key, f'write: "{key}" = "text"')
    return _table(file, name)


def _lists(file: PhraseFile, name: str) -> dict[str, list[str]]:
    return {key: _strings(file, key, value) for key, value in _table(file, name).items()}


def _known(file: PhraseFile, key: str, names: Iterable[str], heard: Mapping[str, object]) -> None:
    for name in names:
        if name not in heard:
            raise file.error(f"no intent is called {name!r}", key, near(name, heard) or "add it under [heard]")


def _once(file: PhraseFile, heard: Mapping[str, list[str]]) -> None:
    owner: dict[str, str] = {}
    for intent, wordings in heard.items():
        if not wordings:
            raise file.error(f"{intent} has no wording", intent, "add at least one")
        for wording in wordings:
            bare = " ".join(re.findall(r"\{?\w+\}?", plain(wording)))
            if owner.setdefault(bare, intent) != intent:
                raise file.error(f"{wording!r} stands under {intent} and {owner[bare]}", intent, "take one of them out")


def _one_group(file: PhraseFile, same: Mapping[str, list[str]]) -> None:
    owner: dict[str, str] = {}
    for head, words in same.items():
        for word in words:
            if " " in word:
                raise file.error(f"{word!r} is more than one word", head, "put it under [rewrite]")
            if owner.setdefault(plain(word), head) != head:
                raise file.error(f"{word!r} belongs to {head} and to {owner[plain(word)]}", head, "take one out")


def _slots_known(file: PhraseFile, lists: Mapping[str, Mapping[str, list[str]]]) -> None:
    known = {"time", *lists["slots"], *lists["names"]}
    for intent, wordings in lists["heard"].items():
        for slot in (slot for wording in wordings for slot in SLOT.findall(wording)):
            if slot.lower() not in known:
                raise file.error(f"the slot {{{slot}}} is unknown", intent, near(slot, known) or "add it under [slots]")


def said_table(file: PhraseFile) -> dict[str, tuple[str, ...]]:
    said: dict[str, tuple[str, ...]] = {}
    for key, value in file.data.items():
        variants = tuple(_strings(file, key, [value] if isinstance(value, str) else value))
        if not variants:
            raise file.error(f"{key} has no wording", key, "add at least one")
        if len(set(map(slots_of, variants))) > 1:
            raise file.error(f"the wordings of {key} have different slots", key, "use the same {slots} in each")
        if any(not {"{", "}"}.isdisjoint(SLOT.sub("", wording)) for wording in variants):
            raise file.error(f"{key} has a brace that belongs to no slot", key, "write a slot as {name}")
        said[key] = variants
    return said


def same_keys(file: PhraseFile, mine: Mapping[str, object], other: PhraseFile, theirs: Mapping[str, object]) -> None:
    for key in mine:
        if key not in theirs:
            raise file.error(f"{key} is not in {other.name}", key, near(key, theirs) or "add it there too")
    for key in theirs:
        if key not in mine:
            raise other.error(f"{key} is not in {file.name}", key, near(key, mine) or "add it there too")


def same_slots(file: PhraseFile, mine: Mapping[str, tuple[str, ...]], theirs: Mapping[str, tuple[str, ...]]) -> None:
    for key, variants in mine.items():
        if slots_of(variants[0]) != slots_of(theirs[key][0]):
            raise file.error(f"{key} has other slots than in the other language", key, "use the same {slots}")
