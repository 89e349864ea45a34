"""What a behaviour may want: each intent names the variable and value that caused it.

Look and Hold stand until the next thought; the others are done once. The guard's `Verdict` on them stands here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from robot.core.body_frame import ZERO, Light, Pose
from robot.texts.catalogue import NAMES, SOURCE, knows, words
from robot.texts.sentence import (
    AnyText,
    Sentence,
    about,
    sentence,
    with_note,
)

BY_MODEL = sentence("cause.by_model")  # the note of what a language model answered


class Cause(NamedTuple):
    """Why an intent exists: the variable and the value that brought it about. Put into words by whoever shows it.

    The text of a variable is `cause.<variable>` in the catalogues; one of another package that has none there is shown
    by its own name and value. A value or note that is a plain string is shown as it is, in every language.
    """

    variable: str
    value: float | str | Sentence
    note: AnyText = ""

    def words(self, language: str = SOURCE) -> str:
        """It in a language, for whoever shows it: "somebody came: person 3 (arousal 0.12)"."""
        value = f"{self.value:.2f}" if isinstance(self.value, float) else self.value
        key = f"cause.{self.variable}"
        if knows(key):
            told: AnyText = sentence(key, value=value)
        else:
            told = about(sentence(f"{NAMES}.variable.{self.variable}"), str(value) if isinstance(value, int) else value)
        return words(with_note(told, self.note) if self.note else told, language)

    def spoken(self, language: str = SOURCE) -> str:
        """It as the robot itself says it, "somebody came": without numbers and notes, but for the one that a language
        model answered. A cause of another package is told as it is shown.
        """
        key = f"told_cause.{self.variable}"
        if not knows(key):
            return self.words(language)
        told = sentence(key, value=self.value)
        return words(with_note(told, self.note) if self.note == BY_MODEL else told, language)

    def __str__(self) -> str:
        return self.words()


@dataclass(frozen=True, slots=True)
class Look:
    """Turn the gaze: to a person (followed as they move) or to a bearing in the base frame."""

    cause: Cause
    person: int | None = None
    yaw: float = 0.0
    pitch: float = 0.0


@dataclass(frozen=True, slots=True)
class Show:
    """Play an expression by name once; it blends in and out by itself."""

    cause: Cause
    expression: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Hold:
    """Keep a posture and a light for as long as the intent stands."""

    cause: Cause
    pose: Pose = ZERO  # offsets added to gaze
    lid: float = 1.0
    light: Light | None = None
    limp: bool = False


class Role(StrEnum):
    """Which part a sentence plays in the talk; the guard's rules differ by it."""

    ANSWER = "answer"  # the person spoke first
    OPENING = "opening"  # the robot begins
    FAREWELL = "farewell"
    NOTICE = "notice"  # what the person must be told: a fault, consent, that it is a robot
    CRISIS = "crisis"
    REQUESTED = "requested"  # what the person asked to be told at this moment; the memory holds that they did


class Reply(StrEnum):
    """What may answer a question of the robot's."""

    YES_NO = "yes_no"
    WORDS = "words"  # what is said next, but for need, "stop", a goodbye, "pardon?" or a long wish known word for word
    TALK = "talk"  # what is told next, but for a request or a question that is fairly plain by itself


class Question(NamedTuple):
    """An open question: words that answer it within `within_s` seconds are read as its answer before all else."""

    name: str
    reply: Reply = Reply.YES_NO
    within_s: float = 45.0


class Piece(NamedTuple):
    """A sentence of a phrase that is told piece by piece: which of its wordings, and which sentence of that; from 0."""

    wording: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a phrase of the tables, or `text`: words that no table has, which the guard judges before they sound."""

    cause: Cause
    phrase: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    role: Role = Role.ANSWER
    text: str = ""  # the words; those of a phrase are filled in by the guard before its rules read them
    interrupt: bool = False
    question: Question | None = None  # what it asks, and what may answer that
    piece: Piece | None = None  # of a phrase that is told piece by piece; without it the guard chooses a wording
    kept: tuple[str, str] = ("", "")  # store and key of what asks for it; for what is `REQUESTED`
    free: bool = False  # holds words that no table has; set by the guard
    instead: str = ""  # where what fills this one breaks a duty: a phrase without slots, that asks any question too


@dataclass(frozen=True, slots=True)
class Sound:
    """Make a non-verbal sound by name."""

    cause: Cause
    name: str


@dataclass(frozen=True, slots=True)
class Hush:
    """Be silent now: cut speech in mid-word and drop what was queued; with `motion`, stand still where it is, too."""

    cause: Cause
    motion: bool = False


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep somebody's name: they said yes."""

    cause: Cause
    name: str


