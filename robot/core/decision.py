"""What decide gives: the mode, the winning behaviour, and its intents."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from robot.core.intents import Intent


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
    """One outcome of the mind. `fresh` tells that intents were made in this tick; one-shot intents count only then."""

    mode: Mode = Mode.BOOT
    behavior: str = ""
    intents: tuple[Intent, ...] = ()
    bids: tuple[Bid, ...] = ()
    fresh: bool = False
