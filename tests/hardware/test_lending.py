"""A machine that lends: it sees and hears over a network that comes and goes, and what it cannot answer it refuses."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import cv2
import numpy as np
import pytest

from hardware.network import hearing, sight
from hardware.network.line import ServiceLine
from hardware.network.session import EndPoint, connect
from robot.core.clock import nap
from tests.support import cable
from tests.support.imports import HOUSE
from tests.support.waiting import until

pytestmark = pytest.mark.usefixtures("household")


class Afar:
    """The robot's end, in its namespace."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert self.read() == "ready"

    def tell(self, word: str) -> None:
        assert self._process.stdin is not None
        print(word, file=self._process.stdin, flush=True)

    def ask(self, word: str) -> Any:
        self.tell(word)
        return self.read()

    def read(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def look_until(self, *, far: bool) -> list[Any]:
        """Every picture on the way to that."""
        seen: list[Any] = []

        def look() -> bool:
            seen.append(self.ask("look"))
            return seen[-1]["far"] is far

        until(look)
        return seen


@pytest.mark.soak  # a cable pulled again and again
@pytest.mark.paced
def test_a_network_that_comes_and_goes_costs_no_picture_and_no_word() -> None:
    senses = cable.inside(cable.ROBOT, "-m", "tests.support.far_senses")
    with (
        cable.laid(),
        cable.lending(),
        subprocess.Popen(senses, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE) as process,
    ):
        robot = Afar(process)
        seen = robot.look_until(far=True)
        for own in (False, True):
            seen += [robot.ask("look") for _ in range(5)]
            cable.pull(own=own)
            seen += robot.look_until(far=False)
            cable.plug(own=own)
            seen += robot.look_until(far=True)
        assert robot.ask("far")["far"]
        robot.tell("hear")
        assert robot.read() == "begins"
        nap(1.5)  # amid the sentence
        cable.pull()
        words = robot.read()
        cable.plug()
        assert robot.ask("far")["far"]
        assert process.stdin is not None
        process.stdin.close()
    assert all(one["tracks"] == [1] and one["same_t"] for one in seen), "one person, whoever looked"
    assert max(abs(one["off_deg"][0]) for one in seen) < 1.5, "the head turned all the time"
    assert words["heard"] == ["what_is_your_name"], "begun there, heard to its end here"
    assert not words["far"][-1]


def jpeg(width: int, height: int) -> bytes:
    return cv2.imencode(".jpg", np.zeros((height, width, 3), np.uint8))[1].tobytes()


def png() -> bytes:
    return cv2.imencode(".png", np.zeros((100, 100, 3), np.uint8))[1].tobytes()


@pytest.mark.parametrize(
    ("key", "payload", "attachment"),
    [
        (sight.KEY, b"no JPEG", b"1.0"),
        (sight.KEY, png(), b"1.0"),
        (sight.KEY, jpeg(2, 3), b"1.0"),
        (sight.KEY, jpeg(1, 1), b"1.0"),
        (sight.KEY, jpeg(4000, 40), b"1.0"),
        (sight.KEY, jpeg(640, 480)[:400], b"1.0"),
        (sight.KEY, jpeg(640, 480), b"soon"),
        (f"{hearing.KEY}/somebody", b"", b'{"kind": 1}'),
        (f"{hearing.KEY}/somebody", b"", b"[" * 100_000),
        (f"{hearing.KEY}/somebody", b"", b'[["grammar", "en", [], {}, [], ""], ["sound", 1' + b"0" * 400 + b", 0, 0]]"),
    ],
)
def test_what_is_no_picture_and_no_sound_is_refused_and_the_next_is_answered(
    key: str, payload: bytes, attachment: bytes, here: EndPoint
) -> None:
    session = connect(here)
    assert session is not None
    with session:
        replies = list(session.get(key, payload=payload, attachment=attachment, timeout=5.0))
        assert [reply.ok for reply in replies] == [None]
    line = ServiceLine(here, "far_sight", key, patience_s=1.0, lent="lent", instead="instead", remedy="")
    until(lambda: line.there)
    line.close()


def test_whatever_keeps_a_query_from_being_answered_is_logged_and_the_next_is_answered(
    here: EndPoint, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    session = connect(here)
    assert session is not None
    ask = f"{hearing.KEY}/somebody", json.dumps([["grammar", "en", ["hello"], {}, [], ""]]).encode()

    def no_process(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    with session:
        with monkeypatch.context() as patch:
            patch.setattr("hardware.network.remote_listener.Worker", no_process)
            (refused,) = session.get(ask[0], attachment=ask[1], timeout=5.0)
        assert refused.err is not None
        assert refused.err.payload.to_string() == "BlockingIOError: [Errno 11] Resource temporarily unavailable"
        (answered,) = session.get(ask[0], attachment=ask[1], timeout=5.0)
        assert answered.ok is not None
    assert [record.exc_info is not None for record in caplog.records if record.levelname == "ERROR"] == [True]
