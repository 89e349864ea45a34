"""Whole runs with a camera that is 100 ms late: where the robot looks against where somebody is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.bodies import Body
from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.config.schema import Config
from robot.core.clock import ManualClock
from sim.run.session import build_of, simulated
from sim.world.options import SightFrom
from sim.world.scenario import CameraTable, PersonTable, Scenario, Step
from sim.world.world import World

if TYPE_CHECKING:
    from robot.core.tick import Tick

CAMERA = CameraTable(fps=15.0, latency_ms=100.0)
SPEED = math.radians(30.0)
SIDE = math.radians(40.0)  # they turn back there
AWAY_M = 1.5
GLANCES = {"look_around"}  # it means to look elsewhere then
BACK_S = 1.0
JUDGED_S = 3.0
TURN_S = 0.5  # from where they turn back until that is seen, late as the camera is, and the head has turned too


class Gaze:
    """An observer. Rows: robot time (s); degrees: Ada's bearing, the head as it really stands, head with eyes, and how
    far the eyes are from where the robot believes her."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._back = 0.0  # from when on a glance elsewhere is over
        self.rows: list[tuple[float, ...]] = []

    def see(self, tick: Tick) -> None:
        truth = self._world.bearing("Ada", tick.t)
        if tick.decision.behavior in GLANCES:
            self._back = tick.t + BACK_S
        if truth is None or tick.scene.body is None or tick.t < self._back:
            return
        pose = self._world.pose
        head = pose.base_yaw + pose.head_yaw
        eyes = head + tick.frame.eyes.x * self._world.description.eye_range
        focused = tick.scene.focused
        away = eyes - focused.bearing(tick.t)[0] if focused is not None else 0.0
        self.rows.append((tick.t, *(math.degrees(angle) for angle in (truth[0], head, eyes, away))))


def watch(way: list[Step], seconds: float, senses: str, seed: int, body: Body = Body.KINEMATIC) -> np.ndarray:
    """The rows of `Gaze` in a run."""
    scenario = Scenario(
        about="gaze", duration_s=seconds, person=(PersonTable(name="Ada", look=seed, way=way),), camera=CAMERA
    )
    options = body.stand.options(seed, SightFrom(senses))
    config = simulated(Config().changed("parts", build=build_of(options)), options, scenario)
    world = World(scenario, body.stand.description, senses)
    gaze = Gaze(world)
    with build(
        config.changed("parts", ears="", speaker=""),
        RunContext(ManualClock(), world, research=True, stock=shared_stock()),
        [gaze],
    ) as robot:
        robot.loop.run(seconds)
    return np.array(gaze.rows)


def at(t: float, bearing: float) -> Step:
    return Step(at=t, x=AWAY_M * math.cos(bearing), y=AWAY_M * math.sin(bearing))


def pursuit(senses: str, seed: int, body: Body = Body.KINEMATIC) -> tuple[float, float]:
    """RMS error of head with eyes, degrees: while they walk on, and where they turn back too.

    Aversion, which is meant, is left out: then the eyes are 7 degrees and more from where she is believed to be.
    """
    way = [at(3.0, -SIDE)]
    angle, side = -SIDE, 1.0
    for k in range(1, 560):
        angle += side * SPEED * 0.05
        if abs(angle) >= SIDE:
            side = -math.copysign(1.0, angle)
        way.append(at(5.0 + 0.05 * k, angle))
    rows = watch(way, 34.0, senses, seed, body)
    rows = rows[rows[:, 0] > 7.0]
    error = rows[:, 3] - rows[:, 1]
    looking = np.abs(rows[:, 4]) < 5.0
    steady = np.abs(rows[:, 1]) < math.degrees(SIDE - TURN_S * SPEED)
    both = float(np.sqrt(np.mean(error[looking] ** 2)))
    return float(np.sqrt(np.mean(error[looking & steady] ** 2))), both


def step(senses: str, seed: int, body: Body = Body.KINEMATIC, degrees: float = 40.0) -> tuple[float, float]:
    """Somebody is 40 degrees further at once: how far the head goes beyond (degrees), and when it is within 3 (s).

    Judged for three seconds: then whoever has no eyes may look away with the head.
    """
    start, goal = math.radians(-degrees / 2), math.radians(degrees / 2)
    rows = watch([at(2.0, start), at(8.0, start), at(8.001, goal)], 8.0 + JUDGED_S, senses, seed, body)
    rows = rows[rows[:, 0] >= 8.02]
    off = rows[:, 2] - rows[:, 1]
    late = np.flatnonzero(np.abs(off) > 3.0)[-1]
    settled = rows[late + 1, 0] - 8.0 if late + 1 < len(rows) else math.inf
    return max(float(off.max()), 0.0), round(float(settled), 3)
