"""The message table: every message of the line, written once.

`firmware_bridge.header` turns it into `hardware/firmware/core/messages.h`; `IDENTITY` carries the checksum of its
text, so that a host and a board that were built from different tables notice at the first exchange.
All numbers are little-endian and packed without gaps.
"""

from __future__ import annotations

import binascii
import struct
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

PROTOCOL = 2  # raised when an old client could misread a new board
BAUD = 500_000
MAX_DECODED = 92  # bytes of one frame before COBS: sequence number, messages, CRC
CHANNELS = 16  # the most that a board has: those of a PCA9685
FRAME_US = 20_000  # servo frame
UNITS_PER_US = 16  # positions on the line are pulse widths in 1/16 us
PULSE_MIN_US, PULSE_MAX_US = 500, 2500
SPEED_MAX_US_S = 8000
SILENCE_US = 500_000  # without a setpoint, an armed body goes to rest
LATE_US = 2000  # a setpoint is late when pulses of a frame that began this long after its start are settled
EARLY_US = 60_000  # and early when it starts this long after the newest frame whose pulses are settled
SAG_MV = 4400  # until `configure` says otherwise; a servo stalled behind its limiter of 0.72 A leaves 4100, usual 4600
OSCILLATOR_KHZ = 25_000  # of a PCA9685, until it was measured; from chip to chip 23,000 to 27,000
OSCILLATOR_LEAST_KHZ, OSCILLATOR_MOST_KHZ = 21_000, 30_000  # a slower one has a longer period than the servo frame
KINDS = {"u8": "B", "i8": "b", "u16": "H", "u32": "I"}


class ServoState(IntEnum):
    """What the servos are doing."""

    LIMP = 0  # no pulses
    ARMING = 1  # servos come on one after the other
    ARMED = 2
    RESTING = 3  # a minimum-jerk move to rest, then limp


class Why(IntEnum):
    """Why the board last went limp (or is on its way)."""

    BOOT = 0
    ASKED = 1
    SILENCE = 2
    SAG = 3  # the supply fell below the configured voltage: stall or over-current
    OUTPUT = 4  # the servo board (PCA9685) was lost


class Reset(IntEnum):
    """Why the board last started."""

    POWER = 0
    PIN = 1
    BROWN_OUT = 2
    WATCHDOG = 3


class Code(IntEnum):
    """Answer to an acknowledged frame."""

    OK = 0
    CHANNEL = 1  # no such channel
    RANGE = 2  # a value outside what the board allows
    ARMED = 3  # limits of an armed servo cannot change
    UNLIMITED = 4  # a servo without limits cannot be armed
    SAG = 5  # the supply is too low to arm
    OUTPUT = 6  # the servo board (PCA9685) does not answer


class Output(IntEnum):
    """What makes the servos' pulses."""

    PINS = 0  # the board itself
    CHIP = 1  # a PCA9685 on its I2C bus
    MISSING = 2  # one that is wanted and does not answer, or has restarted
    HELD = 3  # and the bus to it is held low


class Pad(IntEnum):
    """A touch pad."""

    HEAD = 0
    BACK = 1


class TouchKind(IntEnum):
    """How a pad was touched."""

    TAP = 0
    STROKE = 1
    HOLD = 2


class How(IntEnum):
    """How to stop."""

    LIMP = 0  # at once
    REST = 1  # gently to rest, then limp


@dataclass(frozen=True)
class Field:
    """One number of a message, or `count` of them; of one that is `counted`, as many as a byte before them says."""

    name: str
    kind: str
    count: int = 1
    note: str = ""
    counted: bool = False  # up to `count`; the last field of its message


