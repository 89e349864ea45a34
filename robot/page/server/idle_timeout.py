"""Hangs up on connections that bring no request, so that nobody keeps the door shut by saying nothing.

uvicorn closes those that fall silent after an answer, and none before the first, nor one that stops amid a request.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from robot.core.clock import stopwatch

if TYPE_CHECKING:
    from collections.abc import Collection

PATIENCE_S = 5.0  # as long as uvicorn keeps a connection after an answer
LOOK_EACH_S = 1.0


async def hang_up(connections: Collection[asyncio.Protocol]) -> None:
    """Close, for ever, what has waited for a whole request longer than `PATIENCE_S`. A WebSocket is none of these."""
    since: dict[tuple[object, object], float] = {}
    while True:
        now = stopwatch()
        waiting = [one for one in connections if isinstance(one, HttpToolsProtocol) and _awaits_request(one)]
        since = {(one, one.cycle): since.get((one, one.cycle), now) for one in waiting}  # a cycle is one request
        for one in waiting:
            if now - since[one, one.cycle] >= PATIENCE_S:
                one.transport.close()  # what is on its way to a slow reader still goes
        await asyncio.sleep(LOOK_EACH_S)


def _awaits_request(connection: HttpToolsProtocol) -> bool:
    cycle = connection.cycle
    return cycle is None or cycle.response_complete or cycle.more_body
