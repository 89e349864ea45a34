"""The page's server: where it may listen, what it says when it cannot, and that it leaves nothing behind."""

from __future__ import annotations

import asyncio
import http.client
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import urlopen

import nicegui
import numpy as np
import pytest
from websockets.sync.client import connect

from robot.core.clock import nap, stopwatch
from robot.core.errors import ConfigError, PartError
from robot.core.tick import Clip
from robot.core.voice_commands import Speech
from robot.health.metrics import Gauges
from robot.page.server.access import Access
from robot.page.server.connection_limit import FULL, OPEN_PEER, TOO_MANY
from robot.page.server.feed import CLIPS, TALK_LINES, TALK_LIVES_S, Feed
from robot.page.server.lean_nicegui import CLIENT_ONLY, OLD
from robot.page.server.live_line import POSE_S, SOUND, Live
from robot.page.server.served import Served
from robot.page.server.server import Page
from robot.page.server.wav import wav
from tests.support.noted_controls import Asked
from tests.support.page_robot import tick

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def taken() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


def test_a_port_asked_for_and_taken_is_an_error_with_a_remedy(taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    with taken, pytest.raises(PartError, match=rf"page at 127\.0\.0\.1: port {port}: .*another port"):
        Page(Asked(), port=port).start()


def test_without_a_wish_the_next_free_port_is_taken_and_told(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, taken: socket.socket
) -> None:
    port = taken.getsockname()[1]
    monkeypatch.setattr("robot.page.server.server.PORT", port)
    page = Page(Asked())
    with taken:
        page.start()
    try:
        assert page.url != f"http://127.0.0.1:{port}/"
        assert f"port {port} is taken; the page is at {page.url}" in caplog.text
    finally:
        page.stop()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "robot.local"])  # noqa: S104 - to see it refused
def test_a_network_address_is_refused(host: str) -> None:
    with pytest.raises(ConfigError, match="open to the network"):
        Page(Asked(), host=host)


def test_it_stops_clean_and_can_start_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # NiceGUI is kinder to tests than to people
    before = set(threading.enumerate())
    for _ in range(2):
        page = Page(Asked(), port=0)
        page.start()
        assert page.wait_ready()
        page.see(tick(1, Asked()))
        with urlopen(page.url) as answer:  # noqa: S310 - our own loopback address
            assert answer.status == 200
        page.stop()
        page.stop()
        assert set(threading.enumerate()) <= before
        with pytest.raises(OSError, match="refused"):
            urlopen(page.url)  # noqa: S310 - as above


def test_it_closes_also_what_a_browser_that_hangs_leaves_unread(capfd: pytest.CaptureFixture[str]) -> None:
    page = Page(Asked(), port=0)
    page.start()
    assert page.wait_ready()
    with socket.socket() as hanging:
        hanging.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        hanging.connect(("127.0.0.1", urlsplit(page.url).port))
        large = f"/_nicegui/{nicegui.__version__}/static/sass.dart.js"
        hanging.sendall(f"GET {large} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert hanging.recv(12) == b"HTTP/1.1 200"
        nap(0.3)
        page.stop()
    assert "exceeded" not in capfd.readouterr().err


def test_stopping_before_it_is_up_ends_the_thread() -> None:
    page = Page(Asked(), port=0)
    page.start()
    page.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "page"]


def test_two_pages_in_one_process_are_refused() -> None:
    page = Page(Asked(), port=0)
    page.start()
    try:
        with pytest.raises(PartError, match="already up"):
            Page(Asked(), port=0).start()
    finally:
        page.stop()


def test_what_the_feed_keeps_is_bounded_and_pictures_are_kept_only_while_watched() -> None:
    feed, asked = Feed(), Asked()
    for n in range(1, 500):
        feed.see(tick(n, asked, voice=(Speech(n, f"line {n}"),)))
    assert len(feed.talk) == TALK_LINES
    assert len(feed.sounds) == CLIPS
    assert len(feed.held) == 1  # the same verdict in 490 ticks, 9.8 s, is one piece of news
    assert feed.seen is None
    feed.watched = True
    feed.see(tick(500, asked))
    assert feed.seen is not None


def test_the_talk_goes_with_whom_is_forgotten_and_with_time() -> None:
    feed, asked, forgettings = Feed(), Asked(), [0]
    feed.forget_with(lambda: forgettings[0])
    feed.see(tick(1, asked, voice=(Speech(1, "Hello Ada"),)))
    forgettings[0] += 1
    feed.see(tick(2, asked, voice=(Speech(2, "Done"),)))
    assert [line.text for line in feed.talk] == ["Done"]
    assert feed.cuts == 1
    feed.see(tick(2 + round(TALK_LIVES_S * 50) + 100, asked))
    assert not feed.talk


def test_a_flood_is_held_at_the_door_and_leaves_no_mark(caplog: pytest.LogCaptureFixture) -> None:
    page = Page(Asked(), port=0)
    page.start()
    try:
        assert page.wait_ready()
        door = (urlsplit(page.url).hostname, urlsplit(page.url).port)
        begun = stopwatch()
        with ExitStack() as knocks:
            while FULL not in caplog.text and stopwatch() < begun + 30:  # faster than the door lets in, on any machine
                knocks.enter_context(socket.create_connection(door, timeout=10))
                nap(0.002)  # or thousands wait at the door before it has told, and each is let in
        assert 1 <= caplog.text.count(FULL) <= 1 + (stopwatch() - begun)  # it is told of once a second
        with urlopen(page.url, timeout=60) as answer:  # noqa: S310 - our own loopback address
            assert answer.status == 200
    finally:
        page.stop()


