"""The AVR image and the WebAssembly given the same bytes at the same board times; and the AVR's pulse widths."""

from __future__ import annotations

from typing import NamedTuple

from firmware_bridge import table
from robot.core.body_frame import Pose
from robot.core.clock import generator
from sim.board.emulated import CYCLES_PER_US
from tests.support.avr_rig import MS, Host, Wasm, life, sway
from tests.support.rig import ONE, WIRE

FIRST_US = 125  # board time of the first servo frame


class Likeness(NamedTuple):
    """How far the two boards were apart."""

    pulses: int
    worst: int  # timer counts
    pictures: int
    unlike: int


class Spread(NamedTuple):
    """Pulse widths against what the board reported for their frames."""

    pulses: int
    us: float  # worst servo, peak to peak
    lost: int  # bytes


def frame_of(host: Host, cycle: int, channel: int) -> int:
    """The servo frame in which a pulse of that channel rose."""
    return round((cycle // CYCLES_PER_US - host.offset - channel // 2 * 2560 - FIRST_US) / 20_000)


def jitter(image: str, line: str, seconds: float) -> Spread:
    """Six swaying servos and eyes that never rest, with the line idle, typical or saturated."""
    host = Host(image)
    host.boot()
    errors: list[list[int]] = [[] for _ in range(6)]
    lost = host.board.lost()
    told: dict[int, tuple[int, ...]] = {}
    for n in range(int(seconds * 50)):
        t = n * 0.02
        data = b""
        if line != "idle" or n % 20 == 0:  # idle: just enough to stay armed
            data = host.frame(host.setpoint(sway(t)), *life(t))
        while line == "saturated" and len(data) < 970:
            data += host.frame(*life(t))
        host.run(20 * MS, raw=data)
        told.update({round((pose[0] - FIRST_US) / 20_000): pose[3:] for pose in host.poses})
        host.poses.clear()
        for pulse in host.board.pulses:
            frame = frame_of(host, pulse.cycle, pulse.channel)
            if frame in told:
                errors[pulse.channel].append(pulse.width - told[frame][pulse.channel])
    lost = host.board.lost() - lost + host.status["overruns"]
    host.close()
    return Spread(sum(map(len, errors)), max(max(e) - min(e) for e in errors) / CYCLES_PER_US, lost)


class Script:
    """Ten minutes of life: moves within and beyond the limits, eyes, stops, silences, hostile numbers."""

    def __init__(self, minutes: float) -> None:
        self._chance = generator(int(minutes * 60))
        self._wild = list(ONE.rest)

    def messages(self, n: int, now_us: int) -> list[bytes]:
        chance = self._chance
        if n < 2:
            return WIRE.limits() if n == 0 else [WIRE.configure(0, 64)]
        beat = n % 1500  # half a minute
        if 900 <= beat < 1000:
            return []  # silence: rest, limp
        if beat in (2, 1000):
            return [table.ARM.pack(WIRE.mask)]
        if beat == 1400:
            return [table.STOP.pack(table.How.REST)]
        t = n * 0.02
        start = (now_us + 3000) & 0xFFFFFFFF
        if 300 <= beat < 600:
            if n % 13 == 0:
                self._wild = [float(chance.uniform(j.lower * 1.2, j.upper * 1.2)) for j in ONE.joints]
            move = table.SETPOINT.pack(start, *WIRE.positions(Pose(*self._wild)))
        else:
            move = table.SETPOINT.pack(start, *WIRE.positions(Pose(*sway(t))))
        return [move, *life(t)] if n % 7 else [move]


def in_step(host: Host) -> Wasm:
    """Bring the AVR to 2 ms after the start of a servo frame, and make a WebAssembly board that lives at its time."""
    host.meet()
    host.run(20 * MS - (host.us - host.offset - FIRST_US - 2 * MS) % (20 * MS))
    start = host.us - host.offset - 2 * MS
    wasm = Wasm()
    lived = len(host.poses)
    for n in range(lived):
        wasm.board_us = start - (lived - n) * 20 * MS
        wasm.next_frame = wasm.board_us + 20 * MS
        wasm.step(*([table.PING.pack(1)] if n == 1 else []))
    wasm.board_us, wasm.next_frame = start + 2 * MS, start + 20 * MS
    host.sequence = wasm.sequence = 0
    return wasm


def compare(image: str, minutes: float) -> Likeness:
    """Drive both through the same life."""
    avr = Host(image)
    wasm = in_step(avr)
    script = Script(minutes)
    seen: dict[tuple[int, int], int] = {}
    told: dict[tuple[int, int], int] = {}
    pictures = unlike = 0
    lights = b""
    for n in range(int(minutes * 60 * 50)):
        messages = script.messages(n, avr.us - avr.offset)
        avr.run(20 * MS, *messages)
        for pulse in avr.board.pulses:
            seen[frame_of(avr, pulse.cycle, pulse.channel), pulse.channel] = pulse.width
        for _, picture in avr.board.pictures:
            pictures += 1
            unlike += n > 0 and in_order(image, picture) != lights
        frame = round((wasm.next_frame - FIRST_US) / 20_000)
        lights = wasm.step(*messages)
        for channel, width in enumerate(wasm.board.pulses()):
            if width or (frame, channel) in seen:
                told[frame, channel] = width
    avr.close()
    last = max(frame for frame, _ in seen)  # what the AVR has come to
    apart = [abs(seen.get(key, 0) - width) for key, width in told.items() if key[0] < last]
    return Likeness(len(apart), max(apart), pictures, unlike)


def in_order(image: str, picture: bytes) -> bytes:
    """What went out to the lights, as red, green, blue."""
    if image == "ws2812":
        return bytes(picture[i + j] for i in range(0, 408, 3) for j in (1, 0, 2))
    return bytes(picture[4 + i + j] for i in range(0, 544, 4) for j in (3, 2, 1))
