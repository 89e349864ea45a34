"""The page's server: where it may listen, what it says when it cannot, and that it leaves nothing behind."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from urllib.parse import urlsplit
from urllib.request import urlopen

import nicegui
import pytest

from robot.core.clock import nap
from robot.core.errors import ConfigError, PartError
from robot.page.server.lean_nicegui import CLIENT_ONLY, OLD
from robot.page.server.server import Page
from tests.support.noted_controls import Asked
from tests.support.page_robot import tick


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


def test_nicegui_is_loaded_without_what_a_server_never_uses() -> None:
    loaded = (
        "import robot.page.server.lean_nicegui as s; s.load(); import robot.page.server.site, sys; print(*sys.modules)"
    )
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    assert "socketio" in modules
    assert not set(modules) & {*CLIENT_ONLY, *OLD}
