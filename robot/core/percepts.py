"""What is perceived: faces, words, touches, what the body says of itself, and what else comes in from outside the mind.

All are immutable. Angles are radians, lengths metres, times seconds of robot time (a percept's `t` is the moment of
*capture*, not of arrival). Frames as in `body_frame.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from robot.core.body_frame import Pose  # noqa: TC001 - as below
from robot.core.condition import Condition  # noqa: TC001 - as below
from robot.texts.sentence import AnyText  # noqa: TC001 - its fields are looked up when a recording is read

if TYPE_CHECKING:
    import numpy as np


class Band(StrEnum):
    """How far a face is; its size in the picture allows no finer word."""

    NEAR = "near"  # under about 0.9 m
    MIDDLE = "middle"
    FAR = "far"  # over about 2.2 m


@dataclass(frozen=True, slots=True)
class Face:
    """One tracked face in one picture."""

    track: int  # identity for as long as the track lives, never re-used in a run
    yaw: float  # bearing in the base frame, from the head's pose at capture
    pitch: float
    size: float  # angular height of the face, rad
    box: tuple[float, float, float, float]  # x, y, width, height in pixels
    score: float  # the detector's own, 0..1
    facing: float  # 0 turned away .. 1 straight to the camera; a head's turn, never a gaze
    band: Band
    confirmed: bool  # found in two of three pictures
    yaw_rate: float = 0.0  # rad/s of the bearing, for smooth pursuit
    pitch_rate: float = 0.0
    age: float = 0.0  # seconds since the face was last found; above 0 the bearing is a prediction (hidden for a moment)
    who: str = ""  # the name of somebody who agreed to be known by their face


@dataclass(frozen=True, slots=True)
class Lost:
    """A confirmed face that is no longer followed, where it was last, and how it went."""

    track: int
    yaw: float
    pitch: float
    seen: float  # robot time it was last found
    way: str  # "left", "right", "up", "down": out of the picture on that side; "inside": hidden or turned away


class LearnedFace(NamedTuple):
    """The face of somebody who agreed: 128 numbers, or None when it could not be seen well enough."""

    name: str
    template: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class FacesSeen:
    """What one picture showed; an empty `faces` is a sighting too: nobody there."""

    t: float
    faces: tuple[Face, ...]
    head: Pose  # at capture
    lost: tuple[Lost, ...] = ()  # given up in this picture
    learned: LearnedFace | None = None
    recognises: bool = False  # whether somebody could be known by their face in such pictures
    image: np.ndarray | None = field(default=None, repr=False, compare=False)  # (h, w, 3) uint8 BGR; live views only
    lent: int = field(default=0, compare=False)  # the number of a visitor's loan; their pictures are never recorded
    cost_s: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class VoiceActivity:
    """Somebody began (`speaking`) or ended to speak."""

    t: float
    speaking: bool


REMARK = "remark"  # the slot with the name of a particular thing that many people say, which has replies of its own
CHILD = "child"  # the slot that a line has in which a child speaks, whatever it tells
SAID_BACK = "back"  # the slot with the words as they are said back to whoever said them, where they can be
HARMED = "harmed"  # among the kinds of need: that another person harms somebody
Readings = tuple[tuple[str, float], ...]  # of words by a network: each with its probability, likeliest first


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words that were said or typed, and what they were taken to mean."""

    t: float  # end of speech
    text: str  # as it is read: shorthand written out, a question that is handed on put to the robot
    intent: str = "unknown"  # a name of the phrase tables
    slots: tuple[tuple[str, str], ...] = ()
    confidence: float = 1.0  # how sure it is that these words mean that
    language: str = "en"
    via: str = "typed"  # "typed", "heard", "program", or "chosen": another meaning of an earlier line
    by: str = ""  # the name of a program's key, where that told it in its owner's place
    recogniser: str = ""
    readings: Readings = ()  # what the network of meanings took it for
    need: Readings = ()  # and whether somebody in need speaks: none, veiled, plain, danger; and is harmed
    uptake: Readings = ()  # and how a listener takes it up (`robot/core/uptake.py`)
    manners: Readings = ()  # and what each way to go along is worth (`robot/core/manners.py`)
    clarity: float = 1.0  # how sure the recogniser is of the words; of typed ones there is no doubt
    instead: float | None = None  # `t` of the utterance that this one puts right by hand
    as_said: str = ""  # word for word, where it is read as another text

    @property
    def verbatim(self) -> str:
        """Word for word what was said or typed."""
        return self.as_said or self.text

    @property
    def calm(self) -> float:
        """How probable it is that nobody in need speaks; 1 where no network has read it."""
        return dict(self.need).get("none", 1.0)

    @property
    def understood(self) -> bool:
        """False for what neither the phrase tables nor the network of meanings knows."""
        return self.intent != "unknown"

    def meaning(self, intent: str) -> Utterance:
        """The same words with the meaning that somebody chose for them."""
        return replace(self, intent=intent, confidence=1.0, via="chosen", by="", instead=self.t)


@dataclass(frozen=True, slots=True)
class Touch:
    """A pad was touched."""

    t: float
    pad: str  # "head" or "back"
    kind: str  # "tap", "stroke", "hold"


class Telemetry(NamedTuple):
    """What the body says of itself."""

    t: float
    pose: Pose  # what the servos are told at this moment, from the firmware
    armed: bool = False
    link: bool = True
    volts: float = 5.0  # 0: it does not say
    muted: bool = False  # the hardware switch
    faults: tuple[AnyText, ...] = ()
    waits: bool = False  # limp after its supply or servo board failed again and again, until a person lets it go on


@dataclass(frozen=True, slots=True)
class Speaking:
    """The robot's own voice: whether it sounds now, how loud (0..1), and which request."""

    t: float
    active: bool
    loudness: float = 0.0
    request: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class SenseTurned:
    """A sense ("camera" or "microphone"), the body or the memory does otherwise than before."""

    t: float
    sense: str
    condition: Condition
    reason: AnyText
    ailment: str = ""  # see `Health`


@dataclass(frozen=True, slots=True)
class Tuned:
    """Somebody changed a behaviour's parameters by hand."""

    t: float
    behavior: str
    config: str  # all of them, as JSON


@dataclass(frozen=True, slots=True)
class Wish:
    """What another program asks for by a door (`robot/doors/`): a phrase or words to say, an expression to show, or a
    bearing to look at. The mind makes an intent of it, and the guard judges that like any other.
    """

    t: float
    number: int  # rising; by it the answer is found in the tick that has it
    by: str  # the name of the program's key
    phrase: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    text: str = ""
    expression: str = ""
    yaw: float = 0.0  # in the base frame, rad; to be looked at where `look_s` is above 0
    pitch: float = 0.0
    look_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Need:
    """An episode of need, as the watch over what is said holds it; told when it begins, changes and ends (duty 42)."""

    t: float
    kind: str  # "emergency"; "crisis", plain talk of self-harm; "doubt" or "danger", asked about; "" when it is over
    number: str = ""  # what to call, in words, to stand on the page
    since: float = 0.0  # the first sign

    @property
    def open(self) -> bool:
        return bool(self.kind)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A sentence that a language model would say, or the end of what it had. It sounds only once a behaviour says it
    and the guard has judged it.
    """

    t: float
    asked_at: float  # robot time of the `Consult` that it answers
    text: str = ""
    last: bool = False  # nothing more comes
    why: AnyText = ""  # why this sentence cannot be said, or why no more comes; empty where all is well


Percept = (
    FacesSeen | VoiceActivity | Utterance | Touch | Telemetry | Speaking | SenseTurned | Tuned | Wish | Need | Suggested
)
