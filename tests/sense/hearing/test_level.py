"""A microphone that gives nothing is told from one that gates its noise."""

from __future__ import annotations

from itertools import count

from robot.sense.hearing.level import SILENT, LevelWatch
from robot.sense.hearing.worker_messages import Done

STEP_S = 0.02


class Microphone:
    """Gives sound or nothing for so long, and is watched."""

    def __init__(self) -> None:
        self._watch, self._at = LevelWatch(), count()

    def gives(self, peak: float, seconds: float) -> bool:
        """Whether it was told to be silent meanwhile."""
        told = False
        for _ in range(round(seconds / STEP_S)):
            self._watch.see(Done(next(self._at) * STEP_S, peak / 3, peak, 0.0))
            told = told or self._watch.trouble() is SILENT
        return told


def test_one_that_never_gives_anything_is_told_soon() -> None:
    assert Microphone().gives(0.0, 7.0)


def test_one_that_gives_nothing_after_each_voice_gates_its_noise() -> None:
    microphone = Microphone()
    for _ in range(3):
        assert not microphone.gives(0.3, 2.0)
        assert not microphone.gives(0.0, 7.0)
    assert not microphone.gives(0.0, 3600.0)


def test_one_that_is_switched_off_in_a_room_with_noise_is_told_and_is_well_again_afterwards() -> None:
    microphone = Microphone()
    assert not microphone.gives(1e-3, 60.0)
    assert microphone.gives(0.0, 31.0)
    microphone.gives(1e-3, 0.02)
    assert not microphone.gives(1e-3, 10.0)