@contextmanager
def a_page_for(*network: str) -> Iterator[tuple[str, int]]:
    """A page with --lan, for which the loopback addresses `network` are devices of the network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("robot.page.server.connection_limit.on_this_machine", lambda peer: peer not in network)
        patch.setattr("robot.page.server.idle_timeout.PATIENCE_S", 1.0)
        page = Page(Asked(), port=0, lan=True)
        page.start()
        try:
            assert page.wait_ready()
            yield "127.0.0.1", urlsplit(page.url).port or 0
        finally:
            page.stop()


def closed(line: socket.socket) -> bool:
    """Whether the other end closes within ten seconds."""
    line.settimeout(10)
    try:
        while line.recv(4096):
            pass
    except ConnectionResetError:
        pass
    except TimeoutError:
        return False
    return True


def knock(door: tuple[str, int], address: str) -> socket.socket:
    return socket.create_connection(door, timeout=10, source_address=(address, 0))


def answers(door: tuple[str, int], address: str) -> bool:
    with closing(http.client.HTTPConnection(*door, timeout=10, source_address=(address, 0))) as line:
        line.request("GET", "/enter")
        return line.getresponse().status == 200


def test_devices_that_open_all_they_can_and_say_nothing_shut_nobody_out(caplog: pytest.LogCaptureFixture) -> None:
    greedy = [f"127.0.0.{number}" for number in range(2, 5)]
    with a_page_for(*greedy, "127.0.0.9") as door, ExitStack() as knocks:
        idle = [knocks.enter_context(knock(door, greedy[0])) for _ in range(OPEN_PEER + 1)]
        assert closed(idle[-1])
        assert TOO_MANY % greedy[0] in caplog.text
        assert answers(door, "127.0.0.9")
        for address in greedy:
            idle += [knocks.enter_context(knock(door, address)) for _ in range(OPEN_PEER)]
        assert answers(door, "127.0.0.1")
        assert all(closed(line) for line in idle)
        assert answers(door, greedy[0])


BEGUN = (
    b"",
    b"GET / HT",
    b"\r\n",
    b"POST /enter HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{",
)


def test_what_brings_no_whole_request_is_closed() -> None:
    with a_page_for() as door, ExitStack() as knocks:
        lines = [knocks.enter_context(socket.create_connection(door, timeout=10)) for _ in BEGUN]
        for line, begun in zip(lines, BEGUN, strict=True):
            line.sendall(begun)
        assert [begun for line, begun in zip(lines, BEGUN, strict=True) if not closed(line)] == []


def test_a_live_line_stays_open_though_nothing_is_asked() -> None:
    with a_page_for() as (host, port), connect(f"ws://{host}:{port}/live", proxy=None) as line:
        nap(2.5)
        assert line.ping().wait(10)


def served() -> Served:
    return Served(Feed(), Asked(), Access(lan=False), "en", 0, Gauges(Asked().vitals))


def test_while_nobody_looks_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[object] = []

    def count(live: Live) -> None:
        beats.append(live)

    monkeypatch.setattr(Live, "_give_sounds", count)

    async def a_while() -> None:
        beat = asyncio.create_task(Live(served()).beat())
        await asyncio.sleep(4 * POSE_S)
        beat.cancel()

    asyncio.run(a_while())
    assert not beats


def test_a_picture_is_gone_when_the_last_who_looked_has_left() -> None:
    page = served()
    page.feed.watched = True
    page.feed.see(tick(500, Asked()))
    held = [page.feed.seen]
    assert held != [None]

    async def a_while() -> None:
        beat = asyncio.create_task(Live(page).beat())
        await asyncio.sleep(4 * POSE_S)
        beat.cancel()

    asyncio.run(a_while())
    assert (page.feed.seen, page.feed.watched) == (None, False)


def test_who_comes_hears_what_begins_from_then_on() -> None:
    page, asked = Page(Asked(), port=0), Asked()
    before, after = (Clip(n, "", np.full(40, n / 10, np.float32), 16000) for n in (1, 2))
    page.start()
    assert page.wait_ready()
    page.see(tick(1, asked)._replace(clips=(before,)))
    try:
        with connect(f"ws://{urlsplit(page.url).netloc}/live", proxy=None) as line:
            line.send('{"want": {"camera": false, "sound": true}}')
            messages = [line.recv(10) for _ in range(3)]  # poses
            page.see(tick(2, asked)._replace(clips=(after,)))
            while SOUND + wav(after) not in messages:
                messages.append(line.recv(10))
        assert SOUND + wav(before) not in messages
    finally:
        page.stop()


def test_nicegui_is_loaded_without_what_a_server_never_uses() -> None:
    loaded = (
        "import robot.page.server.lean_nicegui as s; s.load(); import robot.page.server.site, sys; print(*sys.modules)"
    )
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    assert "socketio" in modules
    assert not set(modules) & {*CLIENT_ONLY, *OLD}
