"""Runs a robot in the foreground: page, browser, Ctrl-C, and the way home to rest. Shared by `run` and `sim`."""

from __future__ import annotations

import contextlib
import logging
import signal
import webbrowser
from typing import TYPE_CHECKING

from robot.herald import Herald
from robot.page.server import Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from robot.app import Robot
    from robot.description import BodyDescription
    from robot.memory.memory import Memory
    from robot.page.controls import Faults, Playback, Stage
    from robot.tick import Vitals

log = logging.getLogger(__name__)

STOP_WORD = "stop"  # understood in every language


class Interrupts:
    """Ctrl-C or a service manager's stop, as a question that the loop asks; a second Ctrl-C ends at once."""

    def __init__(self) -> None:
        self.received: int | None = None

    def __call__(self) -> bool:
        return self.received is not None

    @property
    def exit_code(self) -> int:
        """130 after Ctrl-C; being stopped by a service manager is a normal end."""
        return 130 if self.received == signal.SIGINT else 0

    def _take(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of handlers
        if self.received is not None:
            raise KeyboardInterrupt
        self.received = number

    @contextlib.contextmanager
    def armed(self) -> Iterator[Interrupts]:
        """Take the signals for the time of a run."""
        before = {number: signal.signal(number, self._take) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


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

    def export(self) -> str:
        return self._memory.everything().as_json()

    def forget(self, name: str) -> None:
        self._memory.forget_person(name)
        self._memory.wait()

    def forget_all(self) -> None:
        self._memory.reset()
        self._memory.wait()


class RobotControls:
    """What the page may ask, put where the loop will find it."""

    def __init__(self, robot: Robot, title: str, stage: Stage | None = None) -> None:
        self._robot = robot
        self.title = title
        self.stage = stage
        self.repertoire = Shows(robot)
        self.keepsakes = Kept(robot.memory)
        self.playback: Playback | None = None
        self.faults: Faults | None = None

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


def with_page(robot: Robot, controls: RobotControls, *, port: int | None, browser: bool, lan: bool = False) -> Page:
    """Serve the page and let it see the ticks. Raises PartError when the port is taken."""
    config = robot.config
    page = Page(controls, host=config.page.host, port=port or config.page.port, language=config.robot.language, lan=lan)
    page.start()
    page.wait_ready()  # its imports hold the interpreter for a second; the loop begins after that
    robot.loop.watch(page)
    robot.watch_files()
    robot.loop.watch(Herald(robot.vitals))
    if browser and not webbrowser.open(page.url):
        log.info("no browser could be opened; open %s yourself", page.url)
    return page
