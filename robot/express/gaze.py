"""Where the eyes and the head go: eyes first, the head follows, the eyes turn back as it arrives.

Figures from people: saccade latency 180-200 ms of which sight already spends its own (JOV), duration about
21 ms + 2.2 ms a degree, mutual gaze comfortable for 3.3 s (Binetti et al. 2016), looking at the other about 75 % of
the time while listening and 41 % while speaking (Argyle's figures). Looking away is done by the eyes alone, so the
camera keeps the person in the picture.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from robot.core.body_description import OWN
from robot.core.profile import PLAIN
from robot.express.motion import Follower

if TYPE_CHECKING:
    import numpy as np

    from robot.core.body_description import BodyDescription
    from robot.core.profile import Profile
    from robot.core.scene import Person

JUMP = math.radians(4.0)  # a goal that moves further at once is a new fixation
EYES_AFTER_S = 0.04  # on top of what sight needs: together about the human 200 ms
HEAD_AFTER_S = 0.06
SACCADE_RATE = math.radians(450.0)
STOP_S = 0.08  # of a joint's speed, to come to rest without turning back
LEAD_S = 0.04  # from setting a pulse to the servo being there; a body that moves itself goes before its lag by itself
CALM = math.radians(1.5)  # what the head leaves to the eyes: dead band, friction and play of a servo hide 1.2 of it
CALM_AFTER_S = 1.0  # after a new fixation; until then the head goes all the way
HEAD_SHARE = math.radians(35.0)  # what the head alone takes; beyond it the base turns too
MUTUAL_S = 3.3
AWAY_S = (0.5, 1.2)
MEETING = math.radians(6.0)  # so near to somebody's bearing the gaze is in their eyes
SHY_SHARE = 0.35  # who is to be looked at so little is given longer pauses,
SHY_LONGER = 3.0  # times longer


class Target(NamedTuple):
    """A direction in the base frame, rad, and how it moves, rad/s."""

    yaw: float = 0.0
    pitch: float = 0.0
    yaw_rate: float = 0.0
    pitch_rate: float = 0.0


STILL = Target()


def lead(body: BodyDescription) -> float:
    """How long before the head is to be there a body is told of it, s."""
    return 0.0 if body.motors == OWN else LEAD_S


def towards(person: Person, then: float) -> Target:
    """Where somebody will be when the head has got there."""
    yaw, pitch = person.bearing(then)
    return Target(yaw, pitch, person.yaw_rate, person.pitch_rate)


class Aversion:
    """Looks away now and then, with the eyes alone, by the human share of gaze."""

    def __init__(self, rng: np.random.Generator, profile: Profile = PLAIN) -> None:
        self._rng = rng
        self._profile = profile
        self._until = 0.0
        self._offset = (0.0, 0.0)
        self._away = False

    def offset(self, now: float, *, mutual: bool, speaking: bool, overdue: bool = False) -> tuple[float, float]:
        """Eye offset (yaw, pitch), rad; zero while looking at the person. `overdue`: it has looked for too long."""
        if not mutual:
            self._away, self._until = False, now + min(MUTUAL_S, self._profile.longest_look_s)
            return 0.0, 0.0
        if now >= self._until or (overdue and not self._away):
            self._turn(now, speaking=speaking)
        return self._offset if self._away else (0.0, 0.0)

    def _turn(self, now: float, *, speaking: bool) -> None:
        rng = self._rng
        self._away = not self._away
        profile = self._profile
        share = profile.gaze_speaking if speaking else profile.gaze_listening
        away = float(rng.uniform(*AWAY_S)) * (1.0 if share >= SHY_SHARE else SHY_LONGER)
        if self._away:
            side = 1.0 if rng.random() < 0.5 else -1.0
            self._offset = (side * math.radians(rng.uniform(7.0, 14.0)), math.radians(rng.uniform(-8.0, 3.0)))
            self._until = now + away
        else:
            look = away * share / (1.0 - share) * float(rng.uniform(0.8, 1.2)) if share < 1.0 else math.inf
            shortest = 1.0 if share >= SHY_SHARE else 0.4
            self._until = now + min(max(look, shortest), profile.longest_look_s)


class GazePose(NamedTuple):
    """What the motor of gaze gives: joint angles and where the pupils stand, -1..1."""

    base_yaw: float
    head_yaw: float
    pitch: float
    eye_x: float
    eye_y: float


class GazeMotor:
    """Turns a target into base, head and eyes, tick by tick."""

    def __init__(self, body: BodyDescription) -> None:
        base, pitch, head = (body.joint(name) for name in ("base_yaw", "neck_pitch", "head_yaw"))
        self._base = Follower(base, 2.5)
        self._head = Follower(head, 8.8)  # with 9 a head with weight went 1.1 degrees beyond
        self._pitch = Follower(pitch, 8.0)
        self._eye_range = body.eye_range
        self._pupils = body.pupils
        self._head_share = min(HEAD_SHARE, head.upper, -head.lower) if base.fitted else math.inf
        self._eye = (0.0, 0.0)
        self._goal = Target(0.0, pitch.rest)
        self._jumped_at = -1.0
        self._head_goal = self._goal
        self._eye_goal = self._goal
        self._calm = CALM if body.pupils else 0.0

    def place(self, base_yaw: float, head_yaw: float, pitch: float) -> None:
        """Take over from where the body really is."""
        self._base.place(base_yaw)
        self._head.place(head_yaw)
        self._pitch.place(pitch)
        self._head_goal = Target(base_yaw + head_yaw, pitch)

    @property
    def heading(self) -> float:
        return self._base.p + self._head.p

    def stop(self) -> Target:
        """Go no further than to where it comes to rest soonest."""
        yaw = self.heading + STOP_S * (self._base.v + self._head.v)
        self._head_goal = Target(yaw, self._pitch.p + STOP_S * self._pitch.v)
        return self._head_goal

    def step(self, now: float, dt: float, target: Target, away: tuple[float, float], over: Target = STILL) -> GazePose:
        """One tick: `away` offsets the eyes alone; `over` turns the head and the eyes with it, and nods the head alone
        (posture, breathing, an expression).
        """
        goal = self._goal
        jumps = abs(target.yaw - goal.yaw) > JUMP or abs(target.pitch - goal.pitch) > JUMP
        preparing = now - self._jumped_at < HEAD_AFTER_S  # such a turn is only aimed anew
        if jumps and not preparing:
            self._jumped_at = now
        self._goal = target
        since = now - self._jumped_at
        if since >= EYES_AFTER_S:
            self._eye_goal = target
        if since >= HEAD_AFTER_S:
            calm = self._calm if since >= CALM_AFTER_S else 0.0
            self._head_goal = _dragged(self._head_goal, target, calm)
        return self._move(dt, away, over)

    def _move(self, dt: float, away: tuple[float, float], over: Target) -> GazePose:
        to_yaw, to_pitch, yaw_rate, pitch_rate = self._head_goal
        to = Target(to_yaw + over.yaw, to_pitch + over.pitch, yaw_rate + over.yaw_rate, pitch_rate + over.pitch_rate)
        beyond = to.yaw - min(max(to.yaw, -self._head_share), self._head_share)
        base, head, pitch = self._base, self._head, self._pitch
        base_yaw = base.step(beyond, 0.0, dt)
        head_yaw = head.step(to.yaw - base_yaw, to.yaw_rate - base.v, dt)
        nod = pitch.step(to.pitch, to.pitch_rate, dt)
        eye = self._eye_goal
        reach = self._eye_range
        wish_x = _aside(eye.yaw + over.yaw - base_yaw - head_yaw, away[0], reach)
        wish_y = min(max(eye.pitch + away[1] - nod, -reach), reach)
        x, y = self._eye
        step = SACCADE_RATE * dt
        distance = math.hypot(wish_x - x, wish_y - y)
        share = 1.0 if distance <= step else step / distance
        x, y = x + share * (wish_x - x), y + share * (wish_y - y)
        self._eye = (x, y)
        if not self._pupils:
            return GazePose(base_yaw, head_yaw, nod, 0.0, 0.0)
        return GazePose(base_yaw, head_yaw, nod, x / reach, y / reach)


def _aside(straight: float, away: float, reach: float) -> float:
    """The eyes' angle `away` from as `straight` as they go, rad; to the other side where there is no room."""
    at = min(max(straight, -reach), reach)
    aside = min(max(at + away, -reach), reach)
    return aside if abs(aside - at) >= min(abs(away), MEETING) else min(max(at - away, -reach), reach)


def _dragged(held: Target, to: Target, slack: float) -> Target:
    """Where the head goes that went to `held`: to the same place while `to` is within `slack` of it.

    Its servos give a pulse no answer that is smaller. The robot believes the head where the pulses are, so a head that
    went after each degree would see somebody who stands still move with it, and hunt them to and fro.
    """
    yaw, yaw_rate = _dragged_along(held.yaw, to.yaw, to.yaw_rate, slack)
    pitch, pitch_rate = _dragged_along(held.pitch, to.pitch, to.pitch_rate, slack)
    return Target(yaw, pitch, yaw_rate, pitch_rate)


def _dragged_along(held: float, to: float, rate: float, slack: float) -> tuple[float, float]:
    if to > held + slack:
        return to - slack, rate
    if to < held - slack:
        return to + slack, rate
    return (held, 0.0) if slack else (to, rate)
