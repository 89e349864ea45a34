"""A household's key of its own for a test, and a machine of it that lends."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from hardware.network.lending import Lending
from hardware.network.session import EndPoint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def household(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No key yet, and none of another test's."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


@pytest.fixture
def here(household: None) -> Iterator[EndPoint]:  # noqa: ARG001 - the key is its own
    """A machine that lends, on this one."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        at = EndPoint("127.0.0.1", door.getsockname()[1])
    with Lending(at):
        yield at
