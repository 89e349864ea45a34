"""Whether no echo of the robot is heard: headphones, volume 0, or a microphone that takes it out by itself.

It is so where nothing sounded like a voice in seconds of its own speech: an echo that there is would sound like one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.audio import HEARD_RATE
from robot.sense.hearing.echo_reference import BLOCK
from robot.sense.hearing.endpoint import Edge, Endpointer

if TYPE_CHECKING:
    import numpy as np

ENOUGH_S = 4.0  # of its own voice without any in what is heard


class EchoAbsence:
    """Give it what is heard while the robot's own voice sounds and is not taken out."""

    def __init__(self) -> None:
        self._endpointer = Endpointer()
        self._quiet_s = 0.0

    @property
    def sure(self) -> bool:
        """None is heard."""
        return self._quiet_s >= ENOUGH_S

    def hear(self, heard: np.ndarray, at: int, *, aloud: bool) -> None:
        """A block from index `at` on; `aloud`: the robot's own voice goes out just now."""
        if any(cut.edge is Edge.BEGIN for cut in self._endpointer.feed(heard, at / HEARD_RATE, eager=True)):
            self.forget()
        elif aloud:
            self._quiet_s += BLOCK / HEARD_RATE

    def forget(self) -> None:
        """Begin anew."""
        self._endpointer.reset()
        self._quiet_s = 0.0
