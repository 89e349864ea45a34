"""The figures of the firmware on a simulated ATmega328P: one JSON line each. `python -m benchmarks.bench_firmware`.

Needs `make -C hardware/firmware` and `make -C tests/simavr`. Nothing here was measured on silicon.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from firmware_bridge import table
from firmware_bridge.body import bowlby_one
from firmware_bridge.framing import Decoder, encode
from firmware_bridge.wire import Wire
from robot.clock import generator
from sim.simavr import CYCLES_PER_US, AvrBoard

BUILD = Path("build")
IMAGES = {name: BUILD / f"bowlby-{name}.elf" for name in ("ws2812", "sk9822")}
ONE = bowlby_one()
WIRE = Wire(ONE)
MS = 1000


def tell(figure: str, value: float, unit: str, bar: float, *, least: bool = False) -> None:
    passed = value >= bar if least else value <= bar
    row = {"figure": figure, "value": round(value, 3), "unit": unit, "bar": bar, "passed": passed}
    print(json.dumps(row), flush=True)


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


class Host:
    """Speaks to a board in lock-step; its only clock is the board's."""

    def __init__(self, image: str) -> None:
        self.board = AvrBoard(IMAGES[image])
        self.decoder = Decoder()
        self.sequence = 0
        self.offset = 0  # board us behind host us
        self.status: dict[str, int] = {}
        self.poses: list[tuple[int, ...]] = []

    @property
    def us(self) -> int:
        return self.board.cycle // CYCLES_PER_US

    def frame(self, *messages: bytes) -> bytes:
        self.sequence = (self.sequence + 1) & 0xFF
        return encode(self.sequence, b"".join(messages))

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

    def boot(self, *, arm: bool = True) -> None:
        self.run(30 * MS)
        sent = self.us
        for row in self.run(10 * MS, table.PING.pack(1)):
            if row[0] == table.PONG.id:
                self.offset = sent + 240 - row[2]  # a ping takes 220 us on the wire
        for limits in WIRE.limits():
            self.run(20 * MS, limits)
        self.run(20 * MS, table.CONFIGURE.pack(4200, 64))
        if arm:
            self.run(20 * MS, table.ARM.pack(WIRE.mask, *[0] * 8))
            for _ in range(90):
                self.tick(ONE.rest)
        assert not arm or self.poses[-1][10] == table.State.ARMED, self.status

    def setpoint(self, angles: tuple[float, ...], ahead_us: int = 1500) -> bytes:
        return table.SETPOINT.pack((self.us - self.offset + ahead_us) & 0xFFFFFFFF, *WIRE.positions(ONE.rest._make(angles)))

    def tick(self, angles: tuple[float, ...], *more: bytes, us: int = 20 * MS, raw: bytes = b"") -> None:
        self.run(us, self.setpoint(angles), *more, raw=raw)

    def close(self) -> None:
        self.board.close()


def sway(t: float) -> tuple[float, ...]:
    """All six servos at once, the pairs' pulses crossing each other."""
    return tuple(j.rest + 0.25 * (j.upper - j.lower) / 2 * math.sin((1.1 + 0.1 * i) * t + i) for i, j in enumerate(ONE.joints))


def life(t: float) -> tuple[bytes, bytes]:
    """Eyes and ring that never rest."""
    wave = lambda speed, scale: int(scale * math.sin(speed * t))  # noqa: E731
    lid = 0 if t % 3 < 0.1 else 255
    return (
        table.EYES.pack(wave(1.3, 120), wave(0.9, 100), lid, 128 + wave(2, 100), 120, 200, 255, 150 + wave(3, 100)),
        table.LIGHT.pack(255, 170, 90, 128 + wave(2, 120), 128 + wave(5, 127)),
    )


def size() -> None:
    for image, path in IMAGES.items():
        text = subprocess.run(["avr-size", "-A", path], capture_output=True, text=True, check=True).stdout
        rows = {line.split()[0]: int(line.split()[1]) for line in text.splitlines() if line.startswith(".")}
        tell(f"flash, {image}", rows[".text"] + rows[".data"], "B", 24 * 1024)
        tell(f"static RAM, {image}", rows[".data"] + rows[".bss"], "B", 1536)


def busy() -> None:
    """CPU and stack: six moving servos, 136 LEDs, typical line, every kind of message."""
    for image in IMAGES:
        host = Host(image)
        host.boot()
        loads = []
        for n in range(500):
            t = n * 0.02
            host.board.inputs(pads=1 if n % 50 < 20 else 0)
            host.tick(sway(t), *life(t))
            loads.append(host.status["load"])
        for limits in WIRE.limits():
            host.run(20 * MS, limits)
        host.tick(sway(10), raw=bytes(generator(1).integers(0, 256, 400, dtype="uint8")))
        for _ in range(20):
            host.tick(sway(10))
        tell(f"CPU, worst tenth of a second, {image}", max(loads), "%", 60)
        tell(f"CPU, mean, {image}", sum(loads) / len(loads), "%", 60)
        tell(f"stack never used, {image}", host.status["spare"], "B", 200, least=True)
        tell(f"late or unsent, {image}", host.status["late"] + host.status["unsent"], "", 0)
        host.close()


def jitter(seconds: float = 20.0) -> None:
    """Width of every pulse against the pulse that the board reported for that frame."""
    for image in IMAGES:
        for line in ("idle", "typical", "saturated"):
            host = Host(image)
            host.boot()
            errors: list[list[int]] = [[] for _ in range(6)]
            chance = generator(5)
            filler = [host.frame(table.PING.pack(n)) for n in range(200)] if line == "saturated" else []
            told: dict[int, tuple[int, ...]] = {}
            for n in range(int(seconds * 50)):
                t = n * 0.02
                steps = [(20 * MS, host.setpoint(sway(t)), *life(t))]
                us = steps[0][0]
                if line == "idle":  # eyes and servos still move by themselves: a setpoint twenty times slower
                    messages = [host.setpoint(sway(t)), *life(t)] if n % 20 == 0 else []
                    host.run(us, *messages)
                elif line == "typical":
                    host.run(us, *steps[0][1:])
                else:
                    extra = b"".join(filler[int(chance.integers(200))] for _ in range(86))
                    host.run(us, *steps[0][1:], raw=extra[: 1000 - 46])
                for pose in host.poses:
                    told[pose[0]] = pose[1:9]
                host.poses.clear()
                for pulse in host.board.pulses:
                    if pulse.channel >= 6:
                        continue
                    frame = ((pulse.cycle // CYCLES_PER_US - 125 - BOOT_US) // 20_000) * 20_000 + 125
                    if frame in told:
                        errors[pulse.channel].append(pulse.width - told[frame][pulse.channel])
            spread = max(max(e) - min(e) for e in errors) / CYCLES_PER_US
            counted = sum(len(e) for e in errors)
            tell(f"jitter of the worst servo, {image}, line {line} ({counted} pulses)", spread, "us", 1.5)
            if line == "saturated":
                tell(f"bytes lost, {image}, line saturated, of {int(seconds * 50_000)}", host.board.lost(), "B", 0)
            host.close()


BOOT_US = 0


SECTIONS: dict[str, Callable[[], None]] = {"size": size, "busy": busy, "jitter": jitter}


def chosen() -> Iterator[Callable[[], None]]:
    for name in sys.argv[1:] or SECTIONS:
        yield SECTIONS[name]


if __name__ == "__main__":
    for section in chosen():
        section()
