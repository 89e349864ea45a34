"""Two listeners, one of them on a machine that is late and then away: no word is lost or said twice, and nobody who has
gone is taken to speak for ever.
"""

from __future__ import annotations

import json
import os
import signal
from threading import Lock
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest

from hardware.network.hearing import FarHearing, Pair, _asked
from hardware.network.remote_listener import Stenographer
from robot.core.clock import nap, stopwatch
from robot.recording.plain import plain
from robot.sense.hearing.worker_messages import Done, Ready, Recognised, Spoke, Woken
from robot.sense.language.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from robot.sense.hearing.worker_messages import Message

BLOCK_S = 0.02
SENTENCE = (Spoke(1.0, 1.1, speaking=True), Spoke(2.0, 2.4, speaking=False), Recognised(2.0, 2.4, "hello", 1.0, "far"))


class Faraway:
    """A line to a machine that says what it is made to say; None: it is away."""

    def __init__(self) -> None:
        self.there = True
        self.ready: Ready | None = Ready("en", "far")  # what it says to a grammar; None: nothing yet
        self.grammars: list[list[str]] = []  # phrases
        self._says: list[Message] = []
        self._lock = Lock()

    def say(self, *messages: Message) -> None:
        with self._lock:
            self._says += messages

    def ask(self, _payload: bytes, attachment: bytes, *, below: str) -> bytes | None:
        assert below
        if not self.there:
            return None
        with self._lock:
            says, self._says = self._says, []
        for kind, *values in json.loads(attachment):
            if kind == "grammar":
                self.grammars.append(values[1])
                says = says if self.ready is None else [self.ready]
        return json.dumps([{"kind": type(one).__name__.lower(), **plain(one)} for one in says]).encode()


class Own:
    """This machine's listener, which notes what it is told."""

    alive, pid = True, 1

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.says: list[Message] = [Ready("en", "own")]

    def send(self, message: Any) -> None:
        self.told.append(message)

    def receive(self) -> list[Any]:
        says, self.says = self.says, []
        return says

    def wait(self, seconds: float) -> bool:
        nap(seconds)
        return bool(self.says)

    def pace(self, share: float) -> None:
        """Never asked for here."""

    def close(self) -> None:
        """Nothing runs."""

    def sound(self) -> list[float]:
        """Times of the sound since it was last told to begin anew."""
        begun = max((i for i, one in enumerate(self.told) if one[0] == "reset"), default=-1)
        return [one[1] for one in self.told[begun + 1 :] if one[0] == "sound"]


class Ears:
    """Both, and the sound that they are given."""

    def __init__(self) -> None:
        self.line, self.own = Faraway(), Own()
        pair = FarHearing(self.line).with_fallback(self.own)  # type: ignore[arg-type]
        assert isinstance(pair, Pair)
        self.pair = pair
        self.heard: list[Message] = []
        self._t = 0.0
        self.listen_for("hello")
        self.until(lambda: pair.far)

    def listen_for(self, phrase: str) -> None:
        self.pair.send(("grammar", "en", Grammar((phrase,), {}), (), ""))

    def until(self, what: Callable[[], Any]) -> None:
        end = stopwatch() + 20.0
        while not what():
            assert stopwatch() < end, "it never came"
            self.heard += [one for one in self.pair.receive() if isinstance(one, (Spoke, Recognised))]
            nap(0.005)

    def sound(self, until: float) -> None:
        while self._t < until:
            self.pair.send(("sound", self._t, b"\0\0", False))
            self._t = round(self._t + BLOCK_S, 3)

    def far_says(self, *messages: Message) -> None:
        before = len(self.heard)
        self.line.say(*messages)
        wanted = sum(not isinstance(one, Done) for one in messages)
        self.until(lambda: len(self.heard) >= before + wanted)

    def own_says(self, *messages: Message) -> None:
        self.own.says += messages
        self.until(lambda: not self.own.says)

    def lose(self) -> None:
        self.line.there = False
        self.until(lambda: not self.pair.far)


@pytest.fixture
def ears() -> Iterator[Ears]:
    made = Ears()
    yield made
    made.pair.close()


def test_what_a_late_machine_had_not_come_to_is_heard_here(ears: Ears) -> None:
    ears.sound(8.0)
    ears.line.say(Done(0.5, 0.0, 0.0, 0.0))
    ears.lose()
    assert ears.own.sound()[0] == 0.0
    assert ears.own.sound()[-1] == pytest.approx(8.0 - BLOCK_S)


def test_of_a_long_pause_two_seconds_are_kept(ears: Ears) -> None:
    ears.sound(20.0)
    ears.far_says(Done(20.0, 0.0, 0.0, 0.0), Spoke(19.9, 20.0, speaking=True))
    ears.lose()
    assert ears.own.sound()[0] == pytest.approx(18.0)


