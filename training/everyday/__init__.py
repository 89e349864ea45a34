"""Ordinary life in the words of many: whole talks (`talks_<hand>_<language>.toml`) and single turns
(`turns_<language>.toml`), by hands that saw no code. In none of them is anybody in need. `strangers_*` teach nothing.

A turn has the meaning of `robot/core/meanings.toml` that a listener should answer to, as further hands read it in the
talk, the words, and how they are to be taken up (`robot/core/uptake.py`). A meaning with a question mark fits loosely,
or another would do as well; it is empty where none fits. Turns of a talk are longer than lines written for a meaning,
hang together, and say much in few words.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from robot.core.typed_toml import Table, read
from robot.core.uptake import Kind
from training.by_language import by_language

HERE = Path(__file__).parent
MEASURES = "b"  # the hand whose talks teach nothing
IN_DOUBT = "?"
AsWritten = tuple[str, str, Kind]


class Talk(Table):
    """What one person says, turn by turn."""

    turns: tuple[AsWritten, ...]


class TalkFile(Table):
    """`talks_<hand>_<language>.toml`."""

    talk: tuple[Talk, ...]


class TurnFile(Table):
    """`turns_<language>.toml`."""

    turns: tuple[AsWritten, ...]


class Turn(NamedTuple):
    """Words of ordinary life; `meaning` may be empty, and `clear` where no other would do; `uptake` is a kind."""

    text: str
    language: str
    meaning: str
    clear: bool
    uptake: Kind


class Strangers(Table):
    """`strangers_<hand>_<language>.toml`: lines, each the first that is said, and talks; nobody read their meanings."""

    lines: tuple[str, ...]
    talks: tuple[tuple[str, ...], ...]


def strangers(language: str) -> list[Strangers]:
    """What each of these hands wrote. Raises ConfigError at file:line."""
    found = sorted(HERE.glob(f"strangers_?_{language}.toml"))
    return [read(Strangers, path) for path in found]


def talks(hand: str, language: str) -> list[tuple[str, ...]]:
    """The words of the talks by one hand. Raises ConfigError at file:line."""
    return [tuple(turn.text for turn in talk) for talk in _talks(hand, language)]


def teaching() -> list[Turn]:
    """Every turn that teaches. Raises ConfigError at file:line."""
    out = []
    for path in sorted(HERE.glob("talks_*.toml")):
        _, hand, language = path.stem.split("_")
        if hand != MEASURES:
            out += [turn for talk in _talks(hand, language) for turn in talk]
    found = by_language(TurnFile, "turns", HERE).items()
    return [*out, *(_turn(one, language) for language, told in found for one in told.turns)]


def measuring() -> list[Turn]:
    """Every turn of the talks that teach nothing. Raises ConfigError at file:line."""
    languages = sorted(path.stem[-2:] for path in HERE.glob(f"talks_{MEASURES}_*.toml"))
    return [turn for language in languages for talk in _talks(MEASURES, language) for turn in talk]


def _talks(hand: str, language: str) -> list[tuple[Turn, ...]]:
    path = HERE / f"talks_{hand}_{language}.toml"
    found = read(TalkFile, path).talk
    return [tuple(_turn(one, language) for one in talk.turns) for talk in found]


def _turn(written: AsWritten, language: str) -> Turn:
    meaning, words, uptake = written
    clear = bool(meaning) and not meaning.endswith(IN_DOUBT)
    return Turn(words, language, meaning.rstrip(IN_DOUBT), clear, uptake)
