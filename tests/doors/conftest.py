"""A real broker for a test, and somebody who listens there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.broker import Audience, Broker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path) as broker:
        yield broker


@pytest.fixture
def listener(broker: Broker) -> Iterator[Audience]:
    with Audience(broker) as listener:
        yield listener
