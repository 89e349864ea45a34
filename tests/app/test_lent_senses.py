"""A visitor's camera and microphone in place of the robot's own, in whole runs: seen, heard, lost, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.app.context import shared_stock
from robot.app.page_controls import RobotControls
from robot.config.schema import Config
from robot.core.clock import nap, stopwatch
from robot.core.condition import Condition
from robot.core.percepts import FacesSeen, Utterance
from robot.parts.browser_media import HERE, LentPicture, LentSound, LoanEnding
from robot.recording.foxglove import CAMERA
from robot.texts.catalogue import words
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from tests.support.visitor import LEFT, spoken, webcam_picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np

    from robot.core.tick import Tick

pytestmark = pytest.mark.slow
ADA_IS_THERE_S = 8.0  # first-meeting: she came at 4 s and says hello at 13 s
GREETED_S = 20.0
STEP_S = 0.1
PATIENCE = 300  # steps
BLOCK = 1024


class Watcher:
    """What it saw, heard and said."""

    def __init__(self) -> None:
        self.ticks: list[Tick] = []
        self.seen: list[FacesSeen] = []
        self.heard: list[Utterance] = []
        self.said: list[str] = []

    def see(self, tick: Tick) -> None:
        self.ticks.append(tick)
        self.seen += [percept for percept in tick.percepts if isinstance(percept, FacesSeen)]
        self.heard += [percept for percept in tick.percepts if isinstance(percept, Utterance)]
        self.said += [clip.text for clip in tick.clips]


def session(senses: SightFrom = SightFrom.truth, record: Path | None = None, *, visitors: bool = True) -> SimSession:
    name, script = scenarios.load("first-meeting")
    quiet = [person.model_copy(update={"say": person.say[:1]}) for person in script.person]
    script = script.model_copy(update={"person": quiet})
    options = Options(senses, WordsFrom.text, 7, True, 10.0, None, visitors=visitors)
    return SimSession(
        name, script, Config(), options._replace(record=record, record_pictures=record is not None), shared_stock()
    )


@pytest.fixture
def meeting() -> Iterator[tuple[SimSession, Watcher]]:
    """Ada is there."""
    with session() as made:
        watcher = Watcher()
        made.robot.loop.watch(watcher)
        made.play(ADA_IS_THERE_S)
        yield made, watcher


def lend_camera(made: SimSession, watcher: Watcher, number: int) -> float:
    """Ten pictures a second of a face at the left until it is in focus; until when."""
    now = watcher.ticks[-1].t
    for n in range(PATIENCE):
        told = stopwatch()
        made.robot.lent.camera.give(number, LentPicture(told, 0.03, told, webcam_picture(LEFT, n)))
        now += STEP_S
        made.play(now)
        nap(0.02)  # the detector works in real time
        scene, seen = watcher.ticks[-1].scene, watcher.seen[-1]
        looks = scene.focused is not None and abs(watcher.ticks[-1].frame.pose.yaw - scene.focused.yaw) < 0.1
        if seen.lent and looks and scene.focus in {face.track for face in seen.faces}:
            return now
    pytest.fail("the visitor was never looked at")


def test_the_head_turns_to_a_visitors_face_who_is_nobody_it_knew(meeting: tuple[SimSession, Watcher]) -> None:
    made, watcher = meeting
    ada = watcher.ticks[-1].scene.focus
    number = made.robot.lent.camera.begin(HERE)
    assert number is not None
    now = lend_camera(made, watcher, number)
    visitor, focused = watcher.ticks[-1].scene.focus, watcher.ticks[-1].scene.focused
    assert visitor not in {None, ada}
    assert focused is not None
    assert focused.yaw > 0.15  # to the left
    assert all(face.track != ada for seen in watcher.seen if seen.lent for face in seen.faces)
    picture = next(seen for seen in watcher.seen if seen.lent)
    assert picture.head.yaw == 0.0  # the webcam does not turn with the head
    assert made.robot.sight is not None
    assert words(made.robot.sight.health().reason).startswith("a visitor's, from this machine 640x480")
    made.robot.lent.camera.end(LoanEnding.STOPPED)
    made.play(now + 4.0)
    assert not watcher.seen[-1].lent
    assert [face.track for face in watcher.seen[-1].faces if face.track in {ada, visitor}] == []
    assert len(watcher.seen[-1].faces) == 1  # Ada, seen anew
    assert not any("camera" in line for line in watcher.said)  # it was given back: nothing was lost


def test_a_camera_that_is_lost_is_told_and_the_one_before_comes_back(meeting: tuple[SimSession, Watcher]) -> None:
    made, watcher = meeting
    made.play(GREETED_S)
    number = made.robot.lent.camera.begin(HERE)
    assert number is not None
    now = lend_camera(made, watcher, number)
    made.play(now + 1.0)
    now += 1.0
    made.robot.lent.camera.end(LoanEnding.LEFT)
    made.play(now + 1.0)
    assert made.robot.sight is not None
    health = made.robot.sight.health()
    assert (health.condition, words(health.reason)) == (
        Condition.FAULT,
        "a visitor's camera was lost: the page was closed",
    )
    made.play(now + 9.0)
    assert made.robot.sight.health().condition is Condition.OK
    assert not watcher.seen[-1].lent
    told = [line for line in watcher.said if "camera is gone" in line or line == "I can see again."]
    assert told == ["My camera is gone. I can still hear you.", "I can see again."]


def lend_microphone(made: SimSession, watcher: Watcher, number: int, sound: np.ndarray) -> float:
    """A sound in real time's order, as fast as the listener takes it; until when."""
    now, told = watcher.ticks[-1].t, 1.0
    for at in range(0, len(sound), BLOCK):
        told += BLOCK / 16_000
        made.robot.lent.microphone.give(number, LentSound(told, stopwatch(), sound[at : at + BLOCK]))
        now += BLOCK / 16_000
        made.play(now)
    return now


