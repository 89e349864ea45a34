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


def on_channels(channels: Sequence[int], mhz: float = 25.0) -> BodyDescription:
    """Bowlby One with its joints on these channels of a servo board."""
    joints = tuple(replace(joint, channel=n) for joint, n in zip(ONE.joints, channels, strict=True))
    return replace(ONE, joints=joints, chip_mhz=mhz)


@dataclass
class ChipWatch:
    """Each pulse of the chip must be one that the board has settled, in order, none left out, and whole.

    The board's own poses are judged by the limits: so the pulses are within them too, but for half a count.
    """

    body: BodyDescription
    mhz: float = 25.0  # of the chip in truth
    told_mhz: float = 25.0  # and as the board takes it
    pulses: int = 0
    given_twice: int = 0
    cut: int = 0  # shorter or longer than any that was asked for
    wrong: list[str] = field(default_factory=list)
    settled: list[tuple[int, ...]] = field(default_factory=list)
    fastest: float = 0.0  # shares of the limits, of the settled poses
    hardest: float = 0.0
    _at: dict[int, int] = field(default_factory=dict)  # by channel: the place in `settled` of its newest pulse
    _step: dict[int, int] = field(default_factory=dict)
    _rose: dict[int, int] = field(default_factory=dict)

    @property
    def grain(self) -> float:
        """One count, 1/16 us."""
        return DIVIDER / self.mhz * UNITS

    def settle(self, positions: Sequence[int], armed: int) -> None:
        """A pose report; positions by channel."""
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
        self.settled.append(now)

    def see(self, pulses: Sequence[Pulse]) -> None:
        """What the chip made, in the order of time."""
        for n, cycle, width in pulses:
            self.pulses += 1
            asked = width * self.mhz / self.told_mhz
            if not 8000 - self.grain <= asked <= 40000 + self.grain:
                self.cut += 1
                self.wrong.append(f"channel {n}: cut to {width / UNITS:.1f} us")
                continue
            since = cycle - self._rose.get(n, -(10**9))
            self._rose[n] = cycle
            newest = len(self.settled) - 1
            begin = self._at.get(n, 0) if since < 2 * table.FRAME_US * UNITS else max(newest - 3, 0)
            for place in range(begin, newest + 1):
                row = self.settled[place]
                if n < len(row) and row[n] and abs(row[n] - asked) <= self.grain / 2 + 1:
                    break
            else:
                self.wrong.append(f"channel {n} at {cycle / 16e6:.4f} s: {width / UNITS:.1f} us was never settled")
                continue
            old = self.settled[begin]
            between = (after[n] for after in self.settled[begin + 1 : place])
            if n < len(old) and any(abs(after - old[n]) > self.grain for after in between):
                self.wrong.append(f"channel {n} at {cycle / 16e6:.4f} s: {place - begin} steps in one")
            self.given_twice += place == begin
            self._at[n] = place


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
        self.chip_watch.settle(positions, int(str(armed)))
        self.made = self.chip.pulses(self.us)
        self.chip_watch.see(self.made)

    def check(self) -> None:
        assert not self.chip_watch.wrong, self.chip_watch.wrong[0]
        assert self.chip_watch.fastest <= 1.0
        assert self.chip_watch.hardest <= 1.0
