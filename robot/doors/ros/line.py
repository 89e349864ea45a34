"""The line to a Zenoh router of ROS 2, in a thread of its own: lost, it is tried again until it is back.

The robot opens no port and scouts for nobody: it connects as a client to the one router that its owner wrote down. It
shows the household's key where there is one, so that `bowlby lend` may be that router.
"""

from __future__ import annotations

import json
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from robot.config.schema import network_key
from robot.core.errors import DeviceError
from robot.core.messages import Condition, Health
from robot.parts.supervise import Enduring
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    import zenoh

    from robot.core.errors import PartError
    from robot.texts.sentence import AnyText

PART = "ros"
PORT = 7447
AGAIN_S = 0.5
TURN_S = 0.02
LEASE_MS, OPEN_MS = 2000, 500  # without a word for so long somebody is gone; given to be let in
LEAVE_S = 2.0


def engine() -> ModuleType:
    """The library. Raises DeviceError where the extra is not installed."""
    try:
        import zenoh  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise DeviceError(sentence("health.no_ros"), place=PART, remedy=sentence("health.add_ros")) from error
    return zenoh


class RosLine:
    """Opens a session, has `begin` declare what is to be there, then `work` again and again."""

    def __init__(
        self, address: str, begin: Callable[[zenoh.Session], None], work: Callable[[zenoh.Session], None]
    ) -> None:
        """Raises DeviceError without the library."""
        self._zenoh = engine()
        parts = urlsplit(address)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        self.at = f"tcp/{host}:{parts.port or PORT}"
        self._begin, self._work = begin, work
        self._session: zenoh.Session | None = None
        self._trouble: PartError | None = None
        self._closing = Event()
        self._thread = Thread(target=self._run, name=PART, daemon=True)
        self._thread.start()

    @property
    def there(self) -> bool:
        """Whether the router is reached at present."""
        session = self._session
        try:
            return session is not None and not self._closing.is_set() and bool(session.info.routers_zid())
        except self._zenoh.ZError:  # it is closed at this moment
            return False

    def health(self, well: AnyText) -> Health:
        """How it does; `well` tells what goes there."""
        if self.there:
            return Health(PART, Condition.OK, well)
        if self._trouble is not None:
            return Health(PART, Condition.LESSER, self._trouble.what, self._trouble.remedy)
        reason = sentence("health.no_ros_router", place=self.at)
        return Health(PART, Condition.LESSER, reason, sentence("health.see_ros_router"))

    def close(self) -> None:
        """Safe to call twice; it does not wait for a network that is gone."""
        self._closing.set()
        self._thread.join(LEAVE_S)

    def _run(self) -> None:
        enduring = Enduring(self._lose)
        while not self._closing.is_set():
            with enduring:
                self._meet()
            self._closing.wait(AGAIN_S)

    def _meet(self) -> None:
        try:
            session = self._zenoh.open(self._config())
        except self._zenoh.ZError:
            return
        self._trouble = None
        try:
            self._begin(session)
            self._session = session
            while not self._closing.wait(TURN_S):
                self._work(session)
        finally:
            self._session = None
            goodbye = Thread(target=_leave, args=(session, self._zenoh.ZError), name="goodbye", daemon=True)
            goodbye.start()
            goodbye.join(AGAIN_S)

    def _config(self) -> zenoh.Config:
        config: zenoh.Config = self._zenoh.Config()
        for name, value in {
            "mode": "client",
            "connect/endpoints": [self.at],
            "connect/timeout_ms": 0,
            "connect/retry": {"period_init_ms": 200, "period_max_ms": 200, "period_increase_factor": 1},
            "listen/endpoints": [],
            "scouting/multicast/enabled": False,
            "scouting/gossip/enabled": False,
            "adminspace/enabled": False,
            "transport/link/tx/lease": LEASE_MS,
            "transport/unicast/open_timeout": OPEN_MS,
            **self._key(),
        }.items():
            config.insert_json5(name, json.dumps(value))
        return config

    def _key(self) -> dict[str, dict[str, str]]:
        try:
            user, _, key = network_key().read_text(encoding="ascii").strip().partition(":")
        except (OSError, ValueError):
            return {}
        return {"transport/auth/usrpwd": {"user": user, "password": key}} if key else {}

    def _lose(self, trouble: PartError) -> None:
        self._trouble = trouble


def _leave(session: zenoh.Session, closed: type[Exception]) -> None:
    try:
        session.close()
    except closed:  # the network is gone: there is nobody to say goodbye to
        return
