"""The figures of the firmware on a simulated ATmega328P: one JSON line each. `python -m benchmarks.bench_firmware`.

Needs `make -C hardware/firmware` and `make -C sim/board/emulators/simavr`. Nothing here was measured on silicon.
"""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from typing import TYPE_CHECKING

from benchmarks.figures import tell
from firmware_bridge import table
from firmware_bridge.clocksync import ClockSync
from robot.core.clock import generator
from sim.board.emulated import CYCLES_PER_US
from tests.support import avr_against_wasm
from tests.support.avr_rig import IMAGES, MS, Host, Wasm, frames_with_ends, life, sway
from tests.support.rig import ONE, WIRE
from tests.support.valid_traffic import Flood, PulseWatch, Siege, besiege

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EASED = 100  # servo frames until the servos have come from rest to the stream


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def size() -> None:
    for image, path in IMAGES.items():
        text = subprocess.run(["avr-size", "-A", path], capture_output=True, text=True, check=True).stdout
        rows = {line.split()[0]: int(line.split()[1]) for line in text.splitlines() if line.startswith(".")}
        tell(f"flash, {image}", rows[".text"] + rows[".data"], "B", 24 * 1024)
        tell(f"static RAM, {image}", rows[".data"] + rows[".bss"], "B", 1600)


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
            spread = avr_against_wasm.jitter(image, line, seconds)
            tell(f"jitter of the worst servo, {image}, line {line} ({spread.pulses} pulses)", spread.us, "us", 1.5)
            tell(f"bytes lost, {image}, line {line}", spread.lost, "B", 0)


def equal(minutes: float = 10.0) -> None:
    """The same bytes at the same board times to the AVR image and to the WebAssembly: pulses and lights compared."""
    for image in IMAGES:
        like = avr_against_wasm.compare(image, minutes)
        tell(f"AVR against WebAssembly, {image}, {like.pulses} pulses, worst", like.worst, "timer counts", 1)
        tell(f"AVR against WebAssembly, {image}, {like.pictures} pictures, unlike", like.unlike, "", 0)


def ping() -> None:
    """First byte out of the host to last byte of the answer, at every phase of the servo frame, on a moving body.

    Four a second, as the client pings. The two on the wire take 520 us; the pose report of each frame takes it for 560.
    """
    for image in IMAGES:
        host = Host(image)
        host.boot()
        trips = []
        for n in range(400):
            t = n * 0.26
            for frame in range(12):
                host.tick(sway(t + frame * 0.02), *life(t + frame * 0.02))
            first = 1000 + (n * 4751) % 17_000  # the setpoint's frame is over by then
            host.tick(sway(t + 0.24), *life(t + 0.24), us=first)
            sent = host.board.cycle
            host.run(20 * MS - first, table.PING.pack(n))
            mark = bytes((table.PONG.id, *n.to_bytes(4, "little")))
            for whole, end in frames_with_ends(host.board.sent):
                if whole[1:6] == mark:
                    trips.append((end - sent) / CYCLES_PER_US)
        tell(f"ping round trip, median, {image}", percentile(trips, 0.5), "us", 700)
        tell(f"ping round trip, p95, {image}", percentile(trips, 0.95), "us", 700)
        tell(f"ping round trip, worst, {image} ({len(trips)} pings)", max(trips), "us", 700)
        host.close()


def latency() -> None:
    """A setpoint's first byte at any phase of the servo frame, to the rise of the first pulse that it changed."""
    for image in IMAGES:
        host = Host(image)
        host.boot()
        waits = []
        side = 1
        for n in range(300):
            phase = (n * 7919) % 20_000
            for _ in range(12):  # at rest on one side
                host.tick((side * 0.1, *ONE.rest[1:]))
            host.run(phase)
            held = WIRE.positions(ONE.rest._replace(base_yaw=side * 0.1))[0]
            side = -side
            sent = host.board.cycle
            host.tick((side * 0.1, *ONE.rest[1:]), us=60 * MS)
            changed = [pulse for pulse in host.board.pulses if pulse.channel == 0 and pulse.width != held]
            waits.append((changed[0].cycle - sent) / CYCLES_PER_US / 1000)
        tell(f"setpoint written to pulse changed, p99, {image}", percentile(waits, 0.99), "ms", 22)
        tell(f"setpoint written to pulse changed, worst, {image}", max(waits), "ms", 22)
        host.close()


