"""A robot that is only ticks: what a page sees of one."""

from __future__ import annotations

import math

import numpy as np

from robot.core.body_frame import BodyFrame, Eyes, Light, Pose
from robot.core.decision import Bid, Decision, Mode
from robot.core.feelings import Feelings
from robot.core.intents import Cause, Look, Verdict
from robot.core.percepts import Band, Face, FacesSeen, Telemetry
from robot.core.scene import Person, Scene
from robot.core.tick import Clip, Tick
from robot.core.voice_commands import Speech, VoiceCommand
from robot.texts.sentence import sentence
from tests.support.noted_controls import Asked, OneStage

PICTURE = np.full((360, 480, 3), 70, np.uint8)
PICTURE[120:180, 300:350] = (120, 160, 210)
ANSWER = "Hello! I am a robot."


def tick(n: int, asked: Asked, *, mode: Mode = Mode.ENGAGED, voice: tuple[VoiceCommand, ...] = ()) -> Tick:
    """The `n`th tick of a robot that looks at Anna, wherever she is."""
    t = n * 0.02
    anna = OneStage().anna if asked.stage is None else asked.stage.anna
    yaw, pitch = math.atan2(anna.y, anna.x), math.atan2(anna.z - 0.3, math.hypot(anna.x, anna.y))
    pose = Pose(0.6 * yaw, pitch, 0.05 * math.sin(t), 0.4 * yaw, 0.1, 0.1)
    face = Face(3, yaw, pitch, 0.1, (300.0, 120.0, 50.0, 60.0), 0.9, 1.0, Band.MIDDLE, confirmed=True)
    telemetry = Telemetry(t, pose, armed=not asked.waits, waits=asked.waits)
    person = Person(3, yaw, pitch, 0.0, 0.0, 1.0, Band.MIDDLE, 0.0, t, t)
    cause = Cause("somebody_came", 3, sentence("cause.at_arousal", level=0.12))
    bids = (Bid("greet", 0.82), Bid("idle", 0.2))
    decision = Decision(mode, "greet", (Look(cause, person=3),), bids, fresh=True)
    clips = tuple(
        Clip(say.request, say.text, 0.1 * np.sin(np.arange(20 * 22050, dtype=np.float32) * 0.1), 22050)
        for say in voice
        if isinstance(say, Speech)
    )
    return Tick(
        n,
        t,
        (telemetry, FacesSeen(t, (face,), pose, image=PICTURE))
        if n % 5 == 0 and mode is not Mode.ASLEEP
        else (telemetry,),
        Scene(t, (person,), 3, "facing", body=telemetry, need=asked.need),
        Feelings(0.3, 0.6, 0.55),
        decision,
        decision.intents,
        (Verdict(1, "added", "say i_am_a_robot", sentence("verdict.must_know_it_is_no_person")),) if n > 10 else (),
        BodyFrame(t, pose, Eyes(), Light()),
        voice,
        clips,
        0.0,
        (),
    )
