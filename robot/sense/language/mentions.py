"""Who and when a line speaks of: "my sister Emma on Sunday" gives `who` "your sister", `relation`, `called`, `when`.

By the tables of each language (section [mentions] of words/): relations, animals, and words of time; a name is a word
with a capital that stands inside a line, or behind words that tell it ("her name was Jean"), or one that is listed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, section
from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*['\u2019]?|\d+")
BETWEEN = 2  # words that may stand between "my" and "sister": "my little sister"
Slots = tuple[tuple[str, str], ...]


class MentionWords(WordTable, section="mentions"):
    """[mentions]."""

    own: dict[str, str]  # "my", and what the robot says for it
    some: dict[str, str]  # "a", and what the robot says for it
    relations: list[str]
    animals: list[str]
    titles: list[str]
    called: list[str]  # words between somebody and their name: "is called"
    no_names: list[str]  # written with a capital, or like a name, and none
    before_places: list[str]  # behind these a capital is a place's or a thing's, unless the name is listed
    before_names: list[str]  # a capital that no list knows is somebody's name only behind one of these,
    after_names: list[str]  # or before one of these
    names: list[str]
    when: list[str]  # regular expressions over plain text
    denied: list[str]  # the name behind is not meant: "not Emily, Emma"
    joins: list[str]  # what follows is another: "just me and the budgie"
    told: str = ""  # a pattern of what is before the name of somebody that is told,
    that: str = ""  # and of what is so only further on in what is said of them: "my grandson set you up, that's Daniel"
    known: bool = False  # all nouns have a capital: behind a relation only a name of the list is one


@cache
def _reader(language: str) -> _Reader | None:
    words = section(MentionWords, language)
    return None if words is None else _Reader(words)


def mentions(text: str, language: str) -> Slots:
    """Slots of whom and when a line speaks of; empty where it names nobody and no time."""
    reader = _reader(language)
    return () if reader is None else reader.slots(text)


def is_no_name(word: str, language: str) -> bool:
    """Whether a word is written with a capital, or like a name, and none: "Monday"."""
    words = section(MentionWords, language)
    return words is not None and plain(word) in map(plain, words.no_names)


def tells_name(text: str, language: str) -> bool:
    """Whether a line tells what somebody is called, or was; behind a mere "her name's Priya" nothing more."""
    reader, line = _reader(language), text.replace("\u2019", "'")
    if reader is None or "called" not in (slots := dict(reader.slots(text))):
        return False
    found = (reader.further_on if "relation" in slots else reader.told).search(line)
    if found is None or slots["called"] not in found.groups():
        return False
    return "relation" in slots or not line[found.end() :].strip(" .!")


def _bare(word: str) -> str:
    """Without an English genitive or “is”: "grandson's" is the grandson."""
    return re.sub(r"['\u2019]s?$", "", word) or word


class _Reader:
    """The tables of one language, quick to look up."""

    def __init__(self, words: MentionWords) -> None:
        self._own = {plain(word): turned for word, turned in words.own.items()}
        self._some = {plain(word): turned for word, turned in words.some.items()}
        self._relations = frozenset(map(plain, words.relations))
        self._related = frozenset() if words.known else self._relations
        self._animals = frozenset(map(plain, words.animals))
        self._titles = frozenset(map(plain, words.titles))
        self._called = frozenset(map(plain, words.called))
        self._no_names = frozenset(map(plain, words.no_names))
        self._before_places = frozenset(map(plain, words.before_places))
        self._before_names = frozenset(map(plain, words.before_names))
        self._after_names = frozenset(map(plain, words.after_names))
        self._names = frozenset(map(plain, words.names))
        self._denied, self._joins = frozenset(words.denied), frozenset(words.joins)
        name = r"(?P<name>(?-i:[A-ZÀ-Þ])[\w-]+)(?=[,.!?;]|$| (?:and|et)\b)"
        self.told = re.compile(rf"\b(?:{words.told or '(?!)'}) {name}", re.IGNORECASE)
        self.further_on = re.compile(
            rf"(?:\b(?:{words.told or '(?!)'}|{words.that or '(?!)'}) {name}|, (?P<last>[A-ZÀ-Þ][\w-]+)\W*$)",
            re.IGNORECASE,
        )
        self._when = re.compile("|".join(f"(?:{one})" for one in words.when))

    def slots(self, text: str) -> Slots:
        """See `mentions`."""
        words = [(found.group(), plain(found.group()), found.start()) for found in _WORD.finditer(text)]
        words = [(_bare(word), _bare(low), start) for word, low, start in words]
        found = list(self._somebody(text, words))
        when = self._when.search(plain(text))
        return (*found, *([("when", when.group())] if when else []))

    def _somebody(self, text: str, words: list[tuple[str, str, int]]) -> Iterable[tuple[str, str]]:
        """Of the first whose relation is told, else of the first who is named."""
        for i, (_, own, _) in enumerate(words):
            if own not in self._own:
                continue
            for j in range(i + 1, min(i + 2 + BETWEEN, len(words))):
                noun = words[j][1]
                if noun in self._own or noun in self._joins:
                    break
                known = noun if noun in self._relations or noun in self._animals else ""
                if not known:
                    continue
                yield "who", " ".join([self._own[own], *(word for word, _, _ in words[i + 1 : j + 1])])
                yield "relation", known
                name = self._name_after(text, words, j) or self._name_further_on(text, words, j)
                if name:
                    yield "called", name
                return
        found = tuple(self._one_of(text, words)) or self._told_of(text)
        if found:
            yield from found
            return
        for i, (word, bare, _) in enumerate(words):
            if self._is_name(text, words, i):
                title = words[i - 1][0] if i and words[i - 1][1] in self._titles else ""
                yield "who", f"{title} {word}".strip() if word[:1].isupper() else word.capitalize()
                yield "called", word if word[:1].isupper() else bare.capitalize()
                return

    def _one_of(self, text: str, words: list[tuple[str, str, int]]) -> Iterable[tuple[str, str]]:
        """Of "a brother Rory"."""
        for i, (_, some, _) in enumerate(words[:-1]):
            word, noun, _ = words[i + 1]
            name = self._name_after(text, words, i + 1) if some in self._some and noun in self._relations else ""
            if name:
                yield "who", f"{self._some[some]} {word}"
                yield "relation", noun
                yield "called", name
                return

    def _told_of(self, text: str) -> Slots:
        """Of "her name was Jean"."""
        told = self.told.search(text.replace("\u2019", "'"))
        if told is None or plain(told["name"]) in self._no_names:
            return ()
        return ("who", told["name"]), ("called", told["name"])

    def _name_after(self, text: str, words: list[tuple[str, str, int]], j: int) -> str:
        """The name that follows a relation: "my sister Emma", "my sister is called emma"."""
        k = j + 1
        while k < len(words) and k <= j + 4 and words[k][1] in self._called:
            k += 1
        if k >= len(words):
            return ""
        word, bare, _ = words[k]
        if k > j + 1 and bare not in self._no_names and (word[:1].isupper() or bare in self._names):
            return word[:1].upper() + word[1:]
        return word if k == j + 1 and self._is_name(text, words, k) else ""

    def _name_further_on(self, text: str, words: list[tuple[str, str, int]], j: int) -> str:
        """The name that is told further on, where no other is spoken of before: "my son has a dog called Rex"."""
        found = self.further_on.search(text.replace("\u2019", "'"), words[j][2])
        if found is None:
            return ""
        between = {low for _, low, start in words[j + 1 :] if start < found.end() - 1}
        if between & (self._relations | self._animals):
            return ""
        name, last = found["name"] or "", found["last"] or ""
        return last if plain(last) in self._names else "" if plain(name) in self._no_names else name

    def _is_name(self, text: str, words: list[tuple[str, str, int]], i: int) -> bool:
        word, bare, start = words[i]
        if bare in self._no_names or bare.rstrip("s") in self._no_names or len(bare) < 2:
            return False
        if i and words[i - 1][1] in self._denied:
            return False
        if bare in self._names:
            return True
        if i and words[i - 1][1] in self._before_places:
            return False
        before = text[:start].rstrip()
        begins = not before or before[-1] in '.!?…:«“"('
        after = words[i + 1][1] if i + 1 < len(words) else ""
        last = words[i - 1][1] if i else ""
        told = last in self._before_names | self._titles or after in self._after_names or last in self._related
        return word[0].isupper() and not word.isupper() and not begins and told
