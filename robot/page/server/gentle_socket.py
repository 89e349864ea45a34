"""NiceGUI's socket: one for each page, told nothing but what has the form of its messages, and a log that says little.

A message of another form ends in an error within NiceGUI, with a trace in the log, as often as somebody sends one.
"""

from __future__ import annotations

import logging
from functools import wraps
from inspect import iscoroutine
from typing import TYPE_CHECKING, Any

from nicegui import core

from robot.page.server.gate import MALFORMED

if TYPE_CHECKING:
    from collections.abc import Callable

FROM_BROWSERS = ("handshake", "event", "javascript_response", "ack")
LONGEST_LINE = 300  # characters in the log: addresses may have thousands


def be_gentle() -> None:
    """From now on, for the page that is about to be served."""
    handlers = core.sio.handlers["/"]
    for event in FROM_BROWSERS:
        handlers[event] = _forgiving(handlers[event], unless=_has_page if event == "handshake" else None)
    handlers.pop("log", None)  # writes whatever a browser says into the robot's log
    core.sio.eio.transports = ["websocket"]
    below = core.sio.eio.handlers
    below["message"] = _forgiving(below["message"])
    for name in ("nicegui", "uvicorn.error"):
        logging.getLogger(name).addFilter(_shorten)
    for name in ("engineio.server", "socketio.server"):
        logging.getLogger(name).addFilter(_shorten_untraced)


def _has_page(sid: str, _: object) -> bool:
    """Whether a socket is some page's already: it is in a room of its own, and in one of each such page."""
    return len(core.sio.rooms(sid)) > 1


def _forgiving(handler: Callable[..., Any], unless: Callable[..., bool] | None = None) -> Callable[..., Any]:
    """A handler to which nobody can send what it does not understand, nor what `unless` is true of."""
    if hasattr(handler, "__wrapped__"):
        return handler

    @wraps(handler)
    async def forgiving(*given: Any) -> Any:
        try:
            if unless is not None and unless(*given):
                return False
            outcome = handler(*given)
            return await outcome if iscoroutine(outcome) else outcome
        except MALFORMED:
            return False

    return forgiving


def _shorten(record: logging.LogRecord) -> bool:
    told = record.getMessage()
    if len(told) > LONGEST_LINE or not told.isprintable():
        record.msg = "".join(one if one.isprintable() else " " for one in told[:LONGEST_LINE])
        record.args = ()
    return True


def _shorten_untraced(record: logging.LogRecord) -> bool:
    """The same where nothing but what was sent brings errors about."""
    record.exc_info = record.exc_text = None
    return _shorten(record)
