"""A bare stage for sight: a body's camera, painted people put by a script, and robot time that passes in ticks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from firmware_bridge.descriptions import bowlby_one
from robot.core.body_frame import ZERO, Pose
from robot.core.clock import ManualClock
from robot.core.condition import Condition, Health
from robot.core.kinematics import bearing_of
from robot.parts.protocols import Picture
from robot.parts.registry import Surroundings
from robot.sense.sight.sight import Sight
from sim.senses.camera import open_camera
from sim.world.people import Figure, look_of
from sim.world.world import Lens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np

    from robot.core.kinematics import Bearing
    from robot.core.percepts import Face, FacesSeen

ONE = bowlby_one()
TICK_S = 0.02


def somebody(number: int = 1, *, x: float = 1.5, y: float = 0.0, z: float = 0.42, turn_deg: float = 0.0) -> Figure:
    """A person who faces the robot, or is turned away from it by so much."""
    heading = math.atan2(-y, -x) + math.radians(turn_deg)
    return Figure(number, x, y, z, heading=heading, look=look_of(number))


def truth(figure: Figure) -> Bearing:
    """Where a figure's head really is, from the pivot."""
    return bearing_of(figure.x, figure.y, figure.z - ONE.camera.height_m)


class Stage:
    """What the simulated camera asks of a world."""

    description = ONE

    def __init__(self, senses: str = "pixels") -> None:
        self.senses = senses
        self.lens = Lens.clear
        self.pose: Pose = ZERO
        self.light = 1.0
        self.figures: tuple[Figure, ...] = ()

    def advance(self, now: float) -> None:
        """The script moves what moves."""

    def watch(
        self,
        seconds: float,
        script: Callable[[float], None] | None = None,
        address: str = "sim://?fps=10",
        seed: int = 0,
    ) -> list[FacesSeen]:
        """All that sight tells while the script plays, tick by tick."""
        camera = open_camera(address, Surroundings(ManualClock(), seed, place=self))
        sight = Sight(camera, ONE.camera)
        seen: list[FacesSeen] = []
        try:
            for tick in range(round(seconds / TICK_S)):
                if script is not None:
                    script(tick * TICK_S)
                seen += sight.poll(tick * TICK_S)
        finally:
            sight.close()
        return seen


class Reel:
    """A camera that shows pictures made beforehand, ten a second, in step with the clock."""

    latency: float | None = 0.06

    def __init__(self, images: Iterable[np.ndarray]) -> None:
        self._images = iter(images)
        self._due = 0.0
        self.polls = 0

    def poll(self, now: float) -> Picture | None:
        self.polls += 1
        if now < self._due - 1e-9:
            return None
        self._due += 0.1
        image = next(self._images, None)
        if image is None:
            return None
        image = image.copy()
        image[0, 0] = self.polls % 256  # no sensor gives the same picture twice
        return Picture(now, ZERO, image)

    def health(self) -> Health:
        return Health("camera", Condition.OK, "a reel")

    def close(self) -> None:
        self._images = iter(())


def show(images: Iterable[np.ndarray], seconds: float) -> list[FacesSeen]:
    """What sight tells of pictures, ten a second."""
    sight = Sight(Reel(images), ONE.camera)
    seen = [one for tick in range(round(seconds / TICK_S)) for one in sight.poll(tick * TICK_S)]
    sight.close()
    return seen


def certain(seen: FacesSeen) -> list[Face]:
    """The confirmed faces that were found in this very picture."""
    return [face for face in seen.faces if face.confirmed and face.age == 0]
