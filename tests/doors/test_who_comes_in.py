"""Who comes in: whoever has a key, as far as its role reaches; everybody else is told that, and no log has a key."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from robot.doors.keys import KeyRole
from tests.support.door_robot import MADE, ask, doorway
from tests.support.heart import Heart
from tests.support.noted_controls import Everything

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

    from tests.support.door_robot import Doorway


def read_on(line: ClientConnection) -> None:
    """Until it ends."""
    while True:
        line.recv(timeout=10)


ACTS = ("say", "show", "look", "hush")


@pytest.fixture(scope="module")
def asked() -> Everything:
    return Everything()


@pytest.fixture(scope="module")
def way(asked: Everything, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doorway]:
    with doorway(asked, tmp_path_factory.mktemp("keys"), lan=True) as way, Heart(way.page, asked):
        yield way


@pytest.fixture(autouse=True)
def rested(way: Doorway) -> None:
    way.rest()


def test_a_damaged_file_is_logged_once(way: Doorway, caplog: pytest.LogCaptureFixture) -> None:
    file = way.ring._path
    good = file.read_bytes()
    file.write_text("[")
    assert [ask(way, "GET", "/state", "x").status_code for _ in range(3)] == [503] * 3
    file.write_bytes(good)
    assert ask(way, "GET", "/state", way.keys[KeyRole.VIEWER]).status_code == 200
    assert sum("no file of keys" in record.getMessage() for record in caplog.records) == 1


def test_without_a_key_or_with_a_wrong_one_nobody_comes_in_even_here(way: Doorway) -> None:
    for key in ("", "bowlby_wrong", "é", "x" * 5000):
        answer = ask(way, "GET", "/state", key)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.headers["content-type"] == "application/problem+json"
        assert "bowlby key add" in answer.json()["remedy"]


def test_a_key_in_the_address_or_another_scheme_is_none(way: Doorway) -> None:
    key = way.keys[KeyRole.OWNER]
    assert ask(way, "GET", f"/state?key={key}").status_code == 401
    basic = httpx.get(f"{way.page.url}api/v1/state", headers={"authorization": f"Basic {key}"}, trust_env=False)
    assert basic.status_code == 401


def test_who_tries_many_keys_is_refused_while_a_good_key_still_works(way: Doorway) -> None:
    limits = [ask(way, "GET", "/state").status_code for _ in range(30)]
    assert limits[-1] == 429
    assert ask(way, "GET", "/state", way.keys[KeyRole.VIEWER]).status_code == 200


def test_a_removed_key_does_nothing_more_on_an_open_line_too(way: Doorway) -> None:
    secret = way.ring.add("brief", KeyRole.VIEWER, MADE)
    headers = {"authorization": f"Bearer {secret}"}
    with connect(f"ws://127.0.0.1:{way.port}/api/v1/live", additional_headers=headers, proxy=None) as line:
        line.send('{"want": ["ticks"]}')
        assert json.loads(line.recv(timeout=10))["kind"] == "tick"
        assert ask(way, "GET", "/state", secret).status_code == 200
        way.ring.remove("brief")
        assert ask(way, "GET", "/state", secret).status_code == 401
        with pytest.raises(ConnectionClosed) as closed:
            read_on(line)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


def test_a_viewer_looks_and_does_nothing(way: Doorway, asked: Everything) -> None:
    key = way.keys[KeyRole.VIEWER]
    assert ask(way, "GET", "/state", key).status_code == 200
    assert ask(way, "GET", "/health", key).status_code == 200
    bodies = {"say": {"text": "Hello"}, "show": {"expression": "nod"}, "look": {"yaw": 0.1}}
    for act in ACTS:
        answer = ask(way, "POST", f"/{act}", key, json=bodies.get(act))
        assert answer.status_code == 403, act
        assert "needs the role builder; the key viewer has viewer" in answer.json()["detail"]
    for path in ("/talk", "/behaviors", "/phrases", "/memory"):
        assert ask(way, "GET", path, key).status_code == 403, path
    assert ask(way, "DELETE", "/memory", key).status_code == 403
    assert asked.said == []
    assert asked.keepsakes.kept == ["Ada", "Ben"]


def test_a_builder_speaks_for_nobody(way: Doorway, asked: Everything) -> None:
    """“Forget me” is a person's word."""
    answer = ask(way, "POST", "/tell", way.keys[KeyRole.BUILDER], json={"text": "forget me"})
    assert answer.status_code == 403
    assert asked.said == []


