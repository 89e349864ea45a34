"""The simulated body: the firmware's own core on a simulated board, in lock-step, and servos that follow its pulses.

`sim://` is the body client of `firmware_bridge` on a line of this process. Board time passes only in `read`, one
servo frame of 20 ms at a time, up to the robot time that is asked for.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from firmware_bridge import table
from firmware_bridge.body import BoardBody, bowlby_one
from robot.messages import Pose
from sim.firmware import Board
from sim.plug import Pluggable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from robot.description import BodyDescription
    from robot.messages import Percept
    from robot.parts import Surroundings

SERVO_SPEED = 10.5  # rad/s: 0.1 s for 60 degrees, as a small hobby servo at 5 V
_PADS = {"head": 1, "back": 2}


@runtime_checkable
class Place(Protocol):
    """What the simulator's world takes from the body."""

    pose: Pose


@runtime_checkable
class Hands(Protocol):
    """What the world's people do to the body."""

    def touched(self, now: float) -> Sequence[str]:
        """The pads that a hand lies on."""
        ...


class Servos:
    """Six servos: each turns to its pulse as fast as it can, and stays where it is without one."""

    def __init__(self, description: BodyDescription) -> None:
        self.pose = description.rest
        units = table.UNITS_PER_US
        self._rows = tuple(
            (j.channel, 1 / (j.us_per_rad * units), -j.centre_us / j.us_per_rad) for j in description.joints
        )
        self._pulses: tuple[int, ...] = ()
        self._settled = False

    def follow(self, pulses: tuple[int, ...], seconds: float) -> bool:
        """Move for `seconds`; True when the pose has changed."""
        if self._settled and pulses == self._pulses:
            return False
        self._pulses = pulses
        reach = SERVO_SPEED * seconds
        settled = True
        angles = []
        for angle, (channel, scale, zero) in zip(self.pose, self._rows, strict=True):
            pulse = pulses[channel]
            if pulse:
                wanted = pulse * scale + zero
                if wanted - angle > reach:
                    wanted = angle + reach
                    settled = False
                elif angle - wanted > reach:
                    wanted = angle - reach
                    settled = False
                angles.append(wanted)
            else:
                angles.append(angle)
        self._settled = settled
        self.pose = Pose._make(angles)
        return True


class SimLine(Pluggable):
    """A line of this process to a simulated board, with the faults that a real one has."""

    lead_s = 0.0
    least_s = 0.0

    def __init__(self, board: Board, moved: Callable[[tuple[int, ...]], None]) -> None:
        super().__init__("sim://")
        self.board = board
        self.noise: Callable[[bytes], bytes] | None = None  # damages what passes, either way
        self._moved = moved
        self.sent = hashlib.sha256()  # of every byte that the robot has put on the line
        self._us = 0  # robot time that the board has reached
        self._boot = 0  # robot time at which it started

    def write(self, data: bytes) -> None:
        self.sent.update(data)
        super().write(data)

    def read(self, now: float) -> Sequence[tuple[float, bytes]]:
        """Let the board live until `now`. Its answers carry the time at which it had the question."""
        until = round(now * 1e6)
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

    def __init__(self, around: Surroundings) -> None:
        description = bowlby_one()
        self.servos = Servos(description)
        self._place = around.place if isinstance(around.place, Place) else None
        self._hands = around.place if isinstance(around.place, Hands) else None
        self._touched: tuple[str, ...] = ()
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
                self._touched = touched
        return super().poll(now)

    def _follow(self, pulses: tuple[int, ...]) -> None:
        if self.servos.follow(pulses, table.FRAME_US / 1e6) and self._place is not None:
            self._place.pose = self.servos.pose

    def touch(self, pad: str, *, down: bool) -> None:
        """Lay a hand on a pad ("head" or "back"), or take it off."""
        pads = self.line.board.pads
        self.line.board.inputs(pads=pads | _PADS[pad] if down else pads & ~_PADS[pad])

    def lights(self) -> bytes:
        """What the eyes and the ring show: see `sim.firmware.Board.lights`."""
        return self.line.board.lights()


def open_body(address: str, around: Surroundings) -> SimBody:  # noqa: ARG001 - `sim://` has nothing more to say
    """The body of `sim://`; it moves `around.place.pose` when there is a place."""
    return SimBody(around)
