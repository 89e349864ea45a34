"""The simulator's ears: what people say there is heard as text or as sound, in a room as loud as was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.clock import ManualClock
from robot.core.percepts import VoiceActivity
from robot.parts.registry import EARS, Surroundings, open_part
from robot.sense.hearing.hearing import Hearing
from sim.senses.ears import VOICE, VOICE_DB
from sim.senses.ears import SoundEars as SimSoundEars
from sim.world.world import WorldLine
from tests.support.ears import play, utterances
from tests.support.listeners import lent_listeners
from tests.support.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.parts.protocols import Audio


@pytest.fixture(scope="module", autouse=True)
def _one_after_another() -> Iterator[None]:
    with lent_listeners():
        yield


class Talker:
    """A world in which one line is said, or several, each by another person."""

    deaf = False

    def __init__(self, t: float, *texts: str) -> None:
        self._lines = [WorldLine(t, text, figure) for figure, text in enumerate(texts, 1) if text]

    def take_said(self, now: float) -> list[WorldLine]:
        due = [line for line in self._lines if line.t <= now]
        self._lines = [line for line in self._lines if line.t > now]
        return due

    def take_sound(self) -> list[Audio]:
        return []


def test_simulated_people_are_heard_as_text_when_they_have_spoken() -> None:
    clock = ManualClock()
    ears = open_part(EARS, "sim://?hears=text", Surroundings(clock, place=Talker(1.0, "What is your name?")))
    hearing = Hearing(ears, TABLES, clock, lockstep=True)
    heard = play(hearing, clock, 5.0)
    hearing.close()
    kinds = [percept.speaking if isinstance(percept, VoiceActivity) else percept.intent for _, percept in heard]
    assert kinds == [True, False, "what_is_your_name"]
    assert heard[0][0] == pytest.approx(1.0, abs=0.021)
    assert heard[2][0] > 2.2


def test_two_who_speak_at_once_are_one_stretch_of_voice_and_two_lines() -> None:
    clock = ManualClock()
    place = Talker(1.0, "What is your name?", "Tell me what you can do")
    hearing = Hearing(open_part(EARS, "sim://?hears=text", Surroundings(clock, place=place)), TABLES, clock)
    heard = play(hearing, clock, 6.0)
    hearing.close()
    edges = [percept.speaking for _, percept in heard if isinstance(percept, VoiceActivity)]
    assert edges[-1] is False
    assert edges.count(False) == 1
    assert [one.intent for one in utterances(heard)] == ["what_is_your_name", "what_can_you_do"]


def sound_of(address: str, place: Talker, seconds: float) -> np.ndarray:
    """All that the simulator's microphone gives."""
    ears = open_part(EARS, address, Surroundings(ManualClock(), place=place))
    assert isinstance(ears, SimSoundEars)
    blocks = [audio.samples for tick in range(round(seconds * 50)) for audio in ears.poll(tick * 0.02)]
    ears.close()
    return np.concatenate(blocks)


def rms(sound: np.ndarray) -> float:
    return float(np.sqrt(np.mean(sound * sound)))


def test_two_voices_at_once_are_mixed() -> None:
    """What the second adds to the first is as loud as the second alone; espeak-ng says nothing twice quite alike."""
    address = "sim://?hears=sound"
    both = sound_of(address, Talker(0.2, "Hello", "What is your name?"), 2.5)
    one, other = (
        sound_of(address, Talker(0.2, text, again), 2.5) for text, again in (("Hello", ""), ("", "What is your name?"))
    )
    quiet = sound_of(address, Talker(9.0), 2.5)
    assert rms(one - quiet) > 0.01
    assert rms(both - one) == pytest.approx(rms(other - quiet), rel=0.1)


@pytest.mark.parametrize("level", [40.0, 60.0])
def test_a_room_is_as_loud_as_it_was_asked_for(level: float) -> None:
    noise = sound_of(f"sim://?hears=sound&noise={level:g}", Talker(9.0), 3.0)
    assert 20 * np.log10(rms(noise) / VOICE) + VOICE_DB == pytest.approx(level, abs=0.5)
    assert np.abs(noise[1:] - noise[:-1]).mean() < np.abs(noise).mean()  # as voices are, lower than white noise


@pytest.mark.slow
@pytest.mark.parametrize(("level", "understood"), [(40, True), (66, False)])
def test_words_are_understood_in_a_room_with_talk_and_not_in_a_din(level: int, understood: bool) -> None:  # noqa: FBT001
    clock = ManualClock()
    around = Surroundings(clock, place=Talker(1.0, "What is your name?"))
    hearing = Hearing(open_part(EARS, f"sim://?hears=sound&noise={level}", around), TABLES, clock, lockstep=True)
    heard = play(hearing, clock, 4.0)
    hearing.close()
    assert ("what_is_your_name" in {one.intent for one in utterances(heard)}) is understood


def test_simulated_people_are_heard_as_sound() -> None:
    clock = ManualClock()
    ears = open_part(EARS, "sim://?hears=sound", Surroundings(clock, place=Talker(1.0, "What is your name?")))
    assert isinstance(ears, SimSoundEars)
    hearing = Hearing(ears, TABLES, clock, lockstep=True)
    heard = play(hearing, clock, 4.0)
    hearing.close()
    assert heard[0][1].t == pytest.approx(1.0, abs=0.3)
    assert len(utterances(heard)) == 1
