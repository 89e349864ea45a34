"""It listens while it speaks: it does not hear itself, and whoever begins to speak silences it within 200 ms."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.attend.attention import Attention
from robot.core.audio import HEARD_RATE
from robot.core.clock import ManualClock
from robot.core.intents import Cause, Hush, Role, Say
from robot.core.percepts import Speaking, Utterance, VoiceActivity
from robot.core.voice_commands import Manner, Silence, Speech
from robot.decide.diary import DiaryWriter
from robot.decide.reflexes import reflexes
from robot.express.renderer import Renderer
from robot.express.voice import Voice
from robot.parts.protocols import Audio
from robot.sense.hearing.hearing import Hearing
from robot.sense.language.line_reader import LineReader
from sim.senses.ears import SoundEars
from sim.senses.speaker import SimSpeaker
from tests.support.tables import TABLES
from tests.support.voices import joe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.world.world import WorldLine

DT = 0.02
LONG = "I am a robot and cannot love. I am built to turn towards you, and that is all it is."
OTHER = "I can greet you, listen, tell the time, play and hum. You can also tell me to be silent."


class Room:
    """Robot and person in simulated air: what the robot plays comes back to its microphone, half as loud."""

    def __init__(self, renderer: Renderer, seed: int = 0) -> None:
        self._air: list[Audio] = []
        self.deaf = self.silenced = False
        self.hears_sound = True
        self.late_s = 0.0  # of the echo
        self.lost = False  # samples of what is played, just now
        self.voice = Voice(SimSpeaker(self), renderer, lockstep=True)
        self.hearing = Hearing(SoundEars(self, seed, "en"), TABLES, ManualClock(), lockstep=True)
        self.n = 0
        self.silent_at = 0.0

    @property
    def now(self) -> float:
        return self.n * DT

    def take_said(self, now: float) -> Sequence[WorldLine]:  # noqa: ARG002 - as the world has it
        return ()

    def sound(self, audio: Audio) -> None:
        self._air.append(replace(audio, t=audio.t + self.late_s))

    def take_sound(self) -> list[Audio]:
        taken, self._air = self._air, []
        return taken

    def person_says(self, text: str) -> float:
        """Somebody speaks from now on; when their voice can first be heard."""
        sound = 2 * joe(text)
        self.sound(Audio(self.now, sound))
        return self.now + float(np.argmax(np.abs(sound) > 0.02)) / HEARD_RATE

    def run(self, seconds: float, *, yields: bool = False) -> list[VoiceActivity | Utterance]:
        """What is heard; with `yields` the voice falls silent when somebody speaks, as the mind's reflex has it."""
        heard: list[VoiceActivity | Utterance] = []
        for _ in range(round(seconds / DT)):
            self.voice.poll(self.now)
            played = self.voice.take_played(self.now)
            self.hearing.add_echo_reference([replace(audio, anew=self.lost) for audio in played])
            self.lost = self.lost and not played
            new = self.hearing.poll(self.now)
            if yields and self.voice.busy and any(isinstance(one, VoiceActivity) and one.speaking for one in new):
                self.voice.do(Silence())
                self.silent_at = self.now
            heard += new
            self.n += 1
        return heard

    def close(self) -> None:
        self.hearing.close()
        self.voice.close()


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    """A robot that has learned how it sounds."""
    made = Room(Renderer())
    made.run(0.5)
    for number, text in enumerate((LONG, OTHER)):
        made.voice.do(Speech(number, text))
    assert made.run(14) == [], "it hears nothing of what it says, from its first word on"
    yield made
    made.close()


@pytest.mark.slow
@pytest.mark.parametrize("text", ["stop", "be quiet", "what is your name", "goodbye", "help me", "stop talking"])
def test_whoever_speaks_silences_it_within_200_ms_and_is_understood(room: Room, text: str) -> None:
    room.voice.do(Speech(9, LONG))
    assert room.run(1.5) == []
    begun = room.person_says(text)
    heard = room.run(4, yields=True)
    assert 0 < room.silent_at - begun <= 0.2
    with closing(LineReader(TABLES, lockstep=True)) as reader:
        words = [one.intent for one in reader.over(heard) if isinstance(one, Utterance)]
    assert words == [TABLES.understand(text, "en").intent]


