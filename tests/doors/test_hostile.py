"""Whatever comes to the door, it is answered in its form, nothing of the robot is held up, and nothing is a fault."""

from __future__ import annotations

import json
import logging
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from robot.core.clock import stopwatch
from robot.doors.api.limits import LINES_A_KEY
from robot.doors.api.live import ProgramLine
from robot.doors.keys import KeyRole
from robot.page.server.gate import LARGEST_BODY
from tests.support.door_robot import ask, doorway
from tests.support.heart import Heart
from tests.support.noted_controls import Everything
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

    from tests.support.door_robot import Doorway

DEEP = '{"text": ' + "[" * 20000 + "]" * 20000 + "}"


@pytest.fixture(scope="module")
def asked() -> Everything:
    return Everything()


@pytest.fixture(scope="module")
def way(asked: Everything, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doorway]:
    with doorway(asked, tmp_path_factory.mktemp("keys")) as way, Heart(way.page, asked):
        yield way


@pytest.fixture(autouse=True)
def rested(way: Doorway) -> None:
    way.rest()


@contextmanager
def line_of(way: Doorway, role: KeyRole = KeyRole.BUILDER) -> Iterator[ClientConnection]:
    headers = {"authorization": f"Bearer {way.keys[role]}"}
    with connect(
        f"ws://127.0.0.1:{way.port}/api/v1/live", additional_headers=headers, proxy=None, close_timeout=1
    ) as line:
        yield line


@pytest.mark.parametrize(
    "body",
    [
        *("", "{", "null", "[]", "1e400", '"text"', '{"text": ""}', '{"text": " "}', '{"text": 5}', '{"text": null}'),
        *(
            '{"text": "a\\nb"}',
            '{"text": "a", "more": 1}',
            '{"text": "a", "phrase": "b"}',
            '{"phrase": "x", "slots": 4}',
        ),
        *('{"text": "\\ud800"}', '{"text": "' + "x" * 301 + '"}', '{"text": NaN}', '{"slots": {"a": "b"}}', DEEP),
        '{"phrase": "x", "slots": {"a": "' + "x" * 200 + '", "b": "' + "x" * 200 + '"}}',
        *(f'{{"text": {"9" * 5000}}}', '{"text": "a"}{"text": "b"}', "\x00\xff", '{"text": "a\\u0000"}'),
    ],
)
def test_malformed_words_are_refused_in_one_form(way: Doorway, body: str) -> None:
    answer = ask(way, "POST", "/say", way.keys[KeyRole.BUILDER], content=body.encode("latin-1"))
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["detail"]
    assert len(answer.content) < 1000


@pytest.mark.parametrize("kind", ["", "application/x-www-form-urlencoded", "text/plain"])
def test_json_is_taken_as_json_whatever_it_is_called(way: Doorway, kind: str) -> None:
    """`curl -d` calls it a form."""
    key = way.keys[KeyRole.BUILDER]
    answer = ask(way, "POST", "/say", key, content='{"text": ""}', kind=kind)
    assert (answer.status_code, answer.json()["detail"]) == (422, "text: it is empty")


FRENCH = {
    ("/say", '{"text": "a\\nb"}'): "text : il faut une seule ligne, avec quelque chose dedans",
    ("/say", '{"text": 5}'): "text : il faut un texte",
    ("/say", f'{{"text": "{"x" * 301}"}}'): "text : il y a plus de 300 caractères",
    ("/say", "{}"): "envoie soit une phrase (phrase), soit un texte (text)",
    ("/say", '{"text": "a", "slots": {"a": "b"}}'): "des champs (slots) complètent une phrase (phrase)",
    ("/say", '{"text": "a", "sesame": 1}'): "il y a un champ qui n’est pas connu ici",
    ("/say", "[]"): "il faut un objet JSON",
    ("/look", "{}"): "yaw : il manque",
    ("/look", '{"yaw": 4}'): "yaw : il faut au plus 3.14159",
    ("/look", '{"yaw": "left"}'): "yaw : il faut un nombre",
    ("/look", '{"yaw": 0, "for_s": 0}'): "for_s : il faut au moins 0.1",
    ("/simulator/touch", '{"pad": "foot"}'): "pad : il faut 'head' ou 'back'",
    ("/nowhere", "{}"): "il n’y a pas de tel appel",
    ("/state", "{}"): "cet appel ne se fait pas ainsi",
}


