"""The images that ship, in their emulators, with a PCA9685 on the bus: judged by the pulses that this chip makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from firmware_bridge import table
from firmware_bridge.wire import Wire
from robot.core.body_frame import Pose
from tests.support.avr_rig import MS, Host, life
from tests.support.images import HAVE_AVR, HAVE_PICO, WITHOUT_AVR, WITHOUT_PICO, avr_images
from tests.support.rig import ONE
from tests.support.servo_board import ChipWatch, on_channels
from tests.support.valid_traffic import Flood

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHANNELS = {"pico": (15, 3, 9, 12, 0, 7), "ws2812": (7, 3, 1, 5, 0, 2), "sk9822": (7, 3, 1, 5, 0, 2)}
LEAD_US = 4000  # of a client at a real line
MHZ = 23.2  # a slow one: its period is hardly shorter than a servo frame
QUIET = (
    *("one ping", "one identify", "show", "configure", "refused limits", "setpoints", "mixed"),
    *("identify", "ping", "identify and stop"),
)

pytestmark = pytest.mark.slow


@pytest.fixture(
    params=[
        pytest.param("pico", marks=pytest.mark.skipif(not HAVE_PICO, reason=WITHOUT_PICO)),
        pytest.param("ws2812", marks=pytest.mark.skipif(not HAVE_AVR, reason=WITHOUT_AVR)),
        pytest.param("sk9822", marks=[pytest.mark.skipif(not HAVE_AVR, reason=WITHOUT_AVR), pytest.mark.soak]),
    ],
    scope="module",
)
def image(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    name = str(request.param)
    if name == "pico":
        yield name
        return
    with avr_images(tmp_path_factory.mktemp("avr")):
        yield name


class Bench:
    """A board, its chip, and a judge of each pulse."""

    def __init__(self, image: str) -> None:
        body = on_channels(CHANNELS[image], MHZ)
        self.host = Host(image, Wire(body))
        self.board = self.host.board
        self.board.chip.oscillator_hz = MHZ * 1e6
        self.watch = ChipWatch(body, MHZ, MHZ)
        self.poses = 0  # heard so far
        self.more: tuple[int, ...] = ()  # channels beside those of the body

    def enabled(self) -> bool:
        """Whether OE is low."""
        return self.board.chip.enabled

    def boot(self) -> None:
        """Until all are armed; judged from the next frame on."""
        self.host.boot()
        self.settle()

    def boot_all(self) -> None:
        """The same with every channel that the board has."""
        count = len(self.host.wire.positions(ONE.rest))
        self.more = tuple(n for n in range(count) if not self.host.wire.mask >> n & 1)
        self.host.boot(arm=False)
        for channel in self.more:
            self.host.run(20 * MS, table.LIMITS.pack(channel, 16_000, 32_000, 24_000, 1200, 6000))
        self.host.run(20 * MS, table.ARM.pack((1 << count) - 1))
        for _ in range(5 * count + 60):
            self.host.tick(ONE.rest)
        assert self.host.poses[-1][1:3] == ((1 << count) - 1, table.ServoState.ARMED)
        self.settle()

    def settle(self) -> None:
        """What the board has settled, to the judge."""
        self.poses += len(self.host.poses)
        for pose in self.host.poses:
            self.watch.settle(pose[3:], pose[1], pose[0] + self.host.offset)

    def run(self, us: int, *messages: bytes, raw: bytes = b"") -> None:
        self.host.poses.clear()
        self.host.run(us, *messages, raw=raw)
        self.settle()
        self.watch.see(self.board.pulses)

    def swing(self, frames: int, kind: str = "") -> None:
        """All joints to and fro as fast as they may; on a line full of frames of a kind."""
        flood = Flood(1).kinds
        for n in range(frames):
            side = 1.0 if n % 60 < 30 else -1.0
            now = self.host.us - self.host.offset
            angles = tuple(j.rest + side * 0.4 * (j.upper - j.lower) for j in ONE.joints)
            positions = self.host.wire.positions(Pose(*angles))
            for channel in self.more:
                positions[channel] = 24_000 + round(side * 6000)
            setpoint = table.SETPOINT.pack((now + LEAD_US) & 0xFFFFFFFF, *positions)
            raw = self.host.frame(setpoint, *life(now / 1e6))
            while kind and len(raw) < 900:
                raw += self.host.frame(flood[kind](now))
            self.run(20 * MS, raw=raw)


@pytest.fixture
def bench(image: str) -> Iterator[Bench]:
    bench = Bench(image)
    yield bench
    bench.host.close()


def test_motion_silence_and_a_hang_by_the_pulses_of_the_chip(bench: Bench) -> None:
    host, watch = bench.host, bench.watch
    host.run(60 * MS)
    assert not bench.enabled()
    bench.boot()
    assert host.status["output"] == table.Output.CHIP
    bench.swing(70)
    assert not watch.wrong, watch.wrong[0]
    assert watch.pulses > 6 * 70
    assert watch.fastest > 0.9
    assert max(watch.fastest, watch.hardest) <= 1.0
    assert not host.board.at_pins
    bench.run(520 * MS)
    assert host.poses[-1][2] == table.ServoState.RESTING
    bench.run(1300 * MS)
    assert not watch.wrong, watch.wrong[0]
    assert not bench.enabled()
    host.run(40 * MS)
    assert not host.board.pulses
    assert host.status["why"] == table.Why.SILENCE
    host.boot()
    assert bench.enabled()
    host.board.hang()
    host.decoder = type(host.decoder)()
    host.run(200 * MS)
    assert host.board.pulses  # the chip goes on by itself
    host.run(100 * MS)
    assert not bench.enabled()  # until the watchdog's reset frees OE
    host.run(300 * MS)
    assert not host.board.pulses
    assert host.status["reset"] == table.Reset.WATCHDOG


@pytest.mark.parametrize("fault", ["unplugged", "held", "restarted"])
def test_a_chip_lost_amid_motion_is_silenced_told_and_regained(bench: Bench, fault: str) -> None:
    host = bench.host
    bench.boot()
    bench.swing(20)
    host.board.servo_board(fitted=fault != "unplugged", held=fault == "held", powered_again=fault == "restarted")
    bench.swing(5)
    assert not bench.enabled()
    before = bench.poses
    bench.swing(12)
    assert not host.board.pulses
    assert bench.poses - before >= 11  # the loop did not wait
    told = {"held": table.Output.HELD, "unplugged": table.Output.MISSING, "restarted": table.Output.MISSING}[fault]
    assert host.status["output"] == told
    assert host.status["why"] == table.Why.OUTPUT
    assert host.status["state"] == table.ServoState.LIMP
    assert (host.status["skipped"], host.status["overruns"]) == (0, 0)
    host.board.servo_board()
    host.run(900 * MS)
    assert host.status["output"] == table.Output.CHIP
    bench.watch = ChipWatch(bench.watch.body, MHZ, MHZ)
    bench.boot()
    bench.swing(20)
    assert not bench.watch.wrong, bench.watch.wrong[0]
    assert bench.watch.pulses > 6 * 20


def test_a_chip_that_was_never_there_is_told(bench: Bench) -> None:
    bench.board.servo_board(fitted=False)
    bench.host.boot(arm=False)
    bench.host.run(300 * MS)
    assert bench.host.status["output"] == table.Output.MISSING
    assert not bench.enabled()


def test_a_full_line_of_valid_frames_leaves_no_step_out(bench: Bench) -> None:
    host = bench.host
    bench.boot()
    before = host.board.lost()
    for kind in QUIET:
        bench.swing(8, kind)
    host.run(200 * MS)
    assert not bench.watch.wrong, bench.watch.wrong[0]
    assert bench.watch.pulses > 6 * 8 * len(QUIET)
    assert max(bench.watch.fastest, bench.watch.hardest) <= 1.0
    assert host.board.lost() == before
    assert (host.status["skipped"], host.status["overruns"], host.status["failed"]) == (0, 0, 0)
    assert host.status["spare"] >= 200


def test_all_channels_move_at_once_and_no_setpoint_is_late_in_any_phase(bench: Bench) -> None:
    """The client's lead leaves a board so much time and no more, on a line that is full of other frames."""
    host = bench.host
    bench.boot_all()
    for _ in range(20):
        bench.swing(3, "show")
        bench.run(1 * MS)
    host.run(200 * MS)
    assert (host.status["late"], host.status["early"]) == (0, 0)
    assert (host.status["skipped"], host.status["overruns"], host.status["failed"]) == (0, 0, 0)
    assert host.board.lost() == 0
    assert not bench.watch.wrong, bench.watch.wrong[0]
    assert bench.watch.pulses > 60 * (6 + len(bench.more))


