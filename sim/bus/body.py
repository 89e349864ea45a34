"""The simulated body on a bus: the client of real bus servos, and simulated ones in step with the loop.

`simbus://feetech` and `simbus://dynamixel`. It needs the extra `bus`: the makers' own libraries speak.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from hardware.bus import dynamixel, feetech
from hardware.bus.body import BusBody, on_a_bus
from robot.core.body_frame import JOINTS, Pose
from robot.core.errors import ConfigError
from sim.board.place import BodyWorld, with_field
from sim.bus.bus import MAKERS, SimBus
from sim.bus.line import StepLine

if TYPE_CHECKING:
    from robot.core.body_description import BodyDescription
    from robot.parts.registry import Surroundings


class SimBusBody(BusBody):
    """The body client with hands on what can befall its servos. Hands on the body are not felt: a bus has no pads."""

    def __init__(self, around: Surroundings, maker: str, description: BodyDescription) -> None:
        self._places = {joint.name: joint.bus for joint in description.joints if joint.bus is not None}
        self.bus = SimBus(maker, [servo.id for servo in self._places.values()])
        for joint in description.joints:
            if joint.bus is not None:
                servo = self.bus.servos[joint.bus.id]
                servo.at = servo.goal = joint.bus.step(joint.rest)
        self.line = StepLine(self.bus, description, self._moved)
        self._place = around.place if isinstance(around.place, BodyWorld) else None
        self._moved()
        super().__init__(self.line, around.clock, description)

    def _moved(self) -> None:
        if self._place is not None:
            angles = {name: servo.angle(self.bus.servos[servo.id].at) for name, servo in self._places.items()}
            self._place.pose = Pose(**dict.fromkeys(JOINTS, 0.0) | angles)

    def hold(self, joint: str, *, fast: bool) -> None:
        """Something blocks a joint where it is, or lets it go."""
        self.bus.servos[self._places[joint].id].held = fast

    @property
    def joints(self) -> tuple[str, ...]:
        """Those that a servo turns."""
        return tuple(self._places)


def open_body(address: str, around: Surroundings) -> SimBusBody:
    """`simbus://feetech`, `simbus://dynamixel?field=70`; it moves `around.place.pose` when there is a place. Raises
    ConfigError, also without the extra `bus`.
    """
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    field = asked.pop("field", "")
    if asked or parts.netloc not in MAKERS or not (field or "70").replace(".", "", 1).isdecimal():
        raise ConfigError(
            "there is no such simulated bus", place=address, remedy="use simbus://feetech or simbus://dynamixel"
        )
    (dynamixel if parts.netloc == "dynamixel" else feetech).library()
    description = with_field(on_a_bus(around, 4096), float(field) if field else None)
    return SimBusBody(around, parts.netloc, description)
