"""The images that ship, in their emulators, with a PCA9685 on the bus: judged by the pulses that this chip makes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from firmware_bridge import table
from firmware_bridge.wire import Wire
from tests.support.avr_rig import MS, ROOT, Host, life
from tests.support.images import HAVE_AVR, WITHOUT_AVR, avr_images
from tests.support.rig import ONE
from tests.support.servo_board import ChipWatch, on_channels
from tests.support.valid_traffic import Flood

if TYPE_CHECKING:
    from collections.abc import Iterator

PICO_LACKS = shutil.which("node") is None or not (ROOT / "tests/rp2040/node_modules/rp2040js").exists()
WITHOUT_PICO = "the emulator is not installed: `make -C tests/rp2040`, which needs Node.js"
CHANNELS = {"pico": (15, 3, 9, 12, 0, 7), "ws2812": (7, 3, 1, 5, 0, 2), "sk9822": (7, 3, 1, 5, 0, 2)}
MHZ = 23.2  # a slow one: its period is hardly shorter than a servo frame
QUIET = (
    *("one ping", "one identify", "show", "configure", "refused limits", "setpoints", "mixed"),
    *("identify", "ping", "identify and stop"),
)

pytestmark = pytest.mark.slow


@pytest.fixture(
    params=[
        pytest.param("pico", marks=pytest.mark.skipif(PICO_LACKS, reason=WITHOUT_PICO)),
        pytest.param("ws2812", marks=pytest.mark.skipif(not HAVE_AVR, reason=WITHOUT_AVR)),
        pytest.param("sk9822", marks=pytest.mark.skipif(not HAVE_AVR, reason=WITHOUT_AVR)),
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

    def enabled(self) -> bool:
        """Whether OE is low."""
        return self.board.chip.enabled

    def boot(self) -> None:
        """Until all are armed; judged from the next frame on."""
        self.host.boot()
        for pose in self.host.poses:
            self.watch.settle(pose[3:], pose[1])

    def run(self, us: int, *messages: bytes, raw: bytes = b"") -> None:
        self.host.poses.clear()
        self.host.run(us, *messages, raw=raw)
        for pose in self.host.poses:
            self.watch.settle(pose[3:], pose[1])
        self.watch.see(self.board.pulses)

    def swing(self, frames: int, kind: str = "") -> None:
        """All joints to and fro as fast as they may; on a line full of frames of a kind."""
        flood = Flood(1).kinds
        for n in range(frames):
            side = 1.0 if n % 60 < 30 else -1.0
            now = self.host.us - self.host.offset
            angles = tuple(j.rest + side * 0.4 * (j.upper - j.lower) for j in ONE.joints)
            raw = self.host.frame(self.host.setpoint(angles, 4000), *life(now / 1e6))
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
    assert all(pulse.channel == 7 for pulse in host.board.at_pins)  # where OE is, on the AVR
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
    bench.swing(12)
    assert not host.board.pulses
    assert len(host.poses) >= 1  # the loop did not wait
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
    wrong = [told for told in bench.watch.wrong if "outside" not in told]  # its own setpoints are among the frames
    assert not wrong, wrong[0]
    assert bench.watch.pulses > 6 * 8 * len(QUIET)
    assert max(bench.watch.fastest, bench.watch.hardest) <= 1.0
    assert host.board.lost() == before
    assert (host.status["skipped"], host.status["overruns"]) == (0, 0)
    assert host.status["spare"] >= 200
