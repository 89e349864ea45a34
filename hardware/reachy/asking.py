"""One question to Reachy Mini's daemon over HTTP, answered within limits of time and size, or not at all."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from robot.core.clock import stopwatch
from robot.core.errors import LinkError
from robot.parts.home_network import resolved
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from http.client import HTTPResponse

    from hardware.reachy.line import Where

CONNECT_S = 2.0
WHOLE_S = 10.0
CHUNK = 1 << 16
LONGEST = 1 << 16  # bytes, of an answer of which nothing else is said


def asked(where: Where, path: str, method: str = "GET", longest: int = LONGEST) -> bytes:
    """The answer's body. Raises LinkError where none comes in time, or another than 200, or a longer one than
    `longest`; and PartError for a daemon that is not at home.
    """
    end = stopwatch() + WHOLE_S
    error: Exception | None = None
    for host, port in resolved(where.host, where.port, beyond_home=False):
        connection = HTTPConnection(host, port, timeout=CONNECT_S)
        try:
            connection.request(method, path)
            if connection.sock is not None:
                connection.sock.settimeout(WHOLE_S)
            with connection.getresponse() as answer:
                if answer.status != 200:
                    told = sentence("health.reachy_refuses", path=path, status=answer.status)
                    raise LinkError(told, remedy=sentence("health.reachy_version"))
                return _read(answer, path, longest, end)
        except (OSError, HTTPException) as refused:
            error = refused
        finally:
            connection.close()
    silent = sentence("health.reachy_silent", error="" if error is None else f"{error}" or type(error).__name__)
    raise LinkError(silent, remedy=sentence("health.reachy_start")) from error


def _read(answer: HTTPResponse, path: str, longest: int, end: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(CHUNK):
        parts.append(part)
        size += len(part)
        if size > longest:
            told = sentence("health.reachy_long_answer", path=path, bytes=longest)
            raise LinkError(told, remedy=sentence("health.reachy_version"))
        if stopwatch() > end:
            raise TimeoutError
    return b"".join(parts)
