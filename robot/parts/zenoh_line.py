"""A line over Zenoh, in a thread of its own: lost, or never there, it is tried again until it is back.

A robot opens no port and scouts for nobody, by multicast or gossip: it connects as a client to the one machine that was
written down. The library is an extra: whoever makes a line asks for it by `library` first.
"""

from __future__ import annotations

import json
import logging
from threading import Event, Thread
from typing import TYPE_CHECKING

from robot.core.condition import Condition, Health
from robot.core.errors import DeviceError
from robot.parts.supervise import again_and_again

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    import zenoh

    from robot.core.errors import PartError
    from robot.texts.sentence import AnyText

log = logging.getLogger(__name__)

PORT = 7447
LEASE_MS = 2000  # without a word for so long, somebody is gone
OPEN_MS = 500
GOODBYE_S = 0.5  # given to one that can be said
LEAVE_S = 2.0  # given to a thread that ends, its goodbye included; a name that nobody tells takes longer
AGAIN_S = 0.5
CLOSED_IN = {
    "listen/endpoints": [],
    "scouting/multicast/enabled": False,
    "scouting/gossip/enabled": False,
    "adminspace/enabled": False,
    "transport/link/tx/lease": LEASE_MS,
    "transport/unicast/open_timeout": OPEN_MS,
    "connect/retry": {"period_init_ms": 200, "period_max_ms": 200, "period_increase_factor": 1},
}


def library(place: str, missing: AnyText, remedy: AnyText) -> ModuleType:
    """The library. Raises DeviceError, as told, where the extra is not installed."""
    try:
        import zenoh  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise DeviceError(missing, place=place, remedy=remedy) from error
    return zenoh


def endpoint(host: str, port: int) -> str:
    """A place as Zenoh writes it."""
    return f"tcp/[{host}]:{port}" if ":" in host else f"tcp/{host}:{port}"


def credentials(user: str, key: str) -> dict[str, object]:
    """The setting that shows a key."""
    return {"transport/auth/usrpwd": {"user": user, "password": key}}


def opened(mode: str, settings: Mapping[str, object]) -> zenoh.Session | None:
    """A session that scouts for nobody, with these settings; None where it cannot be opened."""
    import zenoh  # noqa: PLC0415 - an optional extra

    config = zenoh.Config()
    for name, value in {"mode": mode, **CLOSED_IN, **settings}.items():
        config.insert_json5(name, json.dumps(value))
    try:
        return zenoh.open(config)
    except zenoh.ZError:
        return None


def connected(to: str, settings: Mapping[str, object]) -> zenoh.Session | None:
    """A session with the machine that listens at an end point, or None; it takes half a second at most."""
    return opened("client", {"connect/endpoints": [to], "connect/timeout_ms": 0, **settings})


def leave(session: zenoh.Session, *, for_good: bool) -> None:
    """Close a session in a thread of its own: where the network is gone there is nobody to say goodbye to. `for_good`
    waits a moment, since a thread that comes out of the library while Python ends aborts the process.
    """
    goodbye = Thread(target=end, args=(session,), name="goodbye", daemon=True)
    goodbye.start()
    if for_good:
        goodbye.join(GOODBYE_S)


def end(session: zenoh.Session) -> None:
    """Close a session, which takes up to ten seconds where the network is gone."""
    try:
        session.close()
    except _refusal() as error:
        log.debug("closed without a goodbye: %s", error)


def _refusal() -> type[Exception]:
    """What the library raises; looked up only once it has."""
    import zenoh  # noqa: PLC0415 - an optional extra

    return zenoh.ZError


class ZenohLine:
    """Opens a session, has `begin` do what is to be done in it once, then `work` again and again."""

    def __init__(
        self,
        name: str,
        connect: Callable[[], zenoh.Session | None],
        begin: Callable[[zenoh.Session], None],
        work: Callable[[zenoh.Session], None],
        every_s: float,
    ) -> None:
        """`name`: of its thread; `connect` may raise PartError, which is told."""
        self._connect, self._begin, self._work, self._every_s = connect, begin, work, every_s
        self._session: zenoh.Session | None = None
        self._trouble: PartError | None = None
        self._closing = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def there(self) -> bool:
        """Whether the other side is reached at present."""
        session = self._session
        try:
            return session is not None and not self._closing.is_set() and bool(session.info.routers_zid())
        except _refusal():  # it is closed at this moment
            return False

    def trouble(self, part: str, otherwise: AnyText, remedy: AnyText) -> Health | None:
        """Why the other side is not reached; `otherwise` where nothing more is known. None while it is."""
        if self.there:
            return None
        trouble = self._trouble
        if trouble is not None:
            return Health(part, Condition.LESSER, trouble.what, trouble.remedy)
        return Health(part, Condition.LESSER, otherwise, remedy)

    def close(self) -> None:
        """Safe to call twice; it does not wait for a network that is gone."""
        self._closing.set()
        self._thread.join(LEAVE_S)

    def _run(self) -> None:
        again_and_again(self._meet, self._lose, self._closing, lambda: AGAIN_S)

    def _meet(self) -> None:
        """Once the other side is reached, until closed. Raises what `connect`, `begin` or `work` brings about."""
        session = self._connect()
        self._trouble = None
        if session is None:
            return
        try:
            self._begin(session)
            self._session = session
            while not self._closing.wait(self._every_s):
                self._work(session)
        finally:
            self._session = None
            leave(session, for_good=self._closing.is_set())

    def _lose(self, trouble: PartError) -> None:
        self._trouble = trouble
