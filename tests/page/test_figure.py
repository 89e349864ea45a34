"""The maker's model of a body on the page: brought once by our own server, moved by the pose, and said whose it is."""

from __future__ import annotations

import http.client
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect

from hardware.reachy.body import reachy_mini
from robot.parts.figures import source_of
from tests.page.test_page import pixels
from tests.support.browser import FRAMES, SCENE, chromium, opened
from tests.support.heart import beating
from tests.support.noted_controls import Asked, OneStage
from tests.support.reachy_media import MediaDaemon
from tests.support.reachy_model import TOLD, Model, stranger
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from robot.core.body_description import BodyDescription

pytestmark = pytest.mark.slow

MINI = reachy_mini()
SILENT = "reachy://127.0.0.1:9"


@dataclass
class Mini(Asked):
    """A Reachy Mini that is only ticks."""

    description: BodyDescription = MINI
    body_address: str = SILENT


@pytest.fixture
def daemon() -> Iterator[MediaDaemon]:
    with MediaDaemon() as daemon:
        daemon.files = Model().files()
        yield daemon


def fetched(url: str, path: str = "/figure", **headers: str) -> tuple[int, bytes]:
    door = urlsplit(url)
    with closing(http.client.HTTPConnection(door.hostname or "", door.port, timeout=20)) as line:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.read()


def test_our_server_brings_it_once_and_to_nobody_elses_page(daemon: MediaDaemon) -> None:
    with beating(Mini(body_address=daemon.address)) as heart:
        status, figure = fetched(heart.url)
        assert (status, source_of(figure)) == (200, "daemon")
        asked = len(daemon.fetched)
        assert fetched(heart.url) == (200, figure)
        assert len(daemon.fetched) == asked
        assert fetched(heart.url, Origin="http://elsewhere.example")[0] == 403
        assert fetched(heart.url, "/figure/skull.stl")[0] == 404
        assert fetched(heart.url, "/figure?of=http://elsewhere.example/") == (200, figure)
        assert len(daemon.fetched) == asked


def test_one_that_cannot_be_had_is_said_and_is_not_asked_for_at_once_again(
    daemon: MediaDaemon, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    daemon.files[TOLD] = b'{"urdf": "<robot/>"}'
    with beating(Mini(body_address=daemon.address)) as heart:
        assert fetched(heart.url) == (204, b"")
        assert "its maker's description cannot be used" in caplog.text
        assert "joint head_frame" in caplog.text, "for whoever asks for details"
        asked = len(daemon.fetched)
        assert fetched(heart.url) == (204, b"")
        assert len(daemon.fetched) == asked


def test_one_whose_bringer_breaks_is_logged_with_its_trace_and_is_not_asked_for_at_once_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stranger(tmp_path, monkeypatch)
    with beating(Mini(description=replace(MINI, figure="breaking"))) as heart:
        assert fetched(heart.url) == (204, b"")
        assert "ZeroDivisionError" in caplog.text
        caplog.clear()
        assert fetched(heart.url) == (204, b"")
        assert caplog.text == ""


def test_for_a_body_without_one_nobody_is_asked(caplog: pytest.LogCaptureFixture) -> None:
    with beating(Asked()) as heart:
        assert fetched(heart.url)[0] == 204
        assert "model of the body" not in caplog.text


def places(page: Page) -> set[tuple[int, int]]:
    """Where the boxes' green head is on the screen: row and column."""
    blue, green, red = pixels(page, SCENE).astype(int).transpose(2, 0, 1)
    return {(int(row), int(column)) for row, column in np.argwhere((green > blue + 60) & (green > red + 60))}


def test_the_page_shows_it_moved_by_the_pose_and_says_whose_it_is(daemon: MediaDaemon) -> None:
    mini = Mini(body_address=daemon.address, stage=None)
    with beating(mini) as heart, chromium() as browser, opened(browser, heart.url) as (page, trouble):
        page.goto("/en")
        expect(page.get_by_text("its maker's model, from its daemon")).to_be_visible()
        page.get_by_role("button", name="Robot", exact=True).click()  # nobody else moves that view
        until(lambda: len(places(page)) > 300, "its head on the page")
        page.wait_for_timeout(2_000)
        before = places(page)
        mini.stage = OneStage()
        mini.stage.move("1", 0.4, 1.4)  # its head turns to somebody far to its left, who hides it from nobody

        def kept() -> float:
            after = places(page)
            assert len(after) > 300
            return len(before & after) / len(before | after)

        until(lambda: kept() < 0.9, "its head turns on the page", every_s=1.0)
        assert trouble == []


def test_without_it_the_page_shows_the_simulators_body_and_says_so_in_each_language() -> None:
    with beating(Mini()) as heart, chromium() as browser, opened(browser, heart.url) as (page, trouble):
        page.goto("/fr")
        expect(page.get_by_text("Le corps du simulateur : le modèle du fabricant")).to_be_visible()
        page.wait_for_function(f"{FRAMES} > 2")
        assert len(places(page)) < 100
        assert trouble == []
