"""The mind is steady, yields at once to what is urgent, and survives a behaviour that raises."""

from __future__ import annotations

import logging
import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from robot.app.behavior_loader import load_behaviors
from robot.attend.attention import Attention
from robot.core.body_frame import Pose
from robot.core.clock import generator
from robot.core.decision import Mode
from robot.core.intents import Cause, Hush, Intent, Look, Say
from robot.core.percepts import Band, Face, FacesSeen, Speaking, Telemetry, Utterance
from robot.core.scene import Departure, Person, Scene
from robot.core.voice_commands import Manner
from robot.decide.behavior import Behavior, State
from robot.decide.diary import DiaryWriter
from tests.support.room import CALM, Room, words
from tests.support.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

ADA = Person(1, 0.2, 0.1, 0.0, 0.0, 0.9, Band.MIDDLE, 0.0, 0.0, 0.0)


class Wish(Behavior):
    """Wants what it is told to want."""

    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self, name: str, desire: float) -> None:
        self.name = name  # type: ignore[misc]  # each instance its own name, for the test
        self.wish = desire
        self.raises: Exception | None = None
        self.raises_at_end: Exception | None = None
        self.stopped = 0

    def desire(self, state: State) -> float:  # noqa: ARG002 - the signature
        return self.wish

    def act(self, state: State) -> Iterable[Intent]:
        if self.raises is not None:
            raise self.raises
        yield Look(Cause("wish", self.wish), yaw=state.since)

    def stop(self, state: State) -> None:  # noqa: ARG002 - the signature
        self.stopped += 1
        if self.raises_at_end is not None:
            raise self.raises_at_end


def test_a_slightly_greater_wish_does_not_take_over_but_a_clear_one_does() -> None:
    one, two = Wish("one", 0.5), Wish("two", 0.0)
    room = Room(one, two)
    room.run(2.0)
    two.wish = 0.6
    assert set(room.run(3.0)) == {"one"}
    two.wish = 0.7
    assert room.run(0.3)[-1] == "two"
    assert one.stopped == 1


def test_the_winner_stays_for_its_time_unless_something_is_urgent() -> None:
    one, two = Wish("one", 0.3), Wish("two", 0.0)
    room = Room(one, two)
    room.run(0.3)
    two.wish = 0.8
    assert room.run(0.4)[-1] == "one"
    two.wish = 0.95
    assert room.run(0.2)[-1] == "two"


def test_a_behaviour_that_raises_is_benched_and_named_and_the_loop_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    bad, good = Wish("bad", 0.8), Wish("good", 0.2)
    room = Room(bad, good)
    room.run(0.5)
    bad.raises = ZeroDivisionError("by nothing")
    with caplog.at_level(logging.ERROR):
        names = room.run(1.0)
    assert names[-1] == "good"
    assert room.mind.benched == {"bad": "ZeroDivisionError: by nothing"}
    assert sum("bad is benched" in record.message for record in caplog.records) == 1


def test_a_behaviour_that_raises_when_it_is_stopped_is_benched_and_named_and_the_other_takes_over() -> None:
    bad, good = Wish("bad", 0.5), Wish("good", 0.0)
    room = Room(bad, good)
    room.run(0.5)
    bad.raises_at_end = KeyError("gone")
    good.wish = 0.95
    assert room.run(0.3)[-1] == "good"
    assert room.mind.benched == {"bad": "KeyError: 'gone'"}


@pytest.mark.parametrize("desire", [math.nan, math.inf, -math.inf])
def test_a_desire_that_is_no_number_is_benched_and_named(desire: float) -> None:
    room = Room(Wish("bad", desire), Wish("good", 0.2))
    assert set(room.run(0.5)) == {"good"}
    assert room.mind.benched == {"bad": f"ValueError: its desire is {desire}"}


def test_modes_follow_the_body_people_and_words() -> None:
    room = Room(*load_behaviors(), asleep_after_s=30.0)
    room.run(0.2)
    assert room.mode() is Mode.AWAKE
    room.run(0.2, people=(ADA,), focus=1, alone_since=None)
    assert room.mode() is Mode.ENGAGED
    room.run(0.2, people=(), focus=None, alone_since=room.scene.t)
    assert room.mode() is Mode.AWAKE
    room.run(31.0)
    assert room.mode() is Mode.ASLEEP
    room.run(0.2, alone_since=None, **words("greeting", room.scene.t))
    assert room.mode() is not Mode.ASLEEP
    room.run(0.2, body=Telemetry(0.0, Pose(), armed=False, link=False))
    assert room.mode() is Mode.SAFE
    room.run(0.2, body=Telemetry(0.0, Pose(), armed=True))
    assert room.mode() is not Mode.SAFE


def test_good_night_is_said_before_it_falls_asleep() -> None:
    room = Room(*load_behaviors())
    room.run(0.5, people=(ADA,), focus=1, alone_since=None)
    room.run(0.02, **words("good_night", room.scene.t))
    assert room.mode() is Mode.ENGAGED
    room.run(7.0)
    assert room.mode() is Mode.ASLEEP
    assert not any(room.mind.watches(second / 10) for second in range(600))


