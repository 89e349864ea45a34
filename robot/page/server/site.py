"""The web application: NiceGUI's pages, the live line, and the headers that keep everything on this machine."""

from __future__ import annotations

import asyncio
import logging
import socket as sockets
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, cast

import uvicorn
from fastapi import FastAPI, Request
from nicegui import Client, background_tasks, core, ui
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from robot.health.metrics import prometheus
from robot.page.server.connection_limit import explain
from robot.page.server.figure import FigureRoute
from robot.page.server.gate import LARGEST_BODY, Gate
from robot.page.server.gentle_socket import be_gentle
from robot.page.server.http_protocol import LimitedHttp
from robot.page.server.idle_timeout import hang_up
from robot.page.server.live_line import Live
from robot.page.server.pages_open import crowded, drop_unconnected
from robot.page.server.websocket_protocol import EndingLine
from robot.page.views.layout import PageKind, build
from robot.texts.catalogue import languages, text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from nicegui.language import Language
    from starlette.websockets import WebSocket

    from robot.page.server.served import Served

log = logging.getLogger(__name__)

HEADERS_S = 1.0  # to the second is as fine as HTTP's Date is
GRACE_S = 1  # for what is being answered when the server ends
UNREAD_S = GRACE_S / 2  # then what nobody reads is cut, so that its answer ends within that grace


def serve(listeners: list[sockets.socket], page: Served, started: Callable[[Server], None]) -> None:
    """Serve until the server is told to end; `started` is given the server when it answers."""
    live = Live(page)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        asyncio.get_running_loop().set_exception_handler(explain)
        tasks = [asyncio.create_task(live.beat()), asyncio.create_task(drop_unconnected())]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        live.close()
        for client in list(Client.instances.values()):
            client.delete()

    async def line(socket: WebSocket) -> None:
        await live.serve(socket)

    app = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.router.routes.append(WebSocketRoute("/live", line))
    app.router.routes.append(Route("/figure", FigureRoute(page).__call__))
    app.router.routes += _gauges(page)
    paths = _pages(page)
    ui.run_with(app, title="Bowlby", dark=None, tailwind=False, show_welcome_message=False, reconnect_timeout=20.0)
    core.app.add_exception_handler(404, _no_file)  # its own builds a page to say so, and writes a line
    core.app.config.socket_io_js_transports = ["websocket"]  # the gate refuses the other
    be_gentle()
    config = uvicorn.Config(
        Gate(app, page, _own_names(), paths, crowded),
        log_level="error",  # at warning it writes a line for every request of a flood
        access_log=False,
        proxy_headers=False,
        server_header=False,
        http=LimitedHttp,
        ws=EndingLine,
        ws_max_size=LARGEST_BODY,
        ws_per_message_deflate=False,  # it takes memory for each line, and what is sent is small
        timeout_graceful_shutdown=GRACE_S,
    )
    try:
        asyncio.run(Server(config, started).serve(sockets=listeners))
    finally:
        _forget()


class Server(uvicorn.Server):
    """Tells when it answers, hangs up on those that never ask, and sleeps until it is told to end."""

    def __init__(self, config: uvicorn.Config, started: Callable[[Server], None]) -> None:
        super().__init__(config)
        self._tell = started
        self._ending = asyncio.Event()

    async def startup(self, sockets: list[sockets.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self._hanging_up = asyncio.create_task(hang_up(self.server_state.connections))  # ends with the loop
        self._tell(self)

    def end(self) -> None:
        """Have it end; from any thread, once it answers."""
        with suppress(RuntimeError):  # its event loop has ended already
            self._loop.call_soon_threadsafe(self._ending.set)

    async def shutdown(self, sockets: list[sockets.socket] | None = None) -> None:
        """Also of browsers that hang: a closing connection waits for ever for what it has sent to be read."""
        self._loop.call_later(UNREAD_S, self._cut)
        await super().shutdown(sockets)

    def _cut(self) -> None:
        for connection in list(self.server_state.connections):
            if connection.transport.get_write_buffer_size():
                connection.transport.abort()

    async def main_loop(self) -> None:
        """Renew the time in the headers each second; uvicorn's own asks ten times a second whether to end."""
        while not (self._ending.is_set() or await self.on_tick(0)):
            with suppress(TimeoutError):
                async with asyncio.timeout(HEADERS_S):  # `wait_for` would make a task each time
                    await self._ending.wait()


def _gauges(page: Served) -> list[Route]:
    """How the loop does, for `bowlby top`, and for Prometheus where that is switched on; behind the gate."""

    def gauges(_: Request) -> Response:
        return JSONResponse(page.gauges.read())

    def metrics(_: Request) -> Response:
        return PlainTextResponse(prometheus(page.gauges.read()), media_type="text/plain; version=0.0.4")

    return [Route("/gauges", gauges), *([Route("/metrics", metrics)] if page.metrics else [])]


def _no_file(_: Request, __: Exception) -> Response:
    return PlainTextResponse("there is no such file", 404)


def _own_names() -> set[str]:
    name = sockets.gethostname().lower()
    return {name, f"{name}.local"}


def _pages(page: Served) -> list[str]:
    """The addresses of them all."""
    paths = []
    title = f"Bowlby – {page.controls.title}"

    def serve(path: str, code: str, view: PageKind) -> None:
        def show(request: Request) -> None:
            build(page, code, request.scope["bowlby.role"], view)

        paths.append(path)
        ui.page(path, title=title, language=cast("Language", text("languages.pack", code)))(show)

    first = PageKind.HOME if page.controls.stage is None else PageKind.BENCH  # a real robot is lived with
    serve("/", page.language, first)
    serve("/home", page.language, PageKind.HOME)
    for code in languages():
        for view in PageKind:
            serve(view.path(code), code, view)
    return paths


def _forget() -> None:
    """Take from NiceGUI's globals what this run put there, so that a page can be started again in this process."""
    background_tasks.running_tasks.clear()  # of a run that broke off; its event loop has ended
    core.app.user_middleware.clear()
    core.app.middleware_stack = None
    core.reset()
