"""Ticks come from the loop's thread into the page's, to each follower alike."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from robot.doors.api.ticks import TickRelay
from robot.page.server.feed import Feed
from tests.support.noted_controls import Everything
from tests.support.page_robot import tick

if TYPE_CHECKING:
    import pytest

    from robot.core.tick import Tick


def test_an_error_in_one_follower_keeps_no_tick_from_another(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[int] = []

    def fails(_: Tick) -> None:
        raise ValueError("unforeseen")

    async def follow() -> None:
        relay = TickRelay(Feed())
        with relay.followed(fails), relay.followed(lambda one: seen.append(one.n)):
            relay.see(tick(1, Everything()))
            relay.see(tick(2, Everything()))
            await asyncio.sleep(0.05)

    with caplog.at_level(logging.ERROR):
        asyncio.run(follow())
    assert seen == [1, 2]
    assert "unforeseen" in caplog.text


def test_whoever_comes_late_is_told_nothing_of_before() -> None:
    early: list[int] = []
    late: list[int] = []

    async def follow() -> None:
        relay = TickRelay(Feed())
        with relay.followed(lambda one: early.append(one.n)):
            relay.see(tick(1, Everything()))
            with relay.followed(lambda one: late.append(one.n)):
                relay.see(tick(2, Everything()))
                await asyncio.sleep(0.05)

    asyncio.run(follow())
    assert (early, late) == ([1, 2], [2])