@pytest.mark.parametrize("asked", [True, False])
def test_good_night_to_a_sleeping_robot_lets_it_sleep_with_its_camera_off(*, asked: bool) -> None:
    room = Room(*load_behaviors(), asleep_after_s=20.0)
    room.run(0.5)
    if asked:
        room.run(0.02, **words("sleep", room.scene.t))
    room.run(21.0)
    assert room.mode() is Mode.ASLEEP
    room.run(1.0, alone_since=None, **words("good_night", room.scene.t))
    assert room.mode() is Mode.ASLEEP
    assert not any(room.mind.watches(second / 10) for second in range(600))
    room.run(0.2, **words("wake_up", room.scene.t))
    assert room.mode() is not Mode.ASLEEP


def test_neither_noise_nor_words_in_the_same_tick_keep_it_from_the_sleep_that_it_was_asked_for() -> None:
    room = Room(*load_behaviors())
    room.run(0.5, people=(ADA,), focus=1, alone_since=None)
    both = (Utterance(room.scene.t, "sleep", "sleep"), Utterance(room.scene.t, "thank you", "thanks"))
    room.run(2.0, utterances=both)
    room.run(5.0, **words("unknown", room.scene.t))
    assert room.mode() is Mode.ASLEEP


def test_asleep_by_itself_it_looks_now_and_then_and_wakes_when_somebody_came() -> None:
    room = Room(*load_behaviors(), asleep_after_s=20.0)
    room.run(21.0)
    assert room.mode() is Mode.ASLEEP
    looks = [room.mind.watches(second / 10) for second in range(600)]
    assert 0.1 < sum(looks) / len(looks) < 0.3
    came = replace(ADA, since=room.scene.t)
    room.run(0.3, people=(came,), focus=1, alone_since=None)
    assert room.mode() is not Mode.ASLEEP


def test_speech_is_cut_when_somebody_speaks_into_it() -> None:
    room = Room(*load_behaviors())
    room.run(0.5, people=(ADA,), focus=1, alone_since=None, speaking=Speaking(0.0, active=True))
    now = room.n * 0.02 + 0.02
    room.clock.sleep_until(now)
    scene = room.scene._replace(t=now, utterances=(Utterance(now, "what time is it", "what_time_is_it"),))
    intents = room.mind.decide(scene, CALM).intents
    kinds = [type(intent) for intent in intents]
    assert kinds.index(Hush) < kinds.index(Say)


def test_speech_is_cut_when_the_last_person_has_left_in_mid_sentence() -> None:
    room = Room(*load_behaviors())
    room.run(0.5, people=(ADA,), focus=1, alone_since=None, speaking=Speaking(0.0, active=True))
    now = room.n * 0.02 + 0.02
    gone = Departure(1, now, 0.8, 5.0, "left")
    scene = room.scene._replace(t=now, people=(), focus=None, departures=(gone,), alone_since=now)
    room.clock.sleep_until(now)
    intents = room.mind.decide(scene, CALM).intents
    assert isinstance(intents[0], Hush)
    assert "nobody is here" in str(intents[0].cause)


@pytest.mark.parametrize("behavior", load_behaviors(), ids=lambda behavior: behavior.name)
def test_every_behaviour_can_be_asked_in_any_scene(behavior: Behavior) -> None:
    scenes = [
        Scene(),
        Scene(people=(ADA,), focus=1, alone_since=None),
        Scene(people=(ADA,), focus=99),
        Scene(people=(ADA,), focus=1, voice=True, utterances=(Utterance(0.0, "x", "unknown"),)),
    ]
    for mode in Mode:
        for scene in scenes:
            room = Room()
            diary = DiaryWriter(Manner())
            diary.hear(scene)
            state = State(
                t=0.0,
                civil=room.clock.civil(),
                mode=mode,
                scene=scene,
                feelings=CALM,
                diary=diary.page(),
                memory=room.memory,
                rng=generator(1),
                tables=TABLES,
            )
            assert 0.0 <= behavior.desire(state) <= 1.0
            for intent in behavior.act(state):
                assert str(intent.cause)


def _faces(t: float, *bearings: float, facing: float = 0.8) -> FacesSeen:
    faces = tuple(
        Face(n, yaw, 0.1, 0.1, (0, 0, 40, 40), 0.9, facing, Band.MIDDLE, confirmed=True)
        for n, yaw in enumerate(bearings, 1)
    )
    return FacesSeen(t, faces, Pose())


def test_the_focus_does_not_hop_between_two_people() -> None:
    attention = Attention()
    focuses = []
    for n in range(600):
        t = n * 0.1
        wobble = 0.05 * (-1) ** n
        scene = attention.update(t, [_faces(t, 0.4 + wobble, -0.4 - wobble, facing=0.7 + wobble)])
        focuses.append(scene.focus)
    changes = sum(a != b for a, b in pairwise(focuses))
    assert changes <= 1


def test_somebody_who_comes_in_is_looked_at_and_somebody_unseen_has_left() -> None:
    attention = Attention()
    for n in range(100):
        attention.update(n * 0.1, [_faces(n * 0.1, 0.4)])
    assert attention.update(10.0, [_faces(10.0, 0.4, -0.4)]).focus == 2
    scene = attention.update(13.0, [])
    assert scene.people == ()
    assert {departure.track for departure in scene.departures} == {1, 2}
    assert scene.alone_since == 13.0
