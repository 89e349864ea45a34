"""Glances aside: none at a newcomer or amid an expression, and one in time before a look becomes a stare."""

from __future__ import annotations

import math
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from robot.core.body_file import load
from robot.core.body_frame import Pose
from robot.core.clock import ManualClock, generator
from robot.core.decision import Decision, Mode
from robot.core.feelings import Feelings
from robot.core.intents import Cause, Look
from robot.core.percepts import Band, Telemetry
from robot.core.scene import Person, Scene
from robot.express import keyframes, preview
from robot.express.composer import Composer
from robot.parts.registry import BODIES, Surroundings, open_part
from sim.run.duty_examiner import ON_EYES, STARE_S, eyes_of

BODY = load(Path(str(resources.files("hardware.body") / "bowlby_one.toml")))
DT = 0.02
CAUSE = Cause("test", 1.0)


def test_no_blink_and_no_glance_falls_into_an_expression_unless_it_would_be_a_stare() -> None:
    long = keyframes.load("long", "[[frame]]\nt = 0.2\nroll = 5\nhold = 7\n[[frame]]\nt = 8\n", "long")
    body = open_part(BODIES, "sim://", Surroundings(ManualClock()))
    frames = [frame for frame in preview.play(long, body) if 0.3 < frame.t < 7.0]
    body.close()
    assert min(frame.eyes.lid for frame in frames) > 0.97
    assert max(abs(frame.eyes.x) for frame in frames if frame.t < 3.0) < 0.05  # it looked for 1.3 s before
    assert max(abs(frame.eyes.x) for frame in frames if frame.t < 5.0) > 0.1  # duty 40


def test_a_newcomer_is_looked_at_before_any_glance_aside() -> None:
    composer = Composer(BODY, {}, generator(0))
    told = Telemetry(0.0, BODY.rest, armed=True)
    glances = []
    for n in range(650):
        now = n * DT
        here = (Person(1, 0.0, 0.06, 0.0, 0.0, 0.9, Band.MIDDLE, 10.0, now, now),) if now >= 10.0 else ()
        look = Look(CAUSE, person=1) if here else Look(CAUSE, pitch=0.06)
        scene = Scene(now, here, here[0].track if here else None, body=told)
        frame, _ = composer.compose(scene, Feelings(), Decision(Mode.ENGAGED, "t", (look,), fresh=True), (look,), DT)
        if here:
            glances.append(abs(frame.eyes.x) * BODY.eye_range)
    assert max(glances[:100]) < math.radians(3.0)  # two seconds


@pytest.mark.parametrize("body", ["bowlby_one", "reachy_mini"])
@pytest.mark.parametrize(("apart", "hops"), [(7.0, 0.0), (0.0, 5.0)])
def test_a_gaze_that_jumps_each_second_looks_aside_all_the_same(body: str, apart: float, hops: float) -> None:
    """Two faces beside each other, each looked at in turn; or one that is elsewhere each second."""
    description = load(Path(str(resources.files("hardware.body") / f"{body}.toml")))
    composer = Composer(description, {}, generator(0))
    told = Telemetry(0.0, description.rest, armed=True)
    met_since, longest = 0.0, 0.0
    for n in range(3000):
        now = n * DT
        odd = int(now) % 2
        bearings = [math.radians(hops * odd), math.radians(hops * odd + apart)]
        people = tuple(
            Person(k + 1, at, 0.06, 0.0, 0.0, 0.9, Band.NEAR, 0.0, now, now)
            for k, at in enumerate(bearings[: 2 if apart else 1])
        )
        look = Look(CAUSE, person=people[odd if apart else 0].track)
        scene = Scene(now, people, look.person, body=told)
        frame, _ = composer.compose(scene, Feelings(), Decision(Mode.ENGAGED, "t", (look,), fresh=True), (look,), DT)
        told = Telemetry(now, frame.pose, armed=True)
        eyes = eyes_of(frame, description)
        if all(math.dist(eyes, person.bearing(now)) > ON_EYES for person in people):
            met_since = now
        longest = max(longest, now - met_since)
    assert longest <= STARE_S


@settings(max_examples=25)
@given(head=st.floats(-0.6, 0.6), target=st.floats(-1.2, 1.2), beside=st.floats(-0.1, 0.1))
@example(head=0.2, target=1.2, beside=0.0)  # its eyes go as far as they can: there Ada is
@example(head=0.0, target=0.3, beside=0.0)
def test_nobody_is_stared_at_by_a_head_that_hands_hold(head: float, target: float, beside: float) -> None:
    reach = BODY.eye_range
    bearing = min(max(target, head - reach), head + reach) + beside
    composer = Composer(BODY, {}, generator(0))
    held = Telemetry(0.0, Pose(head_yaw=head), armed=False)
    met_since, longest = 0.0, 0.0
    for n in range(1000):
        now = n * DT
        ada = Person(1, bearing, 0.0, 0.0, 0.0, 0.9, Band.MIDDLE, 10.0, now, now)
        look = Look(CAUSE, yaw=target)
        scene = Scene(now, (ada,), 1, body=held)
        frame, _ = composer.compose(scene, Feelings(), Decision(Mode.ENGAGED, "t", (look,), fresh=True), (look,), DT)
        if math.dist(eyes_of(frame, BODY), (bearing, 0.0)) > ON_EYES:
            met_since = now
        longest = max(longest, now - met_since)
    assert longest <= STARE_S
