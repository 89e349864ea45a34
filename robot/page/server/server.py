"""The page's server: own thread, own event loop; loopback, or the network for those who have a code.

The socket is bound by `start()`, so that a taken port is known at once, in words, and the address is true from then
on. NiceGUI takes about a second to import; that happens in the thread, while the robot is already ticking.
"""

from __future__ import annotations

import logging
import socket
import threading
from typing import TYPE_CHECKING

from robot.config.schema import PORT
from robot.core.errors import ConfigError, PartError
from robot.core.heap import settle
from robot.health.metrics import Gauges
from robot.page.server import lean_nicegui
from robot.page.server.access import Access, VisitorRole
from robot.page.server.connection_limit import LimitedListener
from robot.page.server.feed import Feed
from robot.page.server.served import Served, shut
from robot.parts.home_network import on_this_machine
from robot.texts.catalogue import SOURCE

if TYPE_CHECKING:
    from robot.core.tick import Vitals
    from robot.page.api import Controls
    from robot.page.server.served import OpensDoor
    from robot.page.server.site import Server

log = logging.getLogger(__name__)

PORTS_TRIED = 20
STOP_S = 5.0


class Page:
    """An observer of ticks with a web page; one at a time in a process, as NiceGUI keeps its state in globals."""

    _running: Page | None = None

    def __init__(
        self,
        controls: Controls,
        *,
        host: str = "127.0.0.1",
        port: int | None = None,
        language: str = SOURCE,
        lan: bool = False,
        metrics: bool = False,
        door: OpensDoor = shut,
        door_to_lan: bool = False,
    ) -> None:
        """`port` None: 8080, or the next free one, said aloud. `lan`: also for the network, behind `invite`. `door`:
        what other programs come in by; `door_to_lan`: from the network, too.

        Raises ConfigError for an address on a network without `lan`.
        """
        if lan:
            host = "0.0.0.0" if on_this_machine(host) else host  # noqa: S104 - asked for, and behind a code
        elif not on_this_machine(host):
            raise ConfigError(
                f"the page would be open to the network at {host!r}",
                place="page.host",
                remedy="leave it at 127.0.0.1, or start with --lan, which lets in only who has a code",
            )
        self.access = Access(lan=lan)
        self.feed = Feed()
        self._follow_memory(controls)
        self.see = self.feed.see  # the observer's door, without a step between
        self._host = host
        self._asked = port
        self.gauges = Gauges(self._vitals)
        self._served = Served(
            feed=self.feed,
            controls=controls,
            access=self.access,
            language=language,
            port=0,
            gauges=self.gauges,
            metrics=metrics,
            door=door,
            door_to_lan=door_to_lan,
        )
        self._thread: threading.Thread | None = None
        self._server: Server | None = None
        self._stopping = threading.Event()
        self._ready = threading.Event()
        self._failure: BaseException | None = None

    @property
    def url(self) -> str:
        """Where the page is for this machine, once started."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)  # noqa: S104 - compared, not bound
        port = self._served.port
        return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"

    def invite(self, role: VisitorRole = VisitorRole.OWNER) -> str:
        """See `Served.invite`; once started."""
        return self._served.invite(role)

    def _vitals(self) -> Vitals:
        return self._served.controls.vitals()

    def turn_to(self, controls: Controls) -> None:
        """Show another robot from now on, whose ticks are still to come; every browser loads its page anew."""
        self.feed.clear()
        self._follow_memory(controls)
        self._served.controls = controls
        self._served.turn += 1

    def _follow_memory(self, controls: Controls) -> None:
        kept = controls.keepsakes
        self.feed.forget_with(int if kept is None else lambda: kept.forgettings)

    def start(self) -> None:
        """Bind and serve. Raises PartError when the port is taken or another page is up in this process."""
        if Page._running is not None:
            raise PartError("a page is already up in this process", place="page", remedy="stop that one first")
        listeners = self._bind()
        Page._running = self
        self._thread = threading.Thread(target=self._run, args=(listeners,), name="page", daemon=True)
        self._thread.start()

    def wait_ready(self, timeout_s: float = 30.0) -> bool:
        """Wait until the first request will be answered; for tests and for opening a browser."""
        return self._ready.wait(timeout_s) and self._failure is None

    def stop(self) -> None:
        """Close every line, end the thread. Safe to call twice."""
        self._stopping.set()
        thread, self._thread = self._thread, None
        if thread is None:
            return
        if self._server is not None:
            self._server.end()
        thread.join(STOP_S)
        if thread.is_alive():
            log.warning("the page's thread did not end within %g s", STOP_S)
        Page._running = None

    def _bind(self) -> list[socket.socket]:
        """The socket to listen at; for the network a second one, so that what floods that keeps nobody here out."""
        first = PORT if self._asked is None else self._asked
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        last = first + PORTS_TRIED if self._asked is None else first + 1
        for port in range(first, last):
            try:
                listeners = _listeners(family, self._host, port)
            except OSError as error:
                reason = error.strerror
                continue
            self._served.port = listeners[0].getsockname()[1]
            if port != first:
                log.warning("port %d is taken; the page is at %s", first, self.url)
            return listeners
        tried = f"port {first}" if self._asked is not None else f"ports {first} to {last - 1}"
        raise PartError(
            f"{tried}: {reason}",
            place=f"page at {self._host}",
            remedy="end the other program, or choose another port with --port",
        )

    def _run(self, listeners: list[socket.socket]) -> None:
        try:
            lean_nicegui.load()
            from robot.page.server.site import serve  # noqa: PLC0415 - brings in NiceGUI, which takes a second

            if not self._stopping.is_set():
                serve(listeners, self._served, self._started)
        except BaseException as error:  # goes on after it was told: a thread's end is seen by nobody
            self._failure = error
            log.exception("the page stopped; the robot goes on without it")
            raise
        finally:
            for listener in listeners:
                listener.close()
            self._ready.set()

    def _started(self, server: Server) -> None:
        self._server = server
        if self._stopping.is_set():
            server.end()
        self._ready.set()
        settle()  # nothing loads as much as a page, and nothing is loaded later
        log.info("the page is at %s", self.url)


def _listeners(family: socket.AddressFamily, host: str, port: int) -> list[socket.socket]:
    """Bound and listening. Raises OSError where another program has the port."""
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))
        port = trial.getsockname()[1]
    here = "::1" if family is socket.AF_INET6 else "127.0.0.1"
    listeners: list[socket.socket] = []
    for place in [host] if on_this_machine(host) else [here, host]:  # the kernel prefers the narrower one
        listener = LimitedListener(family)
        listeners.append(listener)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        try:
            listener.bind((place, port))
        except OSError:
            for one in listeners:
                one.close()
            raise
    for one in listeners:
        one.listen(64)
    return listeners
