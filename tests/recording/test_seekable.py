"""A recording can be opened at any moment, and shows there what the loop itself had."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from robot.app.context import shared_stock
from robot.app.page_controls import RobotControls
from robot.app.replay import Replay
from robot.config.schema import Config
from robot.core.errors import ConfigError, InputError
from robot.core.percepts import FacesSeen
from robot.page.server.feed import Feed
from robot.recording.seekable import SeekableRecording
from robot.texts.sentence import sentence
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.tick import Tick

SECONDS = 22.0
FAULT_S, WELL_S = 16.0, 18.0


class Kept:
    """All ticks of a run, as its observers saw them; unplugs the body for a while."""

    def __init__(self, session: SimSession) -> None:
        self.ticks: list[Tick] = []
        self._faults = session.faults

    def see(self, tick: Tick) -> None:
        self.ticks.append(tick)
        if tick.n in {FAULT_S * 50, WELL_S * 50}:
            self._faults.set("unplugged", on=tick.n == FAULT_S * 50)


class Run(NamedTuple):
    path: Path
    ticks: list[Tick]


def options(path: Path, **more: object) -> Options:
    usual = {"seed": 7, "senses": SightFrom.truth, "hears": WordsFrom.text, "fast": True, "fps": 10.0, "language": None}
    return Options(**{**usual, "record": path, **more})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A meeting with a greeting, words, and a line that is lost and comes back."""
    path = tmp_path_factory.mktemp("film") / "meeting.mcap"
    with SimSession(
        "first-meeting", scenarios.load("first-meeting")[1], Config(), options(path), shared_stock()
    ) as session:
        kept = Kept(session)
        session.robot.loop.watch(kept)
        session.headless(SECONDS)
    return Run(path, kept.ticks)


@pytest.fixture(scope="module")
def film(run: Run) -> SeekableRecording:
    return SeekableRecording(run.path)


def test_every_tick_is_told_as_it_was(run: Run, film: SeekableRecording) -> None:
    retold = list(film.play(0))
    assert len(retold) == len(film) == len(run.ticks) == SECONDS * 50
    for told, was in zip(retold, run.ticks, strict=True):
        assert (told.n, told.t, told.percepts, told.frame) == (was.n, was.t, was.percepts, was.frame)
        assert (told.decision, told.done, told.verdicts, told.voice) == (
            was.decision._replace(diary=told.decision.diary, requests=()),  # what a recording has no need of
            was.done,
            was.verdicts,
            was.voice,
        )
        assert (told.scene.body, told.scene.utterances, told.scene.touches) == (
            was.scene.body,
            was.scene.utterances,
            was.scene.touches,
        )
        if any(isinstance(percept, FacesSeen) for percept in was.percepts):
            assert (told.scene.people, told.scene.focus) == (was.scene.people, was.scene.focus)
        if was.n % 5 == 0:
            assert told.feelings == was.feelings


def test_a_jump_lands_where_playing_would_have_come(run: Run, film: SeekableRecording) -> None:
    through = list(film.play(0))
    for position in (0, 1, 44, 299, 503, 741, 801, 1000, len(film) - 1):
        played, jumped = Feed(), Feed()
        for tick in through[: position + 1]:
            played.see(tick)
        jumped.cut(film.before(position))
        landed = next(film.play(position))
        jumped.see(landed)
        assert landed._replace(percepts=()) == through[position]._replace(percepts=())
        assert [line[2:] for line in jumped.talk] == [line[2:] for line in played.talk]
        assert [one.verdict for one in jumped.held] == [one.verdict for one in played.held]
        assert [deed.decision for deed in jumped.deeds] == [deed.decision for deed in played.deeds]
    assert film.position(run.ticks[500].t) == 500


