"""`bowlby calibrate` where servos tell where they stand: they are let go, a person turns them, and places are read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from firmware_bridge.questions import Questions
from robot.core.body_description import STEPS_PER_TURN
from robot.core.clock import RealClock
from robot.core.errors import ConfigError, LinkError
from robot.core.percepts import Telemetry
from robot.parts.protocols import TurnedByHand
from robot.parts.registry import BODIES, Surroundings, open_part, scheme_of
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

DT = 0.02
PATIENCE_S = 3.0
SHIPPED = {"feetech": "bus_head", "dynamixel": "bus_head"}  # by an address's scheme, the body where none is named


def shipped_for(address: str) -> str | None:
    """The name of the body that ships for a bus; None for other addresses."""
    return SHIPPED.get(scheme_of(address))


class HandCalibration(Questions):
    """Reads where a person turns each servo to."""

    def __init__(self, console: Console, language: str, text: str, address: str, build: Path | None) -> None:
        """Raises LinkError when nobody answers, and ConfigError for a body that cannot be turned by hand."""
        super().__init__(console, language, text)
        self._address = address
        self._clock = RealClock()
        body = open_part(BODIES, address, Surroundings(self._clock, build=build))
        if not isinstance(body, TurnedByHand):
            body.close()
            raise ConfigError(
                "this body does not tell where it is turned to", place=address, remedy="name its bus as [parts] body"
            )
        self._body = body
        try:
            self._read()
        except LinkError:
            body.close()
            raise
        console.print(self.words("hand_welcome"), highlight=False)

    def joint(self, name: str) -> None:
        """All about one servo; without it the joint leaves the file."""
        row = self.row(name)
        if row is None:
            return
        upper, lower = ("hand_up", "hand_down") if "pitch" in name or "ear" in name else ("hand_left", "hand_right")
        per_turn = self.document.get("bus", {}).get("steps_per_turn", STEPS_PER_TURN)
        while True:
            centre, high, low = (self._place(name, asked) for asked in ("hand_straight", upper, lower))
            if (high - centre) * (centre - low) > 0:
                break
            self.console.print(self.words("hand_again"), highlight=False)
        row["centre"] = centre
        row["reversed"] = high < centre
        row["upper_deg"] = _inside(abs(high - centre) * 360 / per_turn)
        row["lower_deg"] = -_inside(abs(low - centre) * 360 / per_turn)
        row["rest_deg"] = min(max(row["rest_deg"], row["lower_deg"]), row["upper_deg"])
        row["speed_deg_s"] = self.number("speed", row["speed_deg_s"], 10.0, 600.0)

    def _place(self, name: str, question: str) -> int:
        """The step at which it stands when Enter is pressed. Raises LinkError where it does not answer."""
        self.ask(question, "", lambda text: not text)
        self._read()
        steps = self._body.steps()
        if name not in steps:
            raise LinkError(
                sentence("health.bus_missing", joint=name, id=self.document["joints"][name]["id"]), place=self._address
            )
        return steps[name]

    def _read(self) -> None:
        """Until all that answer have been read anew, and let go before. Raises LinkError where the bus is silent."""
        self._body.release()
        since = self._clock.now() + 2 * DT
        while self._clock.now() < since + PATIENCE_S:
            self._clock.sleep_until(self._clock.now() + DT)
            told = [one for one in self._body.poll(self._clock.now()) if isinstance(one, Telemetry)]
            if any(one.link and one.t >= since for one in told):
                return
        raise LinkError(sentence("health.bus_silent"), place=self._address, remedy=sentence("health.bus_see"))

    def close(self) -> None:
        self._body.close()


def _inside(degrees: float) -> float:
    """A limit that is not rounded beyond where the person stopped."""
    return math.floor(10 * degrees) / 10
