"""The AVR image in simavr and the WebAssembly side by side: how both are driven and how they are compared."""

from __future__ import annotations

import contextlib
import math
from pathlib import Path
from typing import TYPE_CHECKING

from cobs import cobs

from firmware_bridge import table
from firmware_bridge.framing import Decoder, encode
from robot.core.body_frame import Pose
from sim.board.emulated import CYCLES_PER_US, AvrBoard, PicoBoard
from sim.board.firmware import Board
from tests.support.rig import CONFIGURE, ONE, WIRE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from firmware_bridge.wire import Wire

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build"
IMAGES = {name: BUILD / f"bowlby-{name}.elf" for name in ("ws2812", "sk9822")}
MS = 1000


class Sender:
    """Numbers the frames of one host."""

    def __init__(self) -> None:
        self.sequence = 0

    def frame(self, *messages: bytes) -> bytes:
        self.sequence = (self.sequence + 1) & 0xFF
        return encode(self.sequence, b"".join(messages))


class Host(Sender):
    """Speaks to a board in lock-step; its only clock is the board's."""

    def __init__(self, image: str, wire: Wire = WIRE) -> None:
        super().__init__()
        self.wire = wire
        self.board = PicoBoard(ROOT) if image == "pico" else AvrBoard(IMAGES[image], BUILD / "simavr-board")
        self.decoder = Decoder()
        self.grain = 6 if image == "pico" else 0  # of its pulses, 1/16 us
        self.offset = 0  # board us behind host us
        self.status: dict[str, int] = {}
        self.poses: list[tuple[int, ...]] = []

    @property
    def us(self) -> int:
        return self.board.cycle // CYCLES_PER_US

    def run(self, us: int, *messages: bytes, raw: bytes = b"") -> list[tuple[int, ...]]:
        """Send, let time pass; gives what the board said as (id, fields...)."""
        data = (self.frame(*messages) if messages else b"") + raw
        said = []
        for whole in self.decoder.feed(self.board.run(us, data)):
            message = table.BY_ID[whole[0]]
            values = message.unpack(whole, 1)
            if message is table.STATUS:
                self.status = dict(zip((f.name for f in message.fields), values, strict=True))
            elif message is table.POSE:
                self.poses.append(values)
            said.append((whole[0], *values))
        return said

    def meet(self) -> None:
        """Learn the board's time: a ping takes 220 us on the wire."""
        self.run(30 * MS)
        sent = self.us
        for row in self.run(10 * MS, table.PING.pack(1)):
            if row[0] == table.PONG.id:
                self.offset = sent + 240 - row[2]

    def boot(self, *, arm: bool = True) -> None:
        self.meet()
        self.run(20 * MS, self.wire.configure(4200, 64))
        for limits in self.wire.limits():
            self.run(20 * MS, limits)
        if arm:
            self.run(20 * MS, table.ARM.pack(self.wire.mask))
            for _ in range(90):
                self.tick(ONE.rest)
        assert not arm or self.poses[-1][2] == table.ServoState.ARMED, self.status

    def setpoint(self, angles: tuple[float, ...], ahead_us: int = 1500) -> bytes:
        start = (self.us - self.offset + ahead_us) & 0xFFFFFFFF
        return table.SETPOINT.pack(start, *self.wire.positions(Pose(*angles)))

    def tick(self, angles: tuple[float, ...], *more: bytes, us: int = 20 * MS, raw: bytes = b"") -> None:
        self.run(us, self.setpoint(angles), *more, raw=raw)

    def close(self) -> None:
        self.board.close()


def sway(t: float) -> tuple[float, ...]:
    """All six servos at once, the pairs' pulses crossing each other."""
    return tuple(
        j.rest + 0.25 * (j.upper - j.lower) / 2 * math.sin((1.1 + 0.1 * i) * t + i) for i, j in enumerate(ONE.joints)
    )


def life(t: float) -> tuple[bytes, bytes]:
    """Eyes and ring that never rest."""

    def wave(speed: float, scale: int) -> int:
        return int(scale * math.sin(speed * t))

    lid = 0 if t % 3 < 0.1 else 255
    return (
        table.EYES.pack(wave(1.3, 120), wave(0.9, 100), lid, 128 + wave(2, 100), 120, 200, 255, 150 + wave(3, 100)),
        table.LIGHT.pack(255, 170, 90, 128 + wave(2, 120), 128 + wave(5, 127)),
    )


class Wasm(Sender):
    """The WebAssembly board with the manners of `Host`."""

    def __init__(self) -> None:
        super().__init__()
        self.board = Board()
        self.decoder = Decoder()
        self.board_us = 0
        self.next_frame = 20 * MS
        self.poses: list[tuple[int, ...]] = []

    def setpoint(self, angles: tuple[float, ...]) -> bytes:
        return table.SETPOINT.pack(self.board_us & 0xFFFFFFFF, *WIRE.positions(Pose(*angles)))

    def run(self, us: int, *messages: bytes, raw: bytes = b"") -> None:
        data = (self.frame(*messages) if messages else b"") + raw
        out = self.board.tick(data, self.board_us, self.board_us + us)
        self.board_us += us
        self._hear(out)

    def _hear(self, out: bytes) -> None:
        for whole in self.decoder.feed(out):
            if whole[0] == table.POSE.id:
                self.poses.append(table.POSE.unpack(whole, 1))

    def step(self, *messages: bytes) -> bytes:
        """One servo frame whose bytes come at `board_us`, 18 ms before the next begins; gives the lights."""
        data = self.frame(*messages) if messages else b""
        self._hear(self.board.tick(data, self.board_us, self.next_frame))
        self.board_us += 20 * MS
        self.next_frame += 20 * MS
        return self.board.lights()

    def boot(self) -> None:
        for limits in WIRE.limits():
            self.run(20 * MS, limits)
        self.run(20 * MS, CONFIGURE, table.ARM.pack(WIRE.mask))
        for _ in range(90):
            self.run(20 * MS, self.setpoint(ONE.rest))

    def close(self) -> None:
        pass


def frames_with_ends(sent: list[tuple[int, int]]) -> Iterator[tuple[bytes, int]]:
    """Whole frames in timed bytes, and the cycle at which each had left the board."""
    part = b""
    for cycle, byte in sent:
        if byte:
            part += bytes((byte,))
        elif part:
            with contextlib.suppress(cobs.DecodeError):
                yield cobs.decode(part), cycle
            part = b""
