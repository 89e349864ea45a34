"""Lending over the page: who may, what is refused in words, and a real browser with a camera and a microphone."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from robot.page.server.access import VisitorRole
from robot.page.server.borrowed_media import LARGEST_PICTURE
from robot.parts.browser_media import Item, Loan, LoanEnding
from tests.page.test_access import KNOWS_NAME, NAME, cookie_of, enter, from_network, line_of, port_of
from tests.support.browser import chromium, opened
from tests.support.heart import beating
from tests.support.noted_controls import Everything
from tests.support.visitor import LEFT, bomb, coded, picture_message, sound_message, webcam_picture
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

    from robot.page.server.server import Page as RobotPage


pytestmark = pytest.mark.slow
PICTURE = coded(webcam_picture(LEFT))


@pytest.fixture(scope="module")
def asked() -> Everything:
    return Everything()


@pytest.fixture(scope="module")
def robot_page(asked: Everything) -> Iterator[RobotPage]:
    with beating(asked, lan=True) as heart:
        yield heart.page


@pytest.fixture(autouse=True)
def returned(asked: Everything) -> Iterator[None]:
    yield
    for loan in (asked.lending.camera, asked.lending.microphone):
        loan.end(LoanEnding.STOPPED)
        loan.take()
    asked.senses.out.clear()


@contextmanager
def owner(page: RobotPage) -> Iterator[ClientConnection]:
    with connect(f"ws://127.0.0.1:{port_of(page)}/live", proxy=None) as line:
        yield line


def told(line: ClientConnection, kind: str) -> dict[str, object]:
    """The next message of a kind."""
    while True:
        message = line.recv(timeout=10)
        if isinstance(message, str) and (read := json.loads(message))["k"] == kind:
            assert isinstance(read, dict)
            return read


def taken(loan: Loan[Item]) -> Item:
    """What a driver gets that polls until something comes."""
    items: list[Item] = []

    def polled() -> bool:
        items.extend(loan.take())
        return bool(items)

    until(polled)
    return items[0]


def lend(line: ClientConnection, sense: str = "camera") -> None:
    line.send(json.dumps({"lend": [sense, "lend"]}))
    while not told(line, "lent")[sense]["mine"]:  # type: ignore[index]
        pass


# ---------------------------------------------------------------- the line


def test_a_picture_and_sound_reach_the_robot_and_everybody_is_told_whose(
    robot_page: RobotPage, asked: Everything
) -> None:
    with owner(robot_page) as line, owner(robot_page) as other:
        told(other, "lent")
        lend(line)
        line.send(picture_message(PICTURE, told=12.5, age=0.07))
        picture = taken(asked.lending.camera)
        assert (picture.image.shape, picture.told, round(picture.age, 3)) == ((480, 640, 3), 12.5, 0.07)
        camera = told(other, "lent")["camera"]
        assert (camera["mine"], camera["by"], camera["ended"]) == (False, "here", "")  # type: ignore[index]
        lend(line, "microphone")
        line.send(sound_message(np.full(1024, 0.5, np.float32)))
        sound = taken(asked.lending.microphone)
        assert sound.samples == pytest.approx(np.full(1024, 0.5), abs=1e-4)


def test_a_line_that_is_closed_ends_what_it_lent(robot_page: RobotPage, asked: Everything) -> None:
    with owner(robot_page) as line:
        lend(line)
        lend(line, "microphone")
    until(lambda: not asked.lending.camera.terms.by and not asked.lending.microphone.terms.by)
    assert asked.lending.camera.terms.ending is LoanEnding.LEFT
    assert asked.lending.microphone.terms.ending is LoanEnding.LEFT


def test_a_viewer_may_not_lend(robot_page: RobotPage, asked: Everything) -> None:
    looks = cookie_of(enter(robot_page, robot_page.access.invite(VisitorRole.VIEWER)))
    with line_of(robot_page, from_network(robot_page), looks) as line:
        line.send('{"lend": ["camera", "lend"]}')
        assert told(line, "refused") == {"k": "refused", "sense": "camera", "why": "viewer"}
        line.send(picture_message(PICTURE))
        told(line, "pose")
    assert asked.lending.camera.terms.by == ""
    assert asked.lending.camera.take() == []


def test_one_visitor_at_a_time_and_any_owner_may_stop_it(robot_page: RobotPage, asked: Everything) -> None:
    with owner(robot_page) as line, owner(robot_page) as other:
        lend(line)
        other.send('{"lend": ["camera", "lend"]}')
        assert told(other, "refused")["why"] == "taken"
        other.send('{"lend": ["camera", "lost"]}')  # that is for whoever lends to say
        told(other, "pose")
        assert asked.lending.camera.terms.by
        other.send('{"lend": ["camera", "stop"]}')
        assert told(line, "lent")["camera"] == {"mine": False, "by": "", "rests": False, "ended": "stopped"}


@pytest.mark.parametrize(
    ("jpeg", "why"),
    [
        (b"", "damaged"),
        (b"no picture at all", "damaged"),
        (PICTURE[: len(PICTURE) // 2], "damaged"),
        (b"\xff\xd8" + PICTURE[400:], "damaged"),
        (coded(webcam_picture(LEFT)[:40, :40]), "damaged"),
        (bomb(), "large"),
        (PICTURE + bytes(LARGEST_PICTURE - len(PICTURE)) + b"\xff\xd9", "large"),
    ],
)
def test_a_damaged_or_oversized_picture_is_refused_with_words(
    robot_page: RobotPage, asked: Everything, jpeg: bytes, why: str
) -> None:
    with owner(robot_page) as line:
        lend(line)
        line.send(picture_message(jpeg))
        assert told(line, "refused") == {"k": "refused", "sense": "camera", "why": why}
        assert asked.lending.camera.take() == []


@pytest.mark.parametrize(
    "message",
    [
        picture_message(PICTURE, told=float("nan")),
        picture_message(PICTURE, age=1e6),
        picture_message(PICTURE)[:8],
    ],
)
def test_a_clock_that_no_browser_has_is_refused(robot_page: RobotPage, message: bytes) -> None:
    with owner(robot_page) as line:
        lend(line)
        line.send(message)
        assert told(line, "refused")["why"] == "damaged"


def test_damaged_sound_is_refused(robot_page: RobotPage, asked: Everything) -> None:
    with owner(robot_page) as line:
        lend(line, "microphone")
        line.send(sound_message(np.zeros(8, np.float32)) + b"\0")
        assert told(line, "refused") == {"k": "refused", "sense": "microphone", "why": "damaged"}
        line.send(sound_message(np.zeros(5000, np.float32)))
        assert told(line, "refused")["why"] == "large"
        assert asked.lending.microphone.take() == []


@pytest.mark.parametrize("message", [picture_message(b""), sound_message(np.zeros(8, np.float32)), b"", b"\x09unknown"])
def test_bytes_that_come_too_fast_or_are_of_no_kind_end_the_line(robot_page: RobotPage, message: bytes) -> None:
    def flood(line: ClientConnection) -> None:
        for _ in range(140):
            line.send(message)
        for _ in range(400):
            line.recv(timeout=10)

    with owner(robot_page) as line:
        with pytest.raises(ConnectionClosed) as closed:
            flood(line)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008


def test_to_a_sense_that_is_switched_off_nothing_is_lent(robot_page: RobotPage, asked: Everything) -> None:
    with owner(robot_page) as line:
        lend(line)
        asked.senses.out.add("camera")
        assert told(line, "lent")["camera"] == {"mine": False, "by": "", "rests": False, "ended": "off"}
        line.send('{"lend": ["camera", "lend"]}')
        assert told(line, "refused")["why"] == "off"


def test_while_nobody_polls_the_browser_is_told_to_rest(robot_page: RobotPage, asked: Everything) -> None:
    asked.lending.camera.take()
    with owner(robot_page) as line:
        lend(line)
        assert told(line, "lent")["camera"]["rests"]  # type: ignore[index]
        asked.lending.camera.take()
        assert not told(line, "lent")["camera"]["rests"]  # type: ignore[index]


# ---------------------------------------------------------------- a real browser


def test_a_browser_that_says_no_or_has_none_is_told_in_words(robot_page: RobotPage) -> None:
    with chromium("--deny-permission-prompts", draws=False) as browser, opened(browser, robot_page.url) as (page, _):
        page.goto("/home/fr")
        page.get_by_role("button", name="Utiliser mon micro").click()
        expect(page.get_by_role("alert")).to_contain_text("Cette machine n’en a pas.")
        page.get_by_role("button", name="Utiliser ma caméra").click()
        expect(page.get_by_role("alert")).to_be_visible()


def test_where_the_browser_lends_nothing_the_page_says_why_and_what_to_do(
    robot_page: RobotPage, asked: Everything
) -> None:
    """Over the network, by http."""
    with chromium(KNOWS_NAME, draws=False) as browser:
        here = f"http://{NAME}:{port_of(robot_page)}"
        for role in VisitorRole:
            context = browser.new_context(base_url=here)
            name, value = cookie_of(enter(robot_page, robot_page.access.invite(role))).split("=", 1)
            context.add_cookies([{"name": name, "value": value, "url": here}])
            page = context.new_page()
            page.goto("/home/en")
            expect(page.locator(".state")).not_to_be_empty()
            if role is VisitorRole.OWNER:
                page.get_by_role("button", name="Use my camera").click()
                expect(page.get_by_role("alert")).to_contain_text("only to a page of the same machine")
                words = f"leave “ssh -L {port_of(robot_page)}:localhost:{port_of(robot_page)} {NAME}” running here"
                expect(page.get_by_role("alert")).to_contain_text(words)
                continue
            expect(page.get_by_role("button", name="Use my camera")).to_have_count(0)
            asked.lending.camera.begin("here")
            sign = page.get_by_text("The robot sees through the camera of a visitor on this machine.")
            expect(sign).to_be_visible()
            assert page.locator(".lending button").count() == 0
