"""A talk with a whole simulated robot: lines are typed or spoken, and what it answers is kept by phrase."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from robot.core.decision import Mode
from robot.core.intents import Hold, Look, Say
from robot.core.voice_commands import Speech
from sim.talk.conversation import Conversation
from sim.testing.sim_robot import SimRobot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.config.schema import Config
    from robot.core.tick import Tick
    from sim.talk.conversation import Exchange

MET_MIN = 0.1  # ago it greeted her, and told what it must: the visit goes on, and nobody is greeted anew
WAKES_WITHIN_S = 2.0
SEED = 115902  # by which the wordings fall that tests of one wording know


@contextmanager
def greeted(language: str = "en", config: Config | None = None) -> Iterator[Conversation]:
    """A talk with somebody whom it has just greeted: it begins in mid-visit."""
    with Conversation(language=language, seed=SEED, config=config, met=MET_MIN) as talk:
        _see_her(talk.robot)
        yield talk


def last_answer(language: str, *lines: str) -> Exchange:
    """The last of the lines and what is said to it, in a talk of their own."""
    with greeted(language) as talk:
        return [talk.say(line) for line in lines][-1]


def phrases(language: str, *lines: str) -> list[str]:
    """The phrases in which the last of the lines is answered."""
    return [one.phrase for one in last_answer(language, *lines).said]


class Talk:
    """Ada sits before a robot that has told what it must, and has just greeted her."""

    def __init__(self, language: str, seed: int = 0) -> None:
        self.robot = SimRobot(seed=seed, language=language, met=MET_MIN)
        self.ada = self.robot.person("Ada", x=1.2)
        self.done: list[tuple[float, Say | Look | Hold]] = []
        self.brightness: list[float] = []
        self.rates: list[float] = []  # of its sentences
        self.robot.watch(self)
        _see_her(self.robot)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.robot.close()

    def see(self, tick: Tick) -> None:
        self.done += [(tick.t, one) for one in tick.done if isinstance(one, Say | Look | Hold)]
        self.rates += [one.rate for one in tick.voice if isinstance(one, Speech)]
        self.brightness.append(tick.frame.light.brightness)

    def says(self, line: str, seconds: float = 4.0) -> list[str]:
        """Type a line; the phrases that it says within so many seconds."""
        begun = len(self.robot.said)
        self.robot.session.robot.hearing.type(line)
        self.robot.forward(seconds=seconds)
        return [one.phrase for one in self.robot.said[begun:]]

    def wait(self, seconds: float) -> list[str]:
        """What it says meanwhile by itself."""
        begun = len(self.robot.said)
        self.robot.forward(seconds=seconds)
        return [one.phrase for one in self.robot.said[begun:]]

    @property
    def last(self) -> str:
        """The words of its last sentence."""
        return self.robot.said[-1].text

    @property
    def speaks(self) -> bool:
        return self.robot.tick.scene.robot_speaks


def _see_her(robot: SimRobot) -> None:
    """Let it wake, and see who is here."""
    assert robot.forward(seconds=WAKES_WITHIN_S, until=lambda: robot.last is not None and robot.mode == Mode.ENGAGED)