def sync() -> None:
    """The client's clock fit against the true board clock (0.3 % fast), with up to 2 ms of jitter each way."""
    chance = generator(11)
    clock = ClockSync()
    errors = []
    recovered = 0.0
    boot = 1.234
    for n in range(3000):  # four pings a second, as the client does
        t = n * 0.25
        if n == 2000:
            boot, since = t, t
        there, back = 220e-6 + chance.random() * 2e-3, 300e-6 + chance.random() * 2e-3  # wire, then jitter
        board = int((t + there - boot) * 1e6 * 1.003)
        clock.add(t, t + there + back, board & 0xFFFFFFFF)
        truth = (t - boot) * 1e6 * 1.003
        error = abs((clock.board_us(t) - truth + 2**31) % 2**32 - 2**31)
        if n >= 2000 and error > 500:
            recovered = t - since + 0.25
        if 100 < n < 2000 or n > 2100:  # settled
            errors.append(error)
    tell("clock sync under 2 ms of line jitter, p99", percentile(errors, 0.99), "us", 200)
    tell("clock sync after a board reset, back within 500 us after", recovered, "s", 10)


def noise(updates: int = 100_000) -> None:
    """One wrong bit in a thousand bytes, six servos moving: no wrong pulse, and how long a servo waits for good news.

    A pulse is wrong that is outside what was asked for in the last quarter of a second; on the AVR also, at its pins,
    one that is outside the limits, too fast or too hard.
    """
    for name in ("AVR in simavr", "WebAssembly"):
        chance = generator(13)
        board = Host("ws2812") if name.startswith("AVR") else Wasm()
        board.boot()
        watch = PulseWatch()
        wrong = stale = 0
        good_at = 0
        told: deque[tuple[float, ...]] = deque(maxlen=12)
        for n in range(updates):
            angles = sway(n * 0.02)
            line = bytearray(board.frame(board.setpoint(angles), *life(0)))
            hits = chance.random(len(line)) < 1e-3
            for i in hits.nonzero()[0]:
                line[i] ^= 1 << int(chance.integers(8))
            board.run(20 * MS, raw=bytes(line))
            if isinstance(board, Host):
                watch.see(board.board.pulses)
            if not hits.any():
                good_at = n
            stale += n - good_at > 3  # 60 ms
            pose = WIRE.pose(board.poses[-1][3:])
            board.poses.clear()
            told.append(angles)
            spans = zip(pose, map(min, zip(*told, strict=True)), map(max, zip(*told, strict=True)), strict=True)
            wrong += n > EASED and any(not low - 0.005 <= angle <= high + 0.005 for angle, low, high in spans)
        tell(f"wrong pulses in {updates} updates with noise, {name}", wrong + sum(watch.wrong.values()), "", 0)
        tell(f"servo stale for over 60 ms, {name}", 100 * stale / updates, "% of the time", 0.1)
        board.close()


def valid(frames: int = 100_000) -> None:
    """A line full of valid frames made to take long: pulses at the pins, bytes lost, reports that come nevertheless."""
    for image in IMAGES:
        sieges: list[Siege] = []
        while sum(siege.frames for siege in sieges) < frames:
            host = Host(image)
            sieges.append(besiege(host, [(kind, 100) for kind in Flood(0).kinds], len(sieges)))
            host.close()
        sent = sum(siege.frames for siege in sieges)
        pulses = sum(siege.watch.pulses for siege in sieges)
        wrong = sum(sum(siege.watch.wrong.values()) for siege in sieges)
        tell(f"wrong pulses of {pulses} under {sent} valid frames, {image}", wrong, "", 0)
        tell(f"bytes lost meanwhile, {image}", sum(siege.lost for siege in sieges), "B", 0)
        tell(f"pulses given twice meanwhile, {image}", sum(siege.skipped for siege in sieges), "", 0)
        tell(f"longest time without a pose, {image}", max(siege.longest_us for siege in sieges) / 1000, "ms", 100)


SECTIONS: dict[str, Callable[[], None]] = {
    "size": size,
    "busy": busy,
    "jitter": jitter,
    "ping": ping,
    "latency": latency,
    "sync": sync,
    "noise": noise,
    "valid": valid,
    "equal": equal,
}


def chosen() -> Iterator[Callable[[], None]]:
    for name in sys.argv[1:] or SECTIONS:
        yield SECTIONS[name]


if __name__ == "__main__":
    for section in chosen():
        section()
