"""What the page may ask of a robot, put where its loop will find it: the other half of `robot/page/api.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.app.tuning import Tuning
from robot.guard.rules.rule import QuietHours
from robot.sense.switches import SENSES

if TYPE_CHECKING:
    from datetime import time
    from pathlib import Path

    from robot.app.robot import Robot
    from robot.core.body_description import BodyDescription
    from robot.core.tick import Vitals
    from robot.memory.memory import Everything, Memory
    from robot.page.api import FaultControls, PlaybackControls, Scenes, Stage

STOP_WORD = "stop"  # understood in every language
GO_ON_WORDS = {"en": "you can move again", "fr": "tu peux bouger"}


class Shows:
    """The page's buttons for expressions."""

    def __init__(self, robot: Robot) -> None:
        self._robot = robot

    def names(self) -> list[str]:
        return self._robot.expressions()

    def show(self, name: str) -> None:
        self._robot.show(name)


class Kept:
    """What is kept of people, to see, take away and forget on the page."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def people(self) -> list[str]:
        return [person.name for person in self._memory.everything().people]

    def everything(self) -> Everything:
        return self._memory.everything()

    def export(self) -> str:
        return self._memory.everything().as_json()

    def forget(self, name: str) -> str:
        self._memory.forget_person(name)
        return self._still_there()

    def forget_all(self) -> str:
        self._memory.reset()
        return self._still_there()

    def _still_there(self) -> str:
        self._memory.wait()
        return "" if self._memory.forgotten else self._memory.health().reason


class RobotSenses:
    """Camera and microphone, as far as this robot has them; off until switched on again, or until its next start."""

    def __init__(self, robot: Robot) -> None:
        self._robot = robot

    def names(self) -> tuple[str, ...]:
        return SENSES

    def off(self) -> frozenset[str]:
        return self._robot.loop.switches.asked_off

    def switch(self, name: str, *, on: bool) -> None:
        self._robot.switch(name, on=on)


class StoredQuietHours:
    """The quiet hours; kept in the configuration, where the robot was started from one."""

    def __init__(self, robot: Robot, config: Path | None) -> None:
        self._robot, self._config = robot, config

    @property
    def kept(self) -> bool:
        return self._config is not None

    def read(self) -> tuple[time, time]:
        hours = self._robot.quiet_hours
        return hours.start, hours.end

    def write(self, start: time, end: time) -> None:
        """Raises ConfigError when the configuration cannot be written; they hold all the same, until the next start."""
        self._robot.keep_quiet(QuietHours(start, end))
        if self._config is not None:
            from robot.config.answers import Answers, write_config  # noqa: PLC0415 - brings in the writer of TOML

            write_config(self._config, Answers(quiet_from=start, quiet_to=end))


class RobotControls:
    """What the page may ask; calls come from the page's thread."""

    def __init__(self, robot: Robot, title: str, stage: Stage | None = None, *, config: Path | None = None) -> None:
        """`config`: the file in which changes are to be kept; None keeps them for this run."""
        self._robot = robot
        self.title = title
        self.stage = stage
        self.repertoire = Shows(robot)
        self.keepsakes = Kept(robot.memory)
        self.senses = RobotSenses(robot)
        self.quiet_hours = StoredQuietHours(robot, config)
        self.behaviors = Tuning(robot)
        self.lending = robot.lent if robot.lent.offered() else None
        self.playback: PlaybackControls | None = None
        self.faults: FaultControls | None = None
        self.scenes: Scenes | None = None

    @property
    def description(self) -> BodyDescription:
        return self._robot.description

    def vitals(self) -> Vitals:
        return self._robot.vitals()

    def say(self, text: str) -> None:
        self._robot.hearing.type(text)

    def hush(self) -> None:
        """The button is the word: both take the same way through the guard."""
        self._robot.hearing.type(STOP_WORD)

    def move_again(self) -> None:
        """The button is the word, in the language that the robot hears now."""
        self._robot.hearing.type(GO_ON_WORDS[self._robot.loop.steps.mind.diary.manner.language])
