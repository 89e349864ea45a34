"""What went over the line, in a text file: `seconds > hex` to the board, `seconds < hex` from it, one chunk a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TextIO

from firmware_bridge import table
from firmware_bridge.framing import Decoder
from firmware_bridge.wire import unpack_eyes, unpack_light
from robot.core.body_frame import BodyFrame, Eyes, Light
from robot.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from firmware_bridge.link import Line
    from firmware_bridge.message import Message
    from firmware_bridge.wire import Wire
    from robot.core.clock import Clock
    from robot.texts.sentence import AnyText

HEADER = "# bowlby line 2"  # its messages are those of protocol 2


class RecordedLine:
    """A line that notes all that passes."""

    def __init__(self, line: Line, file: TextIO, clock: Clock) -> None:
        self._line = line
        self._file = file
        self._clock = clock
        self.name = line.name
        self.lead_s = line.lead_s
        self.least_s = line.least_s
        file.write(HEADER + "\n")

    @property
    def up(self) -> bool:
        return self._line.up

    @property
    def generation(self) -> int:
        return self._line.generation

    @property
    def reason(self) -> AnyText:
        return self._line.reason

    def read(self, now: float) -> Sequence[tuple[float, bytes]]:
        chunks = self._line.read(now)
        for t, data in chunks:
            self._file.write(f"{t:.6f} < {data.hex()}\n")
        return chunks

    def write(self, data: bytes) -> None:
        self._file.write(f"{self._clock.now():.6f} > {data.hex()}\n")
        self._line.write(data)

    def close(self) -> None:
        self._line.close()


class RecordedMessage(NamedTuple):
    """One message of a recording."""

    t: float
    to_board: bool
    message: Message
    values: tuple[int, ...]

    def __str__(self) -> str:
        values, words = list(self.values), []
        for field in self.message.fields:
            mine = [values.pop(0) for _ in range(len(values) if field.counted else field.count)]
            words.append(f"{field.name}={mine[0] if field.count == 1 else mine}")
        return f"{self.t:10.4f} {'>' if self.to_board else '<'} {self.message.name} {' '.join(words)}"


def read(path: Path) -> Iterator[RecordedMessage]:
    """All messages of a recording in order. Raises InputError that names the line."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the recording cannot be read: {error}", place=str(path)) from error
    if not lines or lines[0] != HEADER:
        raise InputError("this is no recording of the line", place=str(path), remedy="make one: bowlby body record")
    decoders = {">": Decoder(), "<": Decoder()}
    for number, line in enumerate(lines[1:], 2):
        try:
            t, way, data = line.split(" ")
            wholes = decoders[way].feed(bytes.fromhex(data))
            seconds = float(t)
        except (ValueError, KeyError) as error:
            raise InputError("not `seconds > hex` or `seconds < hex`", place=f"{path}:{number}") from error
        for whole in wholes:
            yield from _messages(seconds, whole, to_board=way == ">")


def _messages(t: float, whole: bytes, *, to_board: bool) -> Iterator[RecordedMessage]:
    at = 0
    while at < len(whole):
        message = table.BY_ID.get(whole[at])
        size = 0 if message is None else 1 + message.size_in(whole, at + 1)
        if message is None or at + size > len(whole):
            return
        yield RecordedMessage(t, to_board, message, message.unpack(whole, at + 1))
        at += size


def frames(path: Path, wire: Wire) -> list[BodyFrame]:
    """The body frames that a recording sent, from time 0 on, to be written again."""
    eyes, light = Eyes(), Light()
    made: list[BodyFrame] = []
    began = None
    for said in read(path):
        if said.message is table.EYES:
            eyes = unpack_eyes(said.values)
        elif said.message is table.LIGHT:
            light = unpack_light(said.values)
        elif said.message is table.SETPOINT:
            began = said.t if began is None else began
            made.append(BodyFrame(said.t - began, wire.pose(said.values[1:]), eyes, light))
    return made
