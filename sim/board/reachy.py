"""Reachy Mini as its maker simulates it, as a body of this simulator: the real one's client, in step with the loop.

`sim://?reachy=mockup` and `sim://?reachy=mujoco`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hardware.reachy import wire
from hardware.reachy.body import ReachyBody, moving_itself
from sim.board.place import BodyWorld, with_field
from sim.board.reachy_line import StepDaemon

if TYPE_CHECKING:
    from robot.parts.registry import Surroundings
    from sim.world.options import Reachy


class SimReachyBody(ReachyBody):
    """The body client; it moves `around.place.pose` when there is a place. Hands are not felt: it has no pads."""

    def __init__(self, around: Surroundings, kind: Reachy, field_deg: float | None = None) -> None:
        """Raises PartError where the maker's package is not installed, and ConfigError for a body of servos."""
        description = with_field(moving_itself(around), field_deg)
        self._place = around.place if isinstance(around.place, BodyWorld) else None
        self._angles: tuple[float, float, float] | None = None
        self.line = StepDaemon(kind, self._moved)
        super().__init__(self.line, around.clock, description)

    def _moved(self, message: dict[str, Any]) -> None:
        """Where it is, whatever the client makes of it."""
        if message["type"] == "joint_positions":
            right, left = message["antennas_joint_positions"]
            self._angles = message["head_joint_positions"][0], right, left
        elif message["type"] == "head_pose" and self._place is not None and self._angles is not None:
            place = wire.place(self._angles, message["head_pose"])
            if place is not None:
                self._place.pose = place.pose
