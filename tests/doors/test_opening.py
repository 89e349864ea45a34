"""When the door opens at all: with the first key, and to the network only where page and configuration both say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.doors.keys import KeyRole
from tests.support.door_robot import MADE, ask, doorway
from tests.support.heart import Heart
from tests.support.noted_controls import Everything

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("lan", "to_lan", "status"), [(True, True, 200), (False, True, 403), (True, False, 403)])
def test_both_are_needed_for_the_network(tmp_path: Path, lan: bool, to_lan: bool, status: int) -> None:  # noqa: FBT001
    asked = Everything()
    with doorway(asked, tmp_path, lan=lan, door_to_lan=to_lan) as way, Heart(way.page, asked):
        assert ask(way, "GET", "/health", way.keys[KeyRole.OWNER], "192.0.2.7").status_code == status
        assert ask(way, "GET", "/health", "", "192.0.2.7").status_code in {401, 403}
        assert ask(way, "GET", "/docs", "", "192.0.2.7").status_code in {401, 403}


def test_before_there_is_a_key_the_answer_says_how_to_make_one_and_then_it_works(tmp_path: Path) -> None:
    """No new start is needed."""
    asked = Everything()
    with doorway(asked, tmp_path, roles=()) as way, Heart(way.page, asked):
        answer = ask(way, "GET", "/health", "bowlby_wrong")
        assert answer.status_code == 404
        assert "bowlby key add" in answer.json()["detail"]
        secret = way.ring.add("first", KeyRole.VIEWER, MADE)
        assert ask(way, "GET", "/health", secret).status_code == 200
