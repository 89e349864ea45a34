"""The page's server: where it may listen, what it says when it cannot, and that it leaves nothing behind."""

from __future__ import annotations

import socket
import threading
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from robot.clock import nap, stopwatch
from robot.errors import ConfigError, PartError
from robot.messages import Speech
from robot.page.feed import CLIPS, TALK_LINES, Feed
from robot.page.server import Page
from robot.page.valve import BURST, FULL
from tests.page_robot import Asked, tick


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
    monkeypatch.setattr("robot.page.server.PORT", port)
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


def test_a_flood_is_held_at_the_door_and_leaves_no_mark(caplog: pytest.LogCaptureFixture) -> None:
    page = Page(Asked(), port=0)
    page.start()
    try:
        assert page.wait_ready()
        door = (urlsplit(page.url).hostname, urlsplit(page.url).port)
        knocks = [socket.create_connection(door, timeout=10) for _ in range(BURST + 50)]
        end = stopwatch() + 10
        while FULL not in caplog.text and stopwatch() < end:
            nap(0.01)
        assert caplog.text.count(FULL) == 1
        for knock in knocks:
            knock.close()
        with urlopen(page.url, timeout=10) as answer:  # noqa: S310 - our own loopback address
            assert answer.status == 200
    finally:
        page.stop()
