"""The mailbox between page and drivers: camera and microphone that a visitor of the page lends the robot.

The page's thread begins a loan and puts pictures or sound into it; the driver (`hardware/visitor.py`) takes them in the
loop's. Either may end it, and a loan of which nothing comes for a second ends by itself. Nothing here outlives that.
"""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from robot.core.clock import stopwatch

if TYPE_CHECKING:
    import numpy as np

SILENT_S = 1.0  # a loan of which nothing comes for so long is lost
FIRST_S = 5.0  # the same until the first thing comes: the browser opens its device
COUNTED_S = 0.1  # between two polls at most so much counts: while the robot sleeps or stands still, nothing is missed
REST_S = 1.0  # without a poll: the robot sleeps, or the simulator is paused
HERE = "here"  # lent from this machine itself
SOUND_HELD = 40  # blocks that wait when nobody polls; the oldest goes first


class LentPicture(NamedTuple):
    """A picture (h, w, 3) uint8 BGR. `told`: the browser's own clock when it was sent, s; `age`: how old it was then;
    `arrived`: by the stopwatch.
    """

    told: float
    age: float
    arrived: float
    image: np.ndarray


class LentSound(NamedTuple):
    """A block of sound (n,) float32 mono at 16 kHz; `told` and `arrived` as above, at the end of its last sample."""

    told: float
    arrived: float
    samples: np.ndarray


class LoanEnding(StrEnum):
    """Why a loan is over."""

    STOPPED = "stopped"  # on the page
    OFF = "off"  # the robot's own sense was switched off
    LEFT = "left"  # the page was closed
    SILENT = "silent"  # nothing has come for a second
    UNPLUGGED = "unplugged"  # the browser has lost the device

    @property
    def meant(self) -> bool:
        """Whether somebody wanted it: then nothing was lost."""
        return self in {LoanEnding.STOPPED, LoanEnding.OFF}


class Terms(NamedTuple):
    """How a loan stands: its number or the last one's, who lends (empty: nobody), and how the last one ended."""

    number: int = 0
    by: str = ""
    ending: LoanEnding | None = None


Item = TypeVar("Item", LentPicture, LentSound)


class Loan(Generic[Item]):
    """One sense that a visitor may lend, one visitor at a time. Every method may be called from any thread."""

    def __init__(self, held: int) -> None:
        self.offered = False  # a driver takes from it
        self.terms = Terms()  # replaced whole
        self._lock = Lock()
        self._items: deque[Item] = deque(maxlen=held)
        self._asked = stopwatch()
        self._patience = 0.0  # s that nothing may come yet

    def begin(self, by: str) -> int | None:
        """Begin a loan; its number, or None while somebody else lends."""
        with self._lock:
            if self.terms.by:
                return None
            self._patience = FIRST_S
            self.terms = Terms(self.terms.number + 1, by)
            return self.terms.number

    def end(self, ending: LoanEnding, number: int | None = None) -> None:
        """End loan `number`, or whichever there is; nothing happens when it is over already."""
        with self._lock:
            terms = self.terms
            if terms.by and number in {None, terms.number}:
                self._items.clear()
                self.terms = Terms(terms.number, "", ending)

    def give(self, number: int, item: Item) -> None:
        """One thing more; what comes after the end is dropped."""
        with self._lock:
            if self.terms.by and self.terms.number == number:
                self._patience = SILENT_S
                self._items.append(item)

    def take(self) -> list[Item]:
        """What has come since the last call."""
        now = stopwatch()
        with self._lock:
            self._patience -= min(now - self._asked, COUNTED_S)
            self._asked = now
            items = list(self._items)
            self._items.clear()
        if self._patience < 0:
            self.end(LoanEnding.SILENT)
        return items

    @property
    def rests(self) -> bool:
        """Nobody takes what is lent, so that nothing need be sent; what still waits is forgotten."""
        rests = stopwatch() - self._asked > REST_S
        if rests:
            self._items.clear()
        return rests


class Lent:
    """The loans of both senses."""

    def __init__(self) -> None:
        self.camera: Loan[LentPicture] = Loan(1)
        self.microphone: Loan[LentSound] = Loan(SOUND_HELD)

    def offered(self) -> dict[str, Loan[LentPicture] | Loan[LentSound]]:
        """The loans that a driver takes from, by sense."""
        return {name: loan for name, loan in self._all().items() if loan.offered}

    def _all(self) -> dict[str, Loan[LentPicture] | Loan[LentSound]]:
        return {"camera": self.camera, "microphone": self.microphone}
