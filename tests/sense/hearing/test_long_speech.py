"""Whoever speaks for long is not answered in mid-speech: what was recognised so far is held and joined to the rest."""

from __future__ import annotations

from contextlib import suppress
from multiprocessing import Pipe
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.audio import HEARD_RATE, pcm16
from robot.sense.hearing import worker
from robot.sense.hearing.recogniser import RecognisedText
from robot.sense.hearing.worker_messages import Recognised, Spoke
from robot.sense.language.grammar import Grammar
from tests.support.voices import joe

if TYPE_CHECKING:
    from robot.sense.hearing.worker_messages import Message

STEP = 320


class Counts:
    """A recogniser to which every utterance is its number."""

    name, dictates, unknown_words, sentence_s = "counts", False, (), 0.0

    def __init__(self) -> None:
        self._number, self._samples, self.longest_s = 0, 0, 0.0

    def feed(self, samples: np.ndarray) -> None:
        self._samples += len(samples)
        self.longest_s = max(self.longest_s, self._samples / HEARD_RATE)

    def pause(self) -> None: ...

    def so_far(self) -> RecognisedText:
        return RecognisedText("", 0.0)

    def finish(self) -> RecognisedText:
        self.drop()
        self._number += 1
        return RecognisedText(f"part {self._number}", 1.0 - 0.1 * self._number)

    def drop(self) -> None:
        self._samples = 0


def heard(seconds: float, recogniser: Counts, monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """What the listener tells of somebody who speaks for so long and then is silent."""
    monkeypatch.setattr(worker, "choose", lambda *_: recogniser)
    monkeypatch.setattr("os.nice", lambda _: 0)
    line = joe("the train to London leaves at nine and we will be late")
    line = line[np.flatnonzero(np.abs(line) > 0.02)[0] : np.flatnonzero(np.abs(line) > 0.02)[-1]]
    length = int(seconds * HEARD_RATE)
    voice = np.tile(line, -(-length // len(line)))[:length]
    sound = np.concatenate([np.zeros(HEARD_RATE), voice, np.zeros(2 * HEARD_RATE)]).astype(np.float32)
    ours, theirs = Pipe()

    def listen() -> None:
        with suppress(EOFError, OSError):
            worker.listen(theirs)

    thread = Thread(target=listen)
    thread.start()
    ours.send(("grammar", "en", Grammar((), {}), ()))
    found = [ours.recv()]
    for at in range(0, len(sound), STEP):
        ours.send(("sound", at / HEARD_RATE, pcm16(sound[at : at + STEP]), False))
        while ours.poll(1e-4 if at + STEP < len(sound) else 5.0):
            found.append(ours.recv())
    ours.close()
    thread.join()
    theirs.close()
    return [one for one in found if isinstance(one, Spoke | Recognised)]


def test_half_a_minute_is_one_utterance_of_which_all_is_taken_down(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = Counts()
    begin, end, words = heard(30.0, counts, monkeypatch)
    assert isinstance(begin, Spoke)
    assert isinstance(end, Spoke)
    assert isinstance(words, Recognised)
    assert (begin.speaking, end.speaking) == (True, False)
    assert end.t == pytest.approx(31.0, abs=0.3)
    assert words.text == "part 1 part 2 part 3"
    assert words.confidence == pytest.approx(0.7)
    assert counts.longest_s < 13.0


def test_nobody_speaks_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A television, say."""
    counts = Counts()
    texts = [one.text for one in heard(75.0, counts, monkeypatch) if isinstance(one, Recognised)]
    assert texts == ["part 1 part 2 part 3", "part 4 part 5 part 6", "part 7"]
    assert counts.longest_s < 13.0
