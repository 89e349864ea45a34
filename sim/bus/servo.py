"""One simulated bus servo: it follows its goal as a small motor does, and tells what it feels.

Its figures are those of no certain servo: 280 degrees a second without load, full drive from 5 degrees of error on.
"""

from __future__ import annotations

FREE_SPEED = 3200.0  # steps/s
FULL_DRIVE = 60.0  # steps of error
LAG_S = 0.015  # of its speed behind its drive
SUBSTEP_S = 0.002
ROOM_C = 30.0


class SimServo:
    """Set `held`, `silent`, `celsius`, `volts`, `alerts` for what befalls it."""

    def __init__(self, number: int, step: float, volts: float) -> None:
        self.number = number
        self.at = step
        self.speed = 0.0  # steps/s
        self.goal = step
        self.top_speed = 0.0  # steps/s that it may turn at; 0 is no limit
        self.on = False
        self.wheel = False  # set to turn without end
        self.held = False  # something blocks it
        self.silent = False  # its cable is off
        self.volts = volts
        self.celsius = ROOM_C
        self.alerts: set[str] = set()
        self.drive = 0.0  # -1..1 of the supply
        self.jolt = 0.0  # steps: the farthest that its goal lay from it when it was switched on

    @property
    def torque(self) -> float:
        """-1..1 of its strength: what the drive gives beyond its speed."""
        return self.drive - self.speed / FREE_SPEED

    def advance(self, seconds: float) -> None:
        left = seconds
        while left > 1e-9:
            dt = min(SUBSTEP_S, left)
            left -= dt
            self._advance(dt)

    def _advance(self, dt: float) -> None:
        if not self.on:
            self.drive, self.speed = 0.0, 0.0
            return
        most = min(self.top_speed / FREE_SPEED, 1.0) if self.top_speed and not self.held else 1.0
        self.drive = min(max((self.goal - self.at) / FULL_DRIVE, -most), most)
        self.speed = 0.0 if self.held else self.speed + (self.drive * FREE_SPEED - self.speed) * dt / (LAG_S + dt)
        self.at += self.speed * dt

    def switch(self, *, on: bool) -> None:
        if on and not self.on:
            self.jolt = max(self.jolt, abs(self.goal - self.at))
        self.on = on

    def restart(self) -> None:
        """As after its supply was gone: it holds nothing and has forgotten everything."""
        self.on, self.top_speed, self.goal = False, 0.0, self.at
        self.alerts.clear()

    def trip(self, alert: str, *, off: bool = False) -> None:
        """It tells of something; `off`: and lets go until it is restarted."""
        self.alerts.add(alert)
        self.on = self.on and not off

    def turn_by_hand(self, step: float) -> None:
        if not self.on:
            self.at = self.goal = step
