"""The live line: nothing is made or kept while nobody looks, and whoever comes hears what begins from then on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
from websockets.sync.client import connect

from robot.core.tick import Clip
from robot.health.metrics import Gauges
from robot.page.server.access import Access
from robot.page.server.feed import Feed
from robot.page.server.live_line import POSE_S, SOUND, Live
from robot.page.server.served import Served
from robot.page.server.server import Page
from robot.page.server.wav import wav
from tests.support.noted_controls import Asked
from tests.support.page_robot import tick

if TYPE_CHECKING:
    import pytest


def served() -> Served:
    return Served(Feed(), Asked(), Access(lan=False), "en", 0, Gauges(Asked().vitals))


def test_while_nobody_looks_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[object] = []

    def count(live: Live) -> None:
        beats.append(live)

    monkeypatch.setattr(Live, "_give_sounds", count)

    async def a_while() -> None:
        beat = asyncio.create_task(Live(served()).beat())
        await asyncio.sleep(4 * POSE_S)
        beat.cancel()

    asyncio.run(a_while())
    assert not beats


def test_a_picture_is_gone_when_the_last_who_looked_has_left() -> None:
    page = served()
    page.feed.watched = True
    page.feed.see(tick(500, Asked()))
    held = [page.feed.seen]
    assert held != [None]

    async def a_while() -> None:
        beat = asyncio.create_task(Live(page).beat())
        await asyncio.sleep(4 * POSE_S)
        beat.cancel()

    asyncio.run(a_while())
    assert (page.feed.seen, page.feed.watched) == (None, False)


def test_who_comes_hears_what_begins_from_then_on() -> None:
    page, asked = Page(Asked(), port=0), Asked()
    before, after = (Clip(n, "", np.full(40, n / 10, np.float32), 16000) for n in (1, 2))
    page.start()
    assert page.wait_ready()
    page.see(tick(1, asked)._replace(clips=(before,)))
    try:
        with connect(f"ws://{urlsplit(page.url).netloc}/live", proxy=None) as line:
            line.send('{"want": {"camera": false, "sound": true}}')
            messages = [line.recv(10) for _ in range(3)]  # poses
            page.see(tick(2, asked)._replace(clips=(after,)))
            while SOUND + wav(after) not in messages:
                messages.append(line.recv(10))
        assert SOUND + wav(before) not in messages
    finally:
        page.stop()
