"""What another site, a flood or malformed messages can do to the page: nothing that its owner would notice."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import struct
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from nicegui import Client, ui
from starlette.requests import Request
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from robot.core.clock import nap, stopwatch
from robot.page.server import answers, borrowed_media, pages_open
from robot.page.server.access import Access, VisitorRole
from robot.page.server.picture_decoder import PictureDecoder
from robot.page.server.read_json import read_object
from robot.page.server.server import _listeners
from robot.page.texts import PageTexts
from robot.page.tuning import Parameter
from robot.page.views.behaviors import ParameterForm
from tests.page.test_access import ask, cookie_of, enter, from_network, line_of, port_of
from tests.support.heart import beating, untried
from tests.support.noted_controls import Asked, AskedToTune
from tests.support.visitor import LEFT, coded, webcam_picture
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

    from robot.page.server.server import Page

NUMBER = "9" * 400
HALF = '"\\ud83d"'
DEEP = '{"a":' * 5_000 + "1" + "}" * 5_000
MALFORMED = (
    "",
    "{",
    "[]",
    DEEP,
    "[" * 500,
    f'{{"move": ["1", {NUMBER}, 0]}}',
    f'{{"move": ["1", {"9" * 5000}, 0]}}',
    '{"move": ["1", 1e999, 0]}',
    f'{{"lend": [{HALF}, {HALF}]}}',
    '{"want": {"camera": {"camera": {}}, "sound": []}}',
    '{"move": [null, null, null]}',
    '{"move": {"0": "1"}}',
)
ENGINE = (
    "",
    "4",
    "40",
    "42",
    '42["event"]',
    f'42["event",{{"client_id":{HALF}}}]',
    f'42["event",{DEEP}]',
    "5",
    "6",
    "9",
)
ENGINE_MORE = (
    '42["event",{"client_id":1,"id":1e999,"args":7}]',
    '42["handshake",[]]',
    '42["javascript_response",{}]',
    '42["ack",{"client_id":[]}]',
    '42["log",{"level":"error"}]',
    "451-" + "9" * 100,
    '42["' + "x" * 60_000 + '"]',
    "43" + NUMBER,
)
PANELS = "ws://127.0.0.1:{}/_nicegui_ws/socket.io/?EIO=4&transport=websocket"

SLY = Parameter("wish", "what", '1" :onclick="alert(1)', "1", ())


@pytest.fixture(scope="module")
def asked() -> AskedToTune:
    return AskedToTune()


@pytest.fixture(scope="module")
def page(asked: Asked) -> Iterator[Page]:
    with beating(asked, lan=True) as heart:
        yield heart.page


@pytest.fixture(autouse=True)
def rested(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts with the patience of the door untried, and with no page open; refusals come at once."""
    monkeypatch.setattr(answers, "SLOW_DOWN_S", 0.0)
    untried(page)


# ---------------------------------------------------------------- other sites


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_that_says_nothing_of_itself_has_no_page_built(page: Page, site: str) -> None:
    """An image or a frame of its brings no Origin."""
    for path in ("/", "/en", "/nowhere", "/live", "/gauges"):
        assert ask(page, path, sec_fetch_site=site).status == 403
    assert not Client.instances
    assert ask(page, sec_fetch_site="none").status == 200
    assert ask(page, "/gauges", sec_fetch_site="same-origin").status == 200


def test_another_site_does_not_use_up_what_the_owner_may_ask(page: Page) -> None:
    for _ in range(20):
        ask(page, sec_fetch_site="cross-site")
    assert not page.access._requests._buckets


def test_whose_name_is_no_host_is_refused(page: Page) -> None:
    for host in ("x@127.0.0.1", "127.0.0.1:80:80", "127.0.0.1/", "127.0.0.1#", "[::1]x", ""):
        assert ask(page, host=host).status in {400, 421}, host
    with socket.create_connection(("127.0.0.1", port_of(page)), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 421 ")


def test_a_parameter_is_shown_as_it_is_and_runs_nothing(asked: AskedToTune) -> None:
    with Client(ui.page("/sly")) as client:
        ParameterForm(PageTexts("en"), asked.behaviors, "greet", SLY)
        props = [dict(element.props) for element in client.elements.values()]
    client.delete()
    assert SLY.value in [one.get("defaultValue") for one in props]
    assert not [name for one in props for name in one if "onclick" in name]


# ---------------------------------------------------------------- floods


def test_pages_that_no_browser_connects_to_are_few_and_go(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_open, "WAIT_S", 5.0)
    monkeypatch.setattr(pages_open, "LOOK_EACH_S", 0.1)
    monkeypatch.setattr(pages_open, "AWAITED", 1)
    assert [ask(page, "/home/en").status for _ in range(2)] == [200, 429]
    assert len(Client.instances) == 1
    until(lambda: not Client.instances)
    assert ask(page, "/home/en").status == 200


def opened_from(peer: str) -> Client:
    """A page whose browser never connects."""
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"", "client": (peer, 40_000)}
    return Client(ui.page("/"), request=Request(scope))