def test_words_modes_and_faults_are_marked(film: SeekableRecording) -> None:
    marks = [(mark.kind, mark.subject, bool(mark.text)) for mark in film.index.marks]
    assert ("words", "robot", True) in marks
    assert ("words", "person", True) in marks
    lost = next(mark for mark in film.index.marks if mark.kind == "fault")
    assert FAULT_S < lost.t < FAULT_S + 0.5
    assert (lost.subject, lost.text) == ("body", sentence("health.line_unplugged"))
    assert marks.index(("mode", "safe", False)) > marks.index(("fault", "body", True))
    assert ("fault", "body", False) in marks
    felt = film.index.felt_until(10.0, 5.0)
    assert 4.7 < felt[-1].t - felt[0].t <= 5.0
    assert felt[-1].t == pytest.approx(10.0, abs=0.3)


def test_a_file_that_was_cut_short_is_shown_as_far_as_it_goes(
    run: Run, film: SeekableRecording, tmp_path: Path
) -> None:
    whole = run.path.read_bytes()
    cut = tmp_path / "cut.mcap"
    cut.write_bytes(whole[: len(whole) // 2])
    half = SeekableRecording(cut)
    assert 0 < len(half) < len(film)
    assert "cut short after tick" in half.holdings.trouble
    assert film.holdings.trouble == ""
    assert next(half.play(len(half) - 1)).n == len(half) - 1
    cut.write_bytes(whole[:2000])
    with pytest.raises(InputError):
        SeekableRecording(cut)


def test_the_picture_of_a_moment_is_there_where_pictures_were_recorded(film: SeekableRecording, tmp_path: Path) -> None:
    path = tmp_path / "seen.mcap"
    pixels = options(path, senses=SightFrom.pixels, record_pictures=True)
    with SimSession("visit", scenarios.load("visit")[1], Config(), pixels, shared_stock()) as session:
        session.headless(3.0)
    seen = SeekableRecording(path)
    assert seen.holdings.pictures >= 20
    for position in (60, 61, 62, 100, 149):
        (faces,) = (one for one in next(seen.play(position)).percepts if isinstance(one, FacesSeen))
        assert faces.image is not None
        assert faces.image.shape[2] == 3
    assert film.holdings.pictures == 0
    assert all(one.image is None for one in next(film.play(500)).percepts if isinstance(one, FacesSeen))


class Tuner:
    """Changes how much it wants to attend, at 8 s."""

    def __init__(self, session: SimSession) -> None:
        self.behaviors = RobotControls(session.robot, "visit").behaviors
        self.bids: dict[int, float] = {}

    def see(self, tick: Tick) -> None:
        if tick.n == 400:
            self.behaviors.change("attend", "desire", "0.2")
            self.behaviors.change("attend", "lean_deg", "5")
        self.bids[tick.n] = dict(tick.decision.bids).get("attend", 0.0)


def test_a_parameter_is_changed_between_two_turns_and_a_replay_does_the_same(tmp_path: Path) -> None:
    path = tmp_path / "tuned.mcap"
    with SimSession(
        "first-meeting", scenarios.load("first-meeting")[1], Config(), options(path), shared_stock()
    ) as session:
        tuner = Tuner(session)
        session.robot.loop.watch(tuner)
        session.headless(10.0)
        attend = {one.name: one for one in tuner.behaviors.read()}["attend"]
        assert [(one.value, one.file) for one in attend.parameters[:3]] == [("0.2", "0.35"), ("0.5", "0.5"), ("5", "3")]
        for value in ("1.2", "much", "nan", ""):
            with pytest.raises(ConfigError, match="desire: input should be"):
                tuner.behaviors.change("attend", "desire", value)
        with pytest.raises(InputError, match="did you mean 'desire'"):
            tuner.behaviors.change("attend", "desires", "0.2")
        with pytest.raises(InputError, match="there is no behaviour"):
            tuner.behaviors.reset("atend")
        tuner.behaviors.reset("attend")
        session.robot.loop.turn()
        attend = {one.name: one for one in tuner.behaviors.read()}["attend"]
        assert all(one.value == one.file for one in attend.parameters)
    assert (tuner.bids[400], tuner.bids[405]) == (0.35, 0.2)
    assert Replay(path, shared_stock()).run().same
