"""The page lets in whom it should: on this machine anybody, from the network who has a code, from elsewhere nobody."""

from __future__ import annotations

import http.client
import json
import re
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from robot.page.server.access import CODE_S, SESSION_S, Access, VisitorRole
from robot.page.server.gate import LARGEST_BODY
from tests.support.browser import FRAMES, chromium, context_of
from tests.support.heart import beating, untried
from tests.support.noted_controls import Asked, AskedToTune

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

    from robot.page.server.server import Page

NAME = f"{socket.gethostname().lower()}.local"  # how other machines may call this one
KNOWS_NAME = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"


@pytest.fixture(scope="module")
def asked() -> Asked:
    return AskedToTune()


@pytest.fixture(scope="module")
def page(asked: Asked) -> Iterator[Page]:
    with beating(asked, lan=True) as heart:
        yield heart.page


@pytest.fixture(autouse=True)
def rested(page: Page) -> None:
    """Each test starts with the patience of the door untried."""
    untried(page)


def port_of(page: Page) -> int:
    return int(page.url.rstrip("/").rpartition(":")[2])


def ask(
    page: Page, path: str = "/", method: str = "GET", body: str | None = None, **headers: str
) -> http.client.HTTPResponse:
    """One request; `host` and others as headers, underscores for hyphens."""
    line = http.client.HTTPConnection("127.0.0.1", port_of(page), timeout=10)
    given = {"host": f"127.0.0.1:{port_of(page)}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    line.request(method, path, body, given)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer


def from_network(page: Page) -> str:
    return f"192.0.2.7:{port_of(page)}"


def enter(page: Page, code: str) -> http.client.HTTPResponse:
    return ask(page, "/enter", "POST", json.dumps({"code": code}), host=from_network(page))


def cookie_of(answer: http.client.HTTPResponse) -> str:
    return (answer.getheader("set-cookie") or "").partition(";")[0]


@contextmanager
def line_of(page: Page, host: str, cookie: str = "", origin: str = "") -> Iterator[ClientConnection]:
    """The live line, asked for under another name than the one it leads to."""
    more = ({"Cookie": cookie} if cookie else {}) | ({"Origin": origin} if origin else {})
    with (
        socket.create_connection(("127.0.0.1", port_of(page))) as raw,
        connect(f"ws://{host}/live", sock=raw, additional_headers=more, proxy=None) as line,
    ):
        yield line


# ---------------------------------------------------------------- this machine


def test_on_this_machine_no_code_is_needed(page: Page) -> None:
    assert ask(page).status == 200


def test_a_foreign_name_that_leads_here_is_refused(page: Page) -> None:
    """DNS rebinding."""
    assert ask(page, host=f"evil.example:{port_of(page)}").status == 421


def test_another_site_may_not_ask(page: Page) -> None:
    assert ask(page, origin="http://evil.example").status == 403
    assert ask(page, "/_nicegui_ws/socket.io/?EIO=4&transport=polling", origin="http://evil.example").status == 403
    here = f"127.0.0.1:{port_of(page)}"
    with pytest.raises(InvalidStatus) as refused, line_of(page, here, origin="http://evil.example"):
        pass
    assert refused.value.response.status_code == 403


def test_a_host_or_an_origin_that_is_no_address_is_refused(page: Page) -> None:
    assert ask(page, host="[").status == 421
    assert ask(page, host="[::1").status == 421
    assert ask(page, origin="http://[").status == 403


def test_too_much_at_once_is_refused(page: Page) -> None:
    assert ask(page, "/enter", "POST", "x" * (LARGEST_BODY + 1)).status == 413


def test_every_answer_forbids_other_places(page: Page) -> None:
    for path in ("/", "/enter", "/nowhere"):
        policy = ask(page, path).getheader("content-security-policy") or ""
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert not re.search(r"https?:|\*", policy)


def test_who_hammers_is_slowed_down(page: Page) -> None:
    """The allowance is spent first, so that the test is quick."""
    while page.access.may_ask("127.0.0.1"):
        pass
    assert ask(page).status == 429


def test_a_line_that_floods_is_closed(page: Page) -> None:
    with line_of(page, f"127.0.0.1:{port_of(page)}") as line:
        with pytest.raises(ConnectionClosed) as closed:
            flood(line)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008


def flood(line: ClientConnection) -> None:
    for _ in range(400):
        line.send('{"move": ["1", 1.0, 0.0]}')
    for _ in range(100):
        line.recv(timeout=10)


@pytest.mark.parametrize(
    "nonsense",
    ["", "{", "[]", "7", '{"move": ["1", NaN, 0]}', '{"move": ["1", 1e999, 0]}', '{"want": {"camera": 1}}', "x" * 600],
)
def test_nonsense_on_the_line_changes_nothing(page: Page, asked: Asked, nonsense: str) -> None:
    assert asked.stage is not None
    asked.stage.moves.clear()
    with line_of(page, f"127.0.0.1:{port_of(page)}") as line:
        line.send(nonsense)
        assert json.loads(line.recv(timeout=10))["k"] == "pose"
    assert asked.stage.moves == []


# ---------------------------------------------------------------- the network


@pytest.mark.parametrize(
    "path", ["/", "/fr", "/live", "/_nicegui_ws/socket.io/?EIO=4&transport=polling", "/favicon.ico"]
)
def test_from_the_network_nothing_is_shown_without_a_code(page: Page, path: str) -> None:
    assert ask(page, path, host=from_network(page)).status == 401
    assert ask(page, path, host=from_network(page), cookie="bowlby=guessed").status == 401
    assert ask(page, path, host=from_network(page), cookie="bowlby=\x00;;=").status in {400, 401}


def test_from_the_network_no_line_without_a_code(page: Page) -> None:
    with pytest.raises(InvalidStatus), line_of(page, from_network(page)):
        pass


def test_a_code_opens_once(page: Page) -> None:
    code = page.access.invite(VisitorRole.OWNER)
    answer = enter(page, code)
    assert answer.status == 204
    attributes = answer.getheader("set-cookie") or ""
    assert "HttpOnly" in attributes
    assert "SameSite=Strict" in attributes
    assert ask(page, host=from_network(page), cookie=cookie_of(answer)).status == 200
    assert enter(page, code).status == 401


@pytest.mark.parametrize("other", ['theme={"dark": 1}', "seen=a b", "flag", "path=/x", 'half="', "naïve=é"])
def test_cookies_of_other_programs_keep_nobody_out(page: Page, other: str) -> None:
    """Browsers send those of every port of a name."""
    mine = cookie_of(enter(page, page.access.invite(VisitorRole.OWNER)))
    for cookie in (f"{other}; {mine}", f"{mine}; {other}"):
        assert ask(page, host=from_network(page), cookie=cookie).status == 200
    assert ask(page, host=from_network(page), cookie=f"{other}; x{mine}").status == 401


def test_codes_cannot_be_guessed_fast(page: Page) -> None:
    good = page.access.invite(VisitorRole.OWNER)
    assert [enter(page, f"guess{n}").status for n in range(5)] == [401] * 5
    assert enter(page, good).status == 429


@pytest.mark.parametrize("body", ["", "{", "[1]", '{"code": 7}', '{"code": null}'])
def test_a_bad_entry_is_refused(page: Page, body: str) -> None:
    assert ask(page, "/enter", "POST", body, host=from_network(page)).status == 401


def test_a_viewer_may_look_but_not_act(page: Page, asked: Asked) -> None:
    assert asked.stage is not None
    asked.stage.moves.clear()
    looks = cookie_of(enter(page, page.access.invite(VisitorRole.VIEWER)))
    with line_of(page, from_network(page), looks) as line:
        line.send('{"move": ["1", 1.0, 0.0]}')
        for _ in range(3):
            assert json.loads(line.recv(timeout=10))["k"] == "pose"
    assert asked.stage.moves == []
    acts = cookie_of(enter(page, page.access.invite(VisitorRole.OWNER)))
    with line_of(page, from_network(page), acts) as line:
        line.send('{"move": ["1", 1.0, 0.0]}')
        for _ in range(3):
            line.recv(timeout=10)
    assert asked.stage.moves == [("1", 1.0, 0.0)]


def test_codes_and_sessions_run_out() -> None:
    now = 0.0
    access = Access(lan=True, now=lambda: now)
    old, fresh = access.invite(VisitorRole.OWNER), access.invite(VisitorRole.VIEWER)
    now = CODE_S - 1
    session = access.enter(fresh)
    assert session is not None
    assert access.role_of(session) is VisitorRole.VIEWER
    now = CODE_S + 1
    assert access.enter(old) is None
    now = CODE_S + SESSION_S
    assert access.role_of(session) is None


@pytest.mark.slow
def test_the_way_in_by_browser(page: Page, asked: Asked) -> None:
    """From scanning to the page; the code leaves the address bar, a viewer finds nothing to press that acts."""
    with chromium(KNOWS_NAME) as browser:
        for role in VisitorRole:
            window = context_of(browser).new_page()
            window.set_default_timeout(15_000)
            window.goto(f"http://{NAME}:{port_of(page)}/enter#{page.access.invite(role)}")
            assert "#" not in window.url
            window.get_by_role("button", name="Come in").click()
            window.wait_for_function(f"document.querySelector('.scene') && {FRAMES} > 2")
            expect(window.get_by_role("button", name="Quiet")).to_have_count(1 if role is VisitorRole.OWNER else 0)
            expect(window.get_by_label("Say something to the robot")).to_have_count(
                1 if role is VisitorRole.OWNER else 0
            )
            expect(window.get_by_text("Let another device in")).to_have_count(1 if role is VisitorRole.OWNER else 0)
            expect(window.get_by_text("Behaviours and their parameters")).to_have_count(
                1 if role is VisitorRole.OWNER else 0
            )
            expect(window.get_by_text("Workbench")).to_have_count(0)  # this robot offers none
            window.context.close()
    assert asked.said == []
