"""A sound card whose process has another PortAudio: one that is missing, comes later, or breaks in odd ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from hardware.speaker import SoundSpeaker, open_speaker
from robot.core.clock import RealClock, nap, stopwatch
from robot.core.condition import Condition
from robot.parts.registry import Surroundings
from robot.texts.catalogue import words
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

RATE = 16_000
STAND_IN = """
import threading, time
from pathlib import Path
from types import SimpleNamespace

HERE = Path(__file__).parent
_initialized = 1

class PortAudioError(Exception):
    pass

def state():
    return (HERE / "state").read_text()

with (HERE / "started").open("a") as file:
    file.write("x")
if state() == "does not start":
    raise PortAudioError("Error initializing PortAudio")

def _initialize():
    global _initialized
    if state() == "goes":
        raise PortAudioError("it went")
    _initialized += 1

def _terminate():
    global _initialized
    _initialized -= 1

def check_output_settings(*, samplerate, channels, device=None, **_):
    with (HERE / "probed").open("a") as file:
        file.write(f"{samplerate} {channels}, ")
    if state() == "telephone" and (samplerate, channels) != (16_000, 2):
        raise PortAudioError("it knows no other rate", -9998 if channels == 1 else -9997)
    if state() == "taken":
        raise PortAudioError("Device unavailable", -9985)

class OutputStream:
    def __init__(self, *, callback, samplerate, channels, latency, device, **_):
        with (HERE / "latencies").open("a") as file:
            file.write(f"{1000 * latency:.0f} ")
        self.latency, self.closed = latency, False
        if state() in {"missing", "goes"}:
            raise PortAudioError("no such device")
        self.callback, self.rate, self.channels = callback, samplerate, channels
        (HERE / "opened").write_text(f"{samplerate} {channels} {device}")

    def start(self):
        threading.Thread(target=self.call, daemon=True).start()

    @property
    def active(self):
        if state() == "odd":
            raise RuntimeError("odd")
        return True

    def call(self):
        import numpy
        count = 0
        while not self.closed:
            count += 1
            now = time.perf_counter()
            block = numpy.ones((480, self.channels), numpy.float32)
            self.callback(
                block, 480,
                SimpleNamespace(currentTime=now, outputBufferDacTime=now),
                SimpleNamespace(output_underflow=state() == "busy" and count % 70 == 0 and self.latency < 0.05),
            )
            assert (block == block[:, :1]).all(), "each of its channels plays the same"
            time.sleep(480 / self.rate)

    def close(self):
        self.closed = True
"""


class Room:
    """A speaker, and what becomes of its card."""

    def __init__(self, folder: Path, state: str) -> None:
        self._folder = folder
        (folder / "sounddevice.py").write_text(STAND_IN, encoding="utf-8")
        self.becomes(state)
        self.speaker: SoundSpeaker = open_speaker("sound:", Surroundings(RealClock()))

    def becomes(self, state: str) -> None:
        (self._folder / "fresh").write_text(state, encoding="utf-8")
        (self._folder / "fresh").replace(self._folder / "state")

    @property
    def starts(self) -> int:
        """How many processes there were so far."""
        return len((self._folder / "started").read_text(encoding="utf-8"))

    @property
    def latencies(self) -> list[int]:
        """What was asked of the card, ms, one stream after another."""
        return [int(word) for word in (self._folder / "latencies").read_text(encoding="utf-8").split()]

    @property
    def opened(self) -> str:
        """Rate, channels and device of the last stream."""
        return (self._folder / "opened").read_text(encoding="utf-8")

    @property
    def probed(self) -> list[str]:
        """The forms that the card was asked about."""
        return (self._folder / "probed").read_text(encoding="utf-8").split(", ")[:-1]

    @property
    def works(self) -> bool:
        return self.speaker.health().condition is Condition.OK

    def say(self, seconds: float = 0.2) -> None:
        self.speaker.play(np.full(int(seconds * RATE), 0.5, np.float32), RATE, 0.0)

    def heard(self, seconds: float) -> float:
        """Seconds of sound that come out within so long."""
        end, samples = stopwatch() + seconds, 0
        while stopwatch() < end:
            samples += sum(len(audio.samples) for audio in self.speaker.played(0.0))
            nap(0.01)
        return samples / RATE


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Room]]:
    monkeypatch.syspath_prepend(str(tmp_path))  # the card's process looks there first
    made: list[Room] = []

    def make(state: str) -> Room:
        made.append(Room(tmp_path, state))
        return made[-1]

    yield make
    for one in made:
        one.speaker.close()


@pytest.mark.slow
def test_a_sentence_that_no_speaker_could_say_is_over_and_not_said_when_one_is_plugged_in(
    room: Callable[[str], Room],
) -> None:
    card = room("missing")
    assert words(card.speaker.health().reason) == "no speaker can be opened: no such device"
    card.say()
    assert not card.speaker.playing(0.0)
    card.becomes("there")
    until(lambda: card.works)
    assert card.heard(0.5) == 0.0
    card.say()
    assert card.speaker.playing(0.0)
    assert card.heard(1.0) == pytest.approx(0.2, abs=0.01)
    assert not card.speaker.playing(0.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("does not start", "PortAudio cannot be loaded: Error initializing PortAudio"),
        ("odd", "no speaker can be opened: odd"),
        ("goes", "no speaker can be opened: it went"),
    ],
)
def test_whatever_ends_a_cards_process_is_said_and_it_is_started_again_in_its_time(
    state: str, said: str, room: Callable[[str], Room]
) -> None:
    card = room(state)
    until(lambda: said in words(card.speaker.health().reason))
    before = card.starts
    end = stopwatch() + 2.0
    while stopwatch() < end:
        card.speaker.health()
        nap(0.01)
    assert card.starts - before <= 3
    assert card.speaker.health().condition is Condition.FAULT
    card.becomes("there")
    until(lambda: card.works)


@pytest.mark.slow
def test_a_speaker_that_stutters_gets_a_longer_buffer_between_two_sentences_and_says_what_that_costs(
    room: Callable[[str], Room],
) -> None:
    card = room("busy")
    nap(1.5)  # what runs empty in silence is not heard
    assert card.latencies == [40]
    card.say(1.7)
    assert card.heard(2.2) == pytest.approx(1.7, abs=0.05), "not in the midst of it"
    until(lambda: card.latencies == [40, 80])
    until(lambda: card.speaker.health().condition is Condition.LESSER)
    assert (
        words(card.speaker.health().reason) == "falls silent 80 ms late, or it would stutter: the machine was too busy"
    )
    assert card.starts == 1
    card.say(1.7)
    assert card.heard(2.2) == pytest.approx(1.7, abs=0.01)
    assert card.latencies == [40, 80]


@pytest.mark.slow
def test_a_card_that_knows_one_slow_rate_plays_as_long_as_any(room: Callable[[str], Room]) -> None:
    card = room("telephone")
    until(lambda: card.works)
    assert card.opened == "16000 2 None"
    card.say()
    assert card.heard(1.0) == pytest.approx(0.2, abs=0.01)
    assert not card.speaker.playing(0.0)


@pytest.mark.slow
def test_a_card_that_another_program_holds_is_waited_for_and_not_taken_for_one_of_another_rate(
    room: Callable[[str], Room],
) -> None:
    card = room("taken")
    until(lambda: "no speaker can be opened: Device unavailable" in words(card.speaker.health().reason))
    card.becomes("there")
    until(lambda: card.works)
    assert card.opened == "48000 2 None"
    assert set(card.probed) == {"48000 2"}
