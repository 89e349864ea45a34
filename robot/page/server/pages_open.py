"""How many pages are being opened: each costs a megabyte and some tens of milliseconds before its browser connects.

This machine has a share that nobody of the network can use up, and no device of the network takes all of theirs.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nicegui import Client

from robot.core.clock import stopwatch
from robot.parts.home_network import on_this_machine

if TYPE_CHECKING:
    from collections.abc import Mapping

AWAITED = 12  # pages whose browser has not connected yet: this machine's, and as many of the network
AWAITED_PEER = 6  # of them for one device of the network
WAIT_S = 15.0  # for which it is waited for: a small computer loads the page's scripts within five
LOOK_EACH_S = 5.0


def crowded(peer: str) -> bool:
    """Whether no more are built for `peer` at this moment."""
    here, peers = on_this_machine(peer), [client.ip for client in _awaited(Client.instances).values()]
    mine = sum(on_this_machine(other) == here for other in peers)
    return mine >= AWAITED or (not here and peers.count(peer) >= AWAITED_PEER)


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


def _awaited(clients: Mapping[str, Client]) -> dict[str, Client]:
    """Those that no browser has ever connected to."""
    return {name: client for name, client in clients.items() if client.environ is None}
