"""A simulated bus in step with the loop: the same helm and the same libraries, in time that passes only when polled."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hardware.bus.dynamixel import DynamixelBus
from hardware.bus.feetech import FeetechBus
from hardware.bus.helm import TURN_S, Helm
from robot.core.errors import LinkError
from robot.texts.sentence import sentence
from sim.bus.port import SimPort

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hardware.bus.helm import BusOrder, BusReport
    from hardware.bus.servo_bus import ServoBus
    from robot.core.body_description import BodyDescription
    from robot.texts.sentence import AnyText
    from sim.bus.bus import SimBus


class StepLine:
    """What the body client asks of a line, with a simulated bus behind it."""

    def __init__(self, bus: SimBus, body: BodyDescription, moved: Callable[[], None] = lambda: None) -> None:
        """`moved` is called after each turn."""
        self.name = f"sim://?bus={bus.maker}"
        self.bus = bus
        self.up = True
        self.reason: AnyText = ""
        self._body = body
        self._moved = moved
        self._sent = hashlib.sha256()
        self._helm: Helm | None = None
        self._order: BusOrder | None = None
        self._plugged = True
        self._turns = 0

    def _speak(self) -> ServoBus:
        port = SimPort(self.bus, self._sent.update)
        return DynamixelBus(port) if self.bus.maker == "dynamixel" else FeetechBus(port, self.bus.series)

    def read(self, now: float) -> Sequence[BusReport]:
        """Let the bus live until `now`."""
        reports = []
        while (self._turns + 1) * TURN_S <= now + TURN_S / 4:
            self._turns += 1
            self.bus.advance(TURN_S)
            try:
                reports += self._turn(self._turns * TURN_S)
            except LinkError as error:
                self.up, self.reason, self._helm = False, error.text, None
            self._moved()
        return reports

    def _turn(self, now: float) -> list[BusReport]:
        if not self._plugged:
            raise LinkError(sentence("health.line_unplugged"))
        if self._helm is None:
            self._helm = Helm(self._speak(), self._body, now)
            self.up, self.reason = True, ""
        return [self._helm.turn(now, self._order)]

    def order(self, order: BusOrder) -> None:
        self._order = order

    def unplug(self) -> None:
        self._plugged = False

    def plug(self) -> None:
        self._plugged = True

    def digest(self) -> str:
        """SHA-256 of every byte that was sent over the bus."""
        return self._sent.hexdigest()

    def close(self) -> None:
        self.unplug()
        self.up, self.reason = False, sentence("health.line_closed")
