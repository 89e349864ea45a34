"""A bare board on a bench: real bytes in, real pulses out, and a watch on every limit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from firmware_bridge import table
from firmware_bridge.descriptions import bowlby_one
from firmware_bridge.framing import Decoder, encode
from firmware_bridge.wire import Wire
from robot.core.body_frame import Pose
from sim.board.firmware import Board

if TYPE_CHECKING:
    from firmware_bridge.message import Message

ONE = bowlby_one()
WIRE = Wire(ONE)
UNITS = table.UNITS_PER_US
CONFIGURE = WIRE.configure(4200, 64)


@dataclass
class Watch:
    """Checks each servo frame's pulses against the limits of Bowlby One; remembers the worst."""

    before: tuple[int, ...] = (0,) * table.CHANNELS
    step: list[int] = field(default_factory=lambda: [0] * table.CHANNELS)
    fresh: list[bool] = field(default_factory=lambda: [True] * table.CHANNELS)
    fastest: float = 0.0  # share of the speed limit, the acceleration limit
    hardest: float = 0.0

    def see(self, pulses: tuple[int, ...]) -> None:
        for joint in ONE.joints:
            channel = joint.channel
            pulse, before = pulses[channel], self.before[channel]
            if not pulse or not before:
                self.step[channel] = 0
                self.fresh[channel] = True
                continue
            ends = sorted((joint.pulse_us(joint.lower), joint.pulse_us(joint.upper)))
            assert ends[0] - 0.1 <= pulse / UNITS <= ends[1] + 0.1, (joint.name, pulse / UNITS, ends)
            step = pulse - before
            scale = abs(joint.us_per_rad) * UNITS
            speed = (abs(step) - 1) / scale * 50  # a unit of rounding
            hard = (abs(step - self.step[channel]) - 2) / scale * 2500
            self.fastest = max(self.fastest, speed / joint.speed)
            self.hardest = max(self.hardest, hard / joint.acceleration)
            self.step[channel] = step
        self.before = pulses

    def check(self) -> None:
        assert self.fastest <= 1.0
        assert self.hardest <= 1.0


class Rig:
    """A board whose time passes frame by frame."""

    wire = WIRE

    def __init__(self) -> None:
        self.board = Board()
        self.us = 0
        self.sequence = 0
        self.decoder = Decoder()
        self.heard: list[tuple[Message, dict[str, int | tuple[int, ...]]]] = []
        self.watch = Watch()
        self.pulses: tuple[int, ...] = ()

    def frame(self, *messages: bytes) -> bytes:
        data = encode(self.sequence, b"".join(messages))
        self.sequence = (self.sequence + 1) & 0xFF
        return data

    def raw(self, data: bytes) -> None:
        """One servo frame, with these bytes at its beginning."""
        out = self.board.tick(data, self.us, self.us + table.FRAME_US)
        self.us += table.FRAME_US
        self.pulses = self.board.pulses()
        self.hear(out)
        self.judge()

    def judge(self) -> None:
        """Watch what the board gives in this servo frame."""
        self.watch.see(self.pulses)

    def hear(self, out: bytes) -> None:
        """Read what the board says."""
        for whole in self.decoder.feed(out):
            message = table.BY_ID[whole[0]]
            assert len(whole) == 1 + message.size_in(whole, 1)
            values = iter(message.unpack(whole, 1))
            row: dict[str, int | tuple[int, ...]] = {}
            for one in message.fields:
                if one.counted:
                    row[one.name] = tuple(values)
                else:
                    row[one.name] = next(values) if one.count == 1 else tuple(next(values) for _ in range(one.count))
            self.heard.append((message, row))

    def say(self, *messages: bytes) -> None:
        """One servo frame, with one good frame of these messages at its beginning."""
        self.raw(self.frame(*messages) if messages else b"")

    def run(self, frames: int) -> None:
        for _ in range(frames):
            self.raw(b"")

    def ask(self, *messages: bytes) -> table.Code:
        """Send and give the code of the acknowledgement."""
        number = self.sequence
        self.heard.clear()
        self.say(*messages)
        codes = [row["code"] for message, row in self.heard if message is table.ACK and row["sequence"] == number]
        assert len(codes) == 1
        return table.Code(int(str(codes[0])))

    def last(self, message: Message) -> dict[str, int | tuple[int, ...]]:
        """The newest report of a kind."""
        return [row for kind, row in self.heard if kind is message][-1]

    def status(self) -> dict[str, int | tuple[int, ...]]:
        self.run(5)
        return self.last(table.STATUS)

    def setpoint(self, *angles: float) -> bytes:
        """For the frame that begins now; angles of the joints in order, rad."""
        pulses = self.wire.positions(Pose(*angles, *ONE.rest[len(angles) :]))
        return table.SETPOINT.pack(self.us & 0xFFFFFFFF, *pulses)

    def configure(self) -> None:
        assert self.ask(self.wire.configure(4200, 64)) is table.Code.OK
        for limits in self.wire.limits():
            assert self.ask(limits) is table.Code.OK

    def arm(self, *angles: float) -> None:
        """Limits, arm, and a stream at rest (or at `angles`) until every servo has eased in."""
        self.configure()
        assert self.ask(table.ARM.pack(self.wire.mask)) is table.Code.OK
        for _ in range(90):
            self.say(self.setpoint(*(angles or ONE.rest)))
        assert self.last(table.POSE)["state"] == table.ServoState.ARMED

    def angles(self) -> tuple[float, ...]:
        """Where the pulses put the joints, rad."""
        return self.wire.pose(self.pulses)
