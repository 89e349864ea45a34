"""What a line may mean: the table of meanings, each with its act and the tone in which it is to be answered."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from robot.core.typed_toml import Table, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

Act = Literal["tells", "asks", "wants", "social", "answers", "manages"]
Tone = Literal["plain", "warm", "glad", "sad", "worried", "calm", "playful"]


class Meaning(Table):
    """One meaning: what somebody does by such a line, and the tone that an answer to it has. Something that is told
    `once` is answered, and not asked about further. A `general` one stands for several that a line may have, where none
    of them is sure; nobody is taught it. One of the robot `itself` asks what it is and does.
    """

    act: Act
    tone: Tone
    once: bool = False
    general: bool = False
    itself: bool = False


class _MeaningsFile(Table):
    meaning: dict[str, Meaning]


@cache
def meanings() -> Mapping[str, Meaning]:
    """All of them by name, in the table's order (`meanings.toml`). Raises ConfigError."""
    place = files("robot.core") / "meanings.toml"
    return parse(_MeaningsFile, place.read_text(encoding="utf-8"), str(place)).meaning


def particular() -> tuple[str, ...]:
    """The names of those that a line is taught to have, in the table's order."""
    return tuple(name for name, meaning in meanings().items() if not meaning.general)


def act_of(intent: str) -> Act | None:
    """What somebody does by words of this meaning; None for what the table does not have."""
    found = meanings().get(intent)
    return None if found is None else found.act


def is_told(intent: str) -> bool:
    """Whether words of this meaning tell something that a listener takes up."""
    found = meanings().get(intent)
    return found is not None and found.act == "tells" and not found.once


def is_general(intent: str) -> bool:
    """Whether it stands for several meanings, of which none is sure."""
    found = meanings().get(intent)
    return found is not None and found.general


def is_of_itself(intent: str) -> bool:
    """Whether it asks about the robot."""
    found = meanings().get(intent)
    return found is not None and found.itself


def tone_of(intent: str) -> Tone:
    """The tone of an answer to it."""
    found = meanings().get(intent)
    return "plain" if found is None else found.tone
