"""What readings mean: one servo stalled, hot, cold again, at fault; and how long it is then left alone."""

from __future__ import annotations

from enum import StrEnum
from math import radians
from typing import TYPE_CHECKING

from hardware.bus.servo_bus import LETS_GO

if TYPE_CHECKING:
    from hardware.bus.servo_bus import ServoReading

OFF = radians(4.0)  # from its goal; less is play and give
MOVES = radians(1.0)  # less in STALL_S is no motion
STALL_S = 0.05  # so with readings fifty times a second it is let go at the fourth, 60 ms after the first
BELIEVED = 3  # readings in a row that say the same: one may be damaged and pass for whole
WARM_C, HOT_C, COOL_C = 60.0, 68.0, 55.0
REST_S, LONGEST_REST_S = 2.0, 60.0  # before it is tried again; twice as long each time
FORGOTTEN_S = 60.0
LOW_S, WELL_S = 0.5, 1.0  # of a supply that is below its least, and above it again
RECOVERS_V = 0.2  # so far above


class LetGo(StrEnum):
    """Why a servo was let go."""

    stalled = "stalled"
    hot = "hot"
    alert = "alert"  # it said so by itself


class ServoWatch:
    """Watches one servo; of any single reading nothing follows."""

    def __init__(self, most_load: float) -> None:
        self._most_load = most_load
        self._pushes_since: float | None = None
        self._pushed_at = 0.0
        self._hot = self._alerted = 0
        self.warm = False

    def see(self, now: float, reading: ServoReading, at: float, goal: float | None) -> LetGo | None:
        """A reading, where that is and where it was to go, rad (None: it does not hold). Gives why to let it go."""
        self.warm = reading.celsius >= (COOL_C if self.warm else WARM_C)
        self._hot = self._hot + 1 if reading.celsius >= HOT_C else 0
        self._alerted = self._alerted + 1 if reading.alerts & LETS_GO else 0
        if self._stalls(now, reading, at, goal):
            return LetGo.stalled
        if self._hot >= BELIEVED:
            return LetGo.hot
        return LetGo.alert if self._alerted >= BELIEVED else None

    def _stalls(self, now: float, reading: ServoReading, at: float, goal: float | None) -> bool:
        if goal is None or reading.load < self._most_load or abs(goal - at) < OFF:
            self._pushes_since = None
            return False
        if self._pushes_since is None or abs(at - self._pushed_at) > MOVES:
            self._pushes_since, self._pushed_at = now, at
        return now - self._pushes_since >= STALL_S


class ServoRest:
    """How long something is left alone that failed: longer each time, until it has been well for a minute."""

    def __init__(self) -> None:
        self._pause = REST_S
        self._until = self._last = -FORGOTTEN_S

    def begin(self, now: float) -> None:
        self._pause = REST_S if now - self._last > FORGOTTEN_S else min(2 * self._pause, LONGEST_REST_S)
        self._until = now + self._pause
        self._last = self._until

    def over(self, now: float) -> bool:
        return now >= self._until


class SupplyWatch:
    """Watches the lowest voltage that the servos tell."""

    def __init__(self, least: float) -> None:
        self._least = least
        self._low_since: float | None = None
        self._well_since: float | None = None
        self._rest = ServoRest()
        self.volts = 0.0
        self.weak = False  # so that the servos are let go

    def see(self, now: float, volts: float) -> None:
        self.volts = volts
        self._low_since = (now if self._low_since is None else self._low_since) if volts < self._least else None
        well = volts >= self._least + RECOVERS_V
        self._well_since = (now if self._well_since is None else self._well_since) if well else None
        if not self.weak:
            if self._low_since is not None and now - self._low_since >= LOW_S:
                self.weak = True
                self._rest.begin(now)
        elif self._well_since is not None and now - self._well_since >= WELL_S and self._rest.over(now):
            self.weak = False
