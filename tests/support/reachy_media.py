"""Reachy Mini's daemon as its HTTP routes show it (SDK 1.13): camera and sound card, and files of its model."""

from __future__ import annotations

import json
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from robot.core.clock import nap
from tests.support.reachy_daemon import OnAPort


class MediaDaemon(OnAPort):
    """It takes them when it starts. `asked`: the routes that were called with POST."""

    def __init__(self, *, no_media: bool = False) -> None:
        self.no_media = no_media
        self.held = not no_media
        self.released = False
        self.stubborn = False
        self.slow_s = 0.0  # until it answers that it has let go
        self.answer: bytes | None = None  # in place of its status
        self.status = 200
        self.asked: list[str] = []
        self.files: dict[str, bytes] = {}  # by path
        self.fetched: list[str] = []

    def start(self) -> None:
        daemon = self

        class Routes(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                daemon.fetched.append(self.path)
                if self.path == "/api/media/status":
                    self._tell(daemon.answer or json.dumps(daemon.told()).encode(), daemon.status)
                else:
                    self._tell(daemon.files.get(self.path, b""), 200 if self.path in daemon.files else 404)

            def do_POST(self) -> None:
                status = 200 if daemon.take(self.path) else 404
                nap(daemon.slow_s if self.path.endswith("/release") else 0.0)
                with suppress(ConnectionError):  # who asked has gone
                    self._tell(b'{"status":"ok"}', status)

            def _tell(self, body: bytes, status: int) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                """Nothing."""

        self.held, self.released = not self.no_media, False
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Routes)
        self.port = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def told(self) -> dict[str, bool]:
        return {"available": self.held, "released": self.released, "no_media": self.no_media}

    def take(self, path: str) -> bool:
        self.asked.append(path.removeprefix("/api/media/"))
        if path.endswith("/release"):
            self.held = self.held and self.stubborn
            self.released = not self.no_media
        elif path.endswith("/acquire"):
            self.held, self.released = not self.no_media, False
        else:
            return False
        return True
