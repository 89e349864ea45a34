"""NiceGUI's socket, told nothing but what has the form of its own messages, and logs that say little of what was sent.

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

FROM_BROWSERS = ("handshake", "event", "javascript_response", "ack", "log")
LONGEST_LINE = 300  # characters in the log: addresses may have thousands


def be_gentle() -> None:
    """From now on, for the page that is about to be served."""
    handlers = core.sio.handlers["/"]
    for event in FROM_BROWSERS:
        handlers[event] = _forgiving(handlers[event])
    below = core.sio.eio.handlers
    below["message"] = _forgiving(below["message"])
    for name in ("nicegui", "uvicorn.error"):
        logging.getLogger(name).addFilter(_shorten)
    for name in ("engineio.server", "socketio.server"):
        logging.getLogger(name).addFilter(_shorten_untraced)


def _forgiving(handler: Callable[..., Any]) -> Callable[..., Any]:
    """A handler to which nobody can send what it does not understand."""
    if hasattr(handler, "__wrapped__"):
        return handler

    @wraps(handler)
    async def forgiving(*given: Any) -> Any:
        try:
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