def test_a_visitors_words_are_heard_and_answered_and_those_in_the_room_are_not(
    meeting: tuple[SimSession, Watcher],
) -> None:
    made, watcher = meeting
    number = made.robot.lent.microphone.begin(HERE)
    assert number is not None
    now = lend_microphone(made, watcher, number, spoken())
    made.robot.lent.microphone.end(LoanEnding.STOPPED)
    for _ in range(PATIENCE):
        if watcher.heard:
            break
        now += STEP_S
        made.play(now)
        nap(0.05)  # the listener's process is loaded in real time
    made.play(now + 3.0)
    (heard,) = watcher.heard
    assert (heard.intent, heard.via, heard.text.lower()) == ("what_is_your_name", "heard", "what is your name?")
    assert any("Bowlby" in line for line in watcher.said[-3:])


def test_muted_a_lent_microphone_is_given_back(meeting: tuple[SimSession, Watcher]) -> None:
    made, watcher = meeting
    controls = RobotControls(made.robot, "test")
    assert controls.lending is not None
    made.robot.lent.microphone.begin(HERE)
    made.play(watcher.ticks[-1].t + 0.1)
    controls.senses.switch("microphone", on=False)
    made.play(watcher.ticks[-1].t + 0.1)
    assert made.robot.lent.microphone.terms[1:] == ("", LoanEnding.OFF)


def test_where_nobody_visits_the_run_is_the_same_to_the_byte() -> None:
    digests = set()
    for visitors in (True, False):
        with session(SightFrom.pixels, visitors=visitors) as made:
            made._warm_up()
            made.play(6.0)
            digests.add(made.digest)
    assert len(digests) == 1


def test_a_recording_with_pictures_has_none_of_a_visitors(tmp_path: Path) -> None:
    from mcap.reader import make_reader  # noqa: PLC0415 - only this reads one

    file = tmp_path / "run.mcap"
    with session(record=file) as made:
        watcher = Watcher()
        made.robot.loop.watch(watcher)
        with made._recorded():
            made.play(1.0)
            number = made.robot.lent.camera.begin(HERE)
            assert number is not None
            lend_camera(made, watcher, number)
    with file.open("rb") as source:
        topics = [channel.topic for _, channel, _ in make_reader(source).iter_messages()]
    assert "/percept/faces" in topics
    assert CAMERA not in topics
