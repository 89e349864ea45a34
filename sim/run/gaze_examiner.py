"""Watches where head and eyes go in a run, and judges what was expected of them.

It goes by where the head really is, not by where it was sent.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING

from sim.run.duty_examiner import ON_EYES, eyes_of
from sim.run.finding import Finding, at_most, rounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.tick import Tick
    from sim.world.expectations import ExpectTable
    from sim.world.scenario import Scenario
    from sim.world.world import World

MOVED = math.radians(2.0)
GAZE = frozenset({"eyes_turn", "head_arrives", "overshoot"})  # the gaze is kept only around these


class GazeExaminer:
    """Keeps only what some expectation asks for."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        self._scenario = scenario
        self._world = world
        self._times: list[float] = []
        self._gaze: list[tuple[float, float]] = []  # heading of the head, of the eyes
        self._moved: list[tuple[float, float, float]] = []  # heading and pitch, only where it must be still
        self._turns: list[tuple[float, str]] = []  # whose eyes it looked into, each time another's than before
        self._watched = any(expect.what == "gaze_turns" for expect in scenario.expect)
        self._shares = {i: [0, 0] for i, expect in enumerate(scenario.expect) if expect.what == "gaze_share"}
        self._looks = [
            (i, expect, self._span(expect))
            for i, expect in enumerate(scenario.expect)
            if expect.what in {"gaze_share", "still", "moves"}
        ]
        self._reach = world.description.eye_range
        windows = [self.window(expect) for expect in scenario.expect if expect.what in GAZE]
        self._from = min((start for start, _ in windows), default=math.inf)
        self._until = max((end for _, end in windows), default=-math.inf)

    def see(self, tick: Tick) -> None:
        self._watch_gaze(tick)
        if self._from <= tick.t <= self._until:
            at = self._world.pose
            heading = at.base_yaw + at.head_yaw
            self._times.append(tick.t)
            self._gaze.append((heading, heading + tick.frame.eyes.x * self._reach))

    def judges(self) -> dict[str, Callable[[ExpectTable], Finding]]:
        """What judges each kind of expectation."""
        return {
            "eyes_turn": self._eyes_turn,
            "head_arrives": self._head_arrives,
            "overshoot": self._overshoot,
            "still": self._still,
            "moves": self._moves,
            "gaze_share": self._gaze_share,
            "gaze_turns": self._gaze_turns,
        }

    def _appeared(self, expect: ExpectTable) -> float:
        person = next(p for p in self._scenario.person if p.name == expect.person)
        return person.way[0].at

    def window(self, expect: ExpectTable) -> tuple[float, float]:
        """From when to when the gaze must be known: until the person who appeared walks on."""
        start = self._appeared(expect)
        way = next(p for p in self._scenario.person if p.name == expect.person).way
        return start, max(way[1].at if len(way) > 1 else start + 4.0, start + expect.after)

    def _error(self, person: str, i: int, which: int) -> float:
        """Infinite where nobody is there, or the run has ended."""
        truth = self._world.bearing(person, self._times[i]) if 0 <= i < len(self._times) else None
        return math.inf if truth is None else self._gaze[i][which] - truth[0]

    def _eyes_turn(self, expect: ExpectTable) -> Finding:
        start = self._appeared(expect)
        first = bisect_left(self._times, start)
        before = abs(self._error(expect.person, first, 1))
        figure = next(
            (
                self._times[i] - start
                for i in range(first, len(self._times))
                if before - abs(self._error(expect.person, i, 1)) > MOVED
            ),
            None,
        )
        return at_most(f"the eyes turn to {expect.person} after, s", figure, expect.limit)

    def _head_arrives(self, expect: ExpectTable) -> Finding:
        i = min(bisect_left(self._times, self._appeared(expect) + expect.after), len(self._times) - 1)
        figure = abs(math.degrees(self._error(expect.person, i, 0)))
        return at_most(f"the head is off {expect.person} after {expect.after} s by, degrees", figure, expect.limit)

    def _overshoot(self, expect: ExpectTable) -> Finding:
        """How far the head goes beyond somebody who just appeared, while they stand still."""
        first, last = (bisect_left(self._times, t) for t in self.window(expect))
        side = math.copysign(1.0, -self._error(expect.person, first, 0))
        figure = max((math.degrees(side * self._error(expect.person, i, 0)) for i in range(first, last)), default=0.0)
        return at_most(f"the head goes beyond {expect.person} by, degrees", max(figure, 0.0), expect.limit)

    def _watch_gaze(self, tick: Tick) -> None:
        """Only what some expectation asks for."""
        if self._watched:
            self._watch_turns(tick)
        for i, expect, (start, end) in self._looks:
            if not start <= tick.t <= end:
                continue
            if expect.what != "gaze_share":
                pose = self._world.pose
                self._moved.append((tick.t, pose.base_yaw + pose.head_yaw, pose.neck_pitch))
            elif (truth := self._world.bearing(expect.person, tick.t)) is not None:
                yaw, pitch = self._eyes(tick)
                self._shares[i][0] += math.hypot(truth[0] - yaw, truth[1] - pitch) < ON_EYES
                self._shares[i][1] += 1

    def _watch_turns(self, tick: Tick) -> None:
        """Whose eyes it looks into now, where that is beyond doubt: nobody else is within twice the angle."""
        yaw, pitch = self._eyes(tick)
        near = []
        for name in self._world.names.values():
            truth = self._world.bearing(name, tick.t)
            if truth is not None and math.hypot(truth[0] - yaw, truth[1] - pitch) < 2 * ON_EYES:
                near.append((math.hypot(truth[0] - yaw, truth[1] - pitch), name))
        if len(near) == 1 and near[0][0] < ON_EYES and (not self._turns or self._turns[-1][1] != near[0][1]):
            self._turns.append((tick.t, near[0][1]))

    def _eyes(self, tick: Tick) -> tuple[float, float]:
        """Where they look, from where the head really is."""
        return eyes_of(tick.frame._replace(pose=self._world.pose), self._world.description)

    def _still(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        widest = self._widest(start, end)
        return at_most(f"its head moves from {start:g} to {end:g} s by, degrees", widest, expect.limit)

    def _moves(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        widest, least = self._widest(start, end), expect.least or 0.0
        text = f"its head moves from {start:g} to {end:g} s by, degrees (at least {least:g})"
        return Finding(text, rounded(widest), math.isfinite(widest) and widest >= least)

    def _widest(self, start: float, end: float) -> float:
        """How far the head went in heading or pitch, degrees; infinite when nothing was seen."""
        poses = [(yaw, pitch) for t, yaw, pitch in self._moved if start <= t <= end]
        return math.degrees(max((max(column) - min(column) for column in zip(*poses, strict=True)), default=math.inf))

    def _gaze_share(self, expect: ExpectTable) -> Finding:
        on, seen = next(self._shares[i] for i, other in enumerate(self._scenario.expect) if other is expect)
        share = on / seen if seen else math.nan
        least, limit = expect.least or 0.0, 1.0 if expect.limit is None else expect.limit
        text = f"looks {expect.person} in the eyes, share of the time ({least:g} to {limit:g})"
        return Finding(text, rounded(share), least <= share <= limit)

    def _gaze_turns(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        count = sum(start <= t <= end for t, _ in self._turns[1:])
        least, limit = expect.least or 0.0, math.inf if expect.limit is None else expect.limit
        text = f"its eyes turn from one person to another from {start:g} to {end:g} s ({least:g} to {limit:g} times)"
        return Finding(text, count, least <= count <= limit)

    def _span(self, expect: ExpectTable) -> tuple[float, float]:
        return expect.after, self._scenario.duration_s if expect.by is None else expect.by
