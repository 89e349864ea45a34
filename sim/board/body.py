"""The simulated body: the firmware's own core on a simulated board, in lock-step, and servos that follow its pulses.

`sim://` is the body client of `firmware_bridge` on a line of this process. Board time passes only in `read`, one
servo frame of 20 ms at a time, up to the robot time that is asked for.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from math import radians
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from urllib.parse import parse_qsl, urlsplit

from firmware_bridge import table
from firmware_bridge.body import BoardBody, described
from robot.core.body_description import SERVOS
from robot.core.errors import ConfigError, PartError
from robot.core.messages import Pose  # noqa: TC001 - `BodyWorld` is asked for it when it runs
from robot.texts.sentence import sentence
from sim.board.firmware import Board
from sim.board.plug import Pluggable
from sim.board.servos import Servos
from sim.world.options import Physics

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from robot.core.body_description import BodyDescription
    from robot.core.messages import Health, Percept
    from robot.parts.registry import Surroundings

HASHED_AT_ONCE = 16384  # bytes: some seconds of frames
POWERED_US = 60_000_000  # a board that nobody asked for so long had no power
_PADS = {"head": 1, "back": 2}


@runtime_checkable
class BodyWorld(Protocol):
    """What the simulator's world takes from the body."""

    pose: Pose


@runtime_checkable
class Hands(Protocol):
    """What the world's people do to the body."""

    def touched(self, now: float) -> Sequence[str]:
        """The pads that a hand lies on."""
        ...

    def pushed(self, now: float) -> tuple[float, float, float]:
        """The force on the head, N in the base frame."""
        ...


class Mechanism(Protocol):
    """What the pulses move."""

    name: str
    pose: Pose  # in which a base that stands firm would see what the camera sees
    joints: Pose  # where the joints are
    volts: float  # at the servos
    open_volts: float  # of the supply without load

    def follow(self, pulses: tuple[int, ...], seconds: float) -> bool:
        """Move for `seconds`; True when the pose has changed."""
        ...

    def hold(self, joint: str, *, fast: bool) -> None:
        """Something blocks a joint where it is, or lets it go."""
        ...

    def press(self, pads: Collection[str]) -> None:
        """Hands lie on these pads, and on no other."""
        ...

    def push(self, newton: tuple[float, float, float]) -> None:
        """A force on the head from now on, N in the base frame; zero ends it."""
        ...


class SimLine(Pluggable):
    """A line of this process to a simulated board, with the faults that a real one has.

    A computer that was suspended had no power on its USB port: a line that nobody read for a minute finds a board that
    has just started.
    """

    lead_s = 0.0
    least_s = 0.0

    def __init__(self, board: Board, moved: Callable[[tuple[int, ...]], None]) -> None:
        super().__init__("sim://")
        self.board = board
        self.noise: Callable[[bytes], bytes] | None = None  # damages what passes, either way
        self._moved = moved
        self._sent = hashlib.sha256()  # of every byte that the robot has put on the line
        self._unhashed = bytearray()
        self._us = 0  # robot time that the board has reached
        self._boot = 0  # robot time at which it started

    def write(self, data: bytes) -> None:
        self._unhashed += data
        if len(self._unhashed) > HASHED_AT_ONCE:
            self._hash()
        super().write(data)

    def digest(self) -> str:
        """SHA-256 of every byte that the robot has put on the line."""
        self._hash()
        return self._sent.hexdigest()

    def _hash(self) -> None:
        self._sent.update(self._unhashed)
        self._unhashed.clear()

    def read(self, now: float) -> Sequence[tuple[float, bytes]]:
        """Let the board live until `now`. Its answers carry the time at which it had the question."""
        until = round(now * 1e6)
        if until - self._us > POWERED_US:
            self._us = until - table.FRAME_US
            self.restart(table.Reset.POWER)
        chunks = []
        while self._us + table.FRAME_US <= until:
            data, self._to_board = self._to_board, b""
            if self.noise is not None:
                data = self.noise(data)
            at = self._us
            self._us = at + table.FRAME_US
            out = self.board.tick(data, at - self._boot, self._us - self._boot)
            self._moved(self.board.pulses())
            if self.up:
                chunks.append((at / 1e6, out if self.noise is None else self.noise(out)))
        return chunks

    def restart(self, reset: table.Reset) -> None:
        """Restart the board at this moment, for a reason."""
        self.board.restart(reset)
        self._boot = self._us
        self._to_board = b""


