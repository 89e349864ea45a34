"""Sentences that teach what is whole, and what strangers wrote to measure it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from robot.core.sentences import each_sentence
from robot.core.typed_toml import Table, parse
from robot.sense.hearing.completeness import last_sentence
from robot.sense.language.grammar import spoken
from training import everyday
from training.crisis.lines import phrases
from training.emergency import train as emergency
from training.meaning.lines import taught
from training.need.in_talks import told_in_talks
from training.remarks import lines as remarks

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
LONGEST = 25  # words
HANDS = ("a", "b")  # strangers


class PauseSet(Table):
    """`strangers_<hand>_<language>.toml`: what stops on the way, with what comes then; and whole sentences."""

    unfinished: list[tuple[str, str]]
    finished: list[str]


def strangers(hand: str, language: str) -> PauseSet:
    """A hand's set. Raises ConfigError at file:line."""
    place = HERE / f"strangers_{hand}_{language}.toml"
    return parse(PauseSet, place.read_text(encoding="utf-8"), str(place))


def whole(language: str) -> list[tuple[str, ...]]:
    """Every sentence of every line that teaches anything, each once, as words. Raises ConfigError at file:line."""
    found = {tuple(spoken(one).split()) for text in _texts(language) for one in each_sentence(text)}
    return sorted(one for one in found if 0 < len(one) <= LONGEST)


def measuring(language: str) -> set[tuple[str, ...]]:
    """The finished sentences of strangers, as words: whoever else said them, they teach nothing."""
    return {tuple(last_sentence(one)) for hand in HANDS for one in strangers(hand, language).finished}


def _texts(language: str) -> Iterator[str]:
    for several in (
        taught(),
        remarks.lines(),
        everyday.teaching(),
        emergency.lines(),
        told_in_talks(),
        phrases(),
    ):
        yield from (one.text for one in several if one.language == language)
