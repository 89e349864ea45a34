"""What of the network is at home: this machine, and the private addresses round it. All else is elsewhere."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from robot.core.errors import PartError
from robot.texts.sentence import sentence

HOME = tuple(
    map(
        ipaddress.ip_network,
        (
            *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
            *("::1/128", "fc00::/7", "fe80::/10"),
        ),
    )
)


def is_server(address: str) -> bool:
    """Whether it is a server's address, and no file's."""
    return urlsplit(address).scheme in {"http", "https"}


def elsewhere(address: str) -> bool:
    """Whether it is the address of a server on another machine, which then gets what is said."""
    return is_server(address) and not on_this_machine(urlsplit(address).hostname or "")


def on_this_machine(host: str) -> bool:
    """Whether a host or IP address, as it is written, is this very machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def at_home(address: str) -> bool:
    """Whether an IP address is of this machine or of a private network."""
    found = ipaddress.ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    return any(found.version == network.version and found in network for network in HOME)


def resolved(host: str, port: int, *, beyond_home: bool) -> list[tuple[str, int]]:
    """The IP addresses of a host, each with the port, in the order in which to try them; it is looked up only where its
    name says that it is at home or where it may be beyond. Raises PartError.
    """
    if not beyond_home and not (
        _is_number(host) or on_this_machine(host) or host.endswith((".local", ".lan", ".home.arpa")) or "." not in host
    ):
        raise _refused(host)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise PartError(sentence("health.host_unknown", host=host), remedy=sentence("health.see_address")) from error
    addresses = [str(one[4][0]) for one in found]
    if not beyond_home and not all(map(at_home, addresses)):
        raise _refused(host)
    return [(address, port) for address in addresses]


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _refused(host: str) -> PartError:
    return PartError(sentence("health.beyond_home", host=host), remedy=sentence("health.allow_beyond_home"))
