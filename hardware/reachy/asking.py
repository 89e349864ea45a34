"""One question to Reachy Mini's daemon over HTTP, answered within limits of time and size, or not at all."""

from __future__ import annotations

from http.client import HTTPException, HTTPResponse
from io import BufferedReader, RawIOBase
from socket import create_connection
from typing import TYPE_CHECKING

from robot.core.clock import stopwatch
from robot.core.errors import LinkError
from robot.parts.home_network import resolved
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from socket import socket

    from _typeshed import WriteableBuffer

    from hardware.reachy.line import Where

CONNECT_S = 2.0
CHUNK = 1 << 16
LONGEST = 1 << 16  # bytes, of an answer of which nothing else is said
HEADERS = "Accept-Encoding: identity\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class _Hurried(RawIOBase):
    """What a socket receives until a time of `stopwatch`, however slowly it comes."""

    def __init__(self, line: socket, end: float) -> None:
        self._line, self._end = line, end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        self._line.settimeout(_left(self._end))
        return self._line.recv_into(buffer)


def asked(where: Where, path: str, method: str = "GET", *, end: float, longest: int = LONGEST) -> bytes:
    """The answer's body. Raises LinkError where the whole of it has not come by `end` (a time of `stopwatch`), or where
    it is another than 200, or longer than `longest`; and PartError for a daemon that is not at home.
    """
    error: Exception | None = None
    for host, port in resolved(where.host, where.port, beyond_home=False):
        try:
            with create_connection((host, port), min(CONNECT_S, _left(end))) as line:
                line.settimeout(_left(end))
                line.sendall(f"{method} {path} HTTP/1.1\r\nHost: {where.host}\r\n{HEADERS}".encode())
                with HTTPResponse(line, method=method) as answer:
                    answer.fp = BufferedReader(_Hurried(line, end))
                    answer.begin()
                    return _read(answer, path, longest)
        except (OSError, HTTPException) as refused:
            error = refused
    silent = sentence("health.reachy_silent", error="" if error is None else f"{error}" or type(error).__name__)
    raise LinkError(silent, remedy=sentence("health.reachy_start")) from error


def _left(end: float) -> float:
    """Raises TimeoutError where nothing is left."""
    left = end - stopwatch()
    if left <= 0.0:
        raise TimeoutError("timed out")
    return left


def _read(answer: HTTPResponse, path: str, longest: int) -> bytes:
    if answer.status != 200:
        told = sentence("health.reachy_refuses", path=path, status=answer.status)
        raise LinkError(told, remedy=sentence("health.reachy_version"))
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(CHUNK):
        parts.append(part)
        size += len(part)
        if size > longest:
            told = sentence("health.reachy_long_answer", path=path, bytes=longest)
            raise LinkError(told, remedy=sentence("health.reachy_version"))
    return b"".join(parts)
