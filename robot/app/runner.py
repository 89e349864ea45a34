"""Runs a robot in the foreground: page, browser, Ctrl-C, and the way home to rest. Shared by `run` and `sim`."""

from __future__ import annotations

import contextlib
import logging
import signal
import webbrowser
from typing import TYPE_CHECKING, Protocol

from robot.config.places import door_keys
from robot.core.clock import RealClock, nap
from robot.core.condition import Condition, Health
from robot.core.errors import BowlbyError, InputError, LinkError, PartError
from robot.core.tick import Observer
from robot.health.last_run import RunEnding
from robot.health.log import HealthLog
from robot.health.systemd import ServiceHeartbeat
from robot.page.server.server import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import FrameType

    from starlette.types import ASGIApp

    from robot.app.page_controls import RobotControls
    from robot.app.robot import Robot
    from robot.health.last_run import RunFile
    from robot.health.systemd import ServiceManager
    from robot.page.server.served import Served
    from robot.recording.recorder import Recorder

log = logging.getLogger(__name__)

WAIT_S = 0.5
WAITING_WATCHDOG_S = 60.0  # what is loaded once the body is there takes seconds, and no tick comes meanwhile


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


def with_page(
    robot: Robot,
    controls: RobotControls,
    *,
    port: int | None,
    browser: bool = False,
    lan: bool = False,
    first: bool = True,
) -> Page:
    """Serve the page and let it see the ticks; `first`: before the loop begins, since its imports hold the
    interpreter for a second. A service ticks at once instead. Raises PartError when the port is taken.
    """
    config = robot.config
    page = Page(
        controls,
        host=config.page.host,
        port=port or config.page.port,
        language=config.robot.language,
        lan=lan,
        metrics=config.page.metrics,
        door=door,
        door_to_lan=config.doors.lan,
    )
    page.start()
    if first:
        page.wait_ready()
    observed(robot, page)
    if browser and not webbrowser.open(page.url):
        log.info("no browser could be opened; open %s yourself", page.url)
    return page


def door(served: Served) -> ASGIApp | None:
    """What other programs come in by, once there is a key; without one nothing of it is loaded."""
    if not door_keys().exists():
        return None
    from robot.doors.api.door import Door  # noqa: PLC0415 - as said

    return Door(served, door_keys())


@contextlib.contextmanager
def at_home(robot: Robot, controls: RobotControls) -> Iterator[None]:
    """Show by the owner's MQTT broker what they have chosen for Home Assistant; without a broker nothing of it is
    loaded.
    """
    if not robot.config.doors.broker:
        yield
        return
    from robot.doors.home.broker import PART, read_password  # noqa: PLC0415 - as said
    from robot.doors.home.door import HomeDoor  # noqa: PLC0415

    with _beside(robot, PART, lambda: HomeDoor(robot.config, controls, robot.context.clock, read_password())):
        yield


@contextlib.contextmanager
def in_ros(robot: Robot, controls: RobotControls) -> Iterator[None]:
    """Be a node of ROS 2 where the owner named a router; without one nothing of it is loaded."""
    if not robot.config.network.ros:
        yield
        return
    from robot.doors.ros.door import RosDoor  # noqa: PLC0415 - as said
    from robot.doors.ros.line import PART  # noqa: PLC0415

    with _beside(robot, PART, lambda: RosDoor(robot.config, controls, robot.context.clock)):
        yield


class _Door(Observer, Protocol):
    """An observer that is a part, too."""

    def health(self) -> Health: ...

    def close(self) -> None: ...


@contextlib.contextmanager
def _beside(robot: Robot, part: str, make: Callable[[], _Door]) -> Iterator[None]:
    """A door that shows what the robot does; where it cannot be opened the robot runs without, and says so."""
    try:
        opened = make()
    except PartError as error:
        log.warning("no %s: %s", part, error)
        fault = Health(part, Condition.FAULT, error.what, error.remedy)
        robot.tell_of(lambda: fault)
        yield
        return
    robot.loop.watch(opened)
    robot.tell_of(opened.health)
    try:
        yield
    finally:
        opened.close()


