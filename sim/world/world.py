"""The simulated world: people who follow a scenario or a visitor's mouse, what they say, and light.

Everything is a function of robot time and of what was asked from outside; `advance` may be called by every part of
the simulator and does its work once a tick.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from robot.core.body_frame import ZERO, Pose
from sim.world.happenings import PersonTable, TouchTable
from sim.world.people import BUILDS, Figure, look_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.body_description import BodyDescription
    from robot.parts.protocols import Audio
    from sim.world.happenings import Step
    from sim.world.people import Appearance
    from sim.world.scenario import Scenario

TURN = {"robot": 0.0, "away": math.pi, "left": math.pi / 2, "right": -math.pi / 2}
MOUTH_HZ = 4.0
SPEAKING_RATE = 14.0  # characters a second


class Lens(Enum):
    """What is before, or behind, the camera's lens."""

    clear = "clear"
    covered = "covered"
    frozen = "frozen"  # the sensor gives the same picture again and again


@dataclass(frozen=True, slots=True)
class WorldLine:
    """A line that somebody began to say at `t`."""

    t: float
    text: str
    figure: int


class World:
    """What is true, as opposed to what the robot believes."""

    def __init__(self, scenario: Scenario, description: BodyDescription, senses: str = "pixels") -> None:
        self.description = description
        self.senses = senses
        self.shade = 1.0  # what a fault leaves of the light
        self.lens = Lens.clear
        self.deaf = False  # the microphone
        self.silenced = False  # the speaker
        self.hears_sound = True  # somebody in it; where nobody does, what sounds need not be made
        self.burden: Callable[[float], None] | None = None  # takes time in each tick
        self.pose: Pose = ZERO
        self.figures: tuple[Figure, ...] = ()
        self.names = {number: person.name for number, person in enumerate(scenario.person, 1)}
        self._people = dict(enumerate(scenario.person, 1))
        self._lines = deque(
            sorted(
                (
                    WorldLine(line.at, line.text, number)
                    for number, person in self._people.items()
                    for line in person.say
                ),
                key=lambda said: said.t,
            )
        )
        self._touches = deque(sorted(scenario.touch, key=lambda touch: touch.at))
        self._pushes = deque(sorted(scenario.push, key=lambda push: push.at + push.hold_s))
        self._said: deque[WorldLine] = deque()
        self._light = sorted(scenario.light, key=lambda level: level.at)
        self._plan: list[tuple[float, Callable[[], None]]] = []  # by time, the last first
        self._chores: deque[Callable[[], None]] = deque()
        self._moved: dict[int, tuple[float, float]] = {}
        self._looks = {number: look_of(person.look, person.age) for number, person in self._people.items()}
        self._still_until = -1.0  # nothing about the people changes before then
        self._air: deque[Audio] = deque(maxlen=256)  # what the robot's speaker has given out, until ears take it
        self._talking: dict[int, float] = {}  # figure -> until when
        self._now = -1.0

    def advance(self, now: float) -> None:
        """Bring the world to `now`; does nothing when it is there already."""
        if now <= self._now:
            return
        self._now = now
        while self._plan and self._plan[-1][0] <= now:
            self._plan.pop()[1]()
        while self._chores:
            self._chores.popleft()()
        if self.burden is not None:
            self.burden(now)
        while self._lines and self._lines[0].t <= now:
            said = self._lines.popleft()
            self._said.append(said)
            self._talking[said.figure] = said.t + len(said.text) / SPEAKING_RATE
        if now >= self._still_until:
            figures = (self._figure(number, person, now) for number, person in self._people.items())
            self.figures = tuple(figure for figure in figures if figure is not None)
            self._still_until = self._next_change(now)

    @property
    def light(self) -> float:
        """The light in the room at this moment, from 1, daylight, to 0."""
        levels = self._light
        i = bisect_right(levels, self._now, key=lambda level: level.at)
        if i == 0:
            return self.shade * (levels[0].level if levels else 1.0)
        if i == len(levels):
            return self.shade * levels[-1].level
        before, after = levels[i - 1], levels[i]
        share = (self._now - before.at) / (after.at - before.at)
        return self.shade * (before.level + share * (after.level - before.level))

    def at(self, t: float, chore: Callable[[], None]) -> None:
        """Have something done at `t`."""
        self._plan.append((t, chore))
        self._plan.sort(key=lambda planned: -planned[0])

    def take_said(self, now: float) -> list[WorldLine]:
        """The lines begun since the last call."""
        self.advance(now)
        taken = list(self._said)
        self._said.clear()
        return taken

    def sound(self, audio: Audio) -> None:
        """The robot's speaker sounds."""
        self._air.append(audio)

    def take_sound(self) -> list[Audio]:
        """What it gave out since the last call."""
        taken = list(self._air)
        self._air.clear()
        return taken

    def touched(self, now: float) -> tuple[str, ...]:
        """The pads that a hand lies on at `now`."""
        while self._touches and now > self._touches[0].at + self._touches[0].hold_s:
            self._touches.popleft()
        return tuple(touch.pad for touch in self._touches if touch.at <= now <= touch.at + touch.hold_s)

    def pushed(self, now: float) -> tuple[float, float, float]:
        """The force that pushes the head at `now`, N in the base frame."""
        while self._pushes and now > self._pushes[0].at + self._pushes[0].hold_s:
            self._pushes.popleft()
        x = y = 0.0
        for push in self._pushes:
            if push.at <= now <= push.at + push.hold_s:
                towards = math.radians(push.towards_deg)
                x += push.force_n * math.cos(towards)
                y += push.force_n * math.sin(towards)
        return x, y, 0.0

    def later(self, chore: Callable[[], None]) -> None:
        """Have something done at the beginning of the next tick; from any thread."""
        self._chores.append(chore)

    def direct(self, name: str, goal: Step, pace_m_s: float | None = None, look: int = 1) -> None:
        """Have somebody be at `goal` now, or walk there at a pace; they come in if they were not there."""
        now = max(self._now, 0.0)
        number = next((n for n, known in self.names.items() if known == name), None)
        figure = self._figure(number, self._people[number], now) if number is not None else None
        if number is None:
            number = len(self.names) + 1
            self.names[number] = name
            self._looks[number] = look_of(look)
        way = [goal.model_copy(update={"at": now})]
        if figure is not None and pace_m_s is not None:
            takes = math.hypot(goal.x - figure.x, goal.y - figure.y) / pace_m_s
            here = {"at": now, "x": figure.x, "y": figure.y, "leave": False}
            way = [goal.model_copy(update=here), goal.model_copy(update={"at": now + takes})]
        self._people[number] = PersonTable(name=name, way=way)
        self._still_until = -1.0

    def say(self, name: str, text: str) -> None:
        """Have somebody begin to say a line now."""
        now = max(self._now, 0.0)
        number = next(n for n, known in self.names.items() if known == name)
        self._lines.appendleft(WorldLine(now, text, number))
        self._still_until = -1.0

    def lay_hand(self, pad: str, hold_s: float) -> None:
        """Have somebody touch a pad now."""
        touch = TouchTable.model_validate({"at": max(self._now, 0.0), "pad": pad, "hold_s": hold_s})
        self._touches = deque(sorted((*self._touches, touch), key=lambda one: one.at))

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
        look, mouth = self._looks[number], 0.0
        if now < self._talking.get(number, -1.0):
            mouth = 0.5 - 0.5 * math.cos(2 * math.pi * MOUTH_HZ * now)
        return Figure(
            id=number,
            x=x,
            y=y,
            z=_height(here, look),
            heading=heading,
            smile=here.smile,
            eyes_closed=float(here.eyes_closed),
            mouth=mouth,
            sits=here.sit,
            look=look,
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


def _height(step: Step, look: Appearance) -> float:
    """Of the middle of the head above the table, m."""
    if step.z is not None:
        return step.z
    build = BUILDS[look.age]
    return build.sits if step.sit else build.stands
