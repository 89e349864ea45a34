"""uvicorn's HTTP, with a limit to what may come before a request is known: its line and its headers."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 32 * 1024  # bytes; a browser's is about one


class LimitedHttp(HttpToolsProtocol):
    """Closes a connection whose request does not begin within so many bytes: httptools would keep any number."""

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self._head = 0  # bytes that have come of a request whose headers are not complete
        self._complete = False

    def data_received(self, data: bytes) -> None:
        self._complete = False
        in_body = self._in_body()  # what comes now may end it
        super().data_received(data)
        self._head = 0 if in_body or self._complete or self._in_body() else self._head + len(data)
        if self._head > LARGEST_HEAD:
            self.send_400_response("Too much before the request.")

    def on_headers_complete(self) -> None:
        self._complete = True
        super().on_headers_complete()

    def _in_body(self) -> bool:
        return self.cycle is not None and self.cycle.more_body