@pytest.mark.parametrize(("call", "detail"), FRENCH.items())
def test_what_is_wrong_with_a_call_is_told_in_its_programs_language(
    way: Doorway, call: tuple[str, str], detail: str
) -> None:
    path, body = call
    answer = ask(way, "POST", path, way.keys[KeyRole.BUILDER], content=body, language="fr")
    assert answer.json()["detail"] == detail
    english = ask(way, "POST", path, way.keys[KeyRole.BUILDER], content=body).json()["detail"]
    assert english != detail
    assert "should" not in english  # as pydantic would put it
    assert "^" not in english


def test_names_of_behaviours_that_there_are_not_are_told_in_its_programs_language(way: Doorway) -> None:
    key = way.keys[KeyRole.BUILDER]
    for path, detail in (
        ("greett/parameters/desire", "il n’y a pas de comportement « greett »"),
        ("greet/parameters/latency_s", "greet n’a pas de paramètre « latency_s »"),
    ):
        answer = ask(way, "PUT", f"/behaviors/{path}", key, content='{"value": 1}', language="fr").json()
        assert answer["detail"] == detail
        assert answer["remedy"].startswith(("voulais-tu dire 'greet' ?", "connus ici : "))


def test_the_gate_speaks_a_programs_language_too(way: Doorway) -> None:
    key = way.keys[KeyRole.BUILDER]
    refused = ask(way, "GET", "/state", key, host="192.0.2.7", language="fr")
    assert refused.status_code == 403
    assert refused.json()["detail"].startswith("les clés ne servent que sur la machine du robot")
    assert ask(way, "GET", "/state", key, host="evil.example", language="fr").json()["detail"].startswith("ce nom")


@pytest.mark.parametrize("body", ['{"text": "a", "sesame": 1}', '{"phrase": "a", "slots": {"sesame": 1}}'])
def test_what_was_sent_is_not_repeated(way: Doorway, body: str) -> None:
    answer = ask(way, "POST", "/say", way.keys[KeyRole.BUILDER], content=body)
    assert answer.status_code == 422
    assert "sesame" not in answer.text


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e400", "4.0", "null", '"0.1"', "[0]"])
def test_a_bearing_is_a_true_number_within_its_bounds(way: Doorway, value: str) -> None:
    answer = ask(way, "POST", "/look", way.keys[KeyRole.BUILDER], content=f'{{"yaw": {value}}}')
    assert answer.status_code == 422, answer.text


def test_too_much_at_once_is_refused(way: Doorway) -> None:
    key = way.keys[KeyRole.BUILDER]
    assert ask(way, "POST", "/say", key, content=b"x" * (LARGEST_BODY + 1)).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(9):
            yield b"x" * 8192

    assert ask(way, "POST", "/say", key, content=pieces()).status_code == 413


def test_a_program_that_asks_too_fast_leaves_the_page_to_its_owner(
    way: Doorway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way.page.access._programs, "burst", 0.0)
    assert ask(way, "GET", "/state", way.keys[KeyRole.BUILDER]).status_code == 429
    assert httpx.get(way.page.url, trust_env=False).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        *(("GET", "/say", 405), ("TRACE", "/state", 405), ("PATCH", "/memory", 405), ("OPTIONS", "/say", 405)),
        *(("GET", "/nowhere", 404), ("GET", "", 404), ("GET", "/", 404), ("GET", "/state/", 404)),
        *(("PUT", "/behaviors/%00/parameters/%ff", 422), ("DELETE", "/memory/people?name=%F0%9F%98%80", 403)),
    ],
)
def test_what_is_no_call_is_refused_in_the_same_form(way: Doorway, method: str, path: str, status: int) -> None:
    answer = ask(way, method, path, way.keys[KeyRole.BUILDER], content=b'{"value": 1}')
    assert answer.status_code == status
    assert answer.json()["title"]


def test_who_asks_too_fast_is_slowed_down_and_others_are_not(way: Doorway) -> None:
    builder, viewer = way.keys[KeyRole.BUILDER], way.keys[KeyRole.VIEWER]
    assert ask(way, "GET", "/health", builder).status_code == 200
    paces = way.doors[0]._desk.limits._asked
    while paces.take("builder", stopwatch()):  # the allowance is spent first, so that the test is quick
        pass
    answer = ask(way, "GET", "/health", builder)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "1"
    assert ask(way, "GET", "/health", viewer).status_code == 200


