"""A visitor's camera and microphone in place of the robot's own, in whole runs: seen, heard, lost, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from hardware.visitor import GONE_S, OLDEST_S, VisitorEars, open_camera, open_ears
from robot.app.context import shared_stock
from robot.app.page_controls import RobotControls
from robot.config.schema import Config
from robot.core.audio import write_wav
from robot.core.clock import ManualClock, nap, stopwatch
from robot.core.condition import Condition, Health
from robot.core.percepts import FacesSeen, Utterance, VoiceActivity
from robot.parts.browser_media import FIRST_S, HERE, SILENT_S, Lent, LentPicture, LentSound, Loan, LoanEnding
from robot.parts.protocols import Audio, Ears, TextLine
from robot.parts.registry import CAMERAS, EARS, Surroundings, open_part
from robot.recording.foxglove import CAMERA
from robot.texts.catalogue import words
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from tests.support.visitor import LEFT, spoken, webcam_picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


# ---------------------------------------------------------------- the mailbox


def test_a_loan_of_which_nothing_comes_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("robot.parts.browser_media.stopwatch", lambda: now)
    loan: Loan[LentSound] = Loan(4)
    number = loan.begin(HERE)
    assert number is not None
    block = LentSound(0.0, 0.0, np.zeros(4, np.float32))

    def polled(seconds: float) -> bool:
        nonlocal now
        for _ in range(round(seconds / 0.02)):
            now += 0.02
            loan.take()
        return bool(loan.terms.by)

    stands = [polled(FIRST_S - 0.1)]  # the browser opens its device
    loan.give(number, block)
    stands.append(polled(SILENT_S - 0.1))
    loan.give(number, block)
    now += 60  # the robot slept
    stands += [polled(SILENT_S - 0.2), polled(0.3)]
    assert stands == [True, True, True, False]
    assert loan.terms.ending is LoanEnding.SILENT
    loan.give(number, block)
    assert loan.take() == []


def test_what_waits_while_nobody_looks_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("robot.parts.browser_media.stopwatch", lambda: now)
    loan: Loan[LentPicture] = Loan(1)
    number = loan.begin(HERE)
    assert number is not None
    loan.give(number, LentPicture(0.0, 0.0, 0.0, webcam_picture(LEFT)))
    rests = [loan.rests]
    now = 1.1
    rests.append(loan.rests)
    assert rests == [False, True]
    assert loan.take() == []


def test_one_lends_at_a_time_and_ends_only_their_own() -> None:
    loan: Loan[LentSound] = Loan(4)
    first = loan.begin(HERE)
    assert loan.begin("192.0.2.9") is None
    loan.end(LoanEnding.STOPPED)
    second = loan.begin("192.0.2.9")
    loan.end(LoanEnding.LEFT, first)
    assert loan.terms.by == "192.0.2.9"
    loan.end(LoanEnding.LEFT, second)
    assert loan.terms == (second, "", LoanEnding.LEFT)


# ---------------------------------------------------------------- the drivers


def test_a_picture_is_of_the_moment_that_its_browser_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least delay that was seen is the line's; what came later than that has waited."""
    real = 100.0
    for module in ("robot.parts.browser_media", "hardware.visitor"):
        monkeypatch.setattr(f"{module}.stopwatch", lambda: real)
    lent = Lent()
    camera = open_camera("page:", Surroundings(ManualClock(), lent=lent))
    number = lent.camera.begin(HERE)
    assert number is not None

    def taken(told: float, age: float) -> float:
        lent.camera.give(number, LentPicture(told, age, real, webcam_picture(LEFT)))
        picture = camera.poll(50.0)
        assert picture is not None
        return picture.t

    assert taken(7.0, 0.05) == pytest.approx(50.0 - 0.05)
    real = 100.3
    assert taken(7.1, 0.05) == pytest.approx(50.0 - 0.25)
    real = 500.0
    assert taken(8.0, 0.05) == pytest.approx(50.0 - OLDEST_S)


class Own(Ears):
    """Ears with a device that can be closed, in which somebody speaks."""

    def __init__(self) -> None:
        self.closed = False

    def poll(self, now: float) -> list[VoiceActivity | TextLine]:
        return [VoiceActivity(now, speaking=True), TextLine(now, "from the robot's own room")]

    def rest(self, on: bool) -> None:  # noqa: FBT001 - as the real one
        self.closed = on

    def health(self) -> Health:
        return Health("microphone", Condition.OK, "its own")

    def close(self) -> None: ...


def test_the_robots_own_microphone_is_closed_while_a_visitors_is_used() -> None:
    lent, own = Lent(), Own()
    ears = VisitorEars(lent.microphone, own)
    assert len(ears.poll(0.0)) == 2
    lent.microphone.begin(HERE)
    assert list(ears.poll(0.1)) == [VoiceActivity(0.1, speaking=False)]  # whoever spoke there is heard no more
    assert list(ears.poll(0.2)) == []
    assert own.closed
    lent.microphone.end(LoanEnding.LEFT)
    (silence,) = ears.poll(0.3)
    assert isinstance(silence, Audio)
    assert not silence.samples.any()
    assert list(ears.poll(1.0)) == []
    assert ears.health().condition is Condition.FAULT
    assert len(ears.poll(0.3 + GONE_S)) == 2
    assert not own.closed


# ---------------------------------------------------------------- addresses


def test_the_doctor_and_others_without_a_page_get_the_robots_own_part(tmp_path: Path) -> None:
    around = Surroundings(ManualClock())
    for group, part in ((CAMERAS, "camera"), (EARS, "microphone")):
        health = open_part(group, "page:", around).health()
        assert (health.condition, words(health.reason)) == (Condition.OFF, f"nobody lends a {part}")
    assert "/dev/video97" in words(open_camera("page:/dev/video97", around).health().reason)
    path = tmp_path / "talk.wav"
    write_wav(path, spoken(), 16_000)
    assert words(open_ears(f"page:{path}", around).health().reason) == "talk.wav"
