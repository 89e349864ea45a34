"""The API keeps to its own description, whatever is sent; `benchmarks/fuzz_api.py` does the same 10,000 times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.fuzz_api import fuzz
from robot.doors.keys import KeyRole
from tests.support.door_robot import doorway
from tests.support.heart import Heart
from tests.support.noted_controls import Everything

if TYPE_CHECKING:
    from pathlib import Path

CALLS = 90


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # those of the fuzzer's own making
def test_calls_of_all_kinds_are_answered_as_described(tmp_path: Path) -> None:
    asked = Everything()
    with doorway(asked, tmp_path) as way, Heart(way.page, asked):
        way.unlimited()
        statuses, broken = fuzz(way.page.url.rstrip("/"), way.keys[KeyRole.OWNER], CALLS)
    assert broken == []
    assert statuses.total() > CALLS / 2
    assert statuses[200]
    assert statuses[422]
    assert not [status for status in statuses if status >= 500]
