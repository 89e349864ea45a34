"""uvicorn's HTTP, with a limit to what may come beside a request's body, and to how many requests may wait on one line.

uvicorn keeps any number of either: it reads on after each answer, and trailers come as headers do.
"""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 32 * 1024  # bytes; a browser's is about one
WAITING = 8  # requests behind the one that is being answered; a browser sends none before


class LimitedHttp(HttpToolsProtocol):
    """Closes a connection that brings so many bytes with neither a request nor a body in them, or so many requests."""

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self._head = 0  # bytes since a request's headers were complete, or a part of its body came
        self._come_on = False

    def data_received(self, data: bytes) -> None:
        self._come_on = False
        super().data_received(data)
        self._head = 0 if self._come_on else self._head + len(data)
        if self._head > LARGEST_HEAD:
            self.send_400_response("Too much beside the request.")

    def on_headers_complete(self) -> None:
        """Raises BlockingIOError for one too many, at which uvicorn takes nothing more and closes the connection."""
        self._come_on = True
        if len(self.pipeline) >= WAITING:
            raise BlockingIOError
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._come_on = True
        super().on_body(body)