def observed(robot: Robot, page: Page) -> None:
    """Let the page and its gauges see the robot's ticks, and let the robot take up files that are saved."""
    robot.loop.watch(page)
    robot.loop.watch(page.gauges)
    robot.watch_files()
    robot.loop.watch(HealthLog(robot.vitals))


@contextlib.contextmanager
def recorded(robot: Robot, path: Path | None, *, pictures: bool = False) -> Iterator[Recorder | None]:
    """Record the robot into a file for the time of a run; whether all is in it can be asked afterwards. Raises
    InputError when the file cannot be begun.
    """
    if path is None:
        yield None
        return
    from robot.recording.beginning import Beginning  # noqa: PLC0415 - these bring in Protocol Buffers
    from robot.recording.recorder import BackgroundRecorder, Recorder  # noqa: PLC0415

    context = robot.context
    beginning = Beginning(
        config=robot.config,
        body=robot.description,
        civil=context.clock.civil(),
        midnight=context.clock.midnight(),
        last_run=context.last_run.ending,
        research=context.research,
        memory=robot.memory.image(),
    )
    recorder = Recorder(path, beginning, context.clock, pictures=pictures)
    observer = BackgroundRecorder(recorder, context.clock) if isinstance(context.clock, RealClock) else recorder
    robot.loop.watch(observer)
    robot.tell_of(recorder.health)
    try:
        yield recorder
    finally:
        observer.close()


def whole(recorder: Recorder | None) -> None:
    """Raises InputError when a recording lacks something. For when the run is over and has said how it ended: that the
    disk was full is no end of the robot.
    """
    if recorder is not None and recorder.fault:
        raise InputError(recorder.fault, remedy=recorder.remedy)


@contextlib.contextmanager
def noted(file: RunFile) -> Iterator[None]:
    """Leave behind how a run ended, so that the next one can say so."""
    try:
        yield
    except BaseException as error:  # whatever it was is noted, and goes on
        stopped = isinstance(error, SystemExit) and not error.code  # by a service manager, before the loop is there
        asked = stopped or isinstance(error, KeyboardInterrupt)
        words = str(error) if isinstance(error, BowlbyError) else f"{type(error).__name__}: {error}"
        file.end(RunEnding.ASKED if asked else RunEnding.FAULT, "" if asked else words)
        raise
    file.end(RunEnding.ASKED)


def patient(make: Callable[[], Robot], manager: ServiceManager) -> Robot:
    """The robot; as a service it waits for a board that is not plugged in yet. Raises LinkError without a manager."""
    said = ""
    while True:
        try:
            return make()
        except LinkError as error:
            if not manager.there:
                raise
            if str(error) != said:
                said = str(error)
                log.warning("waiting for the body: %s", said)
            manager.notify("READY=1", f"STATUS=waits for its body: {error}")
            manager.watch_every(WAITING_WATCHDOG_S)
            nap(WAIT_S)


def serve(robot: Robot, manager: ServiceManager, seconds: float) -> int:
    """Turn the loop until told to stop, with the service manager told how it goes; gives the exit code. The body comes
    to rest after an error, too; a second Ctrl-C alone ends at once.
    """
    robot.loop.watch(ServiceHeartbeat(manager, robot.vitals))
    with Interrupts().armed() as interrupts:
        try:
            robot.loop.run(seconds, interrupts)
        except Exception:  # whatever it was goes on, once the body is at rest
            with contextlib.suppress(Exception):  # what ended the loop is what counts
                _come_to_rest(robot, manager)
            raise
        _come_to_rest(robot, manager)
    return interrupts.exit_code


def _come_to_rest(robot: Robot, manager: ServiceManager) -> None:
    manager.notify("STOPPING=1", "STATUS=comes to rest")
    robot.settle()
