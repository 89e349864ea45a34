"""Themes: what a story, a joke or a poem is asked to be about, and which of several texts speak of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from robot.sense.language.answers import words_of
from robot.sense.language.lexicon import stemmer
from robot.sense.language.spoken import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

ABOUT = {
    "en": r"\b(?:about|with|on|of) (?P<theme>.+)",
    "fr": (
        r"\b(?:sur|à propos d[eu']|avec|qui parle(?:rait)? (?:de |d'|du )|où il y a)[ ]?(?P<theme>.+)"
        r"|\b(?:histoire|conte|blague|poème|poésie|devinette|comptine|énigme|anecdote)s? (?:de |d'|du |des )(?P<of>.+)"
    ),
}
_ARTICLE = r"(?:le|la|les|un|une|des|mon|ma|mes|ton|ta|tes|ce|cet|cette|ces) |l'"
_AND = {"en": r",? and |, ", "fr": r",? et |, "}
_AFTER = {
    "en": r"[ ,]+(?:please|for me|now|then|tonight|again|in it|this time)$",
    "fr": r"[ ,]+(?:s'il te plaît|s'il vous plaît|pour moi|maintenant|ce soir|alors|dedans|cette fois)$",
}
# Words that say nothing of a theme; of them alone there is none: "something nice", « une histoire drôle ».
_EMPTY = {
    "en": frozenset(
        words_of(
            "a an the some any something anything somebody someone nice funny good great short long little small big "
            "old new your my me you us it that this one kind sort else different other another of to in and with for "
            "please yours own choice dark light scary interesting night bed bedtime mine"
        )
    ),
    "fr": frozenset(
        words_of(
            "un une le la les l d de du des quelque chose n importe quoi quelqu on drôle joli jolie beau belle petit "
            "petite grand grande ton ta tes mon ma mes toi moi nous ça ce cette autre autres différent différente en "
            "et avec pour que qui thème fées nuit soir coucher dormir choix bonne bon plaisanterie rire vrai vraie"
        )
    ),
}
_TURNED = {"my": "your", "ma": "ta", "mon": "ton", "mes": "tes"}
_TURNED |= {yours: mine for mine, yours in _TURNED.items()}


def themes_in(text: str, language: str) -> tuple[str, ...]:
    """What it is to be about, as it was said: ("a dragon", "a bus"); none where nothing is named."""
    line = text.replace("\u2019", "'").strip(" .!?\u2026")
    found = re.search(ABOUT[language], line, re.IGNORECASE)
    if found is None:
        return ()
    theme = next(part for part in found.groupdict().values() if part is not None)
    while (shorter := re.sub(_AFTER[language], "", theme, flags=re.IGNORECASE)) != theme:
        theme = shorter
    return tuple(_named(part, language) for part in re.split(_AND[language], theme) if _says(part, language))


def by_theme(wish: str, texts: Sequence[str], language: str) -> tuple[tuple[int, ...], str]:
    """The places of the texts that fit a wish for one, and what it names that none has, as it is spoken;
    empty where nothing is lacking.
    """
    themes = themes_in(wish, language)
    if not themes:
        return tuple(range(len(texts))), ""
    places, lacking = best_about(texts, themes, language)
    return places, joined(lacking, language) if lacking else ""


def speaks_of(text: str, theme: str, language: str) -> bool:
    """Whether a text has all words of a theme, endings aside."""
    stem = stemmer(language).stemWord
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
    return [word for word in words_of(theme) if word not in _EMPTY[language]]
