"""Zenoh sessions as this project opens them: to end points that somebody wrote down, with a key, and to nobody else.

Nothing is scouted for, by multicast or gossip, and a robot listens nowhere: it connects to the machine that lends.
Whoever connects shows the key of the household, a file that both machines have. It lets in; it does not encrypt.
"""

from __future__ import annotations

import json
import logging
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import quote, urlsplit

from robot.config.schema import network_key
from robot.core.clock import unguessable
from robot.core.errors import ConfigError, DeviceError
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    import zenoh

log = logging.getLogger(__name__)

PORT = 7447
LEASE_MS = 2000  # without a word for so long, somebody is gone
OPEN_MS = 500
GOODBYE_S = 0.5  # given to one that can be said
LEAVE_S = 2.0  # given to a thread that ends, its goodbye included; a name that nobody tells takes longer
USER = "bowlby"


class EndPoint(NamedTuple):
    """Where a machine listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"tcp://{self.host}:{self.port}"

    @property
    def endpoint(self) -> str:
        """As Zenoh writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"tcp/{host}:{self.port}"


def place(address: str) -> EndPoint:
    """`tcp://desk.local:7447`; the port may be left out. Raises ConfigError."""
    parts = urlsplit(address)
    try:
        port = parts.port or PORT
    except ValueError as error:
        raise ConfigError(f"no port: {error}", place=address, remedy="use tcp://HOST:PORT") from error
    if parts.scheme != "tcp" or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ConfigError("this is no address of a machine", place=address, remedy="use tcp://HOST:PORT")
    return EndPoint(parts.hostname, port)


def engine() -> ModuleType:
    """The library. Raises DeviceError where the extra is not installed."""
    try:
        import zenoh  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise DeviceError(sentence("health.no_zenoh"), place="network", remedy=sentence("health.add_zenoh")) from error
    return zenoh


def key_file() -> Path:
    """Where the household's key lies, on each of its machines."""
    return network_key()


def make_key() -> Path:
    """The key file; with a new key when there is none."""
    path = key_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.new")  # so that there is a whole key or none, whatever ends this
        fresh.touch(0o600)
        fresh.write_text(f"{USER}:{unguessable(32)}\n", encoding="ascii")
        fresh.replace(path)
    return path


def read_key() -> str:
    """Raises DeviceError."""
    path = key_file()
    remedy = sentence("health.make_key")
    try:
        user, _, key = path.read_text(encoding="ascii").strip().partition(":")
    except (OSError, ValueError) as error:
        raise DeviceError(sentence("health.no_key"), place=str(path), remedy=remedy) from error
    if user != USER or not key:
        raise DeviceError(sentence("health.no_key_file"), place=str(path), remedy=remedy)
    return key


def listen(at: EndPoint) -> zenoh.Session:
    """Be the machine that the others connect to. Raises DeviceError when it cannot listen there."""
    path = make_key()
    config = _config("router", read_key())
    config.insert_json5("listen/endpoints", json.dumps([at.endpoint]))
    config.insert_json5("transport/auth/usrpwd/dictionary_file", json.dumps(str(path)))
    session = _opened(config)
    if session is None:
        raise DeviceError(sentence("health.cannot_listen"), place=str(at), remedy=sentence("health.free_port"))
    return session


def connect(to: EndPoint) -> zenoh.Session | None:
    """A session with the machine that listens, or None; it takes half a second at most."""
    config = _config("client", read_key())
    config.insert_json5("connect/endpoints", json.dumps([to.endpoint]))
    config.insert_json5("connect/timeout_ms", "0")
    return _opened(config)


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
    except engine().ZError as error:
        log.debug("closed without a goodbye: %s", error)


def _opened(config: zenoh.Config) -> zenoh.Session | None:
    try:
        return cast("zenoh.Session", engine().open(config))
    except engine().ZError:
        return None


def _config(mode: str, key: str) -> zenoh.Config:
    config = cast("zenoh.Config", engine().Config())
    for name, value in {
        "mode": mode,
        "listen/endpoints": [],
        "scouting/multicast/enabled": False,
        "scouting/gossip/enabled": False,
        "adminspace/enabled": False,
        "transport/link/tx/lease": LEASE_MS,
        "transport/unicast/open_timeout": OPEN_MS,
        "connect/retry": {"period_init_ms": 200, "period_max_ms": 200, "period_increase_factor": 1},
        "transport/auth/usrpwd": {"user": USER, "password": key},
    }.items():
        config.insert_json5(name, json.dumps(value))
    return config


def chunk(name: str) -> str:
    """A name as one level of a key expression."""
    return quote(name, safe="")
