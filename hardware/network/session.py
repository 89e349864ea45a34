"""Zenoh sessions as this project opens them: to end points that somebody wrote down, with a key, and to nobody else.

Nothing is scouted for, by multicast or gossip, and a robot listens nowhere: it connects to the machine that lends.
Whoever connects shows the key of the household, a file that both machines have. It lets in; it does not encrypt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

from robot.config.places import network_key
from robot.core.clock import unguessable
from robot.core.errors import ConfigError, DeviceError
from robot.parts.zenoh_line import PORT, connected, credentials, endpoint, library, opened
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    import zenoh

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
        return endpoint(self.host, self.port)


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
    return library("network", sentence("health.no_zenoh"), sentence("health.add_zenoh"))


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
    session = opened(
        "router",
        {
            **credentials(USER, read_key()),
            "listen/endpoints": [at.endpoint],
            "transport/auth/usrpwd/dictionary_file": str(path),
        },
    )
    if session is None:
        raise DeviceError(sentence("health.cannot_listen"), place=str(at), remedy=sentence("health.free_port"))
    return session


def connect(to: EndPoint) -> zenoh.Session | None:
    """A session with the machine that listens, or None; it takes half a second at most."""
    return connected(to.endpoint, credentials(USER, read_key()))


def chunk(name: str) -> str:
    """A name as one level of a key expression."""
    return quote(name, safe="")
