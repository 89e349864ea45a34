"""The Raspberry Pi Pico's image in the emulator rp2040js: it boots from its UF2 file, and passes what the AVR does.

The emulator has no boot ROM, sends bytes at once, and models neither the flash's speed nor the supply.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from firmware_bridge import table
from tests.support.avr_against_wasm import Script
from tests.support.avr_rig import MS, Host, Wasm
from tests.support.images import HAVE_PICO, WITHOUT_PICO
from tests.support.rig import ONE
from tests.support.valid_traffic import Flood, besiege

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HAVE_PICO, reason=WITHOUT_PICO),
]


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host("pico")
    yield host
    host.close()


def test_it_boots_from_flash_arms_and_cuts_what_hangs(host: Host) -> None:
    host.boot()
    assert host.status["reset"] == table.Reset.POWER
    for pulse in host.board.pulses:
        assert abs(pulse.width - host.poses[-1][3 + pulse.channel]) <= 6  # counts of a third of a microsecond
    assert 0 < host.status["load"] < 20  # it sleeps for the rest, and counts that as idle
    host.board.inputs(pads=1, muted=True, millivolts=3600)
    host.poses.clear()
    host.tick(ONE.rest)
    for _ in range(4):
        host.tick(ONE.rest)
    host.tick(ONE.rest)
    assert not host.board.pulses  # within a tenth of a second
    assert host.status["muted"] == 1
    assert host.status["why"] == table.Why.SAG
    host.board.hang()
    host.decoder = type(host.decoder)()
    host.run(300 * MS)
    host.run(200 * MS)
    assert host.status["reset"] == table.Reset.WATCHDOG
    assert host.status["state"] == table.ServoState.LIMP
    assert host.status["limited"] == 0


@pytest.mark.soak
def test_silence_brings_it_to_rest_and_limp(host: Host) -> None:
    host.boot()
    host.run(400 * MS)
    assert host.board.pulses
    host.run(1300 * MS)
    host.run(100 * MS)
    assert not host.board.pulses
    assert host.status["why"] == table.Why.SILENCE


def test_it_and_the_webassembly_settle_the_same_pulses(host: Host) -> None:
    host.run(30 * MS)
    host.meet()
    begins = host.poses[-1][0]  # the newest frame that is settled
    host.run((begins + 2 * MS - (host.us - host.offset)) % (20 * MS))
    now = host.us - host.offset
    wasm = Wasm()
    wasm.board_us, wasm.next_frame = now, now + 18 * MS
    host.poses.clear()
    host.sequence = wasm.sequence = 0
    script = Script(0.05)
    for n in range(150):
        messages = script.messages(n, now)
        host.run(20 * MS, *messages)
        wasm.step(*messages)
        now += 20 * MS
    theirs, ours = ({pose[0]: pose for pose in poses} for poses in (host.poses, wasm.poses))
    both = sorted(theirs.keys() & ours.keys())
    assert len(both) > 140
    assert ours[both[-1]][2] == table.ServoState.ARMED
    assert [theirs[time] for time in both] == [ours[time] for time in both]


def test_a_full_line_of_valid_frames_harms_nothing_and_loses_nothing(host: Host) -> None:
    siege = besiege(host, [(kind, 5) for kind in Flood(0).kinds], seed=1)
    assert not siege.watch.wrong, siege.watch.first
    assert siege.watch.pulses > 500
    assert (siege.lost, siege.damaged, siege.skipped) == (0, 0, 0)
    assert siege.longest_us <= 20_000
