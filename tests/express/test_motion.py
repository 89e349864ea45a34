"""No goal can make the body jump, overshoot or leave its limits; the eyes lead and the head follows."""

from __future__ import annotations

import math
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from robot.core.body_file import load
from robot.core.body_frame import JOINTS, Pose
from robot.core.clock import generator
from robot.core.decision import Decision, Mode
from robot.core.feelings import Feelings
from robot.core.intents import Cause, Hold, Intent, Look, Show
from robot.core.percepts import Band, Speaking, Telemetry
from robot.core.scene import Person, Scene
from robot.express import keyframes
from robot.express.composer import Composer
from robot.express.gaze import GazeMotor, Target
from robot.express.motion import Follower
from sim.run.duty_examiner import eyes_of

if TYPE_CHECKING:
    from robot.core.body_frame import BodyFrame

BODY = load(Path(str(resources.files("hardware.body") / "bowlby_one.toml")))
DT = 0.02
CAUSE = Cause("test", 1.0)
EXPRESSIONS = keyframes.load_shipped()


@given(
    joint=st.sampled_from(BODY.joints),
    stiffness=st.floats(2.0, 14.0),
    goals=st.lists(st.tuples(st.floats(-4, 4), st.floats(-6, 6)), min_size=1, max_size=80),
)
def test_a_joint_keeps_its_limits_whatever_the_goals(
    joint: object, stiffness: float, goals: list[tuple[float, float]]
) -> None:
    joint = next(known for known in BODY.joints if known is joint)
    follower = Follower(joint, stiffness)
    for goal, rate in goals:
        before = follower.v
        angle = follower.step(goal, rate, DT)
        assert joint.lower <= angle <= joint.upper
        assert abs(follower.v) <= joint.speed
        at_a_stop = angle in {joint.lower, joint.upper}
        assert at_a_stop or abs(follower.v - before) <= joint.acceleration * DT + 1e-9


@given(joint=st.sampled_from(BODY.joints), share=st.floats(0.0, 1.0), stiffness=st.floats(2.0, 14.0))
def test_a_step_is_taken_without_overshoot(joint: object, share: float, stiffness: float) -> None:
    joint = next(known for known in BODY.joints if known is joint)
    follower = Follower(joint, stiffness)
    goal = joint.lower + share * (joint.upper - joint.lower)
    start = follower.p
    path = [follower.step(goal, 0.0, DT) for _ in range(400)]
    beyond = max((angle - goal) * math.copysign(1.0, goal - start) for angle in path)
    assert beyond < math.radians(0.5)
    assert path[-1] == pytest.approx(goal, abs=math.radians(0.2))


def test_the_eyes_lead_the_head_follows_and_the_eyes_turn_back() -> None:
    motor = GazeMotor(BODY)
    motor.place(0.0, 0.0, 0.0)
    target = Target(math.radians(40), 0.0)
    eyes, head = [], []
    for n in range(100):
        aim = motor.step(n * DT, DT, target, (0.0, 0.0))
        eyes.append(aim.eye_x * math.degrees(BODY.eye_range))
        head.append(math.degrees(aim.base_yaw + aim.head_yaw))
    eyes_moved = next(n for n, angle in enumerate(eyes) if angle > 2.0)
    head_moved = next(n for n, angle in enumerate(head) if angle > 2.0)
    assert eyes_moved < head_moved
    assert max(eyes) == pytest.approx(math.degrees(BODY.eye_range), abs=0.5)
    assert abs(eyes[-1]) < 1.0
    assert head[45] == pytest.approx(40, abs=1.0)  # settled within 0.9 s
    assert max(head) < 41.0


def test_beyond_the_reach_of_the_head_the_base_turns_too() -> None:
    motor = GazeMotor(BODY)
    for n in range(200):
        aim = motor.step(n * DT, DT, Target(math.radians(100), 0.0), (0.0, 0.0))
    assert math.degrees(aim.base_yaw + aim.head_yaw) == pytest.approx(100, abs=1.0)
    assert math.degrees(aim.head_yaw) < 70


INTENTS = st.one_of(
    st.builds(Look, st.just(CAUSE), st.just(None), st.floats(-2, 2), st.floats(-1, 1)),
    st.builds(Look, st.just(CAUSE), st.sampled_from([1, 2, 99])),
    st.builds(Show, st.just(CAUSE), st.sampled_from([*sorted(EXPRESSIONS), "unheard_of"]), st.floats(0, 1)),
    st.builds(Hold, st.just(CAUSE), st.builds(Pose, *[st.floats(-0.6, 0.6)] * 6), st.floats(0, 1)),
)


