"""A server that speaks OpenAI's streaming protocol and says what a test has written, on this machine."""

from __future__ import annotations

import json
import threading
from collections import deque
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar, Self

from robot.config.schema import Config
from sim.testing.sim_robot import NO_FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

MODEL = "stub-1b"
GONE_S = 30.0  # no test holds an answer back for longer
LOOK_S = 0.02


class _Answering(BaseHTTPRequestHandler):
    """One connection to it."""

    stub: ClassVar[ModelServer]

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        if self._allowed():
            body = json.dumps({"data": [{"id": name} for name in self.stub.models]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._allowed():
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with suppress(OSError):
            self._speak(self.stub.next_answer(body))

    def _speak(self, pieces: Sequence[str]) -> None:
        stub = self.stub
        try:
            for piece in pieces:
                self._event({"choices": [{"delta": {"content": piece}, "finish_reason": None}]})
            if pieces and not stub.go.is_set():
                stub.held.set()
                self._wait()
            self._event({"choices": [{"delta": {}, "finish_reason": "stop"}]})
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            stub.hung_up.set()
            raise

    def _wait(self) -> None:
        """Until the test lets it go on, or nobody listens any more."""
        self.connection.settimeout(LOOK_S)
        for _ in range(int(GONE_S / LOOK_S)):
            if self.stub.go.is_set():
                return
            with suppress(TimeoutError):
                if not self.connection.recv(1):
                    raise ConnectionResetError

    def _event(self, told: object) -> None:
        self.wfile.write(f"data: {json.dumps(told)}\n\n".encode())
        self.wfile.flush()

    def _allowed(self) -> bool:
        if not self.stub.key or self.headers.get("Authorization") == f"Bearer {self.stub.key}":
            return True
        self.send_response(401)
        self.end_headers()
        return False


class ModelServer:
    """Use it in a `with`. `answers`: pieces of one answer after another; without one left it says "Mhm, I see."."""

    def __init__(self, *answers: Sequence[str], key: str = "", models: Sequence[str] = (MODEL,), port: int = 0) -> None:
        self.answers = deque(answers)
        self.asked: list[dict[str, Any]] = []  # bodies of what it was asked, without those that only warm it up
        self.key = key
        self.models = models
        self.go = threading.Event()  # clear: it gives the pieces of an answer, and not its end
        self.go.set()
        self.held = threading.Event()  # an answer was held back
        self.hung_up = threading.Event()  # somebody hung up in the middle of an answer
        self._server = ThreadingHTTPServer(("127.0.0.1", port), type("Answering", (_Answering,), {"stub": self}))
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": LOOK_S})

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Go away; safe to call twice."""
        self.go.set()
        if not self._thread.is_alive():
            return
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def next_answer(self, body: dict[str, Any]) -> Sequence[str]:
        """The pieces of it; none where it is only warmed up."""
        if body["max_tokens"] == 1:
            return ()
        self.asked.append(body)
        return self.answers.popleft() if self.answers else ("Mhm, ", "I see.")

    def config(self, **talk: object) -> Config:
        """A robot that asks it about all that its phrase tables do not know."""
        talk = {"reader": "tables", "model": self.address, **talk}
        return Config.model_validate({"robot": {"behaviors": NO_FOLDER}, "talk": talk})

    def told(self, n: int = -1) -> str:
        """The system prompt of what it was asked."""
        return str(self.asked[n]["messages"][0]["content"])

    def lines(self, n: int = -1) -> list[tuple[str, str]]:
        """The talk that it was told, by who said what."""
        return [(one["role"], one["content"]) for one in self.asked[n]["messages"][1:]]
