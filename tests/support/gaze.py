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
from sim.world.happenings import CameraTable, PersonTable, Step
from sim.world.options import SightFrom
from sim.world.scenario import Scenario
from sim.world.world import World

if TYPE_CHECKING:
    from robot.core.tick import Tick
    from robot.express.composer import Composer

CAMERA = CameraTable(fps=15.0, latency_ms=100.0)
SPEED = math.radians(30.0)
SIDE = math.radians(40.0)  # they turn back there
AWAY_M = 1.5
GLANCES = {"look_around"}  # it means to look elsewhere then
BACK_S = 1.0
TICK_S = 0.02
JUDGED_S = 3.0  # after a step
LOOKS_S = 1.2  # on end, without a look aside, for a step to be judged
STEPS = 12  # to and fro, where a look aside may come between
TURN_S = 0.5  # from where they turn back until that is seen, late as the camera is, and the head has turned too


class Gaze:
    """An observer. Rows: robot time (s); degrees: Ada's bearing, the head as it really stands, head with eyes, and how
    far the eyes are from where the robot believes her; whether the head looks aside or comes back, which is meant."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.composer: Composer | None = None
        self._back = 0.0  # from when on a glance elsewhere is over
        self._faces = 0.0  # from when on a head that looked aside is back
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
        if not self._world.description.pupils and self.composer is not None and self.composer._aversion._away:
            self._faces = tick.t + BACK_S
        aside = float(tick.t < self._faces)
        self.rows.append((tick.t, *(math.degrees(angle) for angle in (truth[0], head, eyes, away)), aside))


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
        gaze.composer = robot.loop.steps.composer
        robot.loop.run(seconds)
    return np.array(gaze.rows)


def at(t: float, bearing: float) -> Step:
    return Step(at=t, x=AWAY_M * math.cos(bearing), y=AWAY_M * math.sin(bearing))


def pursuit(senses: str, seed: int, body: Body = Body.KINEMATIC) -> tuple[float, float]:
    """RMS error of head with eyes, degrees: while they walk on, and where they turn back too.

    Aversion, which is meant, is left out: then the eyes are 7 degrees and more from where she is believed to be, or the
    head is on its way.
    """
    way = [at(3.0, -SIDE)]
    angle, side = -SIDE, 1.0
    for k in range(1, 560):
        angle += side * SPEED * 0.05
        if abs(angle) >= SIDE:
            side = -math.copysign(1.0, angle)
        way.append(at(5.0 + 0.05 * k, angle))
    rows = watch(way, 34.0, senses, seed, body)
    rows = rows[(rows[:, 0] > 7.0) & (rows[:, 0] < way[-1].at)]
    error = rows[:, 3] - rows[:, 1]
    looking = (np.abs(rows[:, 4]) < 5.0) & (rows[:, 5] == 0.0)
    steady = np.abs(rows[:, 1]) < math.degrees(SIDE - TURN_S * SPEED)
    both = float(np.sqrt(np.mean(error[looking] ** 2)))
    return float(np.sqrt(np.mean(error[looking & steady] ** 2))), both


def step(senses: str, seed: int, body: Body = Body.KINEMATIC, degrees: float = 40.0) -> tuple[float, float]:
    """Somebody is 40 degrees further at once: how far the head goes beyond (degrees), and when it is within 3 (s).

    A head without eyes also looks aside; it is judged until then, and at the next step where that comes too soon.
    """
    side = math.radians(degrees / 2)
    steps = 1 if body.stand.description.pupils else STEPS
    starts = [8.0 + 4.0 * n for n in range(steps)]
    way = [at(2.0, -side)]
    for n, start in enumerate(starts):
        way += [at(start, -side if n % 2 == 0 else side), at(start + 0.001, side if n % 2 == 0 else -side)]
    rows = watch(way, starts[-1] + JUDGED_S + 1.0, senses, seed, body)
    judged = [one for start in starts if (one := _stepped(rows, start)) is not None]
    if not judged:
        return math.inf, math.inf
    return max(beyond for beyond, _ in judged), max(settled for _, settled in judged)


def _stepped(rows: np.ndarray, start: float) -> tuple[float, float] | None:
    """How far it goes beyond, and when it is there for good, s; None where it did not look for long enough."""
    rows = rows[(rows[:, 0] >= start + 0.02) & (rows[:, 0] <= start + JUDGED_S)]
    aside = np.flatnonzero(rows[:, 5])
    rows = rows[: aside[0]] if len(aside) else rows
    if len(rows) < LOOKS_S / TICK_S:
        return None
    off = (rows[:, 2] - rows[:, 1]) * np.sign(rows[-1, 1])
    late = np.flatnonzero(np.abs(off) > 3.0)[-1]
    settled = rows[late + 1, 0] - start if late + 1 < len(rows) else math.inf
    return max(float(off.max()), 0.0), round(float(settled), 3)
