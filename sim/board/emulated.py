"""The images of the boards in emulators, in lock-step: an ATmega328P in simavr, a Raspberry Pi Pico in rp2040js.

Each emulator is another process (`emulators/`), which is built on the machine that tests and never shipped. Time passes
only when it is told to.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from firmware_bridge import table
from robot.core.errors import PartError
from sim.board.pca9685 import Pca9685, Pulse

if TYPE_CHECKING:
    from collections.abc import Sequence

AVR_HOST = Path("build/simavr-board")
AVR_IMAGE = Path("build/bowlby-ws2812.elf")
SIMAVR, RP2040JS = Path("sim/board/emulators/simavr"), Path("sim/board/emulators/rp2040js")
PICO_HOST = RP2040JS / "board.mjs"
PICO_EMULATOR = RP2040JS / "node_modules/rp2040js"
PICO_IMAGE = Path("hardware/firmware/built/bowlby-pico.uf2")
NODE = "sudo apt install nodejs npm"
ENDS_S = 5.0
GONE_CYCLES = 3 * table.FRAME_US * 8  # a frame and a half without a pulse: there is none
CYCLES_PER_US = 16
RESET_BITS = {table.Reset.POWER: 1, table.Reset.PIN: 2, table.Reset.BROWN_OUT: 4, table.Reset.WATCHDOG: 8}
_HEAD = struct.Struct("<BQH")
_BYTE, _EDGE, _PICTURE, _TRANSFER, _ENABLE = 1, 2, 3, 4, 5
_FITTED, _HELD, _POWERED = 1, 2, 4


class EmulatedBoard:
    """A board in another process, with a PCA9685 on its bus. What happened in a `run` stays in `sent`, `pulses` (at its
    own pins, or the chip's once it was spoken to), `at_pins` and `pictures` until the next.

    emulators/simavr/board.c says what passes between the two; times are in 1/16 us.
    """

    name: str
    remedy: str  # what makes the emulator and its image

    def __init__(self, command: Sequence[str | Path]) -> None:
        self._command = " ".join(map(str, command))
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise PartError(
                f"`{self._command}` does not start: {error.strerror}", place=self.name, remedy=self.remedy
            ) from error
        self.cycle = 0
        self.sent: list[tuple[int, int]] = []  # cycle at which a byte was out, byte
        self.pulses: list[Pulse] = []
        self.pictures: list[tuple[int, bytes]] = []
        self._rose = [0] * table.CHANNELS
        self._inputs = [0, 0, 5000]
        self.chip = Pca9685()
        self.at_pins: list[Pulse] = []
        self._spoken_to = False
        self._newest: dict[int, Pulse] = {}  # by channel

    def _need(self, *paths: Path) -> None:
        """Raises PartError for the first that is missing."""
        for path in paths:
            if not path.exists():
                raise PartError(f"{path} is missing", place=self.name, remedy=self.remedy)

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101 - opened with a pipe
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except OSError as error:
            raise self._stopped() from error

    def _read(self, size: int) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - opened with a pipe
        data = self._process.stdout.read(size)
        if len(data) != size:
            raise self._stopped()
        return data

    def _stopped(self) -> PartError:
        remedy = f"run `{self._command}`: it says why; then play the scene anew"
        return PartError("the simulated processor has stopped", place=self.name, remedy=remedy)

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
        self._newest |= {pulse.channel: pulse for pulse in self.pulses}
        return bytes(byte for _, byte in self.sent)

    def widths(self) -> tuple[int, ...]:
        """The newest pulse of each channel, 1/16 us; 0: none any more."""
        since = self.cycle - GONE_CYCLES
        widths = [0] * table.CHANNELS
        for channel, pulse in self._newest.items():
            if pulse.cycle > since:
                widths[channel] = pulse.width
        return tuple(widths)

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

    @property
    def pads(self) -> int:
        return self._inputs[0]

    @property
    def millivolts(self) -> int:
        return self._inputs[2]

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
        """Let the emulator end; one that has died, or does not end, is no error any more."""
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # it had not read all that it was told
                if pipe is not None:
                    pipe.close()
        try:
            self._process.wait(timeout=ENDS_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class AvrBoard(EmulatedBoard):
    """An ATmega328P in simavr."""

    name = "simavr://"
    remedy = f"run `make -C {SIMAVR}` and `make -C hardware/firmware`"

    def __init__(self, firmware: Path | None = None, host: Path | None = None) -> None:
        """Raises PartError when the host program or the image is missing."""
        firmware, host = firmware or AVR_IMAGE, host or AVR_HOST
        self._need(host, firmware)
        super().__init__([host, firmware, "sk9822" if "sk9822" in firmware.name else "ws2812"])


class PicoBoard(EmulatedBoard):
    """The shipped image for the Raspberry Pi Pico in rp2040js."""

    name = "rp2040js://"
    remedy = f"install Node.js ({NODE}), then run `make -C {RP2040JS}`"

    def __init__(self, root: Path | None = None) -> None:
        """`root`: of the checkout. Raises PartError when Node.js, the emulator or the image is missing."""
        root = root or Path()
        node = shutil.which("node")
        if node is None:
            raise PartError("node is not on the PATH", place=self.name, remedy=self.remedy)
        host, image = root / PICO_HOST, root / PICO_IMAGE
        self._need(root / PICO_EMULATOR, host, image)
        super().__init__([node, host, image])