def test_a_builder_sees_no_memory(way: Doorway) -> None:
    for method, path in (("GET", "/memory"), ("DELETE", "/memory"), ("DELETE", "/memory/people?name=Ada")):
        assert ask(way, method, path, way.keys[KeyRole.BUILDER]).status_code == 403
    assert ask(way, "GET", "/memory", way.keys[KeyRole.OWNER]).json() == {"people": ["Ada", "Ben"]}


def test_nobody_is_forgotten_in_another_ones_place(
    way: Doorway, asked: Everything, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else may be forgotten by voice at that moment."""

    def forget(_: str) -> None:
        asked.keepsakes.forgettings += 1

    monkeypatch.setattr(asked.keepsakes, "forget", forget)
    answer = ask(way, "DELETE", "/memory/people?name=Nobody", way.keys[KeyRole.OWNER])
    assert answer.status_code == 404


def test_a_viewers_line_has_ticks_alone(way: Doorway) -> None:
    headers = {"authorization": f"Bearer {way.keys[KeyRole.VIEWER]}"}
    with connect(f"ws://127.0.0.1:{way.port}/api/v1/live", additional_headers=headers, proxy=None) as line:
        line.send('{"want": ["ticks", "words"]}')
        told = json.loads(line.recv(timeout=10))
        assert told["kind"] == "problem"
        assert "builder" in told["detail"]
        line.send('{"want": ["ticks"]}')
        assert json.loads(line.recv(timeout=10))["kind"] == "tick"


def test_a_line_without_a_key_is_refused(way: Doorway) -> None:
    with pytest.raises(InvalidStatus), connect(f"ws://127.0.0.1:{way.port}/api/v1/live", proxy=None):
        pass


def test_from_the_network_no_key_works_unless_the_configuration_says_so(way: Doorway) -> None:
    """The page is open to the network here, and `[doors] lan` is off."""
    answer = ask(way, "GET", "/state", way.keys[KeyRole.OWNER], "192.0.2.7")
    assert answer.status_code == 403
    assert "[doors] lan" in answer.json()["detail"]
    assert ask(way, "GET", "/docs", "", "192.0.2.7").status_code == 403


def test_another_site_is_refused_whatever_key_it_has(way: Doorway) -> None:
    headers = {"authorization": f"Bearer {way.keys[KeyRole.OWNER]}", "origin": "http://evil.example"}
    assert httpx.get(f"{way.page.url}api/v1/state", headers=headers, trust_env=False).status_code == 403
    evil = ask(way, "GET", "/state", way.keys[KeyRole.OWNER], "evil.example")
    assert evil.status_code == 421


def test_no_log_has_a_key(way: Doorway, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for key in (way.keys[KeyRole.OWNER], "bowlby_wrong_key"):
            ask(way, "GET", "/state", key)
            ask(way, "POST", "/say", key, json={"text": "Hello"})
    assert not [
        record for record in caplog.records if record.name.startswith("robot") and "bowlby_" in record.getMessage()
    ]


NOTHING_LOADED = """
import sys
from robot.app import runner
from pathlib import Path
runner.door_keys = lambda: Path("/nowhere/program.keys")
assert runner.door(None) is None
assert not [name for name in sys.modules if name.startswith("robot.doors")]
"""


def test_without_a_key_nothing_of_the_door_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", NOTHING_LOADED], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
