"""Whatever is given to the clients, and whoever answers them: they raise InputError or PartError, with a remedy."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from robot.core.errors import InputError, PartError
from robot.doors.client import AsyncBowlby, Bowlby

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHERS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi",
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]",
    b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    b"SSH-2.0-x\r\n",
    b"",
)


@contextmanager
def somebody_else(answer: bytes) -> Iterator[str]:
    """The address of a program that answers so, whatever it is asked."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            while True:
                try:
                    line, _ = door.accept()
                except OSError:
                    return
                with line:
                    line.recv(65536)
                    line.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        door.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("answer", OTHERS)
def test_another_program_that_answers_is_told_of(answer: bytes) -> None:
    async def all_asynchronous(url: str) -> None:
        async with AsyncBowlby(url, key="k") as robot:
            with pytest.raises((InputError, PartError)):
                await robot.state()
            with pytest.raises((InputError, PartError)):
                await anext(robot.live("ticks"))

    with somebody_else(answer) as url:
        with Bowlby(url, key="k") as robot:
            with pytest.raises((InputError, PartError)) as told:
                robot.state()
            with pytest.raises((InputError, PartError)):
                next(robot.live("ticks"))
        assert told.value.remedy
        asyncio.run(all_asynchronous(url))


@pytest.mark.parametrize("kind", [Bowlby, AsyncBowlby])
@pytest.mark.parametrize("key", ["é", "a b", "a\nb", "“k”"])
def test_what_can_be_no_key_is_refused(kind: type[Bowlby | AsyncBowlby], key: str) -> None:
    with pytest.raises(InputError, match="bowlby key add"):
        kind("http://127.0.0.1:8080", key=key)


@pytest.mark.parametrize("kind", [Bowlby, AsyncBowlby])
@pytest.mark.parametrize("language", ["français", "fr\n"])
def test_what_can_be_no_language_is_refused(kind: type[Bowlby | AsyncBowlby], language: str) -> None:
    with pytest.raises(InputError, match="language"):
        kind("http://127.0.0.1:8080", key="k", language=language)


@pytest.mark.parametrize("kind", [Bowlby, AsyncBowlby])
@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8080",
        "localhost",
        "ftp://127.0.0.1",
        "http://",
        "http://[::1",
        "http://h:x",
        "http://h:99999",
        "http://h\n",
    ],
)
def test_what_is_no_address_is_refused_with_how_one_is_written(kind: type[Bowlby | AsyncBowlby], url: str) -> None:
    with pytest.raises(InputError, match=r"http://127\.0\.0\.1:8080"):
        kind(url, key="k")


def test_what_cannot_be_sent_is_refused() -> None:
    with somebody_else(OTHERS[0]) as url, Bowlby(url, key="k") as robot:
        for text in ("\ud800", "x\udfff"):
            with pytest.raises(InputError):
                robot.say(text)
        with pytest.raises(InputError):
            robot.look(float("nan"))
