"""The AVR image on a simulated ATmega328P, in lock-step: `simavr://path/to/bowlby-ws2812.elf`.

The simulator is simavr, through the host program of tests/simavr, which is built on the machine that tests
(`make -C tests/simavr`) and never shipped. Time passes only when it is told to.
"""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from firmware_bridge import table
from firmware_bridge.body import BoardBody, described
from firmware_bridge.link import CLOSED
from robot.core.errors import PartError
from sim.board.pca9685 import Pca9685, Pulse
from sim.board.plug import Pluggable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.parts.registry import Surroundings

HOST = Path("build/simavr-board")
CYCLES_PER_US = 16
RESET_BITS = {table.Reset.POWER: 1, table.Reset.PIN: 2, table.Reset.BROWN_OUT: 4, table.Reset.WATCHDOG: 8}
_HEAD = struct.Struct("<BQH")
_BYTE, _EDGE, _PICTURE, _TRANSFER, _ENABLE = 1, 2, 3, 4, 5
_FITTED, _HELD, _POWERED = 1, 2, 4


class EmulatedBoard:
    """A board in another process, with a PCA9685 on its bus. What happened in a `run` stays in `sent`, `pulses` (at its
    own pins, or the chip's once it was spoken to), `at_pins` and `pictures` until the next.

    tests/simavr/board.c says what passes between the two; times are in 1/16 us.
    """

    def __init__(self, command: Sequence[str | Path]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.cycle = 0
        self.sent: list[tuple[int, int]] = []  # cycle at which a byte was out, byte
        self.pulses: list[Pulse] = []
        self.pictures: list[tuple[int, bytes]] = []
        self._rose = [0] * table.CHANNELS
        self._inputs = [0, 0, 5000]
        self.chip = Pca9685()
        self.at_pins: list[Pulse] = []
        self._spoken_to = False

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101 - opened with a pipe
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except OSError as error:
            raise PartError("the simulated processor has stopped", place="simavr") from error

    def _read(self, size: int) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - opened with a pipe
        data = self._process.stdout.read(size)
        if len(data) != size:
            raise PartError("the simulated processor has stopped", place="simavr")
        return data

    def run(self, us: int, data: bytes = b"") -> bytes:
        """Let `us` pass while `data` arrives at the speed of the line; gives the bytes that the board sent."""
        self._write(b"R" + struct.pack("<II", us, len(data)) + data)
        self.cycle += us * CYCLES_PER_US
        self.sent.clear()
        self.pulses.clear()
        self.pictures.clear()
        records = self._read(struct.unpack("<I", self._read(4))[0])
        at = 0
        while at < len(records):
            kind, cycle, size = _HEAD.unpack_from(records, at)
            at += _HEAD.size
            body = records[at : at + size]
            at += size
            if kind == _BYTE:
                self.sent.append((cycle, body[0]))
            elif kind == _TRANSFER:
                self._spoken_to = True
                self.chip.transfer(body, cycle / CYCLES_PER_US)
            elif kind == _ENABLE:
                self.chip.enable(cycle / CYCLES_PER_US, on=bool(body[0]))
            elif kind == _PICTURE:
                self.pictures.append((cycle, body))
            elif body[1]:
                self._rose[body[0]] = cycle
            elif self._rose[body[0]]:
                self.pulses.append(Pulse(body[0], self._rose[body[0]], cycle - self._rose[body[0]]))
        self.at_pins = list(self.pulses)
        if self._spoken_to:
            self.pulses = sorted(self.chip.pulses(self.cycle / CYCLES_PER_US), key=lambda pulse: pulse.cycle)
        return bytes(byte for _, byte in self.sent)

    def servo_board(self, *, fitted: bool = True, held: bool = False, powered_again: bool = False) -> None:
        """Take the chip off its bus, hold a wire of that low, or cut its supply for a moment."""
        if powered_again:
            self.chip.power(self.cycle / CYCLES_PER_US)
        self._write(b"P" + bytes((_FITTED * fitted | _HELD * held | _POWERED * powered_again,)))

    def inputs(self, *, millivolts: int | None = None, pads: int | None = None, muted: bool | None = None) -> None:
        """Set what the board's pins see."""
        for i, value in enumerate((pads, muted, millivolts)):
            if value is not None:
                self._inputs[i] = int(value)
        self._write(b"I" + struct.pack("<BBH", *self._inputs))

    def restart(self, reset: table.Reset) -> None:
        """Reset the processor at this moment, for a reason."""
        self._write(b"X" + bytes((RESET_BITS[reset],)))

    def hang(self) -> None:
        """Lose the main loop in an endless one; interrupts, and with them pulses, go on."""
        self._write(b"H")

    def lost(self) -> int:
        """Bytes that came while the receiver was full."""
        self._write(b"S")
        return int(struct.unpack("<QI", self._read(12))[1])

    def close(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait(timeout=5)


class AvrBoard(EmulatedBoard):
    """An ATmega328P."""

    def __init__(self, firmware: Path, host: Path | None = None) -> None:
        """Raises PartError when the host program or the image is missing."""
        host = host or HOST
        if not host.exists():
            raise PartError(f"{host} is missing", place="simavr", remedy="run `make -C tests/simavr`")
        if not firmware.exists():
            raise PartError(f"{firmware} is missing", place="simavr", remedy="run `make -C hardware/firmware`")
        super().__init__([host, firmware, "sk9822" if "sk9822" in firmware.name else "ws2812"])


class SimavrLine(Pluggable):
    """A line to an `AvrBoard`; its time passes in `read`."""

    lead_s = 0.002
    least_s = 0.001

    def __init__(self, board: AvrBoard) -> None:
        super().__init__("simavr://")
        self.board = board
        self._us = 0

    def read(self, now: float) -> Sequence[tuple[float, bytes]]:
        us = round(now * 1e6) - self._us
        if us <= 0:
            return []
        data, self._to_board = self._to_board, b""
        self._us += us
        self.board.run(us, data)
        if not self.up:
            return []
        return [(cycle / CYCLES_PER_US / 1e6, bytes((byte,))) for cycle, byte in self.board.sent]

    def close(self) -> None:
        if self.up or self.reason != CLOSED:
            self.board.close()
        super().close()


class SimavrBody(BoardBody):
    """The body client over the AVR image."""

    def __init__(self, firmware: Path, around: Surroundings) -> None:
        self.line = SimavrLine(AvrBoard(firmware))
        super().__init__(self.line, around.clock, described(around.build))


def open_body(address: str, around: Surroundings) -> SimavrBody:
    """The body of `simavr://firmware.elf`. Raises PartError when something has not been built."""
    return SimavrBody(Path(address.removeprefix("simavr://")), around)