@settings(max_examples=60)
@given(thoughts=st.lists(st.lists(INTENTS, max_size=4), min_size=1, max_size=12), seed=st.integers(0, 9))
def test_no_mixture_of_intents_makes_a_jump(thoughts: list[list[Intent]], seed: int) -> None:
    composer = Composer(BODY, EXPRESSIONS, generator(seed))
    people = (
        Person(1, 0.5, 0.1, 0.5, 0.0, 0.9, Band.NEAR, 0.0, 0.0, 0.0),
        Person(2, -1.2, 0.0, 0.0, 0.0, 0.1, Band.FAR, 0.0, 0.0, 0.0),
    )
    frames: list[BodyFrame] = []
    for n in range(15 * len(thoughts)):
        now = n * DT
        body = Telemetry(now, frames[-1].pose if frames else BODY.rest, armed=True)
        scene = Scene(now, people, 1, body=body, speaking=Speaking(now, active=n % 40 > 20, loudness=0.8))
        intents = tuple(thoughts[n // 15])
        decision = Decision(Mode.ENGAGED, "test", intents, fresh=n % 15 == 0)
        frames.append(composer.compose(scene, Feelings(), decision, intents, DT)[0])
    for before, after in pairwise(frames):
        for name, joint, a, b in zip(JOINTS, BODY.joints, before.pose, after.pose, strict=True):
            assert abs(b - a) <= joint.speed * DT + 1e-9, name
            assert joint.lower <= b <= joint.upper, name
        assert 0.0 <= after.eyes.lid <= 1.0
        assert -1.0 <= after.eyes.x <= 1.0
        assert 0.0 <= after.light.brightness <= 1.0


def test_while_the_body_is_not_armed_the_frame_stands_where_the_body_stands() -> None:
    composer = Composer(BODY, EXPRESSIONS, generator(0))
    by_hand = Pose(0.3, -0.2, 0.1, -0.4, 0.2, 0.3)
    decision = Decision(Mode.SAFE, "", (), fresh=True)
    for n in range(50):
        scene = Scene(n * DT, body=Telemetry(n * DT, by_hand, armed=False, link=False))
        frame, _ = composer.compose(scene, Feelings(), decision, (), DT)
    armed = Scene(1.0, body=Telemetry(1.0, by_hand, armed=True))
    frame, _ = composer.compose(armed, Feelings(), decision, (), DT)
    worst = max(abs(a - b) for a, b in zip(frame.pose, by_hand, strict=True))
    assert worst < math.radians(2.0)


@pytest.mark.parametrize(("body", "early"), [("bowlby_one", 0.04), ("bus_head", 0.04), ("reachy_mini", 0.0)])
def test_the_gaze_goes_before_a_servos_lag_and_not_before_one_that_a_body_makes_up_for(body: str, early: float) -> None:
    description = load(Path(str(resources.files("hardware.body") / f"{body}.toml")))
    composer = Composer(description, {}, generator(0))
    told, rate, off = Telemetry(0.0, description.rest, armed=True), math.radians(30.0), list[float]()
    for n in range(150):
        now = n * DT
        ada = Person(1, rate * now - 0.8, 0.06, rate, 0.0, 0.0, Band.MIDDLE, 0.0, now, now)
        look = Look(CAUSE, person=1)
        scene = Scene(now, (ada,), 1, body=told)
        frame, _ = composer.compose(scene, Feelings(), Decision(Mode.ENGAGED, "t", (look,), fresh=True), (look,), DT)
        told = Telemetry(now, frame.pose, armed=True)
        off.append(eyes_of(frame, description)[0] - ada.yaw)
    assert off[-50:] == pytest.approx([rate * (early + DT / 2)] * 50, abs=rate * DT)


def test_eyes_hold_still_in_a_head_that_hands_hold() -> None:
    composer = Composer(BODY, {}, generator(0))
    held = Telemetry(0.0, Pose(head_yaw=0.1), armed=False)
    look = Look(CAUSE, yaw=0.4)
    eyes = []
    for n in range(100):
        scene = Scene(n * DT, (), None, body=held)
        frame, _ = composer.compose(scene, Feelings(), Decision(Mode.ENGAGED, "t", (look,), fresh=True), (look,), DT)
        eyes.append(frame.eyes.x)
    assert max(abs(b - a) for a, b in pairwise(eyes[50:])) < 0.02
    assert eyes[-1] * BODY.eye_range == pytest.approx(0.3, abs=0.05)