def test_words_that_were_on_their_way_when_it_went_are_heard_here_once(ears: Ears) -> None:
    ears.sound(2.5)
    ears.far_says(*SENTENCE[:2])
    ears.lose()
    assert ears.own.sound()[0] == 0.0
    ears.own_says(*SENTENCE)
    assert [one.text for one in ears.heard if isinstance(one, Recognised)] == ["hello"]


def test_words_that_were_told_are_not_said_again(ears: Ears) -> None:
    ears.sound(2.5)
    ears.far_says(*SENTENCE)
    ears.lose()
    assert ears.own.sound()[0] == pytest.approx(2.4)
    ears.own_says(*SENTENCE)
    assert [one.text for one in ears.heard if isinstance(one, Recognised)] == ["hello"]


def test_who_spoke_by_the_other_machine_alone_does_not_speak_for_ever(ears: Ears) -> None:
    ears.sound(2.0)
    ears.far_says(SENTENCE[0])
    ears.lose()
    ears.own_says(Done(1.0, 0.0, 0.0, 0.0), Done(2.0, 0.0, 0.0, 0.0))
    ears.until(lambda: ears.heard[-1] == Spoke(2.0, 2.0, speaking=False))
    ears.line.there = True
    ears.until(lambda: ears.pair.far)


def test_the_other_machine_does_not_take_over_with_a_grammar_that_was_changed_meanwhile(ears: Ears) -> None:
    ears.lose()
    ears.line.ready, ears.line.there = None, True
    ears.until(lambda: len(ears.line.grammars) == 2)
    ears.listen_for("goodbye")
    ears.line.say(Ready("en", "far"))  # for what it was asked before
    ears.line.ready = Ready("en", "far")
    ears.until(lambda: ears.pair.far)
    assert ears.line.grammars == [["hello"], ["hello"], ["goodbye"]]


def test_what_the_other_machine_has_no_model_for_is_heard_here(ears: Ears) -> None:
    ears.sound(1.0)
    ears.line.ready = Ready("fr", "", "no model", "fetch one")
    ears.listen_for("bonjour")
    ears.line.say(ears.line.ready)
    ears.until(lambda: not ears.pair.far)
    assert ears.own.sound()
    nap(0.2)
    assert not ears.pair.far


# ---------------------------------------------------------------- the end that lends

HELLO = ["grammar", "en", ["hello"], {}, [], ""]


@pytest.fixture
def stenographer() -> Iterator[Stenographer]:
    made = Stenographer()
    yield made
    made.close()


def told(*messages: Any) -> bytes:
    return json.dumps(messages).encode()


@pytest.mark.slow
def test_a_listener_that_ended_is_not_replaced_by_one_that_listens_for_nothing(stenographer: Stenographer) -> None:
    assert stenographer.answer("pip", b"", b"") == b""
    with pytest.raises(ValueError, match="begin with a grammar"):
        stenographer.answer("pip", b"\0\0", told(["sound", 0.0, 2, False]))
    assert stenographer.answer("pip", b"", told(HELLO)) == b"[]"
    worker, _ = stenographer._listeners["pip"]
    os.kill(worker.pid, signal.SIGKILL)
    assert worker.wait(20.0)
    with pytest.raises(ValueError, match="begin with a grammar"):
        stenographer.answer("pip", b"", told())
    assert stenographer.answer("pip", b"", told(HELLO)) == b"[]"


@pytest.mark.parametrize(("sent", "size"), [(b"\0\0\0", 3), (b"\0\0", 4), (b"\0\0", -2)])
def test_sound_that_is_none_is_refused_and_reaches_no_listener(
    sent: bytes, size: int, stenographer: Stenographer
) -> None:
    with pytest.raises(ValueError, match="bytes are no sound"):
        stenographer.answer("pip", sent, told(HELLO, ["sound", 0.0, size, False]))


@pytest.mark.parametrize("wake", ["/home/somebody/own.json", "own.json", 5])
def test_no_file_of_this_machine_is_named_by_a_robot_as_its_wake_word(wake: object, stenographer: Stenographer) -> None:
    with pytest.raises(ValueError, match=r"wake word|listener takes"):
        stenographer.answer("pip", b"", told([*HELLO[:-1], wake]))
    assert not stenographer._listeners


def test_the_wake_word_is_told_to_the_other_machine_which_tells_when_it_was_heard() -> None:
    line = Mock()
    line.ask.return_value = json.dumps([{"kind": "woken", "t": 1.0, "certain": 1.0, "alone": True}]).encode()
    found = _asked(line, "pip", [("grammar", "en", Grammar(("hello",), {}), (), "okay_nabu")])
    assert found == [Woken(1.0, 1.0, alone=True)]
    assert json.loads(line.ask.call_args.args[1]) == [[*HELLO[:-1], "okay_nabu"]]
