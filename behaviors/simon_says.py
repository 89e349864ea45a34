"""Simon says: the robot commands and believes what people say of themselves, or they command its head, ears and eyes.

Without “Simon says” nobody moves; now and then it falls for that itself.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from robot import (
    UNTIL_WORDS,
    BehaviorConfig,
    Desire,
    Hold,
    Look,
    Mode,
    Pose,
    Say,
    Seconds,
    Show,
    ToldWording,
    VoiceGame,
    VoiceWatch,
    said,
)
from robot.core.intents import Piece
from robot.decide.teller import goes_on
from robot.decide.telling import ToldPhrases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance


class Held(NamedTuple):
    """Where it looks and how it holds itself for a while, as it was told to."""

    look: tuple[float, float] | None = None  # yaw and pitch, rad
    pose: Pose | None = None
    lid: float = 1.0


POSES = {  # names under [answers], the narrower first
    "ears_up": Held(pose=Pose(left_ear=0.9, right_ear=0.9)),
    "ears_down": Held(pose=Pose(left_ear=-0.6, right_ear=-0.6)),
    "shut_eyes": Held(lid=0.0),
    "move_up": Held(look=(0.0, 0.5)),
    "move_down": Held(look=(0.0, -0.45)),
    "move_left": Held(look=(0.9, 0.0)),
    "move_right": Held(look=(-0.9, 0.0)),
    "tilt": Held(pose=Pose(neck_roll=0.3)),
}
MOTIONS = {
    "nod": "nod",
    "shake": "disagree",
    "dance": "dance",
    "wiggle_ears": "hello_wave_ears",
    "laugh": "laugh",
    "sneeze": "sneeze",
    "dizzy": "dizzy",
}
COMMANDS = frozenset({*POSES, *MOTIONS})
HEAD = (Held(look=(0.0, 0.5)), Held(look=(0.0, -0.45)), Held(look=(0.9, 0.0)), Held(pose=Pose(neck_roll=0.3)))
NEVER_A_TRICK = 2  # commands at the beginning that are all Simon's


class SimonPhase(Enum):
    """Who is Simon."""

    ASKED = auto()
    ROBOT = auto()
    CAUGHT = auto()  # the robot has asked whether somebody moved
    PERSON = auto()


class SimonSaysConfig(BehaviorConfig):
    """What may be changed while it runs."""

    commands: int = Field(7, ge=1, le=50, description="commands of the robot's in one game")
    trick: Desire = Field(0.35, description="how often it leaves out Simon says, 0 to 1")
    falls: Desire = Field(0.25, description="how often it moves without Simon says itself, 0 to 1")
    do_s: Seconds = Field(3.5, description="time to do what Simon says")
    hold_s: Seconds = Field(2.5, description="how long it keeps a pose")


class SimonSays(VoiceGame):
    """Asks who is Simon, unless that was said."""

    name = "simon_says"
    asked = "wants_simon_says"
    config = SimonSaysConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        super().__init__()
        self._phase = SimonPhase.ASKED
        self._voice = VoiceWatch()
        self._silence = 0.0
        self._repertoire = ToldPhrases()
        self._given = 0
        self._tricked = False
        self._held = Held()
        self._held_until = 0.0

    def wanted(self, state: State, words: Utterance) -> bool:
        inside = self.game.on and self._phase is SimonPhase.PERSON and "simon_alone" not in state.answers(words)
        return super().wanted(state, words) and not inside

    def means(self, state: State, words: Utterance) -> bool:
        answers = state.answers(words)
        match self._phase:
            case SimonPhase.ASKED:
                return not answers.isdisjoint({"robot_is_simon", "i_am_simon"})
            case SimonPhase.PERSON:
                return not answers.isdisjoint({"simon", *COMMANDS})
            case _:
                return not answers.isdisjoint({"yes", "no"})

    def desire(self, state: State) -> float:
        self._silence = self._voice.look(state.scene)
        wish = super().desire(state)
        return wish if self.game.on or state.diary.pending is not None else UNTIL_WORDS

    def begin(self, state: State, words: Utterance) -> Iterable[Intent]:
        answers = state.answers(words)
        self._held, self._given, self._tricked = Held(), 0, False
        yield Show(said(words), "playful", strength=0.8)
        if "i_am_simon" in answers:
            yield self._obey(state, words)
        elif "robot_is_simon" in answers:
            yield self._command(state, words)
        else:
            self._phase = SimonPhase.ASKED
            yield self.ask(state, said(words), "simon_who")

    def play(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        match self._phase:
            case SimonPhase.ASKED:
                yield self._obey(state, words) if "i_am_simon" in answers else self._command(state, words)
            case SimonPhase.ROBOT:
                yield from self._next(state)
            case SimonPhase.CAUGHT:
                self._phase = SimonPhase.ROBOT
                self._voice.ask(state.t)
                yield Show(said(words), "nod", strength=0.6)
                yield self.ask(state, said(words), "simon_checked")
            case SimonPhase.PERSON:
                yield from self._do(state, words, answers)

    def wait(self, state: State) -> Iterable[Intent]:
        cause = goes_on("playing", self.name)
        if state.t < self._held_until:
            if self._held.look is not None:
                yaw, pitch = self._held.look
                yield Look(cause, yaw=yaw, pitch=pitch)
            yield Hold(cause, pose=self._held.pose or Pose(), lid=self._held.lid)
        if self._phase is SimonPhase.ROBOT and state.diary.pending is None:
            due = self.config.do_s if self._given else 1.0
            if self._silence >= due and not state.scene.voice:
                yield from self._next(state)
        elif self._phase is SimonPhase.CAUGHT and self._silence >= 2 * self.config.do_s and state.diary.pending is None:
            self._phase = SimonPhase.ROBOT
            yield from self._next(state)

    # ------------------------------------------------------------ the robot is Simon

    def _command(self, state: State, words: Utterance) -> Say:
        self._phase = SimonPhase.ROBOT
        self._voice.ask(state.t)
        return self.ask(state, said(words), "simon_mine")

    def _next(self, state: State) -> Iterable[Intent]:
        """The next command, the question after a trick, or the end."""
        cause = goes_on("playing", self.name)
        self._voice.ask(state.t)
        if self._tricked:
            self._tricked, self._phase = False, SimonPhase.CAUGHT
            yield Show(cause, "suspicious", strength=0.7)
            yield self.ask(state, cause, "simon_caught")
            return
        if self._given >= self.config.commands:
            self.game.end()
            yield Show(cause, "bow", strength=0.6)
            yield Say(cause, "simon_over")
            return
        self._tricked = self._given >= NEVER_A_TRICK and float(state.rng.random()) < self.config.trick
        self._given += 1
        lists = [(phrase, len(state.wordings(phrase))) for phrase in ("simon_says", "simon_head")]
        every = [ToldWording(phrase, n) for phrase, count in lists for n in range(count)]
        chosen = self._repertoire.choose(state, every)
        if chosen.phrase == "simon_head":
            self._take(state, HEAD[chosen.number % len(HEAD)])
        else:
            yield Show(cause, "curious", strength=0.5)
        if not self._tricked:
            yield Say(cause, "simon_said")
        question = self.game.ask(state.t)
        yield Say(cause, chosen.phrase, question=question, piece=Piece(chosen.number, 0))

    # ------------------------------------------------------------ the person is Simon

    def _obey(self, state: State, words: Utterance) -> Say:
        self._phase = SimonPhase.PERSON
        return self.ask(state, said(words), "simon_yours")

    def _do(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        cause = said(words)
        command = next((name for name in (*POSES, *MOTIONS) if name in answers), None)
        if command is None:
            yield Show(cause, "puzzled", strength=0.6)
            yield self.ask(state, cause, "simon_cannot")
            return
        phrase = "simon_obeys"
        if "simon" not in answers:
            if float(state.rng.random()) >= self.config.falls:
                yield Show(cause, "suspicious", strength=0.6)
                yield self.ask(state, cause, "simon_keeps_still")
                return
            phrase = "simon_fooled"
        if command in POSES:
            self._take(state, POSES[command])
        else:
            yield Show(cause, MOTIONS[command])
        yield self.ask(state, cause, phrase)

    def _take(self, state: State, held: Held) -> None:
        self._held, self._held_until = held, state.t + self.config.hold_s
