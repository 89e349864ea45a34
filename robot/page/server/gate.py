"""Stands before everything the server answers: who asks, from which page, how fast and how much.

A plain ASGI wrapper, so that pages, NiceGUI's own socket and the live line all pass it. What it lets through carries
`scope["bowlby.role"]`. Whatever another site asks, or is of no page of ours, ends here before any work is done for it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from robot.core.clock import stopwatch
from robot.page.server.access import SESSION_S, Bucket, VisitorRole
from robot.page.server.answers import Refusal, answer, guarded, is_program, refuse
from robot.page.server.connection_limit import PeerShares
from robot.page.server.entry import entry_page, no_entry
from robot.page.server.read_json import read_object
from robot.parts.home_network import on_this_machine
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from robot.page.server.served import Served

log = logging.getLogger(__name__)

COOKIE = "bowlby"
LARGEST_BODY = 64 * 1024
LINES_A_PEER = 24  # WebSockets; a page needs two
LINES = 96  # of all devices of the network
LINES_HERE = 48
OWN_SITE = {"same-origin", "none"}  # Sec-Fetch-Site of our own pages, and of what a person typed or scanned
HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?")
# What begins every address of NiceGUI's, its files and its socket. That can be spoken to over HTTP, too, at any pace.
FILES, SOCKET = "/_nicegui/", "/_nicegui_ws/"
OF_OURS = frozenset({"/enter", "/live", "/figure", "/gauges", "/metrics", "/favicon.ico"})
MALFORMED = (KeyError, TypeError, AttributeError, ValueError, IndexError, RecursionError)  # what NiceGUI's ends in
SOCKET_BURST, SOCKET_RATE = 200, 40  # messages to NiceGUI's socket, at once and a second; a person makes some


class Gate:
    """Wraps the application."""

    def __init__(
        self,
        app: ASGIApp,
        served: Served,
        names: Collection[str],
        pages: Collection[str],
        crowded: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`names`: host names that are ours, beside localhost and bare addresses. `pages`: the addresses of pages,
        which have to be built; `crowded` tells whether no more are to be for a peer.
        """
        self.app = app
        self._pages = frozenset(pages)
        self._crowded = crowded
        self._access = served.access
        self._served = served
        self._door = served.door(served)
        self._names = {"localhost", *(name.lower() for name in names)}
        self._lines = PeerShares(here=LINES_HERE, peer=LINES_A_PEER, network=LINES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        scope["bowlby.language"] = self._served.language
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        peer = (scope.get("client") or ("", 0))[0]
        refusal = self._judge_site(scope, headers) or self._judge(scope, headers, peer)
        if refusal is not None:
            await refuse(scope, send, refusal)
        elif is_program(scope) and scope["type"] == "http":
            assert self._door is not None  # noqa: S101 - `_judge` has looked
            await self._door(scope, _measured(receive), guarded(send))
        elif scope["type"] == "websocket":
            await self._line(peer, headers, scope, receive, send)
        elif scope["path"] == "/enter":
            await self._enter(scope, receive, send, peer)
        else:
            await self.app(scope, _measured(receive), guarded(send))

    def _judge_site(self, scope: Scope, headers: dict[bytes, str]) -> Refusal | None:
        """Which page asks. A browser that visits another site asks from this machine, too: that must not be counted
        against its owner.
        """
        host = headers.get(b"host", "")
        if [name for name, _ in scope["headers"]].count(b"host") > 1 or not self._ours(host):
            return Refusal(421, sentence("doors.not_its_name"))
        origin, site = headers.get(b"origin"), headers.get(b"sec-fetch-site", "none")
        foreign = origin is not None and _split(origin).netloc.lower() != host.lower()
        return Refusal(403, sentence("doors.foreign_site")) if foreign or site not in OWN_SITE else None

    def _judge(self, scope: Scope, headers: dict[bytes, str], peer: str) -> Refusal | None:
        path, host = scope["path"], headers.get(b"host", "")
        if not self._access.may_ask(peer, program=is_program(scope)):
            return Refusal(429, sentence("doors.too_many_requests"))
        length = headers.get(b"content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return Refusal(413, sentence("doors.too_large"))
        role = self._role(headers, peer, host)
        scope["bowlby.role"] = role
        if is_program(scope):
            return self._judge_program(peer, host)
        if role is None and (scope["type"], path) != ("http", "/enter"):
            return Refusal(401, no_entry())
        return self._judge_page(path, peer, SOCKET if scope["type"] == "websocket" else FILES)

    def _judge_page(self, path: str, peer: str, served: str) -> Refusal | None:
        if path in self._pages:
            if self._crowded(peer) or not self._access.may_open(peer):
                return Refusal(429, sentence("doors.too_many_pages"))
        elif path not in OF_OURS and not path.startswith(served):
            return Refusal(404, sentence("doors.no_page"))
        return None

    def _judge_program(self, peer: str, host: str) -> Refusal | None:
        """Whether a program may knock at all; the door itself asks for its key."""
        if not _here(peer, host) and not (self._access.lan and self._served.door_to_lan):
            return Refusal(403, sentence("doors.here_alone"))
        if self._door is None:
            self._door = self._served.door(self._served)
        return Refusal(404, sentence("doors.no_key_yet")) if self._door is None else None

    def _ours(self, host: str) -> bool:
        """A name of another site that was made to lead here (DNS rebinding) is not ours."""
        if HOST.fullmatch(host) is None:
            return False
        name = _split(f"//{host}").hostname or ""
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in self._names
        return True

    def _role(self, headers: dict[bytes, str], peer: str, host: str) -> VisitorRole | None:
        if _here(peer, host):
            return VisitorRole.OWNER
        return self._access.role_of(_session(headers))

    async def _line(self, peer: str, headers: dict[bytes, str], scope: Scope, receive: Receive, send: Send) -> None:
        """A WebSocket, for as long as its session lasts."""
        if not self._lines.have_room(peer):
            await refuse(scope, send, Refusal(429, sentence("doors.too_many_lines")))
            return
        program = is_program(scope)
        left = None if program or _here(peer, headers.get(b"host", "")) else self._access.left_of(_session(headers))
        paced = _paced(receive) if scope["path"].startswith(SOCKET) else receive
        self._lines.enter(peer)
        try:
            async with asyncio.timeout(left):
                await (self._door if program and self._door is not None else self.app)(scope, paced, send)
        except TimeoutError:
            with suppress(RuntimeError):  # it was closed already
                await send({"type": "websocket.close", "code": 1008, "reason": "the session has run out"})
        except MALFORMED as error:
            if paced is receive:
                raise
            log.debug("a malformed message has ended a line: %s", type(error).__name__)
            with suppress(RuntimeError):
                await send({"type": "websocket.close", "code": 1007, "reason": "malformed"})
        finally:
            self._lines.leave(peer)

    async def _enter(self, scope: Scope, receive: Receive, send: Send, peer: str) -> None:
        """GET: the page that reads the code out of its own address. POST: the code, for a cookie."""
        if scope["method"] == "GET":
            await answer(send, 200, entry_page().encode(), "text/html; charset=utf-8")
            return
        if scope["method"] != "POST":
            await answer(send, 405, b"", "text/plain")
            return
        if not self._access.may_try(peer):
            await refuse(scope, send, Refusal(429, sentence("doors.too_many_tries")))
            return
        session = self._access.enter(await _code(_measured(receive)))
        if session is None:
            await refuse(scope, send, Refusal(401, sentence("doors.code_spent")))
            return
        cookie = f"{COOKIE}={session}; Max-Age={SESSION_S:.0f}; Path=/; HttpOnly; SameSite=Strict"
        await answer(send, 204, b"", "text/plain", {"set-cookie": cookie})


def _split(address: str) -> SplitResult:
    """The parts of an address, all of them empty where it is none, as "//[" is."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _here(peer: str, host: str) -> bool:
    """Whether somebody at this machine asks, who needs no session."""
    return on_this_machine(peer) and on_this_machine(_split(f"//{host}").hostname or "")


def _session(headers: dict[bytes, str]) -> str:
    """What a cookie of ours holds; empty where there is none. Beside it stand those of other programs on this machine,
    of any form.
    """
    parts = (part.strip().partition("=") for part in headers.get(b"cookie", "").split(";"))
    return next((value for name, _, value in parts if name == COOKIE), "")


async def _code(receive: Receive) -> str:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    code = (read_object(body) or {}).get("code")
    return code if isinstance(code, str) else ""


def _measured(receive: Receive) -> Receive:
    """Ends a body that grows beyond what a page ever sends, whatever length it claimed."""
    size = 0

    async def measured() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        return message if size <= LARGEST_BODY else {"type": "http.disconnect"}

    return measured


def _paced(receive: Receive) -> Receive:
    """Ends a line on which more comes than any page ever sends."""
    bucket = Bucket(SOCKET_BURST, SOCKET_RATE)

    async def paced() -> Message:
        message = await receive()
        return message if bucket.take(stopwatch()) else {"type": "websocket.disconnect", "code": 1008}

    return paced
