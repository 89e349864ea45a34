"""A sense that breaks while somebody is there is told aloud, and again when it is back; a slow answer has a filler."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.core.clock import nap, stopwatch
from robot.core.condition import Condition, Health
from robot.core.voice_commands import Speech
from robot.express.renderer import Renderer
from robot.express.voice import FILLER, FILLER_S, Voice
from robot.sense.hearing.level import SILENT
from sim.run.session import SimSession
from sim.senses.speaker import SimSpeaker
from sim.world import scenario
from sim.world.options import Options, SightFrom, WordsFrom

if TYPE_CHECKING:
    from robot.core.tick import Tick

SAID = {
    "en": ("My microphone is gone. You can still type to me.", "I can hear again."),
    "fr": ("Mon micro a disparu. Tu peux encore m'écrire.", "J'entends de nouveau."),
}
LOST = Health("microphone", Condition.FAULT, "it has gone", "connect it")
SAID_SILENT = "My microphone gives no sound at all. Please check whether it is switched off."


class Break:
    """Takes the microphone away for a while, and listens to what the robot says of it."""

    def __init__(self, session: SimSession, broken: Health, patch: pytest.MonkeyPatch) -> None:
        self._ears, self._patch = session.robot.hearing._ears, patch
        self._broken = broken
        self.said: list[tuple[float, str]] = []

    def see(self, tick: Tick) -> None:
        if tick.n == 25 * 50:
            self._patch.setattr(self._ears, "health", lambda: self._broken)
        elif tick.n == 30 * 50:
            self._patch.undo()
        self.said += [(tick.t, clip.text) for clip in tick.clips]


def broken(language: str, health: Health, patch: pytest.MonkeyPatch) -> list[tuple[float, str]]:
    _, script = scenario.load("first-meeting" if language == "en" else "premiere-rencontre")
    quiet = [person.model_copy(update={"say": person.say[:1]}) for person in script.person]  # nothing interrupts
    script = script.model_copy(update={"person": quiet})
    options = Options(SightFrom.truth, WordsFrom.text, 7, fast=True, fps=10.0, language=None)
    with SimSession("lost", script, Config(), options, shared_stock()) as session:
        watcher = Break(session, health, patch)
        session.robot.loop.watch(watcher)
        session._play(34.0, lambda: False)
    return watcher.said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_microphone_that_is_lost_and_back_is_told_within_two_seconds(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {text: t for t, text in broken(language, LOST, monkeypatch)}
    lost, back = SAID[language]
    assert 25.0 < said[lost] < 27.0
    assert 30.0 < said[back] < 33.0


def test_a_silent_microphone_is_told_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert SAID_SILENT in [text for _, text in broken("en", SILENT, monkeypatch)]


def test_an_answer_that_is_long_in_coming_is_announced_by_one_sound() -> None:
    renderer = Renderer()
    voice = Voice(SimSpeaker(), renderer)
    voice.warm_up("en")
    assert renderer.pid is not None
    os.kill(renderer.pid, signal.SIGSTOP)
    voice.poll(0.0)
    voice.do(Speech(1, "This takes a while."))
    for n in range(200):
        voice.poll(n * 0.02)
    (hm,) = voice.take_clips()
    os.kill(renderer.pid, signal.SIGCONT)
    end = stopwatch() + 10
    clips = voice.take_clips()
    n = 200
    while not clips and stopwatch() < end:
        n += 1
        voice.poll(n * 0.02)
        clips = voice.take_clips()
        nap(0.01)
    voice.close()
    assert hm.text == FILLER
    assert [clip.text for clip in clips] == ["This takes a while."]
    assert FILLER_S == 0.8
