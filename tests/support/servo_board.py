"""A body on a PCA9685, and a judge of the pulses that this chip makes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from firmware_bridge import table
from firmware_bridge.wire import Wire
from tests.support.rig import ONE, UNITS, Rig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.body_description import BodyDescription
    from sim.board.pca9685 import Pulse

DIVIDER = 101
PERIOD_US = 4096 * DIVIDER / 23.0  # of the slowest that people have measured


def on_channels(channels: Sequence[int], mhz: float = 25.0) -> BodyDescription:
    """Bowlby One with its joints on these channels of a servo board."""
    joints = tuple(replace(joint, channel=n) for joint, n in zip(ONE.joints, channels, strict=True))
    return replace(ONE, joints=joints, chip_mhz=mhz)


@dataclass
class ChipWatch:
    """Each pulse of the chip must be whole, that of the same pose as the one before it or of the next, and no older
    than it takes to tell the chip.

    The poses, which the board settles one a servo frame, are judged by the limits: so the pulses are within them too,
    but for half a count. All times are those of the host, us.
    """

    body: BodyDescription
    mhz: float = 25.0  # of the chip in truth
    told_mhz: float = 25.0  # and as the board takes it
    lag_us: float = table.FRAME_US / 2 + PERIOD_US  # from a servo frame's begin until the chip gives its width
    pulses: int = 0
    cut: int = 0  # shorter or longer than any that was asked for
    wrong: list[str] = field(default_factory=list)
    settled: list[tuple[int, ...]] = field(default_factory=list)
    fastest: float = 0.0  # shares of the limits, of the settled poses
    hardest: float = 0.0
    _since: list[int] = field(default_factory=list)  # when their servo frames began
    _at: dict[int, set[int]] = field(default_factory=dict)  # by channel: where in `settled` its newest pulse may be
    _step: dict[int, int] = field(default_factory=dict)
    _rose: dict[int, int] = field(default_factory=dict)

    @property
    def grain(self) -> float:
        """One count, 1/16 us."""
        return DIVIDER / self.mhz * UNITS

    def settle(self, positions: Sequence[int], armed: int, time: int) -> None:
        """A pose report; positions by channel, and the begin of its servo frame."""
        now = tuple(p if armed >> n & 1 else 0 for n, p in enumerate(positions))
        for joint in (joint for joint in self.body.joints if joint.fitted):
            n = joint.channel
            ends = sorted((joint.pulse_us(joint.lower), joint.pulse_us(joint.upper)))
            old = self.settled[-1][n] if self.settled and n < len(self.settled[-1]) else 0
            if n >= len(now) or not now[n] or not old:
                self._step[n] = 0
                continue
            if not ends[0] - 0.1 <= now[n] / UNITS <= ends[1] + 0.1:
                self.wrong.append(f"{joint.name} outside: {now[n] / UNITS:.1f} us")
            step, scale = now[n] - old, abs(joint.us_per_rad) * UNITS
            self.fastest = max(self.fastest, (abs(step) - 1) / scale * 50 / joint.speed)
            self.hardest = max(self.hardest, (abs(step - self._step[n]) - 2) / scale * 2500 / joint.acceleration)
            self._step[n] = step
        if not self.settled or now != self.settled[-1]:  # one that was not sent is settled again
            self.settled.append(now)
            self._since.append(time)

    def see(self, pulses: Sequence[Pulse]) -> None:
        """What the chip made, in the order of time."""
        for n, cycle, width in pulses:
            self.pulses += 1
            asked = width * self.mhz / self.told_mhz
            if not 8000 - self.grain <= asked <= 40000 + self.grain:
                self.cut += 1
                self.wrong.append(f"channel {n}: cut to {width / UNITS:.1f} us")
                continue
            newest = len(self.settled) - 1
            known = self._at.get(n, set())
            if not known or cycle - self._rose[n] > 2 * table.FRAME_US * UNITS:
                known = set(range(max(newest - 3, 0), newest + 1))
            self._rose[n] = cycle
            next_ones = {place for at in known for place in (at, at + 1) if place <= newest}
            may_be = {place for place in next_ones if self._fits(place, n, asked)}
            if not may_be:
                self.wrong.append(f"channel {n} at {cycle / 16e6:.4f} s: {width / UNITS:.1f} us was not to follow")
                may_be = {newest}
            elif all(self._overtaken(place, n, cycle / UNITS) for place in may_be):
                self.wrong.append(f"channel {n} at {cycle / 16e6:.4f} s: {width / UNITS:.1f} us was given for too long")
            self._at[n] = may_be

    def _overtaken(self, place: int, channel: int, time: float) -> bool:
        """Whether another width was settled so long ago that the chip must have it."""
        width = self.settled[place][channel]
        for row, since in zip(self.settled[place + 1 :], self._since[place + 1 :], strict=True):
            if time - since <= self.lag_us:
                return False
            if channel < len(row) and row[channel] != width:
                return True
        return False

    def _fits(self, place: int, channel: int, width: float) -> bool:
        row = self.settled[place]
        return channel < len(row) and row[channel] != 0 and abs(row[channel] - width) <= self.grain / 2 + 1


class ChipRig(Rig):
    """The bench of `Rig` with a PCA9685 between the board and the servos."""

    def __init__(self, channels: Sequence[int] = range(6), mhz: float = 25.0, told_mhz: float | None = None) -> None:
        super().__init__()
        body = on_channels(channels, told_mhz or mhz)
        self.wire = Wire(body)
        self.chip = self.board.chip
        self.chip.oscillator_hz = mhz * 1e6
        self.chip_watch = ChipWatch(body, mhz, told_mhz or mhz)
        self.made: list[Pulse] = []  # by the chip, in this servo frame

    def judge(self) -> None:
        pose = self.last(table.POSE)
        positions, armed = pose["position"], pose["armed"]
        assert isinstance(positions, tuple)
        self.chip_watch.settle(positions, int(str(armed)), self.us)
        self.made = self.chip.pulses(self.us)
        self.chip_watch.see(self.made)

    def check(self) -> None:
        assert not self.chip_watch.wrong, self.chip_watch.wrong[0]
        assert self.chip_watch.fastest <= 1.0
        assert self.chip_watch.hardest <= 1.0
