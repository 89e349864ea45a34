"""Where the robot waits for a word, it is called by that, and takes nothing else that is said to others."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import numpy as np
import pymicro_wakeword
import pytest

from robot.config.schema import Config
from robot.core.audio import HEARD_RATE
from robot.core.clock import ManualClock
from robot.core.condition import Condition, Health
from robot.core.diary import Diary
from robot.core.errors import ConfigError, ModelError
from robot.core.percepts import Utterance
from robot.core.typed_toml import parse
from robot.guard.readers import Readers
from robot.guard.watch import Watch
from robot.loop.sense import SenseStep
from robot.page.views.sensing import _waits_for
from robot.sense.hearing import worker
from robot.sense.hearing.addressed import STAYS_S, Addressed
from robot.sense.hearing.hearing import Hearing
from robot.sense.hearing.wake_word import WakeWord, behind
from robot.sense.hearing.worker import _Ear
from robot.sense.hearing.worker_client import Listening
from robot.sense.hearing.worker_messages import Ready
from robot.sense.language.grammar import Grammar
from robot.texts.catalogue import words
from tests.support.ears import SoundEars, play, utterances
from tests.support.tables import TABLES
from tests.support.voices import in_a_room, joe

if TYPE_CHECKING:
    from collections.abc import Sequence

NABU = "okay_nabu"
MODELS = Path(pymicro_wakeword.__file__).parent / "models"


def times_heard(wake: WakeWord, *sounds: np.ndarray) -> int:
    line = in_a_room(list(sounds), gap_s=1.2)
    return sum(wake.heard(line[at : at + 320]) for at in range(0, len(line), 320))


# ---------------------------------------------------------------- the word itself


@pytest.mark.parametrize(
    ("name", "said"),
    [(NABU, "Okay Nabu."), ("hey_jarvis", "Hey Jarvis."), (str(MODELS / "alexa.json"), "Alexa.")],
    ids=["shipped", "another", "own"],
)
def test_each_call_is_heard_once_and_other_talk_is_none(name: str, said: str) -> None:
    assert times_heard(WakeWord(name), joe(said), joe("It is okay, Nadia knew."), joe(said)) == 2


def test_a_model_that_is_none_is_told_and_does_not_end_the_process(tmp_path: Path) -> None:
    settings = json.loads((MODELS / f"{NABU}.json").read_bytes())
    own = tmp_path / "own.json"
    own.write_text(json.dumps(settings | {"model": "own.tflite"}), encoding="utf-8")
    (tmp_path / "own.tflite").write_bytes(b"no network at all")
    (tmp_path / "empty.json").write_text("{}", encoding="utf-8")
    for file in (own, tmp_path / "empty.json", tmp_path / "nowhere.json"):
        with pytest.raises(ModelError, match=file.stem):
            WakeWord(str(file))


@pytest.mark.parametrize(
    ("word", "heard", "left"),
    [
        ("Okay Nabu", "Okay, now, boo. What time is it?", "What time is it?"),
        ("Okay Nabu", "Okay not do, what time is it?", "what time is it?"),
        ("Okay Nabu", "Okay not boot tell me a joke.", "tell me a joke."),
        ("Okay Nabu", "Ok R-moo, what time is it?", "what time is it?"),
        ("Okay Nabu", "Ok, amour, raconte-moi une blague.", "raconte-moi une blague."),
        ("Hey Mycroft", "Hame the crypt what time is it?", "what time is it?"),
        ("Alexa", "Rex, what time is it?", "what time is it?"),
        ("Okay Nabu", "Tell me a joke.", "Tell me a joke."),
        ("Okay Nabu", "Okay, Nabu.", ""),
        ("Okay Nabu", "", ""),
    ],
)
def test_what_a_recogniser_made_of_the_word_is_left_out(word: str, heard: str, left: str) -> None:
    """As Whisper had it of five voices."""
    assert behind(word, heard) == left


# ---------------------------------------------------------------- who is meant


def test_a_talk_goes_on_until_nobody_has_spoken_for_a_while() -> None:
    talk = Addressed()
    talk.begins(1.0)
    assert not talk.meant(2.0)
    talk.begins(3.0)
    talk.called(3.8)
    assert talk.meant(5.0), "in the same breath"
    talk.begins(14.0)
    assert talk.meant(16.0), "an answer"
    talk.begins(16.1 + STAYS_S)
    assert not talk.meant(28.0)
    talk.spoke(30.0)
    talk.begins(39.0)
    assert talk.meant(41.0), "after its own turn"
    talk.stay(90.0)
    talk.begins(88.0)
    assert talk.meant(92.0), "a game waits for words"
    assert talk.open(92.0 + STAYS_S)
    assert not talk.open(92.1 + STAYS_S)


@pytest.mark.slow
def test_a_person_calls_it_talks_with_it_and_talks_to_others() -> None:
    said: Sequence[tuple[str, float]] = (
        ("The museum is closed on Mondays.", 1.5),
        ("Okay Nabu, what time is it?", 1.5),
        ("How are you?", 11.5),
        ("What is your name?", 1.5),
        ("Okay Nabu.", 2.5),
        ("Tell me a joke.", 1.0),
    )
    parts = [part for text, pause in said for part in (joe(text), np.zeros(int(pause * HEARD_RATE), np.float32))]
    ears, clock = SoundEars(in_a_room([np.concatenate(parts)])), ManualClock()
    hearing = Hearing(ears, TABLES, clock, lockstep=True, wake=NABU)
    heard = utterances(play(hearing, clock, ears.length + 1))
    found = [(one.intent, hearing.passes_over(one)) for one in heard]
    assert hearing.health().condition is Condition.OK
    assert _waits_for(hearing.health()) == ""
    clock.sleep_until(clock.now() + STAYS_S)
    waiting = hearing.health()
    hearing.close()
    assert found[1:] == [
        ("what_time_is_it", False),
        ("how_are_you", False),
        ("what_is_your_name", True),
        ("are_you_there", False),
        ("wants_joke", False),
    ]
    assert found[0] == ("unknown", True)
    assert _waits_for(waiting) == "Okay Nabu"
    assert "waits for “Okay Nabu”" in words(waiting.reason)
    assert "attend « Okay Nabu »" in words(waiting.reason, "fr")


# ---------------------------------------------------------------- what is heard in any case


@pytest.fixture(scope="module")
def readers() -> Readers:
    return Readers.load()


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Stop!", "stop"),
        ("Be quiet.", "quiet"),
        ("I want to kill myself.", "self_harm"),
        ("Help, my husband has collapsed and does not breathe!", "emergency"),
        ("What time is it?", ""),
        ("The museum is closed on Mondays.", ""),
    ],
)
def test_commands_and_calls_of_need_are_heard_uncalled(text: str, taken: str, readers: Readers) -> None:
    understood = TABLES.understand(text, "en")
    line = Utterance(1.0, text, understood.intent, understood.slots, understood.confidence, via="heard")
    hearing = Mock(spec=Hearing)
    hearing.poll.return_value, hearing.passes_over.return_value = [line], True
    devices: Any = SimpleNamespace(
        hearing=hearing, sight=None, reader=None, model=None, body=Mock(), voice=Mock(unheard=False), changes=Mock()
    )
    for part in (devices.body, devices.voice, devices.changes):
        part.poll.return_value = []
    switches = Mock()
    switches.off.return_value = False
    sense = SenseStep(devices, switches, Watch(readers, "FR", TABLES), Mock())
    found = [one.intent for one in sense.poll(1.0, Diary(words_until=7.0)) if isinstance(one, Utterance)]
    assert found == ([taken] if taken else [])
    hearing.stay.assert_called_once_with(7.0)


# ---------------------------------------------------------------- where it cannot be heard


def ready(wake: str, monkeypatch: pytest.MonkeyPatch) -> Ready:
    monkeypatch.setattr(worker, "choose", lambda *_: Mock(dictates=False, sentence_s=0.0, unknown_words=()))
    (told,) = _Ear().grammar("en", Grammar((), {}), (), wake)
    assert isinstance(told, Ready)
    return told


def test_without_the_extra_that_is_said_and_what_adds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ready(NABU, monkeypatch)[-3:] == ("Okay Nabu", "", "")
    monkeypatch.setitem(__import__("sys").modules, "pymicro_wakeword", None)
    told = ready(NABU, monkeypatch)
    assert words(told.no_wake) == "the extra is not installed"
    assert "EXTRAS=wake" in words(told.no_wake_remedy)


def test_a_word_that_cannot_be_heard_is_a_fault_that_the_robot_tells() -> None:
    listening = Listening(TABLES, "en", wake=NABU)
    listening._worker = Mock(share=1.0)
    listening._ready = Ready("en", "Whisper", dictates=True, wake=NABU, no_wake="broken", no_wake_remedy="mend it")
    health = listening.health("a microphone")
    assert (health.condition, health.remedy, health.ailment) == (Condition.FAULT, "mend it", "no_wake_word")
    assert "nothing but commands and calls of need" in words(health.reason)
    assert health.ailment in TABLES.keys


def test_a_configuration_names_a_word_or_a_file() -> None:
    for wake in ("", NABU, "mine.json"):
        assert parse(Config, f"[hearing]\nwake = {wake!r}\n", "x.toml").hearing.wake == wake
    with pytest.raises(ConfigError, match="wake"):
        parse(Config, "[hearing]\nwake = 'hey_robot'\n", "x.toml")


def test_what_no_wake_word_concerns_waits_for_none() -> None:
    assert _waits_for(Health("hearing", Condition.OK, "a microphone")) == ""