@pytest.mark.skipif(not HAVE_AVR, reason=WITHOUT_AVR)
@pytest.mark.parametrize("lights", ["ws2812", "sk9822"])
def test_a_chip_that_went_on_stays_silenced_while_the_servos_hang_on_pins(lights: str, tmp_path: Path) -> None:
    """A forgotten servo board must not be enabled by a pulse at a pin, nor by what is left of one."""
    with avr_images(tmp_path):
        bench = Bench(lights)
    host = bench.host
    bench.boot()
    bench.swing(10)
    host.board.restart(table.Reset.PIN)
    host.decoder = type(host.decoder)()
    host.meet()
    assert not host.board.pulses
    host.run(20 * MS, table.CONFIGURE.pack(4200, 64, table.Output.PINS, 0))
    limits = (16_000, 32_000, 24_000, 1200, 6000)
    answers = [host.run(20 * MS, table.LIMITS.pack(channel, *limits)) for channel in range(8)]
    codes = [row[2] for rows in answers for row in rows if row[0] == table.ACK.id]
    for mask in (0x7F, 0xFF):
        host.run(20 * MS, table.ARM.pack(mask))
    for n in range(60):
        host.run(20 * MS, table.SETPOINT.pack((host.us - host.offset + LEAD_US) & 0xFFFFFFFF, *[24_000 + 50 * n] * 8))
        assert not host.board.pulses
    assert {pulse.channel for pulse in host.board.at_pins} == set(range(7))
    assert codes == [table.Code.OK] * 7 + [table.Code.CHANNEL]
    host.run(5 * MS, table.STOP.pack(table.How.LIMP), host.wire.configure(4200, 64))
    for _ in range(20):
        host.run(20 * MS)
        assert not host.board.pulses
    host.close()
