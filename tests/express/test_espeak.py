"""The voice's process: a copy of it waits for the next sentence in a talk, and none at rest."""

from __future__ import annotations

from contextlib import closing, suppress
from multiprocessing import Pipe
from threading import Event, Thread
from typing import TYPE_CHECKING

import pyttsx3

from robot.express import espeak
from robot.express.renderer import Renderer
from robot.express.rendering import SpeechRequest
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    import pytest


class Copies:
    """Counts the copies that are made, and tells when one is let go."""

    def __init__(self) -> None:
        self.made = 0
        self.let_go = Event()

    def make(self, _: object) -> Copies:
        self.made += 1
        return self

    def end(self) -> None:
        self.let_go.set()


def test_a_copy_waits_for_the_next_sentence_in_a_talk_and_none_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    copies = Copies()
    monkeypatch.setattr(espeak, "_copied", copies.make)
    monkeypatch.setattr(espeak, "_ask", lambda _, asked: (asked[0], b"sound", 16000, ""))
    ours, theirs = Pipe()

    def speak() -> None:
        with suppress(EOFError):
            espeak.speak(theirs)

    thread = Thread(target=speak)
    thread.start()
    with closing(ours):
        ours.send((1, "Hello.", "en", 160, 50))
        assert ours.recv()[:2] == (1, b"sound")
        monkeypatch.setattr(espeak, "READY_S", 0.05)
        ours.send((2, "Hello again.", "en", 160, 50))
        assert ours.recv()[:2] == (2, b"sound")
        assert copies.let_go.wait(10.0)
        ours.send((3, "And again.", "en", 160, 50))
        assert ours.recv()[:2] == (3, b"sound")
    thread.join(10.0)
    theirs.close()
    assert copies.made == 5  # for the first and the third, and one behind each


def speak_of_which_the_first_copy_fails(pipe: Connection) -> None:
    """As `espeak.speak`."""
    init, copied = pyttsx3.init, espeak._copied

    def fail(_: str) -> None:
        raise RuntimeError("out of threads")

    def copied_then_well(pipe: Connection) -> espeak._Copy:
        copy = copied(pipe)
        pyttsx3.init = init
        return copy

    pyttsx3.init, espeak._copied = fail, copied_then_well
    espeak.speak(pipe)


class FailingOnce(Renderer):
    TARGET = f"{__name__}:{speak_of_which_the_first_copy_fails.__name__}"


def test_a_copy_that_cannot_start_fails_one_sentence_and_the_next_is_spoken() -> None:
    with closing(FailingOnce()) as renderer:
        assert "out of threads" in words(renderer.wait(SpeechRequest("One.")).fault)
        assert renderer.wait(SpeechRequest("Two.")).samples is not None
