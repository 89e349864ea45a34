"""A line that was misread is put right through the loop: robot and watch take it anew, and a replay holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.app.context import shared_stock
from robot.app.page_controls import RobotControls
from robot.app.replay import Replay
from robot.config.schema import Config
from robot.core.intents import Say
from robot.core.percepts import Need, Utterance
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from robot.core.tick import Tick


class Visitor:
    """At the page: says and chooses at set times, and notes what was said and answered."""

    def __init__(self, session: SimSession, *doings: tuple[float, Callable[[RobotControls, Visitor], None]]) -> None:
        self._controls = RobotControls(session.robot, "test")
        self._doings = list(doings)
        self.words: list[Utterance] = []
        self.phrases: list[str] = []
        self.needs: list[str] = []
        session.robot.loop.watch(self)

    def see(self, tick: Tick) -> None:
        self.words += [percept for percept in tick.percepts if isinstance(percept, Utterance)]
        self.needs += [percept.kind for percept in tick.percepts if isinstance(percept, Need)]
        self.phrases += [intent.phrase for intent in tick.done if isinstance(intent, Say)]
        if self._doings and tick.t >= self._doings[0][0]:
            self._doings.pop(0)[1](self._controls, self)

    def began(self, phrase: str) -> bool:
        """Whether something of that name was said."""
        return any(said.startswith(phrase) for said in self.phrases)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[SimSession]:
    name, script = scenarios.load("first-meeting")
    options = Options(SightFrom.truth, WordsFrom.text, 3, True, 10.0, None)._replace(record=tmp_path / "run.mcap")
    with SimSession(name, script, Config(), options, shared_stock()) as made:
        yield made


def test_another_meaning_and_other_words_are_answered_and_a_replay_holds_them(
    session: SimSession, tmp_path: Path
) -> None:
    visitor = Visitor(
        session,
        (1.0, lambda controls, _: controls.say("stop")),
        (2.0, lambda controls, at: controls.take_as(at.words[-1], "wants_joke")),
        (8.0, lambda controls, at: controls.say("what time is it", at.words[-1])),
    )
    session.headless(12.0)
    stop, joke, what_time = visitor.words
    assert [stop.intent, joke.intent, what_time.intent] == ["stop", "wants_joke", "what_time_is_it"]
    assert [stop.via, joke.via, what_time.via] == ["typed", "chosen", "typed"]
    assert [stop.instead, joke.instead, what_time.instead] == [None, stop.t, joke.t]
    assert visitor.began("joke")
    assert visitor.began("answer_what_time")
    outcome = Replay(tmp_path / "run.mcap", shared_stock()).run()
    assert outcome.difference is None
    assert outcome.digest == outcome.recorded_digest != ""


def test_words_of_need_stay_so_whatever_meaning_is_chosen(session: SimSession) -> None:
    visitor = Visitor(
        session,
        (1.0, lambda controls, _: controls.say("I want to kill myself")),
        (4.0, lambda controls, at: controls.take_as(at.words[-1], "wants_joke")),
    )
    session.headless(9.0)
    assert [words.intent for words in visitor.words] == ["self_harm", "need"]
    assert visitor.needs == ["crisis"]
    assert not visitor.began("joke")