class SimBody(BoardBody):
    """The body client with hands on what the simulator can do to a board."""

    def __init__(
        self, around: Surroundings, physics: Physics = Physics.kinematic, field_deg: float | None = None
    ) -> None:
        """`field_deg`: of the camera, other than the body's own. Raises PartError where the physics asked for is not
        installed.
        """
        description = with_field(described(around.build), field_deg)
        self.servos = _mechanism(description, physics)
        self._place = around.place if isinstance(around.place, BodyWorld) else None
        self._hands = around.place if isinstance(around.place, Hands) else None
        self._touched: tuple[str, ...] = ()
        self._pushed: tuple[float, float, float] = (0.0, 0.0, 0.0)
        self.line = SimLine(Board(), self._follow)
        if self._place is not None:
            self._place.pose = self.servos.pose
        super().__init__(self.line, around.clock, description)

    def poll(self, now: float) -> Sequence[Percept]:
        if self._hands is not None:
            touched = tuple(self._hands.touched(now))
            if touched != self._touched:
                for pad in _PADS:
                    self.touch(pad, down=pad in touched)
                self.servos.press(touched)
                self._touched = touched
            pushed = self._hands.pushed(now)
            if pushed != self._pushed:
                self.servos.push(pushed)
                self._pushed = pushed
        return super().poll(now)

    def _follow(self, pulses: tuple[int, ...]) -> None:
        servos = self.servos
        if servos.follow(pulses, table.FRAME_US / 1e6) and self._place is not None:
            self._place.pose = servos.pose
        millivolts = round(servos.volts * 1000)
        if millivolts != self.line.board.millivolts:
            self.line.board.inputs(millivolts=millivolts)

    def health(self) -> Health:
        health = super().health()
        if health.remedy:
            return health
        return replace(health, reason=sentence("health.body_servos", body=health.reason, servos=self.servos.name))

    def touch(self, pad: str, *, down: bool) -> None:
        """Lay a hand on a pad ("head" or "back"), or take it off."""
        pads = self.line.board.pads
        self.line.board.inputs(pads=pads | _PADS[pad] if down else pads & ~_PADS[pad])

    def lights(self) -> bytes:
        """What the eyes and the ring show: see `sim.board.firmware.Board.lights`."""
        return self.line.board.lights()


def _mechanism(description: BodyDescription, physics: Physics) -> Mechanism:
    if physics is Physics.kinematic:
        return Servos(description)
    if description.motors != SERVOS:
        raise PartError(
            f"of {description.name} no masses are described, so it has no weight here", remedy="leave out --physics"
        )
    from sim.board.physics import MujocoServos  # noqa: PLC0415 - brings in an extra

    return MujocoServos(description)


def with_field(description: BodyDescription, field_deg: float | None) -> BodyDescription:
    """The body with a camera that sees so far from left to right; None changes nothing."""
    if field_deg is None:
        return description
    return replace(description, camera=replace(description.camera, fov=radians(field_deg)))


def open_body(address: str, around: Surroundings) -> SimBody:
    """`sim://`, `sim://?physics=mujoco` or `sim://?field=70`; it moves `around.place.pose` when there is a place."""
    asked = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
    physics, field = asked.pop("physics", Physics.kinematic), asked.pop("field", "")
    if asked or physics not in set(Physics) or not (field or "70").replace(".", "", 1).isdecimal():
        raise ConfigError(
            "the simulated body cannot do that",
            place=address,
            remedy="use sim://, sim://?physics=mujoco or sim://?field=70",
        )
    return SimBody(around, Physics(physics), float(field) if field else None)
