"""`bowlby board`: a simulated board for clients of other people."""

from __future__ import annotations

import os
import re
import socket
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from typer import Typer
from typer.testing import CliRunner

from firmware_bridge import table
from firmware_bridge.framing import Decoder, encode
from robot.core.errors import InputError
from sim.board import server as serving
from sim.board.commands import board
from sim.board.server import BoardServer
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE_S = 20.0
FLOOD = bytes(1 << 24)  # more than any buffer between two ends holds


def run(words: Sequence[str]) -> str:
    app = Typer()
    app.command()(board)
    result = CliRunner().invoke(app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_a_client_of_bytes_alone_meets_the_firmware_behind_its_port() -> None:
    with BoardServer() as server, socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(encode(0, table.IDENTIFY.pack()))
        decoder = Decoder()
        said: list[bytes] = []
        while not any(whole[0] == table.IDENTITY.id for whole in said):
            said += decoder.feed(line.recv(4096))
    identity = next(whole for whole in said if whole[0] == table.IDENTITY.id)
    assert table.IDENTITY.unpack(identity, 1)[1] == table.TABLE


@pytest.mark.parametrize("words", [("--port", "0"), ("--pty",)])
def test_the_command_says_where_the_board_is(words: Sequence[str]) -> None:
    told: list[str] = []
    thread = Thread(target=lambda: told.append(run([*words, "--seconds", "0.3"])))
    thread.start()
    thread.join()
    assert re.search(r"a board is at (socket://127\.0\.0\.1:\d+|serial:/dev/pts/\d+)", told[0])


def test_a_port_that_is_taken_is_told() -> None:
    with BoardServer() as server, pytest.raises(InputError, match="cannot be opened"):
        run(["--port", str(server.port)])


@pytest.mark.parametrize("kind", ["pty", "socket"])
def test_a_board_that_nobody_reads_can_be_ended(kind: str) -> None:
    asked = Event()

    def answer(_: bytes) -> bytes:
        asked.set()
        return FLOOD

    server = BoardServer(answer)
    if kind == "pty":
        end = os.open(server.pty().removeprefix("serial:"), os.O_RDWR | os.O_NOCTTY)
    else:
        end = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S).detach()
    server.__enter__()
    os.write(end, b"?")
    assert asked.wait(PATIENCE_S), "the board heard nothing"
    ending = Thread(target=server.__exit__, daemon=True)
    ending.start()
    ending.join(PATIENCE_S)
    assert not ending.is_alive(), "the board writes for ever"
    os.close(end)


def test_a_board_keeps_its_last_pulses_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "KEPT", 3)
    with BoardServer() as server:
        until(lambda: server.pulses)
        first = server.pulses[0]
        until(lambda: server.pulses[0] is not first or len(server.pulses) >= 10)
    assert len(server.pulses) == 3
