"""The scene: who is here, where each is, who is in focus and why, and what was said and done in this tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from robot.core.condition import Condition
from robot.core.percepts import Band  # noqa: TC001 - its fields are looked up when a schema is made

if TYPE_CHECKING:
    from robot.core.percepts import (
        LearnedFace,
        Need,
        SenseTurned,
        Speaking,
        Suggested,
        Telemetry,
        Touch,
        Tuned,
        Utterance,
        Wish,
    )

MODEL = "model"  # the language model, among what `SenseTurned` tells of
AFTER_NEED_S = 120.0  # after an episode of need: so long nothing is told that can wait [our choice]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in front of the robot; bearings in the base frame."""

    track: int
    yaw: float
    pitch: float
    yaw_rate: float  # rad/s
    pitch_rate: float
    facing: float  # 0..1
    band: Band
    since: float  # first seen
    seen: float  # last found in a picture
    t: float  # the moment that the bearing is of
    who: str = ""  # their name, where they agreed to be known by their face

    def bearing(self, t: float) -> tuple[float, float]:
        """Yaw and pitch at `t`, carried on at the known rate for half a second at most."""
        ahead = min(max(t - self.t, 0.0), 0.5)
        return self.yaw + self.yaw_rate * ahead, self.pitch + self.pitch_rate * ahead


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody who is no longer seen, and where they were last."""

    track: int
    t: float
    yaw: float
    stayed_s: float
    way: str  # "left", "right", "up", "down" out of the picture, or "inside" it


class Scene(NamedTuple):
    """What the robot attends to in one tick. `utterances` and `touches` are this tick's only."""

    t: float = 0.0
    people: tuple[Person, ...] = ()
    focus: int | None = None
    why: str = "nobody"
    departures: tuple[Departure, ...] = ()
    alone_since: float | None = 0.0  # None while somebody is seen, heard or felt
    voice: bool = False  # somebody is speaking now
    interrupted: bool = False  # they began in this tick, while the robot spoke
    talk_until: float = -1.0  # a conversation counts as going on until then
    utterances: tuple[Utterance, ...] = ()
    touches: tuple[Touch, ...] = ()
    body: Telemetry | None = None
    speaking: Speaking | None = None
    recognises: bool = False  # somebody could be known by their face, if they agreed
    learned: LearnedFace | None = None  # in this tick
    senses: tuple[SenseTurned, ...] = ()  # how each sense does
    tuned: tuple[Tuned, ...] = ()  # what somebody changed by hand in this tick
    wishes: tuple[Wish, ...] = ()  # of other programs, in this tick
    need: Need | None = None  # the last that was told of an episode of need
    suggested: tuple[Suggested, ...] = ()  # by a language model, in this tick

    def person(self, track: int | None) -> Person | None:
        return next((p for p in self.people if p.track == track), None)

    @property
    def focused(self) -> Person | None:
        """The person in focus, if they are still here."""
        return self.person(self.focus)

    @property
    def in_need(self) -> bool:
        """Whether an episode of need is open."""
        return self.need is not None and self.need.open

    @property
    def lately_in_need(self) -> bool:
        """Whether an episode of need is open, or has just ended: no time for notices."""
        return self.in_need or (self.need is not None and self.t - self.need.t < AFTER_NEED_S)

    @property
    def has_model(self) -> bool:
        """Whether a language model is there to be asked."""
        return any(one.sense == MODEL and one.condition is Condition.OK for one in self.senses)

    @property
    def in_talk(self) -> bool:
        return self.t < self.talk_until

    @property
    def robot_speaks(self) -> bool:
        return self.speaking is not None and self.speaking.active
