"""Loads NiceGUI without what a server never uses: half of all that it would load, 16 MiB.

It brings both halves of Socket.IO, and with the client two HTTP libraries; and FastAPI looks at each of its routes with
pydantic's version 1, which stands there for programs older than this one. What another package has loaded already, or
loads later, is there as ever.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT_ONLY = ("aiohttp", "requests", "websocket")  # engineio takes each as missing where it cannot be imported
OLD = ("pydantic.v1",)  # and so does FastAPI


@contextmanager
def _hidden(names: tuple[str, ...]) -> Iterator[None]:
    """Have the import of these fail, as that of a module that is not installed."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type] # None: see importlib's documentation
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def load() -> None:
    """To be called before anything else imports NiceGUI."""
    with _hidden(CLIENT_ONLY):
        import_module("socketio")
    with _hidden(OLD):
        import_module("nicegui")
