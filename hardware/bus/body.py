"""The body client for bus servos: what the loop polls and writes. The helm does the rest, beside the loop."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import parse_qsl, urlsplit

from hardware.body.names import BUS_HEAD
from hardware.bus import dynamixel, feetech
from hardware.bus.dynamixel import DynamixelBus
from hardware.bus.feetech import FeetechBus
from hardware.bus.helm import BusOrder
from hardware.bus.line import BusLine
from hardware.bus.port import SerialPort
from robot.core.body_description import BUS
from robot.core.body_file import described
from robot.core.condition import Condition, Health
from robot.core.errors import ConfigError
from robot.core.percepts import Telemetry
from robot.texts.sentence import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hardware.bus.helm import BusReport
    from hardware.bus.servo import ServoFault
    from robot.core.body_description import BodyDescription
    from robot.core.body_frame import BodyFrame
    from robot.core.clock import Clock
    from robot.core.percepts import Percept
    from robot.parts.registry import Surroundings
    from robot.texts.sentence import AnyText

SHIPPED = files("hardware.body")
STALE_S = 0.3  # without a report
REMEDY = sentence("health.bus_see")


class Reports(Protocol):
    """What the body client asks of a line."""

    name: str

    @property
    def up(self) -> bool: ...

    @property
    def reason(self) -> AnyText:
        """Why the line is down."""
        ...

    def read(self, now: float) -> Sequence[BusReport]:
        """What has come since; never waits."""
        ...

    def order(self, order: BusOrder) -> None:
        """It takes the place of the one before."""
        ...

    def close(self) -> None: ...


class BusBody:
    """A body of bus servos. Made by `open_feetech` and `open_dynamixel`."""

    def __init__(self, line: Reports, clock: Clock, description: BodyDescription) -> None:
        self._line = line
        self._clock = clock
        self._description = description
        self._heard = clock.now()
        self._faults: tuple[ServoFault, ...] = ()
        self._steps: dict[str, int] = {}
        self._last = Telemetry(0.0, description.rest, link=False, volts=0.0)

    @property
    def description(self) -> BodyDescription:
        return self._description

    def poll(self, now: float) -> Sequence[Percept]:
        percepts = [self._take(report) for report in self._line.read(now)]
        if not percepts and (now - self._heard > STALE_S or not self._line.up):
            self._faults = ()
            self._last = self._last._replace(t=now, armed=False, link=False, faults=(self._why_silent(),))
            percepts.append(self._last)
        return percepts

    def _take(self, report: BusReport) -> Telemetry:
        self._heard = report.t
        self._faults, self._steps = report.faults, report.steps
        told = tuple(fault.text for fault in report.faults)
        t = max(report.t, self._last.t)  # never backwards
        self._last = Telemetry(t, report.pose, armed=report.armed, link=True, volts=report.volts, faults=told)
        return self._last

    def _why_silent(self) -> AnyText:
        return self._line.reason or sentence("health.bus_silent")

    def write(self, frame: BodyFrame) -> None:
        self._line.order(BusOrder(frame.t, frame.pose, frame.limp))

    # ------------------------------------------------------------ turned by hand

    def release(self) -> None:
        """Let all servos go at once, so that a person can turn them. Until the next frame."""
        self._line.order(BusOrder(self._clock.now(), self._last.pose, limp=True, free=True))

    def steps(self) -> dict[str, int]:
        """Where each servo that answers stands, by its joint."""
        return dict(self._steps)

    # ------------------------------------------------------------ state

    def health(self) -> Health:
        name, last = self._line.name, self._last
        if not last.link and not self._line.up:
            return Health("body", Condition.FAULT, self._why_silent(), REMEDY, "body_lost", name=name)
        if not last.link:
            return Health("body", Condition.FAULT, sentence("health.bus_silent"), REMEDY, name=name)
        if self._faults:
            worst = [fault for fault in self._faults if not fault.lesser]
            condition = Condition.FAULT if worst else Condition.LESSER
            ailment = next((fault.ailment for fault in worst if fault.ailment), "")
            reason = listed(fault.text for fault in (*worst, *(one for one in self._faults if one.lesser)))
            return Health("body", condition, reason, REMEDY, ailment, name=name)
        well = sentence("health.bus_well", name=self._description.name, servos=len(self._steps), volts=last.volts)
        return Health("body", Condition.OK, well, name=name)

    def close(self) -> None:
        self._line.close()


class BusAddress(NamedTuple):
    """A path, and how fast its line is."""

    path: str
    baud: int
    series: str


def where(address: str) -> BusAddress:
    """`feetech:///dev/ttyUSB0`, `feetech:///dev/ttyUSB0?series=scs`, `dynamixel:///dev/ttyUSB0?baud=57600`. Raises
    ConfigError.
    """
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    known = feetech.BAUDS if parts.scheme == "feetech" else dynamixel.BAUDS
    baud = asked.pop("baud", str(feetech.BAUD if parts.scheme == "feetech" else dynamixel.BAUD))
    series = asked.pop("series", "sts") if parts.scheme == "feetech" else ""
    if asked or parts.netloc or not parts.path or baud not in map(str, known) or series not in {"", *feetech.SERIES}:
        raise ConfigError(
            "this is no address of a servo bus",
            place=address,
            remedy=f"use {parts.scheme}:///dev/ttyUSB0, with ?baud= one of {', '.join(map(str, known))}",
        )
    return BusAddress(parts.path, int(baud), series)


def on_a_bus(around: Surroundings, steps: int) -> BodyDescription:
    """The body as described, where bus servos move it. Raises ConfigError, also where limits lie beyond what a servo
    turns to.
    """
    description = described(around.build, SHIPPED, BUS_HEAD)
    if description.motors != BUS:
        raise ConfigError(
            f"{description.name} is no body of bus servos",
            place=str(around.build),
            remedy="leave out [parts] build, or name a copy of hardware/body/bus_head.toml there",
        )
    for joint in description.joints:
        ends = [] if joint.bus is None else [joint.bus.step(angle) for angle in (joint.lower, joint.upper)]
        if any(not 0 <= end < steps for end in ends):
            raise ConfigError(
                f"the limits of {joint.name} are steps {min(ends)} to {max(ends)}, and its servo has 0 to {steps - 1}",
                place=str(around.build or BUS_HEAD),
                remedy="narrow its limits, or mount it so that the middle of its servo lies between them",
            )
    return description


def open_feetech(address: str, around: Surroundings) -> BusBody:
    """`feetech:///dev/ttyUSB0`, with `?series=scs` for the smaller series. Raises LinkError when no servo answers."""
    feetech.library()  # before a port is opened
    path, baud, series = where(address)
    description = on_a_bus(around, feetech.steps_of(series))
    line = BusLine(address, lambda: FeetechBus(SerialPort(path, baud), series), description, around.clock)
    return BusBody(line, around.clock, description)


def open_dynamixel(address: str, around: Surroundings) -> BusBody:
    """`dynamixel:///dev/ttyUSB0`. Raises LinkError when no servo answers."""
    dynamixel.library()
    path, baud, _ = where(address)
    description = on_a_bus(around, DynamixelBus.steps)
    line = BusLine(address, lambda: DynamixelBus(SerialPort(path, baud)), description, around.clock)
    return BusBody(line, around.clock, description)