def test_pages_asked_for_from_the_network_leave_room_for_the_owner_at_the_machine(page: Page) -> None:
    """And none of its devices takes the room of all."""
    waiting = [opened_from("192.0.2.7") for _ in range(pages_open.AWAITED_PEER)]
    assert pages_open.crowded("192.0.2.7")
    assert not pages_open.crowded("192.0.2.8")
    waiting += [opened_from("192.0.2.8") for _ in range(pages_open.AWAITED - len(waiting))]
    assert pages_open.crowded("192.0.2.9")
    assert ask(page).status == 200
    for client in waiting:
        client.delete()


def test_files_that_there_are_none_of_have_no_page_built(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    """NiceGUI would build one for each, to say so, and write a line."""
    with caplog.at_level(logging.WARNING):
        for number in range(pages_open.AWAITED + 1):
            answer = ask(page, f"/_nicegui/{number}")
            assert answer.status == 404
            assert int(answer.getheader("content-length", "")) < 100
    assert not Client.instances
    assert not caplog.records
    assert ask(page).status == 200


def test_headers_without_end_are_cut_off(page: Page) -> None:
    with socket.create_connection(("127.0.0.1", port_of(page)), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        with pytest.raises(OSError, match=r"reset|pipe"):
            line.sendall((b"x: " + b"y" * 4096 + b"\r\n") * 5000)
    assert ask(page, "/gauges").status == 200


def test_trailers_without_end_are_cut_off(page: Page) -> None:
    """They come as headers do, after the last piece of a body."""
    with socket.create_connection(("127.0.0.1", port_of(page)), timeout=10) as line:
        line.sendall(b"POST /enter HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
        with pytest.raises(OSError, match=r"reset|pipe"):
            line.sendall((b"x: " + b"y" * 4096 + b"\r\n") * 5000)
    assert ask(page, "/gauges").status == 200


def test_requests_that_wait_for_one_another_on_one_line_are_few(page: Page) -> None:
    assert _answered_on_one_line(page, 6) == 6
    assert _answered_on_one_line(page, 2000) <= 1


def _answered_on_one_line(page: Page, requests: int) -> int:
    """How many are answered well of those that are sent in one breath, though the first would be answered slowly."""
    one = b"GET /gauges HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port_of(page)), timeout=10) as line:
        line.sendall(one * (requests - 1) + one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        came = b""
        try:
            while piece := line.recv(1 << 16):
                came += piece
        except ConnectionResetError:
            pass
    return came.count(b"HTTP/1.1 200 ")


def test_a_body_that_comes_after_its_headers_is_no_head(page: Page) -> None:
    """It ends within what is read at once: counted as a head, it would be too long for one."""
    body = b"x" * 60_000
    with socket.create_connection(("127.0.0.1", port_of(page)), timeout=10) as line:
        line.sendall(b"POST /enter HTTP/1.1\r\nHost: 192.0.2.7\r\nContent-Length: %d\r\n\r\n" % len(body))
        nap(0.2)
        line.sendall(body)
        assert line.recv(100).startswith(b"HTTP/1.1 401 ")


def test_the_owner_has_a_door_of_their_own(page: Page) -> None:
    """What comes in a flood from the network is refused at the other one."""
    here, network = (f"{place}:{port_of(page)}" for place in ("127.0.0.1", "0.0.0.0"))  # noqa: S104 - as --lan
    assert {here, network} <= _listening()


def _listening() -> set[str]:
    """Where anybody listens, as "127.0.0.1:8080"."""
    found = set()
    for row in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]:
        _, local, _, state, *_ = row.split()
        if state == "0A":
            address, port = local.split(":")
            place = socket.inet_ntoa(bytes.fromhex(address)[::-1])
            found.add(f"{place}:{int(port, 16)}")
    return found


def test_a_port_that_another_robot_has_is_taken() -> None:
    first = _listeners(socket.AF_INET, "0.0.0.0", 0)  # noqa: S104 - as --lan
    try:
        with pytest.raises(OSError, match="in use"):
            _listeners(socket.AF_INET, "127.0.0.1", first[0].getsockname()[1])
    finally:
        for one in first:
            one.close()


# ---------------------------------------------------------------- malformed messages


def test_what_is_no_json_object_is_nothing() -> None:
    assert read_object('{"a": 1}') == {"a": 1}
    for text in ("", "[1]", "7", DEEP, f'{{"a": {HALF}}}', '{"a": "\ud800"}', b"\xff", f'{{"a": {"9" * 5000}}}'):
        assert read_object(text) is None


@pytest.mark.parametrize(
    "body", [DEEP, f'{{"code": {HALF}}}', f'{{"code": {NUMBER}}}', f'{{"code": "{"x" * 60_000}"}}']
)
def test_a_malformed_entry_is_refused(page: Page, body: str) -> None:
    assert ask(page, "/enter", "POST", body, host=from_network(page)).status == 401


@pytest.mark.parametrize("message", MALFORMED)
def test_a_malformed_wish_on_the_live_line_changes_nothing(page: Page, asked: Asked, message: str) -> None:
    assert asked.stage is not None
    asked.stage.moves.clear()
    with line_of(page, f"127.0.0.1:{port_of(page)}") as line:
        line.send(message)
        for _ in range(3):
            assert json.loads(line.recv(timeout=10))["k"] == "pose"
    assert asked.stage.moves == []


@contextmanager
def panels_line(page: Page) -> Iterator[ClientConnection]:
    """The line on which browser and panels speak, begun."""
    with connect(PANELS.format(port_of(page)), proxy=None, max_size=None) as line:
        line.recv(timeout=10)
        line.send("40")
        line.recv(timeout=10)
        yield line


def test_malformed_messages_to_the_panels_leave_no_trace(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for message in (*ENGINE, *ENGINE_MORE):
            with panels_line(page) as line:
                try:
                    line.send(message)
                    nap(0.02)
                except ConnectionClosed:
                    continue
    assert ask(page, "/gauges").status == 200
    assert max((len(record.getMessage()) for record in caplog.records), default=0) <= 300
    assert not [record for record in caplog.records if record.exc_info], caplog.text


def test_one_line_keeps_one_page_alive(page: Page) -> None:
    """As a browser does: each page has a line to itself, of which there are few."""
    with panels_line(page) as line:
        assert [_shake_hands(line, f"t{number}") for number in range(3)] == [True, False, False]


def _shake_hands(line: ClientConnection, tab: str) -> bool:
    """Open a page, and say on a line that this is its browser: whether that is taken."""
    opened = opened_from("127.0.0.1")
    told = {"client_id": opened.id, "tab_id": tab, "document_id": tab, "old_tab_id": None}
    line.send(f"420{json.dumps(['handshake', told])}")
    while not (message := str(line.recv(timeout=10))).startswith("430"):
        pass
    return "true" in message


def test_the_panels_are_spoken_to_on_a_paced_line_alone(page: Page) -> None:
    """Never by one request after the other."""
    for method in ("GET", "POST"):
        assert ask(page, "/_nicegui_ws/socket.io/?EIO=4&transport=polling", method).status == 404
    with pytest.raises(InvalidStatus):
        connect(PANELS.format(port_of(page)).replace("websocket", "polling"), proxy=None)


def test_nobody_writes_into_the_robots_log(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    opened = opened_from("127.0.0.1")
    with caplog.at_level(logging.INFO), panels_line(page) as line:
        told = {"client_id": opened.id, "level": "error", "message": "the body is on fire"}
        line.send(f"42{json.dumps(['log', told])}")
        _shake_hands(line, "t")
    assert "on fire" not in caplog.text


def test_a_flood_of_messages_to_the_panels_is_cut_off(page: Page) -> None:
    with panels_line(page) as line, pytest.raises(ConnectionClosed):
        _flood(line)


def _flood(line: ClientConnection) -> None:
    for _ in range(2000):
        line.send('42["event",{}]')
    _wait_for_end(line)


def _wait_for_end(line: ClientConnection) -> None:
    end = stopwatch() + 30
    while stopwatch() < end:
        line.recv(timeout=10)


# ---------------------------------------------------------------- pictures


def test_a_picture_whose_size_is_hidden_behind_fill_bytes_is_too_large() -> None:
    jpeg = coded(webcam_picture(LEFT))
    (at,) = [index for index in range(2, len(jpeg)) if jpeg[index : index + 2] == b"\xff\xc0"]
    vast = jpeg[:at] + b"\xff" * 9 + jpeg[at : at + 5] + struct.pack(">HH", 16000, 16000) + jpeg[at + 9 :]
    assert borrowed_media.size_of(vast) == (16000, 16000)
    assert borrowed_media.picture(borrowed_media.PICTURE_HEAD.pack(3, 0.0, 0.0) + vast) is borrowed_media.Unfit.LARGE


def test_what_is_larger_than_it_said_or_takes_too_much_memory_is_no_picture() -> None:
    """And the process goes on with the next."""
    decoder = PictureDecoder()
    small = coded(webcam_picture(LEFT))
    vast = cv2.imencode(".jpg", np.zeros((12_000, 12_000, 3), np.uint8))[1].tobytes()

    try:
        with asyncio.Runner() as runner:
            assert runner.run(decoder.decode(small, 1280)) is not None
            assert runner.run(decoder.decode(small, 100)) is None
            assert runner.run(decoder.decode(vast, 1 << 20)) is None
            assert runner.run(decoder.decode(small, 1280)) is not None
    finally:
        decoder.close()


# ---------------------------------------------------------------- sessions


def test_a_session_that_has_run_out_does_nothing_more_on_an_open_line(page: Page, asked: Asked) -> None:
    assert asked.stage is not None
    asked.stage.moves.clear()
    access: Access = page.access
    cookie = cookie_of(enter(page, access.invite(VisitorRole.OWNER)))
    (key,) = [key for key in access._sessions if access._sessions[key].role is VisitorRole.OWNER]
    access._sessions[key] = access._sessions[key]._replace(until=stopwatch() + 1.0)
    with line_of(page, from_network(page), cookie) as line:
        line.send('{"move": ["1", 1.0, 0.0]}')
        with pytest.raises(ConnectionClosed) as closed:
            _wait_for_end(line)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008
    assert asked.stage.moves == [("1", 1.0, 0.0)]
