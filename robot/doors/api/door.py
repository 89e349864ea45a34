"""The door itself: looks at the key of every request before anything is read of it, keeps to the limits, passes it on.

A plain ASGI application behind the page's gate, which has looked already at where the request comes from, how fast that
machine asks, and how much it sends.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.websockets import WebSocket

from robot.core.errors import ConfigError
from robot.doors.api.application import DOCS, LINE, OPEN_API, application
from robot.doors.api.desk import Desk
from robot.doors.api.limits import SOON
from robot.doors.api.live import ProgramLine
from robot.doors.api.problems import answer
from robot.doors.keys import KeyRing
from robot.page.server.answers import slow_down
from robot.page.server.asked_language import language_of
from robot.page.server.read_json import read_any
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.responses import Response
    from starlette.types import Message, Receive, Scope, Send

    from robot.doors.keys import DoorKey
    from robot.page.server.served import Served
    from robot.texts.sentence import AnyText

log = logging.getLogger(__name__)

BEARER = "bearer "
ASK_FOR_KEY = {"WWW-Authenticate": "Bearer"}
AS_JSON = (b"content-type", b"application/json")
CLOSED = 1008


class Door:
    """Made by the page once there is a key."""

    def __init__(self, served: Served, keys: Path) -> None:
        self._served = served
        self._keys = KeyRing(keys)
        self._desk = Desk(served)
        self._app = application(self._desk)
        self._told = ""  # what is wrong with the keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in {OPEN_API, DOCS} and scope.get("bowlby.role") is not None:
            await self._app(scope, receive, send)  # what the calls are is told to whoever may see the page
            return
        peer = (scope.get("client") or ("", 0))[0]
        secret = _secret(scope)
        try:
            key = self._keys.known(secret)
        except ConfigError as error:
            self._tell(str(error))
            await _refuse(scope, receive, send, 503, sentence("doors.keys_unread"), sentence("doors.see_log"))
            return
        self._told = ""
        if key is None:
            await self._refuse_stranger(scope, receive, send, peer, secret)
        elif not self._desk.limits.ask(key):
            await _refuse(scope, receive, send, 429, sentence("doors.too_fast"), sentence("doors.slower"), headers=SOON)
        elif scope["type"] == "websocket":
            await self._line(scope, receive, send, key, secret)
        else:
            scope["bowlby.key"] = key
            await self._call(scope, receive, send)

    def _tell(self, fault: str) -> None:
        """Into the log, once for as long as it stays the same."""
        if fault != self._told:
            self._told = fault
            log.error("%s", fault)

    async def _refuse_stranger(self, scope: Scope, receive: Receive, send: Send, peer: str, secret: str) -> None:
        if not self._desk.limits.may_err(peer):
            await _refuse(
                scope, receive, send, 429, sentence("doors.too_many_wrong"), sentence("doors.slower"), headers=SOON
            )
            return
        if secret:
            await slow_down()
        told = sentence("doors.wrong_key") if secret else sentence("doors.no_key")
        await _refuse(scope, receive, send, 401, told, sentence("doors.send_key"), headers=ASK_FOR_KEY)

    async def _call(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call, its body whole and readable."""
        body = await _read(receive)
        if body is None:
            await _refuse(scope, receive, send, 413, sentence("doors.too_large"))
        elif body and read_any(body) is None:
            await _refuse(scope, receive, send, 422, sentence("doors.no_json"))
        else:
            headers = [(name, value) for name, value in scope["headers"] if name != b"content-type"]
            scope["headers"] = [*headers, AS_JSON]  # as it is, whatever it is called: `curl -d` calls it a form
            await self._app(scope, _again(body, receive), send)

    async def _line(self, scope: Scope, receive: Receive, send: Send, key: DoorKey, secret: str) -> None:
        socket = WebSocket(scope, receive, send)
        with self._desk.limits.line(key) as free:
            if scope["path"] != LINE or not free:
                await socket.close(CLOSED)
                return
            await ProgramLine(socket, key, language_of(scope)).serve(self._desk, lambda: self._good(secret))

    def _good(self, secret: str) -> bool:
        try:
            return self._keys.known(secret) is not None
        except ConfigError:
            return False


def _secret(scope: Scope) -> str:
    sent: list[str] = [value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"]
    if len(sent) != 1 or not sent[0].lower().startswith(BEARER):
        return ""
    return sent[0][len(BEARER) :].strip()


async def _read(receive: Receive) -> bytes | None:
    """The body; None where the gate ended it, or nobody sends any more."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Give the body once more, and then what comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _refuse(
    scope: Scope,
    receive: Receive,
    send: Send,
    status: int,
    detail: AnyText,
    remedy: AnyText = "",
    *,
    headers: dict[str, str] | None = None,
) -> None:
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).close(CLOSED)
        return
    told: Response = answer(status, detail, remedy, language=language_of(scope), headers=headers)
    await told(scope, receive, send)
