"""While somebody is in need, programs are told nothing of it: neither what is said nor that it is so; an owner is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from websockets.sync.client import connect

from robot.core.percepts import Need, Suggested, Touch, Utterance
from robot.core.voice_commands import Speech
from robot.doors.keys import KeyRole
from tests.support.door_robot import ask, doorway
from tests.support.noted_controls import Everything
from tests.support.page_robot import tick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from robot.core.percepts import Percept
    from tests.support.door_robot import Doorway

NEED = Need(0.0, "crisis", "988")


@pytest.fixture
def way(tmp_path: Path) -> Iterator[Doorway]:
    with doorway(Everything(), tmp_path) as way:
        yield way


def beat(way: Doorway, n: int, *percepts: Percept, need: Need | None = None, says: str = "") -> None:
    """One turn."""
    made = tick(n, Everything(), voice=(Speech(n, says),) if says else ())
    scene = made.scene._replace(need=need, utterances=tuple(one for one in percepts if isinstance(one, Utterance)))
    way.page.see(made._replace(percepts=percepts, scene=scene))


def told(way: Doorway, role: KeyRole) -> list[dict[str, Any]]:
    """What a line tells of an episode, from its beginning to what comes behind it."""
    headers = {"authorization": f"Bearer {way.keys[role]}"}
    with connect(f"ws://127.0.0.1:{way.port}/api/v1/live", additional_headers=headers, proxy=None) as line:
        line.send('{"want": ["percepts", "words", "verdicts"]}')
        line.send("{")  # refused in words, once what is wanted has been taken in
        assert json.loads(line.recv(timeout=10))["kind"] == "problem"
        beat(way, 1, NEED, Utterance(0.0, "I want to die"), Touch(0.0, "head", "tap"), need=NEED)
        beat(way, 2, Suggested(0.0, 0.0, "unsaid"), need=NEED, says="Please call 988 now.")
        beat(way, 3, Utterance(0.0, "good morning"))
        messages: list[dict[str, Any]] = []
        while not messages or messages[-1].get("text") != "good morning":
            messages.append(json.loads(line.recv(timeout=10)))
        return messages


def test_a_live_line_tells_an_owner_alone(way: Doorway) -> None:
    assert [one.get("type") or one["text"] for one in told(way, KeyRole.BUILDER)] == ["touch", "good morning"]
    owner = [one.get("type") or one["text"] for one in told(way, KeyRole.OWNER)]
    assert owner == ["need", "touch", "I want to die", "Please call 988 now.", "good morning"]


def test_the_talk_keeps_it_from_others_afterwards_too(way: Doorway) -> None:
    beat(way, 1, Utterance(0.0, "I want to die"), need=NEED, says="Please call 988 now.")
    beat(way, 2, Utterance(0.04, "good morning"))
    lines = {role: ask(way, "GET", "/talk", way.keys[role]).json() for role in (KeyRole.BUILDER, KeyRole.OWNER)}
    assert [one["text"] for one in lines[KeyRole.BUILDER]] == ["good morning"]
    assert [one["text"] for one in lines[KeyRole.OWNER]] == ["I want to die", "Please call 988 now.", "good morning"]


def test_the_state_tells_an_owner_alone(way: Doorway) -> None:
    beat(way, 1, need=NEED)
    state = {role: ask(way, "GET", "/state", way.keys[role]).json() for role in KeyRole}
    assert {role: one["in_need"] for role, one in state.items()} == {
        KeyRole.OWNER: True,
        KeyRole.BUILDER: None,
        KeyRole.VIEWER: None,
    }
    assert state[KeyRole.BUILDER]["behavior"] == ""
