"""Valid traffic made to hurt: whole frames with good checksums and known messages, as fast as the line carries them.

`Flood` makes it, `PulseWatch` judges each pulse at the board's pins, `besiege` does both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from firmware_bridge import table
from robot.core.body_frame import Pose
from robot.core.clock import generator
from tests.support.avr_rig import MS, life, sway
from tests.support.rig import CONFIGURE, WIRE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.board.pca9685 import Pulse
    from tests.support.avr_rig import Host

FULL = 1000  # bytes that the line carries in a servo frame
ROOM = table.MAX_DECODED - 3  # bytes of messages in one frame
PINS = 7  # servos at pins that every board has
ALL = (1 << PINS) - 1  # channels
SPARE = {channel: (16_000, 32_000, 24_000, 1200, 6000) for channel in range(PINS) if not WIRE.mask >> channel & 1}
LIMP = ("stop", "rest", "stop and arm")  # kinds that end all motion

# Of the kinds and the messages that there were when "mixed" by seed 0 lost bytes. It is drawn and measured as then,
# so that it is the same traffic for ever.
MIXED = (
    *("identify", "ping", "limits", "refused limits", "configure", "arm", "setpoints", "backwards", "early", "late"),
    *("show", "identify and stop", "one ping", "one identify", *LIMP),
)
SIZES_THEN = {table.CONFIGURE.id: 4, table.ARM.id: 18, table.SETPOINT.id: 21}  # bytes, where they are others now


def _limits() -> list[bytes]:
    size = 1 + table.LIMITS.size
    body = b"".join(WIRE.limits())
    own = [body[at : at + size] for at in range(0, len(body), size)]
    return own + [table.LIMITS.pack(channel, *row) for channel, row in SPARE.items()]


LIMITS = _limits()  # of all channels, one message each
BOUNDS = {row[0]: row[1:] for row in (table.LIMITS.unpack(message, 1) for message in LIMITS)}


def apart(messages: bytes) -> list[bytes]:
    """One by one."""
    parted = []
    at = 0
    while at < len(messages):
        end = at + 1 + table.BY_ID[messages[at]].size_in(messages, at + 1)
        parted.append(messages[at:end])
        at = end
    return parted


@dataclass
class PulseWatch:
    """Judges each pulse of each servo against its limits and against the pulse before it."""

    grain: int = 0  # of the board's pulses, 1/16 us
    pulses: int = 0
    wrong: dict[str, int] = field(default_factory=dict)  # outside, too fast, too hard, not a servo frame apart
    first: str = ""  # of them, in words
    _before: dict[int, tuple[int, int, int]] = field(default_factory=dict)  # cycle, width and step by channel

    def see(self, pulses: Sequence[Pulse]) -> None:
        for channel, cycle, width in pulses:
            self._judge(channel, cycle, width)

    def _judge(self, channel: int, cycle: int, width: int) -> None:
        self.pulses += 1
        lower, upper, _, speed, acceleration = BOUNDS[channel]
        found = [] if lower - 1 - self.grain <= width <= upper + 1 else ["outside"]
        at, old, old_step = self._before.get(channel, (-(10**9), 0, 0))
        step = 0
        since = cycle - at - table.FRAME_US * 16
        if since < table.FRAME_US * 8:  # it had pulses all along
            step = width - old
            if abs(since) > 500:  # the two of a pair rise within 20 us, in either order
                found.append("apart")
            if abs(step) > speed * 16 / 50 + 2 + self.grain:
                found.append("fast")
            if abs(step - old_step) > acceleration * 16 / 2500 + 4 + 2 * self.grain:
                found.append("hard")
        for what in found:
            self.wrong[what] = self.wrong.get(what, 0) + 1
            told = f"{what}: channel {channel} at {cycle / 16e6:.4f} s, {width / 16:.1f} us after {old / 16:.1f}"
            self.first = self.first or told
        self._before[channel] = (cycle, width, step)


class Flood:
    """Frames of a host that means harm, or is broken: valid, every one of them. Given the board's time, us."""

    def __init__(self, seed: int) -> None:
        self._chance = generator(seed)
        arm = table.ARM.pack(ALL)
        place = table.ARM.pack(ALL, *[24_000] * 8)
        self.kinds: dict[str, Callable[[int], bytes]] = {
            "identify": lambda _: table.IDENTIFY.pack() * ROOM,
            "ping": lambda now: table.PING.pack(now & 0xFFFFFFFF) * (ROOM // 5),
            "limits": lambda _: b"".join(LIMITS[:7]),
            "refused limits": lambda _: table.LIMITS.pack(200, 0, 65535, 9, 0, 1) * 7,
            "configure": lambda _: CONFIGURE * (ROOM // len(CONFIGURE)),
            "arm": lambda _: arm * (ROOM // len(arm)),
            "place": lambda _: place * 4,
            "setpoints": lambda now: b"".join(self._wild(now + 2000 * n) for n in range(4)),
            "backwards": lambda now: b"".join(self._wild(now + 9000 - 2000 * n) for n in range(4)),
            "early": lambda now: b"".join(self._wild(now + 65_000 + 700_000 * n) for n in range(4)),
            "any count": lambda now: b"".join(self._wild(now, count) for count in (0, 1, 16, 0, 1)),
            "late": lambda now: self._wild(now - 50_000) * 4,
            "show": lambda now: b"".join(life(now / 1e6)) * 5,
            "identify and stop": lambda _: (table.IDENTIFY.pack() + table.STOP.pack(9)) * 29,
            "one ping": lambda now: table.PING.pack(now & 0xFFFFFFFF),
            "one identify": lambda _: table.IDENTIFY.pack(),
            "mixed": self._mixed,
            "stop": lambda _: table.STOP.pack(table.How.LIMP) * 44,
            "rest": lambda _: table.STOP.pack(table.How.REST) * 44,
            "stop and arm": lambda _: (table.STOP.pack(table.How.LIMP) + arm) * (ROOM // (2 + len(arm))),
            "stop and place": lambda _: (table.STOP.pack(table.How.LIMP) + place) * 4,
        }
        arm_then = table.ARM.pack(ALL, *[0] * 8)
        self._then = self.kinds | {
            "configure": lambda _: CONFIGURE * 22,
            "arm": lambda _: arm_then * 4,
            "stop and arm": lambda _: (table.STOP.pack(table.How.LIMP) + arm_then) * 4,
        }

    def _wild(self, start: int, count: int = 8) -> bytes:
        wild = self._chance.integers(0, 65536, count)
        return table.SETPOINT.pack(start & 0xFFFFFFFF, *(int(one) for one in wild))

    def _mixed(self, now: int) -> bytes:
        """Messages of all kinds; what ends motion is rare."""
        chance = self._chance
        names = [name for name in MIXED if name not in LIMP or chance.random() < 0.003]
        body, then = b"", 0
        while not body or chance.random() < 0.9:
            messages = apart(self._then[names[int(chance.integers(len(names)))]](now))
            some = messages[:1] if chance.random() < 0.9 else messages
            then += sum(SIZES_THEN.get(one[0], len(one)) for one in some)
            if then > ROOM:
                break
            for one in some:
                if len(body) + len(one) <= ROOM:
                    body += one
        return body


@dataclass
class Siege:
    """What came of it."""

    frames: int = 0
    watch: PulseWatch = field(default_factory=PulseWatch)
    poses: int = 0
    longest_us: int = 0  # without a pose
    lost: int = 0  # bytes, in the receiver or behind it
    damaged: int = 0  # frames that the board found damaged
    skipped: int = 0
    early: int = 0
    spare: int = 0  # bytes of stack never used


def swaying(now: int, ahead: int = 4000) -> bytes:
    """All servos on their way, in time; board us."""
    positions = WIRE.positions(Pose(*sway(now / 1e6))) + [0] * len(SPARE)
    for channel in SPARE:
        positions[channel] = 24_000 + round(0.6 * (positions[0] - BOUNDS[0][2]))
    return table.SETPOINT.pack((now + ahead) & 0xFFFFFFFF, *positions)


def arm_all(host: Host, watch: PulseWatch) -> None:
    """Limits to all channels, arm them, and set them swaying."""
    host.meet()
    for limits in LIMITS:
        host.run(20 * MS, limits)
    host.run(20 * MS, CONFIGURE, table.ARM.pack(ALL))
    for _ in range(110):
        host.run(20 * MS, swaying(host.us - host.offset))
        watch.see(host.board.pulses)


def besiege(host: Host, turns: Sequence[tuple[str, int]], seed: int, *, full: bool = True) -> Siege:
    """Each kind for so many servo frames, beside a setpoint and lights in every one, on a line that is full all along.

    Without `full`, one frame of the kind in each servo frame.
    """
    siege = Siege(watch=PulseWatch(host.grain))
    arm_all(host, siege.watch)
    flood = Flood(seed)
    before = dict(host.status)
    lost = host.board.lost()
    told = host.us
    backlog = 0
    for kind, count in turns:
        for _ in range(count):
            now = host.us - host.offset
            limp = host.poses[-1][2] in (table.ServoState.LIMP, table.ServoState.RESTING)
            data = host.frame(table.ARM.pack(ALL)) if limp else b""
            data += host.frame(swaying(now), *life(now / 1e6)) + host.frame(flood.kinds[kind](now))
            siege.frames += 2 + limp
            while full and backlog + len(data) < FULL:
                data += host.frame(flood.kinds[kind](now))
                siege.frames += 1
            backlog = max(backlog + len(data) - FULL, 0)
            host.poses.clear()
            host.run(20 * MS, raw=data)
            siege.watch.see(host.board.pulses)
            siege.poses += len(host.poses)
            told = host.us if host.poses else told
            siege.longest_us = max(siege.longest_us, host.us - told)
            host.poses = host.poses or [(0,) * 3]
    host.run(200 * MS)
    status = {name: value - before[name] & 0xFFFF for name, value in host.status.items()}
    siege.lost = host.board.lost() - lost + status["overruns"]
    siege.damaged, siege.skipped, siege.early = status["crc_errors"], status["skipped"], status["early"]
    siege.spare = host.status["spare"]
    return siege