def test_who_acts_too_fast_is_slowed_down_before_anything_is_done(way: Doorway, asked: Everything) -> None:
    key = way.keys[KeyRole.BUILDER]
    assert ask(way, "POST", "/hush", key).status_code == 200
    acted = way.doors[0]._desk.limits._acted
    while acted.take("builder", stopwatch()):
        pass
    hushed = asked.hushed
    assert ask(way, "POST", "/hush", key).status_code == 429
    assert asked.hushed == hushed


def test_a_key_has_a_few_lines_and_no_more(way: Doorway) -> None:
    with ExitStack() as lines:
        for _ in range(LINES_A_KEY):
            line = lines.enter_context(line_of(way))
            line.send('{"want": ["ticks"]}')
            assert json.loads(line.recv(timeout=10))["kind"] == "tick"
        with pytest.raises(InvalidStatus), line_of(way):
            pass
        with line_of(way, KeyRole.VIEWER) as other:
            other.send('{"want": ["ticks"]}')
            assert json.loads(other.recv(timeout=10))["kind"] == "tick"


@pytest.mark.parametrize("message", ["", "x", "[]", '{"want": ["all"]}', '{"want": ["ticks"], "every": 0}', "[" * 9000])
def test_a_malformed_wish_is_told_and_the_line_stays(way: Doorway, message: str) -> None:
    with line_of(way) as line:
        line.send(message)
        told = json.loads(line.recv(timeout=10))
        assert told["kind"] == "problem"
        assert "should" not in told["detail"]
        line.send('{"want": ["ticks"]}')
        assert json.loads(line.recv(timeout=10))["kind"] == "tick"


def test_a_line_that_floods_is_closed(way: Doorway) -> None:
    def flood() -> None:
        for _ in range(60):  # it may be closed before the last is sent
            line.send('{"want": []}')
        line.recv(timeout=10)

    with line_of(way) as line, pytest.raises(ConnectionClosed) as closed:
        flood()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


def test_a_slow_reader_holds_nobody_up_and_its_ticks_are_the_newest(way: Doorway) -> None:
    with line_of(way) as slow, line_of(way, KeyRole.OWNER) as quick:
        for line in (slow, quick):
            line.send('{"want": ["ticks", "percepts"], "every": 1}')
        last = 0
        for _ in range(40):  # of the quick one's; the slow one reads nothing meanwhile
            told = json.loads(quick.recv(timeout=10))
            if told["kind"] == "tick":
                assert told["n"] > last
                last = told["n"]
        assert last


def test_a_flood_from_many_threads_leaves_no_fault_in_the_log(way: Doorway, caplog: pytest.LogCaptureFixture) -> None:
    key = way.keys[KeyRole.OWNER]
    codes: list[int] = []

    def hammer() -> None:
        codes.extend(ask(way, "POST", "/tell", key, content=b"[" * 500).status_code for _ in range(25))

    with caplog.at_level(logging.WARNING):
        threads = [threading.Thread(target=hammer) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert set(codes) <= {422, 429}
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_the_description_is_for_programs_and_people_and_loads_nothing_from_elsewhere(way: Doorway) -> None:
    told = ask(way, "GET", "/openapi.json").json()
    assert {"/api/v1/say", "/api/v1/state", "/api/v1/memory"} <= set(told["paths"])
    assert "HTTPBearer" in told["components"]["securitySchemes"]
    page = ask(way, "GET", "/docs")
    assert page.status_code == 200
    for path, calls in told["paths"].items():
        for method in calls:
            assert f"{method.upper()} {path}" in page.text
    assert "src=" not in page.text
    assert "<script" not in page.text
    assert "<link" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_a_fault_in_a_line_ends_it_and_is_logged(
    way: Doorway, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: ProgramLine, __: str) -> None:
        raise ValueError("unforeseen")

    monkeypatch.setattr(ProgramLine, "_take", fails)
    with line_of(way) as line:
        line.send("{}")
        with pytest.raises(ConnectionClosed):
            line.recv(timeout=10)
    until(lambda: "unforeseen" in caplog.text)
