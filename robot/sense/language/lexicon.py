"""From a line to words, and from words to concepts: the half of understanding that knows a language but no intents.

A word is lowered, rid of accents and contractions, and becomes a *concept*: its Snowball stem (Porter 2001), or the
head of a group of words that mean the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import Stemmer

from robot.core.language_words import AboutTable, section

if TYPE_CHECKING:
    from collections.abc import Callable

NO_STEMMER = "none"  # for a language that Snowball has none for
AHEAD = 6  # words looked at for a sequence
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")  # of Latin letters; U+034F is none
_TOKEN = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]*)*|\{\w+\}")


@cache
def stemmer(language: str) -> Stemmer.Stemmer | None:
    """That of a language, if it has one."""
    return _stemmer(language, 10000)


def stem_of(language: str) -> Callable[[str], str]:
    """What gives the stem of a word of a language, and keeps none of them; the whole word where it has no stemmer."""
    found = _stemmer(language, 0)
    return _whole_word if found is None else found.stemWord


def _stemmer(language: str, kept: int) -> Stemmer.Stemmer | None:
    about = section(AboutTable, language)
    return None if about is None or about.stemmer == NO_STEMMER else Stemmer.Stemmer(about.stemmer, kept)


class Word(NamedTuple):
    """A word as it is looked up, and as it was written."""

    concept: str
    plain: str
    written: str


@dataclass(frozen=True, slots=True)
class HeardTable:
    """One language's table of what is heard, as loaded (see `phrases.py`)."""

    stemmer: str
    rewrite: dict[str, str]
    ignore: tuple[str, ...]
    negations: tuple[str, ...]
    breaks: tuple[str, ...]
    turns: dict[str, str]
    first: tuple[str, ...]
    last: tuple[str, ...]
    care: tuple[str, ...]
    asks: tuple[str, ...]
    asked: tuple[str, ...]
    same: dict[str, list[str]]
    slots: dict[str, list[str]]
    names: dict[str, list[str]]
    heard: dict[str, list[str]]
    signs: dict[str, list[str]]
    answers: dict[str, list[str]]


def plain(text: str) -> str:
    """Lower case, no accents, one kind of apostrophe, ligatures opened."""
    text = text.lower().replace("`", "'")
    if text.isascii():
        return text
    text = text.replace("\u2019", "'").replace("œ", "oe").replace("æ", "ae")
    text = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return text if text.isascii() else "".join(c for c in text if not unicodedata.combining(c))


class Lexicon:
    """The words of one language. Thread-safe once made."""

    def __init__(self, table: HeardTable) -> None:
        self._table = table
        self._stem: Callable[[str], str] = _whole_word
        if table.stemmer != NO_STEMMER:
            self._stem = lru_cache(maxsize=4096)(Stemmer.Stemmer(table.stemmer, 0).stemWord)
        self._head: dict[str, str] = {}  # of a word as it is, and of a stem; the word as it is goes first
        members = [(plain(word), head) for head, words in table.same.items() for word in words]
        for word, head in members:
            self._head[word] = head
        for word, head in members:
            self._head.setdefault(self._stem(word), head)
        self._prefixes = sorted((k for k in table.rewrite if k.endswith("'")), key=len, reverse=True)
        self._suffixes = sorted((k for k in table.rewrite if "'" in k[:-1] or k.startswith("'")), key=len, reverse=True)
        self._sequences = _by_first(
            {
                tuple(k.split()): tuple(v.split())
                for k, v in table.rewrite.items()
                if not k.endswith("'") and k not in self._suffixes
            }
        )
        self._ignored = _by_first({tuple(plain(k).split()): () for k in table.ignore})
        self._alone = {plain(k) for k in table.ignore}

    def words(self, text: str) -> list[Word]:
        """All words of a clause, rewritten, with their concepts; nothing is left out."""
        pairs: list[tuple[str, str]] = []
        for token in _TOKEN.findall(text):
            for part in plain(token).split("-"):
                pairs.extend((word, token) for word in self._contracted(part))
        out: list[tuple[str, str]] = []
        i = 0
        while i < len(pairs):
            found = _longest(self._sequences, [p for p, _ in pairs[i : i + AHEAD]])
            if found is None:
                out.append(pairs[i])
                i += 1
            else:
                length, new = found
                out.extend((word, pairs[min(i + n, i + length - 1)][1]) for n, word in enumerate(new))
                i += length
        return [Word(self.concept(p), p, w) for p, w in out]

    def _contracted(self, token: str) -> list[str]:
        if token.startswith("{"):
            return [token]
        if "'" not in token:
            return [token] if token else []
        whole = self._table.rewrite.get(token)
        if whole is not None:
            return whole.split()
        for prefix in self._prefixes:
            if token.startswith(prefix) and token != prefix:
                return [self._table.rewrite[prefix], *self._contracted(token[len(prefix) :])]
        for suffix in self._suffixes:
            if token.endswith(suffix) and token != suffix:
                return [token[: -len(suffix)], self._table.rewrite[suffix]]
        return [part for part in token.split("'") if part]

    def concept(self, word: str) -> str:
        """What a plain word stands for."""
        stem = self._stem(word)
        return self._head.get(word) or self._head.get(stem, stem)

    def kept(self, words: list[Word]) -> list[Word]:
        """Without the words that carry nothing; those that do so only together when nothing else is there ("again
        please" is again), or all of them.
        """
        kept: list[Word] = []
        i = 0
        while i < len(words):
            found = _longest(self._ignored, [w.plain for w in words[i : i + AHEAD]])
            if found is None:
                kept.append(words[i])
                i += 1
            else:
                i += found[0]
        return kept or [word for word in words if word.plain not in self._alone] or words


def _whole_word(word: str) -> str:
    return word


Sequences = dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]


def _by_first(table: dict[tuple[str, ...], tuple[str, ...]]) -> Sequences:
    """Word sequences by their first word, longest first."""
    out: Sequences = {}
    for sequence, new in sorted(table.items(), key=lambda row: -len(row[0])):
        out.setdefault(sequence[0], []).append((sequence, new))
    return out


def _longest(table: Sequences, words: list[str]) -> tuple[int, tuple[str, ...]] | None:
    """Length and replacement of the longest sequence that `words` begin with."""
    for sequence, new in table.get(words[0], ()):
        if tuple(words[: len(sequence)]) == sequence:
            return len(sequence), new
    return None
