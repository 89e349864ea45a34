"""A line that damages bytes, to the AVR image: what is damaged is dropped, and no pulse at its pins is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.clock import generator
from tests.support.avr_rig import MS, Host, life
from tests.support.images import HAVE_AVR, WITHOUT_AVR, avr_images
from tests.support.valid_traffic import PINS, PulseWatch, arm_all, swaying

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not HAVE_AVR, reason=WITHOUT_AVR)]

DAMAGED = 1e-3  # of the bytes, one bit each
LONGEST_MS = 100  # without a pose


@pytest.mark.parametrize("updates", [1500, pytest.param(100_000, marks=pytest.mark.soak)])
def test_noise_drops_updates_of_moving_servos_and_moves_none_wrongly(tmp_path: Path, updates: int) -> None:
    chance, watch, damaged, silent, longest = generator(7), PulseWatch(), 0, 0, 0
    with avr_images(tmp_path):
        host = Host("sk9822")
        watch.grain = host.grain
        arm_all(host, watch)
        before = host.status["crc_errors"]
        for _ in range(updates):
            now = host.us - host.offset
            line = np.frombuffer(host.frame(swaying(now), *life(now / 1e6)), dtype=np.uint8).copy()
            struck = chance.random(line.size) < DAMAGED
            line[struck] ^= np.left_shift(1, chance.integers(8, size=int(struck.sum()))).astype(np.uint8)
            damaged += bool(struck.any())
            host.poses.clear()
            host.run(20 * MS, raw=line.tobytes())
            watch.see(host.board.pulses)
            silent = 0 if host.poses else silent + 20
            longest = max(longest, silent)
            host.poses = host.poses or [(0,) * 3]
        dropped = (host.status["crc_errors"] - before) & 0xFFFF
        host.close()
    assert not watch.wrong, watch.first
    assert watch.pulses > (PINS - 0.1) * updates
    assert 0.8 * damaged <= dropped <= 1.5 * damaged
    assert longest <= LONGEST_MS
