"""How many pages are being opened: each costs a megabyte and some tens of milliseconds before its browser connects."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nicegui import Client

from robot.core.clock import stopwatch

if TYPE_CHECKING:
    from collections.abc import Mapping

AWAITED = 12  # pages whose browser has not connected yet
WAIT_S = 15.0  # for which it is waited for: a small computer loads the page's scripts within five
LOOK_EACH_S = 5.0


def crowded() -> bool:
    """Whether no more are built at this moment."""
    return len(_awaited(Client.instances)) >= AWAITED


async def drop_unconnected() -> None:
    """Let go, for ever, the pages whose browser never connects."""
    since: dict[str, float] = {}
    while True:
        now = stopwatch()
        since = {name: since.get(name, now) for name in _awaited(Client.instances)}
        for name, begun in since.items():
            if now - begun >= WAIT_S and name in Client.instances:
                Client.instances[name].delete()
        await asyncio.sleep(LOOK_EACH_S)


def _awaited(clients: Mapping[str, Client]) -> list[str]:
    """Those that no browser has ever connected to."""
    return [name for name, client in clients.items() if client.environ is None]
