"""The simulated world: people who follow a scenario (or a visitor's mouse), what they say, and light.

Everything is a function of robot time and of what was asked from outside; `advance` may be called by every part of
the simulator and does its work once a tick.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from robot.messages import ZERO, Pose
from sim.people import Figure, look_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.description import BodyDescription
    from sim.scenario import PersonTable, Scenario, Step

TURN = {"robot": 0.0, "away": math.pi, "left": math.pi / 2, "right": -math.pi / 2}
MOUTH_HZ = 4.0
SPEAKING_RATE = 14.0  # characters a second


@dataclass(frozen=True, slots=True)
class Said:
    """A line that somebody began to say at `t`."""

    t: float
    text: str
    figure: int


class World:
    """What is true, as opposed to what the robot believes."""

    def __init__(self, scenario: Scenario, description: BodyDescription, senses: str = "pixels") -> None:
        self.description = description
        self.senses = senses
        self.light = 1.0
        self.pose: Pose = ZERO
        self.figures: tuple[Figure, ...] = ()
        self.names = {number: person.name for number, person in enumerate(scenario.person, 1)}
        self._people = dict(enumerate(scenario.person, 1))
        self._lines = deque(
            sorted(
                (Said(line.at, line.text, number) for number, person in self._people.items() for line in person.say),
                key=lambda said: said.t,
            )
        )
        self._touches = deque(sorted(scenario.touch, key=lambda touch: touch.at))
        self._said: deque[Said] = deque()
        self._chores: deque[Callable[[], None]] = deque()
        self._moved: dict[int, tuple[float, float]] = {}
        self._looks = {number: look_of(person.look) for number, person in self._people.items()}
        self._still_until = -1.0  # nothing about the people changes before then
        self._talking: dict[int, float] = {}  # figure -> until when
        self._now = -1.0

    def advance(self, now: float) -> None:
        """Bring the world to `now`; does nothing when it is there already."""
        if now <= self._now:
            return
        self._now = now
        while self._chores:
            self._chores.popleft()()
        while self._lines and self._lines[0].t <= now:
            said = self._lines.popleft()
            self._said.append(said)
            self._talking[said.figure] = said.t + len(said.text) / SPEAKING_RATE
        if now >= self._still_until:
            figures = (self._figure(number, person, now) for number, person in self._people.items())
            self.figures = tuple(figure for figure in figures if figure is not None)
            self._still_until = self._next_change(now)

    def take_said(self, now: float) -> list[Said]:
        """The lines begun since the last call."""
        self.advance(now)
        taken = list(self._said)
        self._said.clear()
        return taken

    def touched(self, now: float) -> tuple[str, ...]:
        """The pads that a hand lies on at `now`."""
        while self._touches and now > self._touches[0].at + self._touches[0].hold_s:
            self._touches.popleft()
        return tuple(touch.pad for touch in self._touches if touch.at <= now <= touch.at + touch.hold_s)

    def later(self, chore: Callable[[], None]) -> None:
        """Have something done at the beginning of the next tick; from any thread."""
        self._chores.append(chore)

    def move(self, figure: int, x: float, y: float) -> None:
        """Put somebody elsewhere, from now on whatever their way says."""
        self._moved[figure] = (x, y)
        self._still_until = -1.0

    def bearing(self, name: str, now: float) -> tuple[float, float] | None:
        """True yaw and pitch of somebody's face from the head's pivot; None when they are not there."""
        number = next((n for n, known in self.names.items() if known == name), None)
        figure = self._figure(number, self._people[number], now) if number is not None else None
        if figure is None:
            return None
        up = figure.z - self.description.camera.height_m
        return math.atan2(figure.y, figure.x), math.atan2(up, math.hypot(figure.x, figure.y))

    def _figure(self, number: int, person: PersonTable, now: float) -> Figure | None:
        way = person.way
        i = bisect_right(way, now, key=lambda step: step.at) - 1
        moved = self._moved.get(number)
        if i < 0 or (way[i].leave and moved is None):
            return None
        here = way[i]
        x, y = self._between(here, way[i + 1], now) if i + 1 < len(way) else (here.x, here.y)
        if moved is not None:
            x, y = moved
        heading = math.atan2(-y, -x) + TURN[here.face]
        mouth = 0.0
        if now < self._talking.get(number, -1.0):
            mouth = 0.5 - 0.5 * math.cos(2 * math.pi * MOUTH_HZ * now)
        return Figure(
            id=number,
            x=x,
            y=y,
            z=here.z,
            heading=heading,
            smile=here.smile,
            mouth=mouth,
            look=self._looks[number],
        )

    def _next_change(self, now: float) -> float:
        """Until when everybody stands still and silent; `now` when somebody moves."""
        if any(until > now for until in self._talking.values()):
            return now
        change = self._lines[0].t if self._lines else math.inf
        for number, person in self._people.items():
            way = person.way
            i = bisect_right(way, now, key=lambda step: step.at)
            if i == len(way):
                continue
            walks = i > 0 and number not in self._moved and (way[i].x, way[i].y) != (way[i - 1].x, way[i - 1].y)
            change = now if walks else min(change, way[i].at)
        return change

    @staticmethod
    def _between(a: Step, b: Step, now: float) -> tuple[float, float]:
        share = (now - a.at) / (b.at - a.at) if b.at > a.at else 1.0
        return a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)