@pytest.mark.slow
def test_every_sound_and_sentence_of_its_own_is_nothing_to_it(room: Room) -> None:
    for number, sound in enumerate(("chirp_greeting", "purr", "startle", "yawn", "hum")):
        room.voice.do(Speech(number, "", sound=sound))
    for number, key in enumerate(("comfort_bridge", "answer_help", "answer_sing", "answer_who_made_you")):
        room.voice.do(Speech(number, TABLES.variants(key, "en")[0].format(emergency="112"), rate=1.05, pitch=1.1))
    room.voice.do(Speech(9, TABLES.variants("answer_are_you_alive", "fr")[0], language="fr"))
    heard = room.run(40)
    assert not room.voice.busy
    assert heard == []


@pytest.mark.slow
def test_a_dish_that_clinks_does_not_silence_it(room: Room) -> None:
    room.voice.do(Speech(9, LONG))
    assert room.run(1.5) == []
    chance = np.random.default_rng(1)
    ringing = np.exp(-np.arange(HEARD_RATE // 2) / (0.05 * HEARD_RATE))
    for loud in (0.1, 0.3):
        clink = np.diff(chance.standard_normal(len(ringing) + 1)) * ringing
        room.sound(Audio(room.now, (loud * clink).astype(np.float32)))
        assert room.run(1) == []
    room.voice.do(Silence())
    room.run(1)


@pytest.mark.slow
@pytest.mark.parametrize("late_s", [0.02, 0.0], ids=["later", "as before"])
def test_an_echo_that_comes_at_another_time_is_nothing_to_it(room: Room, late_s: float) -> None:
    """As where a sound server lost or held back some samples and did not say so."""
    room.late_s = late_s
    room.voice.do(Speech(1, LONG))
    assert room.run(8) == []
    room.voice.do(Speech(2, OTHER))
    assert room.run(3) == []
    begun = room.person_says("be quiet") + late_s
    room.run(4, yields=True)
    assert 0 < room.silent_at - begun <= 0.2


@pytest.mark.slow
@pytest.mark.parametrize("late_s", [0.012, 0.003, 0.009, 0.0])
@pytest.mark.parametrize("word", ["hello", "be quiet", "stop talking"])
def test_an_echo_that_moves_in_mid_sentence_is_nothing_to_it_and_hides_nobody(
    room: Room, word: str, late_s: float
) -> None:
    """As where a sound server is held up while it plays, and does not say so; soon after that somebody speaks."""
    room.voice.do(Speech(1, LONG))
    assert room.run(1.2) == []
    room.late_s = late_s
    assert room.run(0.3) == []
    begun = room.person_says(word) + late_s
    room.run(4, yields=True)
    assert 0 < room.silent_at - begun <= 0.2


@pytest.mark.slow
@pytest.mark.parametrize("late_s", [0.03, 0.0], ids=["later", "as before"])
def test_soon_after_samples_were_lost_it_listens_again(room: Room, late_s: float) -> None:
    room.voice.do(Speech(1, LONG))
    assert room.run(1.5) == []
    room.late_s, room.lost = late_s, True
    assert room.run(1) == []
    begun = room.person_says("be quiet") + late_s
    room.run(4, yields=True)
    assert 0 < room.silent_at - begun <= 0.2


def test_the_reflex_falls_silent_at_a_voice_and_in_a_crisis_at_words_only() -> None:
    attention, writer = Attention(), DiaryWriter(Manner())
    attention.update(0.0, [Speaking(0.0, active=True, text="I am built to")])
    scene = attention.update(0.02, [VoiceActivity(0.0, speaking=True)])
    assert [type(intent) for intent in reflexes(scene, writer.page())] == [Hush]
    later = attention.update(0.04, [])
    assert reflexes(later, writer.page()) == (), "once, not for as long as the voice goes on"
    crisis = Say(Cause("words", "x"), "crisis", role=Role.CRISIS, text="Please call 112.")
    writer.note(0.0, ManualClock().civil(), "crisis", [crisis], [crisis])
    assert reflexes(scene, writer.page()) == ()
    words = attention.update(0.06, [Utterance(0.06, "stop", "stop")])
    assert [type(intent) for intent in reflexes(words, writer.page())] == [Hush]
