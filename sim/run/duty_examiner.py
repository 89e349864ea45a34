"""Watches how the robot behaves towards people in a run: the figures behind the duties, kept as running sums.

Sentences are judged by the same table as in the guard; gaze, speed and light by what went to the body.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from robot.core.intents import Role, Say, opens
from robot.decide.contacts import Contacts
from robot.decide.diary import TELLS_ROBOT
from robot.guard.rules.honesty import TELLS_OF_RECORD
from robot.guard.rules.never_said import RECALLS, Sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.body_description import BodyDescription
    from robot.core.messages import BodyFrame
    from robot.core.scene import Person
    from robot.core.tick import Tick

NEVER = (4, 6, 10, 12, 17, 31, 33)  # duties on sentences
STARE_S, ON_EYES = 5.0, math.radians(4.0)
FASTEST_M_S = 0.3
FLASHES, FLASH = 3, 0.1
OPENINGS = 3
REST_S, FAREWELL_WITHIN_S = 30 * 60.0, 10.0
FAREWELLS = frozenset({"goodbye", "good_night"})
MUTUAL = 0.5


class Broken(NamedTuple):
    """A duty that did not hold, when, and by what."""

    t: float
    duty: int
    what: str


class Conduct:
    """One figure of everything that counts, tick by tick."""

    def __init__(self, body: BodyDescription) -> None:
        self._body = body
        self._sentences = Sentences.load()
        self.broken: list[Broken] = []
        self.verdicts: list[tuple[float, int]] = []
        self._contacts = Contacts()
        self.began: list[float] = []
        self.spoke: list[float] = []
        self._told: float | None = None
        self._farewell: float | None = None
        self._before: BodyFrame | None = None
        self._staring_since: float | None = None
        self._light = Swings()

    def see(self, tick: Tick) -> None:
        """Take in one tick."""
        self.verdicts += [(tick.t, verdict.duty) for verdict in tick.verdicts]
        for words in tick.scene.utterances:
            self._farewell = tick.t if words.intent in FAREWELLS else self._farewell
        for intent in tick.done:
            if isinstance(intent, Say):
                self._say(tick.t, intent)
        if any(opens(intent) for intent in tick.done):
            self._open(tick)
        self._body_of(tick)

    def _say(self, t: float, say: Say) -> None:
        self.spoke.append(t)
        for duty in NEVER:
            recalls = duty == RECALLS and say.phrase in TELLS_OF_RECORD
            if not recalls and self._sentences.breaks(duty, say.text):
                self.broken.append(Broken(t, duty, say.text))
        if say.phrase in TELLS_ROBOT:
            self._told = t
        elif self._told is None and say.role not in {Role.CRISIS, Role.NOTICE}:
            self.broken.append(Broken(t, 1, say.text))
        if self._farewell is not None and say.role is Role.FAREWELL and self._holds_back(t - self._farewell, say.text):
            self.broken.append(Broken(t, 7, say.text))

    def _holds_back(self, late: float, text: str) -> bool:
        return late > FAREWELL_WITHIN_S or "?" in text or self._sentences.breaks(7, text)

    def _open(self, tick: Tick) -> None:
        t = tick.t
        if self._farewell is not None and t - self._farewell < REST_S:
            self.broken.append(Broken(t, 8, "began after a goodbye"))
        if not self._contacts.begins(t, tick.done):
            return
        self.began.append(t)
        if sum(at > t - 86400.0 for at in self.began) > OPENINGS:
            self.broken.append(Broken(t, 15, "began a contact a fourth time"))

    def _body_of(self, tick: Tick) -> None:
        frame, before = tick.frame, self._before
        self._before = frame
        if before is not None and tick.scene.body is not None and tick.scene.body.armed:
            speed = self._speed(before, frame)
            if speed > FASTEST_M_S:
                self.broken.append(Broken(tick.t, 38, f"{speed:.2f} m/s"))
        if self._light.see(tick.t, frame.light.brightness) > FLASHES:
            self.broken.append(Broken(tick.t, 40, "flashes"))
        reached = tick.scene.body is None or tick.scene.body.link  # whom no line reaches cannot look away
        self._stare(tick.t, frame, tick.scene.people if reached else ())

    def _speed(self, before: BodyFrame, frame: BodyFrame) -> float:
        """Of the camera, the foremost point of the head, m/s."""
        dt = max(frame.t - before.t, 1e-3)
        yaw = frame.pose.base_yaw + frame.pose.head_yaw - before.pose.base_yaw - before.pose.head_yaw
        return math.hypot(yaw, frame.pose.neck_pitch - before.pose.neck_pitch) / dt * self._body.camera.forward_m

    def _stare(self, t: float, frame: BodyFrame, people: Sequence[Person]) -> None:
        near = any(
            person.facing > MUTUAL and math.dist(person.bearing(t), eyes_of(frame, self._body)) < ON_EYES
            for person in people
        )
        if not near:
            self._staring_since = None
        elif self._staring_since is None:
            self._staring_since = t
        elif t - self._staring_since > STARE_S:
            self.broken.append(Broken(t, 40, f"a stare of {t - self._staring_since:.1f} s"))
            self._staring_since = t


def eyes_of(frame: BodyFrame, body: BodyDescription) -> tuple[float, float]:
    """Where the eyes point, yaw and pitch in the base frame."""
    pose, reach = frame.pose, body.eye_range
    return pose.base_yaw + pose.head_yaw + frame.eyes.x * reach, pose.neck_pitch + frame.eyes.y * reach


class Swings:
    """Flashes of a light within the last second: pairs of opposing changes by a tenth or more (WCAG 2.2, 2.3.1)."""

    def __init__(self) -> None:
        self._swings: deque[float] = deque()
        self._low = self._high = 0.0
        self._way = 0

    def see(self, t: float, value: float) -> int:
        """Take in a value; how many flashes there were in the last second."""
        self._low, self._high = min(self._low, value), max(self._high, value)
        if self._way != 1 and value - self._low >= FLASH:
            self._turn(t, 1, value)
        elif self._way != -1 and self._high - value >= FLASH:
            self._turn(t, -1, value)
        while self._swings and self._swings[0] < t - 1.0:
            self._swings.popleft()
        return len(self._swings) // 2

    def _turn(self, t: float, way: int, value: float) -> None:
        self._way, self._low, self._high = way, value, value
        self._swings.append(t)
