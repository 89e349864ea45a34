"""The way in is shown: a code as a picture, by this machine's address, and what is told where it has none."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from playwright.sync_api import expect

from robot.core.errors import PartError
from robot.page.server.entry import qr_svg, qr_text
from tests.support.browser import chromium, opened
from tests.support.heart import beating
from tests.support.noted_controls import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.page.server.server import Page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with beating(Asked(), lan=True) as heart:
        yield heart.page


def test_the_drawn_codes_can_be_read() -> None:
    address = "http://192.0.2.7:8080/enter#abcdefghijklmnopqrstuv"
    rows = [re.findall(r"[ ▄▀█]+", row)[0] for row in qr_text(address).replace("\x1b[30;107m", "").splitlines()]
    upper = np.array([[cell in "▀█" for cell in row] for row in rows])
    lower = np.array([[cell in "▄█" for cell in row] for row in rows])
    dark = np.stack([upper, lower], 1).reshape(-1, upper.shape[1])
    assert read(dark) == address
    places = re.findall(r"M(\d+) (\d+)h1v1h-1z", qr_svg(address))
    drawn = np.zeros((1 + max(int(y) for _, y in places) + 4,) * 2, bool)
    for x, y in places:
        drawn[int(y), int(x)] = True
    assert read(drawn) == address


def read(dark: np.ndarray) -> str:
    picture = np.where(np.pad(dark, 4), 0, 255).astype(np.uint8)
    return cv2.QRCodeDetector().detectAndDecode(np.kron(picture, np.ones((8, 8), np.uint8)))[0]


def test_an_invitation_names_this_machine(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("robot.page.server.entry.own_address", lambda: "192.0.2.7")
    assert re.fullmatch(r"http://192\.0\.2\.7:\d+/enter#[\w-]{22}", page.invite())


def test_on_no_network_the_page_says_so_and_makes_a_code_once_there_is_one(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere() -> str:
        raise PartError("this machine is on no network")

    monkeypatch.setattr("robot.page.server.entry.own_address", nowhere)
    with chromium(draws=False) as browser, opened(browser, page.url) as (window, _):
        window.goto("/")
        owner = window.get_by_role("button", name="Owner: may act")
        owner.click()
        expect(window.get_by_text("This machine is on no network")).to_be_visible()
        expect(window.locator(".qr svg")).to_have_count(0)
        monkeypatch.setattr("robot.page.server.entry.own_address", lambda: "192.0.2.7")
        owner.click()
        expect(window.locator(".qr svg")).to_be_visible()
        expect(window.get_by_text("Scan with the other device")).to_be_visible()


NO_ROUTE = """import socket

class Offline(socket.socket):
    def connect(self, address):
        if self.type == socket.SOCK_DGRAM:
            raise OSError(101, "Network is unreachable")
        super().connect(address)

socket.socket = Offline
"""
BARE = """[parts]
body = "sim://"
camera = ""
ears = ""
speaker = ""
"""


def test_a_robot_for_the_network_runs_without_one(tmp_path: Path) -> None:
    """A service starts before the router does, after a power cut."""
    (tmp_path / "sitecustomize.py").write_text(NO_ROUTE, encoding="utf-8")
    (tmp_path / "robot.toml").write_text(BARE, encoding="utf-8")
    home = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")} | {"HOME": str(tmp_path)}
    ours, theirs = pty.openpty()
    with os.fdopen(ours, encoding="utf-8", errors="replace") as terminal:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("bowlby"), "run", "--config", tmp_path / "robot.toml", "--lan"],
            env=home | {"PYTHONPATH": str(tmp_path)},
            stderr=theirs,
        )
        os.close(theirs)
        told = next(line for line in terminal if "No code to scan yet" in line)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    assert "this machine is on no network" in told


def test_no_code_is_shown_where_it_would_be_kept(tmp_path: Path) -> None:
    """A service's standard error is the journal."""
    (tmp_path / "robot.toml").write_text(BARE, encoding="utf-8")
    done = subprocess.run(
        [Path(sys.executable).with_name("bowlby"), "run", "--config", tmp_path / "robot.toml", "--lan", "--seconds=1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "No code is shown" in done.stderr
    assert "/enter#" not in done.stderr


def test_on_no_network_it_says_so(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr("robot.page.server.entry.socket.socket.connect", unreachable)
    with pytest.raises(PartError, match=r"on no network.*--lan"):
        page.invite()
