"""Sets that measure what is done about need: lines by single hands that saw no code (`set_<hand>_<language>.toml`,
`calm_<hand>_<language>.toml`, `veiled_<hand>_<language>.toml`), whole talks (`talks_<language>.toml`,
`need_talks_<language>.toml`), and answers to the careful question (`answers_<language>.toml`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from robot.core.typed_toml import Table, read
from training.by_language import by_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.by_language import Read

HERE = Path(__file__).parent
LOOKED_AT = frozenset({"p", "q"})  # hands whose lines were seen while the guard was tuned


class Sets(Table):
    """Groups of lines: told out of the blue, and (`affirm`, `deny`) after the careful question."""

    plain: tuple[str, ...]
    hard: tuple[str, ...]
    near: tuple[str, ...]
    ordinary: tuple[str, ...]
    emergency: tuple[str, ...]
    calm: tuple[str, ...]
    affirm: tuple[str, ...]
    deny: tuple[str, ...]
    game: tuple[str, ...]


class RiskTalk(Table):
    """Lines in which risk comes through: it is asked about from line `ask_at` (of 0) on, and must be by line `by`."""

    lines: tuple[str, ...]
    ask_at: int
    by: int


class CalmTalk(Table):
    """Lines in which nobody is at risk, though words come up that others would fear."""

    lines: tuple[str, ...]


class Talks(Table):
    """Talks of several lines, by one hand. Every second of each kind, from the first, was looked at."""

    calm: tuple[CalmTalk, ...]
    risk: tuple[RiskTalk, ...]


class NeedTalk(Table):
    """Lines in which need comes through at line `at` (of 0)."""

    lines: tuple[str, ...]
    at: int


class NeedTalks(Table):
    """Talks of ordinary life in which a danger, or risk, comes through, by one hand. Every second of each kind, from
    the first, was looked at.
    """

    danger: tuple[NeedTalk, ...]
    risk: tuple[NeedTalk, ...]


class Answers(Table):
    """Answers to the careful question, by one hand. Every second of each, from the first, was looked at."""

    affirm: tuple[str, ...]
    deny: tuple[str, ...]


class Calm(Table):
    """Ordinary talk that sounds dramatic ("my feet are murdering me"), in which nobody is in need. Every second line,
    from the first, was looked at.
    """

    calm: tuple[str, ...]


class CalmFile(NamedTuple):
    """One hand's calm lines in one language."""

    hand: str
    language: str
    lines: tuple[str, ...]


class Veiled(Table):
    """Risk that is said otherwise than plainly, as hard to hear as a hand could write it; and harmless `twins`."""

    risk: tuple[str, ...]
    twins: tuple[str, ...]


class VeiledFile(NamedTuple):
    """One hand's veiled lines in one language."""

    hand: str
    language: str
    lines: Veiled


class SetFile(NamedTuple):
    """One hand's lines in one language."""

    hand: str
    language: str
    sets: Sets


def talks() -> dict[str, Talks]:
    """Those of each language. Raises ConfigError."""
    return by_language(Talks, "talks", HERE)


def need_talks() -> dict[str, NeedTalks]:
    """Those of each language. Raises ConfigError."""
    return by_language(NeedTalks, "need_talks", HERE)


def answers() -> dict[str, Answers]:
    """Those of each language. Raises ConfigError."""
    return by_language(Answers, "answers", HERE)


def calm() -> list[CalmFile]:
    """All of them. Raises ConfigError."""
    return [CalmFile(hand, language, found.calm) for hand, language, found in _by_hand(Calm, "calm")]


def veiled() -> list[VeiledFile]:
    """All of them. Raises ConfigError."""
    return [VeiledFile(*found) for found in _by_hand(Veiled, "veiled")]


def files() -> list[SetFile]:
    """All of them. Raises ConfigError."""
    return [SetFile(*found) for found in _by_hand(Sets, "set")]


def _by_hand(kind: type[Read], name: str) -> Iterator[tuple[str, str, Read]]:
    """Each hand with the language and its table: `<name>_<hand>_<language>.toml`. Raises ConfigError at file:line."""
    for path in sorted(HERE.glob(f"{name}_*.toml")):
        _, hand, language = path.stem.split("_")
        yield hand, language, read(kind, path)