@dataclass(frozen=True, slots=True)
class Note:
    """Keep that a person or thing was spoken of; only with somebody who agreed to be remembered."""

    cause: Cause
    about: str
    detail: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep something in a behaviour's store, where it outlives the run: the person asked for it."""

    cause: Cause
    store: str
    key: str
    value: str  # JSON
    person: int = 0  # whose it is; 0 where nobody knows


@dataclass(frozen=True, slots=True)
class Drop:
    """Let go what a behaviour's store has under a key."""

    cause: Cause
    store: str
    key: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Let somebody go from the memory, or everything where `name` is empty."""

    cause: Cause
    name: str = ""


@dataclass(frozen=True, slots=True)
class LearnFace:
    """Learn the face of a track, so that its person is known when they come: they said yes to it."""

    cause: Cause
    name: str
    track: int


@dataclass(frozen=True, slots=True)
class ForgetFace:
    """Know somebody by their face no more; the rest of what is kept of them stays."""

    cause: Cause
    name: str


@dataclass(frozen=True, slots=True)
class ForgetNotes:
    """Let go what was noted in these words; the rest of what is kept of whoever said them stays."""

    cause: Cause
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveAgain:
    """Let the body have its servos again, which went limp until a person says so: they said so."""

    cause: Cause


class LineOfTalk(NamedTuple):
    """A line of a talk: who said it, a person or the robot, and its words."""

    person: bool
    text: str


@dataclass(frozen=True, slots=True)
class Consult:
    """Ask the language model what could be said to the last of these lines; sentences come as `Suggested` percepts.

    It holds all that the model is told of people; the guard takes out what they did not agree to.
    """

    cause: Cause
    lines: tuple[LineOfTalk, ...]  # of the talk so far, oldest first
    language: str
    people: int = 1  # who are here
    name: str = ""  # of whoever talks; empty where it is not known
    minor: bool = False
    notes: tuple[str, ...] = ()  # what the memory holds of them, in their words
    hour: int = 12  # civil
    weekday: int = 0  # Monday is 0
    seed: int = 0


Intent = (
    Look
    | Show
    | Hold
    | Say
    | Sound
    | Hush
    | Remember
    | Note
    | Keep
    | Drop
    | Forget
    | LearnFace
    | ForgetFace
    | ForgetNotes
    | MoveAgain
    | Consult
)
BY_PROGRAM = "asked_by_program"  # the cause of what another program asks for by a door
OPENING_SOUNDS = frozenset({"call", "chirp_greeting"})
REQUESTED_SOUNDS = frozenset({"chime"})


def by_program(intent: Intent) -> bool:
    """Whether another program asked for it."""
    return intent.cause.variable == BY_PROGRAM


def opens(intent: Intent) -> bool:
    """Whether it begins a contact: words, or a sound that calls."""
    if isinstance(intent, Say):
        return intent.role is Role.OPENING
    return isinstance(intent, Sound) and intent.name in OPENING_SOUNDS


def requested(intent: Intent) -> bool:
    """Whether the person asked for it beforehand: a reminder's words, or the sound before them."""
    if isinstance(intent, Say):
        return intent.role is Role.REQUESTED
    return isinstance(intent, Sound) and intent.name in REQUESTED_SOUNDS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the guard changed or stopped, and by which duty."""

    duty: int
    action: str  # "stopped", "changed", "added"
    intent: str  # as `name_of` in robot/guard/rules/rule.py calls it
    reason: Sentence
