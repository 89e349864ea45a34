"""uvicorn's WebSocket, ending with the server also where the other side is just closing it: uvicorn would raise,
and leave the page half ended.
"""

from __future__ import annotations

from contextlib import suppress

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState


class EndingLine(WebSocketsSansIOProtocol):
    """Closes its connection whatever state it is in."""

    def shutdown(self) -> None:
        with suppress(InvalidState):
            super().shutdown()
        self.transport.close()
