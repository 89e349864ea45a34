"""A talk with a whole simulated robot: lines are typed or spoken, and what it answers is kept by phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from robot.core.intents import Hold, Look, Say
from robot.core.messages import Speech
from sim.testing.sim_robot import SimRobot

if TYPE_CHECKING:
    from robot.core.tick import Tick

HELLO = {"en": "hello", "fr": "bonjour"}


class Talk:
    """Ada sits before a robot that has greeted her and told what it must."""

    def __init__(self, language: str, seed: int = 0) -> None:
        self.robot = SimRobot(seed=seed, language=language)
        self.ada = self.robot.person("Ada", x=1.2)
        self.done: list[tuple[float, Say | Look | Hold]] = []
        self.brightness: list[float] = []
        self.rates: list[float] = []  # of its sentences
        self.robot.watch(self)
        self.robot.forward(seconds=14)
        self.says(HELLO[language], 14)

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