@dataclass(frozen=True)
class Message:
    """One message: a byte that names it, then its fields."""

    name: str
    id: int
    to_board: bool
    fields: tuple[Field, ...]
    acknowledged: bool = False
    note: str = ""

    @cached_property
    def counted(self) -> Field | None:
        """The field of which a message may hold more or fewer."""
        return next((field for field in self.fields if field.counted), None)

    @cached_property
    def format(self) -> str:
        """Of the fields whose size never changes, and of the count of the last."""
        fixed = [f for f in self.fields if not f.counted]
        return "".join((str(f.count) if f.count > 1 else "") + KINDS[f.kind] for f in fixed) + "B" * bool(self.counted)

    @cached_property
    def size(self) -> int:
        """Bytes after the id, at least."""
        return struct.calcsize("<" + self.format)

    @cached_property
    def fixed(self) -> int:
        """Numbers before those that are counted."""
        return sum(field.count for field in self.fields if not field.counted)

    def packer(self, count: int) -> struct.Struct:
        """Of the id and all fields, the last of them `count` times."""
        return struct.Struct("<B" + self.format + (f"{count}{KINDS[self.counted.kind]}" if self.counted else ""))

    def pack(self, *values: int) -> bytes:
        """The id and the fields."""
        if self.counted is None:
            return struct.pack("<B" + self.format, self.id, *values)
        count = len(values) - self.fixed
        return self.packer(count).pack(self.id, *values[: self.fixed], count, *values[self.fixed :])

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def size_in(self, data: bytes, offset: int) -> int:
        """Bytes after the id of the message whose fields begin there; more than there are where it is cut short."""
        end = offset + self.size
        if self.counted is None or end > len(data):
            return self.size
        return self.size + data[end - 1] * self._each

    def read(self, data: bytes) -> tuple[int, ...] | None:
        """The fields of a message that `data` is, its id before them; None where it is cut short, or more follows."""
        size = len(data) - 1 - self.size
        if size < 0:
            return None
        values = self._begin.unpack_from(data, 1)
        if self.counted is None:
            return None if size else values
        count = values[-1]
        if size != count * self._each:
            return None
        return values[:-1] + struct.unpack_from(f"<{count}{KINDS[self.counted.kind]}", data, len(data) - size)

    def unpack(self, data: bytes, offset: int = 0) -> tuple[int, ...]:
        """The fields, from bytes that begin after the id; of one that is counted all there are, without their count."""
        values = self._begin.unpack_from(data, offset)
        if self.counted is None:
            return values
        return values[:-1] + struct.unpack_from(f"<{values[-1]}{KINDS[self.counted.kind]}", data, offset + self.size)

    @cached_property
    def _begin(self) -> struct.Struct:
        """Of the fields whose size never changes, without the id."""
        return struct.Struct("<" + self.format)

    @cached_property
    def _each(self) -> int:
        """Bytes of one of those that are counted."""
        return 0 if self.counted is None else struct.calcsize(KINDS[self.counted.kind])


