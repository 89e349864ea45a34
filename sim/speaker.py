"""A sound card that is only time: what is played lasts as long as it would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.messages import Condition, Health

if TYPE_CHECKING:
    import numpy as np

    from robot.parts import Surroundings


class SimSpeaker:
    """Plays to nobody, by robot time."""

    def __init__(self) -> None:
        self._until = -1.0

    def play(self, samples: np.ndarray, rate: int, now: float) -> None:
        self._until = now + len(samples) / rate

    def cut(self) -> None:
        self._until = -1.0

    def playing(self, now: float) -> bool:
        return now < self._until

    def health(self) -> Health:
        return Health("speaker", Condition.OK, "simulated")

    def close(self) -> None:
        self._until = -1.0


def open_speaker(_address: str, _around: Surroundings) -> SimSpeaker:
    """The factory of `sim://` speakers."""
    return SimSpeaker()
