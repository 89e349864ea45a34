"""Memory that loading has left free goes back to the machine."""

from __future__ import annotations

import psutil

from robot.core.heap import give_back


def test_what_is_free_under_what_is_still_used_goes_back() -> None:
    process = psutil.Process()
    blocks = [bytes(2000) for _ in range(50_000)]
    last = blocks.pop()  # the C library gives back by itself only what no block lies above
    del blocks
    before = process.memory_info().rss
    give_back()
    assert before - process.memory_info().rss > 50_000_000
    assert last
