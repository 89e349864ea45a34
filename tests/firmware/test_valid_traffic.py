"""Valid frames as fast as the line carries them, to the AVR image: the pulses at its pins never leave the limits."""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING

import pytest

from tests.support.avr_rig import Host
from tests.support.images import HAVE_AVR, WITHOUT_AVR, avr_images
from tests.support.valid_traffic import Flood, apart, besiege

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not HAVE_AVR, reason=WITHOUT_AVR)]

KINDS = tuple(Flood(0).kinds)
AS_ONCE = 0x20260170
SOAK_FRAMES = 1_000_000


@pytest.fixture(scope="module", autouse=True)
def _images(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with avr_images(tmp_path_factory.mktemp("avr")):
        yield


def hold_out(lights: str, turns: Sequence[tuple[str, int]], seed: int, *, full: bool = True) -> int:
    host = Host(lights)
    siege = besiege(host, turns, seed, full=full)
    host.close()
    servo_frames = sum(count for _, count in turns)
    assert not siege.watch.wrong, siege.watch.first
    assert siege.watch.pulses > 4 * servo_frames
    assert siege.skipped == 0
    assert (siege.lost, siege.damaged) == (0, 0)
    assert siege.poses >= servo_frames - 1  # one of each servo frame, so at 50 Hz
    assert siege.longest_us <= 20_000
    assert siege.spare >= 200
    return siege.frames


@pytest.mark.parametrize("lights", ["ws2812", "sk9822"])
def test_a_full_line_of_valid_frames_harms_nothing_and_blinds_nobody(lights: str) -> None:
    hold_out(lights, [(kind, 12) for kind in KINDS], seed=1)


def test_a_full_line_of_all_kinds_in_turn_loses_no_byte() -> None:
    """A burst of dear ones after pulses that took long to settle once ran over: five bytes in nine seconds."""
    hold_out("sk9822", [("mixed", 440)], seed=0)


def test_one_frame_made_to_take_long_in_each_servo_frame_moves_no_edge() -> None:
    """89 times `identify` once stretched pulses to 5.5 ms."""
    hold_out("ws2812", [(kind, 10) for kind in KINDS], seed=2, full=False)


def test_the_traffic_that_once_lost_bytes_is_replayed_to_the_message() -> None:
    """Kinds that came later must not change what "mixed" by seed 0 draws. Told by the ids of a thousand frames."""
    mixed = Flood(0).kinds["mixed"]
    ids = [bytes(message[0] for message in apart(mixed(4000 * n))) for n in range(1000)]
    assert binascii.crc32(b"\0".join(ids)) == AS_ONCE


@pytest.mark.soak
@pytest.mark.parametrize("lights", ["ws2812", "sk9822"])
def test_half_a_million_valid_frames_harm_nothing(lights: str) -> None:
    sent = 0
    for seed in range(1000):
        sent += hold_out(lights, [(kind, 250) for kind in KINDS] + [("mixed", 1500)], seed)
        if sent >= SOAK_FRAMES // 2:
            break
