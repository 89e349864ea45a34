"""Loads Socket.IO without the HTTP libraries that only its client needs: a third of what the page loads, 14 MiB.

NiceGUI brings both halves of Socket.IO, and this page is a server alone. Where another package has loaded one of those
libraries already, it is there for the client as well.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT_ONLY = ("aiohttp", "requests", "websocket")  # engineio takes each as missing where it cannot be imported


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
    """To be called before NiceGUI is first imported."""
    with _hidden(CLIENT_ONLY):
        import_module("socketio")
