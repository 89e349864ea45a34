"""What steps and people ask of the rest of the robot: values, carried out in one place (`robot/loop/act.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time  # noqa: TC003 - a value's field

from robot.core.errors import BowlbyError  # noqa: TC001 - likewise
from robot.core.percepts import Utterance, Wish  # noqa: TC001 - likewise


@dataclass(frozen=True, slots=True)
class UseLanguage:
    """Understand this language from now on: somebody asked for it."""

    language: str


@dataclass(frozen=True, slots=True)
class RestSight:
    """Let the camera rest, or look again: asleep, it looks now and then."""

    on: bool


@dataclass(frozen=True, slots=True)
class BenchBehavior:
    """Bench the behaviour that runs: what it asked for cannot be done."""

    error: BowlbyError


@dataclass(frozen=True, slots=True)
class ShowByHand:
    """Show an expression, because somebody asked for it on the page; the guard may hold it back."""

    expression: str


@dataclass(frozen=True, slots=True)
class SwitchSense:
    """Switch the camera or the microphone on or off."""

    sense: str
    on: bool


@dataclass(frozen=True, slots=True)
class KeepQuiet:
    """Keep these quiet hours, civil time."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class TuneBehavior:
    """Let a behaviour go on with other parameters (JSON). It comes back as a percept, so that a recording has it."""

    behavior: str
    config: str


@dataclass(frozen=True, slots=True)
class TakeAs:
    """Take what was said as `words` have it: somebody chose another meaning for it. It comes back as a percept, so that
    a recording has it.
    """

    words: Utterance


@dataclass(frozen=True, slots=True)
class TakeWish:
    """Take up what another program asks for. It comes back as a percept, so that a recording has it."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class DropWish:
    """Take up that wish no more: whoever asked has waited too long for it."""

    number: int


@dataclass(frozen=True, slots=True)
class ShedLoad:
    """Look and listen less, on a machine that is too busy: least time between two looks, share of the listener."""

    spacing_s: float
    share: float


Request = (
    UseLanguage
    | RestSight
    | BenchBehavior
    | ShowByHand
    | SwitchSense
    | KeepQuiet
    | TuneBehavior
    | TakeAs
    | TakeWish
    | DropWish
    | ShedLoad
)
