"""Themes: what a story, a joke or a poem is asked to be about, and which of several texts speak of it."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, section
from robot.sense.language.answers import words_of
from robot.sense.language.lexicon import stem_of
from robot.sense.language.spoken import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 5  # words of a theme
_ARTICLE = r"(?:le|la|les|un|une|des|mon|ma|mes|ton|ta|tes|ce|cet|cette|ces) |l'"


class ThemeWords(WordTable, section="themes"):
    """[themes]: what names one; what names one that is not wanted; what joins two; what stands behind the last; and
    words that say nothing of a theme, of which alone there is none: "something nice", « une histoire drôle ».
    """

    about: str
    without: str = "(?!)"
    joint: str
    after: str
    empty: frozenset[str]


_TURNED = {"my": "your", "ma": "ta", "mon": "ton", "mes": "tes"}
_TURNED |= {yours: mine for mine, yours in _TURNED.items()}


def themes_in(text: str, language: str) -> tuple[str, ...]:
    """What it is to be about, as it was said: ("a dragon", "a bus"); none where nothing is named."""
    line = text.replace("\u2019", "'").strip(" .!?\u2026")
    words = section(ThemeWords, language)
    if words is None:
        return ()
    theme = _found(words.about, re.sub(words.without, "", line, flags=re.IGNORECASE), words)
    if not theme:
        return ()
    parts = takewhile(_is_named, re.split(words.joint, theme))
    return tuple(_named(part, language) for part in parts if _says(part, language))


def _is_named(part: str) -> bool:
    """Whether it names something; what is longer goes on to tell: "about cows, my grandad says his are too rude"."""
    return len(words_of(part)) <= LONGEST


def by_theme(wish: str, texts: Sequence[str], language: str) -> tuple[tuple[int, ...], str]:
    """The places of the texts that fit a wish for one, and what it names that none has, as it is spoken;
    empty where nothing is lacking.
    """
    themes, unwanted = themes_in(wish, language), _unwanted(wish, language)
    left = [n for n, text in enumerate(texts) if not (unwanted and speaks_of(text, unwanted, language))]
    if not themes:
        return tuple(left or range(len(texts))), ""
    places, lacking = best_about([texts[n] for n in left], themes, language)
    return tuple(left[n] for n in places), joined(lacking, language) if lacking else ""


def _unwanted(wish: str, language: str) -> str:
    """What it is not to be about: "not the one with the clock again"; empty where it says nothing such."""
    words = section(ThemeWords, language)
    theme = "" if words is None else _found(words.without, wish.replace("\u2019", "'"), words)
    return theme if theme and _says(theme, language) else ""


def _found(pattern: str, line: str, words: ThemeWords) -> str:
    """What a pattern names, without what stands behind it; empty where it names nothing."""
    found = re.search(pattern, line, re.IGNORECASE)
    theme = "" if found is None else next(part for part in found.groupdict().values() if part is not None)
    while (shorter := re.sub(words.after, "", theme, flags=re.IGNORECASE)) != theme:
        theme = shorter
    return theme


def speaks_of(text: str, theme: str, language: str) -> bool:
    """Whether a text has all words of a theme, endings aside."""
    stem = stem_of(language)
    stems = {stem(word) for word in words_of(text)}
    return all(stem(word) in stems for word in _says(theme, language))


def best_about(texts: Sequence[str], themes: Sequence[str], language: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The places of the texts that speak of most of the themes, and the themes that they lack; all, where none does."""
    counts = [sum(speaks_of(text, theme, language) for theme in themes) for text in texts]
    most = max(counts, default=0)
    if not most:
        return tuple(range(len(texts))), tuple(themes)
    best = tuple(n for n, count in enumerate(counts) if count == most)
    lacking = tuple(theme for theme in themes if not speaks_of(texts[best[0]], theme, language))
    return best[:1] if lacking else best, lacking


def _named(theme: str, language: str) -> str:
    """A theme from the robot's side, as it stands after "about"; without an article « le thème « dragon » »."""
    theme = re.sub(r"\w+", lambda word: _TURNED.get(word[0].lower(), word[0]), theme.strip())
    bare = language == "fr" and re.match(_ARTICLE, theme, re.IGNORECASE) is None
    return f"le thème « {theme} »" if bare else theme


def _says(theme: str, language: str) -> list[str]:
    words = section(ThemeWords, language)
    return [word for word in words_of(theme) if words is None or word not in words.empty]