IDENTIFY = Message("identify", 0x01, to_board=True, fields=(), note="asks for identity")
PING = Message("ping", 0x02, to_board=True, fields=(Field("token", "u32"),), note="asks for pong")
LIMITS = Message(
    "limits",
    0x03,
    to_board=True,
    acknowledged=True,
    fields=(
        Field("channel", "u8"),
        Field("lower", "u16", note="1/16 us"),
        Field("upper", "u16", note="1/16 us"),
        Field("rest", "u16", note="1/16 us"),
        Field("speed", "u16", note="us of pulse a second"),
        Field("acceleration", "u16", note="us of pulse a second, a second"),
    ),
    note="what one servo may do; kept until the board restarts",
)
CONFIGURE = Message(
    "configure",
    0x04,
    to_board=True,
    acknowledged=True,
    fields=(
        Field("sag_mv", "u16", note="supply below this makes the body limp; 0 never"),
        Field("light_max", "u8", note="brightness that 255 stands for"),
        Field("output", "u8", note="0 the board's own pins, 1 a PCA9685"),
        Field("oscillator", "u16", note="of the PCA9685, kHz; 0: 25000"),
    ),
)
ARM = Message(
    "arm",
    0x05,
    to_board=True,
    acknowledged=True,
    fields=(
        Field("mask", "u16", note="one bit a channel"),
        Field(
            "position", "u16", CHANNELS, "where each servo stands, 1/16 us; 0: where the board left it", counted=True
        ),
    ),
    note="servos come on one after the other",
)
STOP = Message("stop", 0x06, to_board=True, acknowledged=True, fields=(Field("how", "u8"),))
SETPOINT = Message(
    "setpoint",
    0x10,
    to_board=True,
    fields=(
        Field("start", "u32", note="board us at which the move of one frame towards the positions begins"),
        Field("position", "u16", CHANNELS, "by channel, 1/16 us; 0 leaves one as it is", counted=True),
    ),
)
EYES = Message(
    "eyes",
    0x11,
    to_board=True,
    fields=(
        Field("x", "i8", note="pupil, 127 is left"),
        Field("y", "i8", note="127 is up"),
        Field("lid", "u8", note="255 is open"),
        Field("size", "u8"),
        Field("red", "u8"),
        Field("green", "u8"),
        Field("blue", "u8"),
        Field("brightness", "u8"),
    ),
)
LIGHT = Message(
    "light",
    0x12,
    to_board=True,
    fields=(
        Field("red", "u8"),
        Field("green", "u8"),
        Field("blue", "u8"),
        Field("brightness", "u8"),
        Field("fill", "u8", note="share of the ring"),
    ),
)
IDENTITY = Message(
    "identity",
    0x41,
    to_board=False,
    fields=(
        Field("protocol", "u8"),
        Field("table", "u32", note="checksum of the message table"),
        Field("board", "u8", 8, "ASCII, padded with 0"),
        Field("version", "u8", 3),
        Field("servos", "u8", note="channels, at most"),
        Field("lights", "u8"),
        Field("reset", "u8"),
    ),
)
ACK = Message("ack", 0x42, to_board=False, fields=(Field("sequence", "u8"), Field("code", "u8")))
PONG = Message("pong", 0x43, to_board=False, fields=(Field("token", "u32"), Field("time", "u32", note="board us")))
POSE = Message(
    "pose",
    0x50,
    to_board=False,
    fields=(
        Field("time", "u32", note="board us at which the servo frame begins"),
        Field("armed", "u16", note="channels that have pulses"),
        Field("state", "u8"),
        Field(
            "position",
            "u16",
            CHANNELS,
            "pulse of that frame by channel, 1/16 us, up to the last with limits",
            counted=True,
        ),
    ),
    note="once a servo frame",
)
STATUS = Message(
    "status",
    0x51,
    to_board=False,
    fields=(
        Field("reset", "u8"),
        Field("state", "u8"),
        Field("why", "u8"),
        Field("armed", "u16"),
        Field("limited", "u16", note="channels that have limits"),
        Field("muted", "u8"),
        Field("output", "u8"),
        Field("load", "u8", note="busy share of the processor, %"),
        Field("millivolts", "u16"),
        Field("crc_errors", "u16", note="frames that were damaged"),
        Field("unknown", "u16", note="whole frames that hold no known messages"),
        Field("gaps", "u16", note="frames that never came, by their sequence numbers"),
        Field("overruns", "u16", note="bytes lost in the receiver"),
        Field("late", "u16", note="setpoints refused because their start had passed"),
        Field("early", "u16", note="setpoints refused because their start was too far ahead"),
        Field("unsent", "u16", note="reports and answers dropped because the line was full"),
        Field(
            "skipped", "u16", note="pulses given twice because the next was not ready; above 0 the firmware is broken"
        ),
        Field("failed", "u16", note="transfers to the PCA9685 that did not get through"),
        Field("spare", "u16", note="bytes of stack never used"),
    ),
    note="10 times a second",
)
TOUCH = Message("touch", 0x52, to_board=False, fields=(Field("time", "u32"), Field("pad", "u8"), Field("kind", "u8")))

MESSAGES: tuple[Message, ...] = (IDENTIFY, PING, LIMITS, CONFIGURE, ARM, STOP, SETPOINT, EYES, LIGHT)
MESSAGES += (IDENTITY, ACK, PONG, POSE, STATUS, TOUCH)
BY_ID = {message.id: message for message in MESSAGES}
ENUMS: dict[str, type[IntEnum]] = {  # by their names on the line
    "State": ServoState,
    "Why": Why,
    "Reset": Reset,
    "Code": Code,
    "Output": Output,
    "Pad": Pad,
    "Kind": TouchKind,
    "How": How,
}


def text() -> str:
    """The table as one line a message: what the checksum covers."""
    rows = [
        f"{m.id:02x} {m.name}{' acknowledged' if m.acknowledged else ''} "
        + " ".join(f"{f.name}:{f.kind}*{'0-' * f.counted}{f.count}" for f in m.fields)
        for m in MESSAGES
    ]
    rows += [f"{name} " + " ".join(f"{v.name}={v.value}" for v in enum) for name, enum in ENUMS.items()]
    return "\n".join(rows)


TABLE = binascii.crc32(text().encode())
