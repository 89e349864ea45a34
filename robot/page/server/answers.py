"""What the gate answers by itself, and the headers that every answer carries."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from robot.page.server.asked_language import language_of
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from starlette.types import Scope, Send

    from robot.texts.sentence import AnyText

PROGRAMS = "/api/"  # begins every address of the door for other programs
SLOW_DOWN_S = 0.25  # an answer held back so long makes hammering dearer for the hammer than for the robot
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src blob:; media-src blob:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(self), microphone=(self), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Refusal(NamedTuple):
    """Why a request goes no further."""

    status: int
    reason: AnyText


def is_program(scope: Scope) -> bool:
    """Whether another program asks, not a page."""
    return bool(scope["path"].startswith(PROGRAMS))


def guarded(send: Send) -> Send:
    """Adds the headers that keep everything on this machine."""

    async def sent(message: MutableMapping[str, object]) -> None:
        if message["type"] == "http.response.start":
            given = message.get("headers", ())
            assert isinstance(given, (list, tuple))  # noqa: S101 - ASGI says so
            message["headers"] = [*given, *((name.encode(), value.encode()) for name, value in HEADERS.items())]
        await send(message)

    return sent


async def slow_down() -> None:
    """Hold an answer back."""
    await asyncio.sleep(SLOW_DOWN_S)


async def refuse(scope: Scope, send: Send, refusal: Refusal) -> None:
    reason = words(refusal.reason, language_of(scope))
    if refusal.status in {403, 429}:
        await slow_down()
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": reason})
        return
    more = {} if refusal.status == 403 else {"connection": "close"}  # another site's browser would only come anew
    if is_program(scope):
        problem = json.dumps({"title": HTTPStatus(refusal.status).phrase, "detail": reason}, ensure_ascii=False)
        await answer(send, refusal.status, problem.encode(), "application/problem+json", more)
        return
    await answer(send, refusal.status, reason.encode(), "text/plain; charset=utf-8", more)


async def answer(send: Send, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
    headers = {"content-type": kind, "content-length": str(len(body)), "cache-control": "no-store", **(more or {})}
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    sent = guarded(send)
    await sent({"type": "http.response.start", "status": status, "headers": pairs})
    await sent({"type": "http.response.body", "body": body})
