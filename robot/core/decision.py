"""What decide gives: the mode, the winning behaviour, and its intents."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from robot.core.diary import Diary

if TYPE_CHECKING:
    from robot.core.intents import Intent
    from robot.core.requests import Request


class Mode(StrEnum):
    """The robot's modes; the machine that moves between them is in `robot/decide/modes.py`."""

    BOOT = "boot"
    ASLEEP = "asleep"
    AWAKE = "awake"
    ENGAGED = "engaged"
    SAFE = "safe"


class Bid(NamedTuple):
    """What one behaviour asked for, 0..1."""

    behavior: str
    desire: float


class Decision(NamedTuple):
    """One outcome of the mind. `fresh` tells that intents were made in this tick; one-shot intents and requests count
    only then.
    """

    mode: Mode = Mode.BOOT
    behavior: str = ""
    intents: tuple[Intent, ...] = ()
    bids: tuple[Bid, ...] = ()
    fresh: bool = False
    diary: Diary = Diary()
    requests: tuple[Request, ...] = ()

    @property
    def parted(self) -> bool:
        """Whether absence is no separation now: a goodbye was said (duty 9), or it sleeps."""
        return self.diary.parted_at is not None or self.mode is Mode.ASLEEP
