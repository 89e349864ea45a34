"""A preview of one expression, through the real composer and, where there is one, the body.

The scene is always the same: awake, one person straight ahead whom it looks at. Time is the expression's own: 0 is the
moment at which it begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from robot.core.clock import ManualClock, generator
from robot.core.decision import Decision, Mode
from robot.core.feelings import Feelings
from robot.core.intents import Cause, Look, Show
from robot.core.percepts import Band, Telemetry
from robot.core.scene import Person, Scene
from robot.express.composer import Composer
from robot.express.sketch import draw
from robot.parts.registry import BODIES, Surroundings, open_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.body_frame import BodyFrame
    from robot.core.intents import Intent
    from robot.express.keyframes import Expression
    from robot.parts.protocols import Body

BODY = "sim://"
DT = 0.02
BEFORE_S = 2.0  # to turn to the person first
AFTER_S = 0.3
FOLLOWS_S = 0.08  # the joints come so long after a keyframe
PERSON = Person(
    track=1,
    yaw=0.0,
    pitch=0.06,
    yaw_rate=0.0,
    pitch_rate=0.0,
    facing=0.9,
    band=Band.MIDDLE,
    since=-60.0,
    seen=0.0,
    t=0.0,
)
CALM = Feelings(exploration=0.6)
CAUSE = Cause("preview", "")


def play(expression: Expression, body: Body, strength: float = 1.0) -> list[BodyFrame]:
    """What the body shows, one frame each 20 ms; poses as its servos are told. `body` starts at robot time 0."""
    composer = Composer(body.description, {expression.name: expression}, generator(0))
    start = round(BEFORE_S / DT)
    told = Telemetry(0.0, body.description.rest, armed=True)
    frames: list[BodyFrame] = []
    for n in range(start + round((expression.duration + AFTER_S) / DT) + 1):
        now = n * DT
        for percept in body.poll(now):
            if isinstance(percept, Telemetry):
                told = percept
        intents: tuple[Intent, ...] = (Look(CAUSE, person=PERSON.track),)
        if n == start:
            intents = (*intents, Show(CAUSE, expression.name, strength))
        scene = Scene(now, (PERSON,), PERSON.track, alone_since=None, body=told)
        decision = Decision(Mode.ENGAGED, "preview", intents, fresh=n in {0, start})
        frame, _ = composer.compose(scene, CALM, decision, intents, DT)
        body.write(frame)
        if n >= start:
            frames.append(frame._replace(t=now - BEFORE_S, pose=told.pose))
    return frames


def film_strip(expression: Expression, *, frames: int = 8, strength: float = 1.0, body: str = BODY) -> np.ndarray:
    """An expression as so many pictures side by side, (h, w, 3) uint8 BGR, on the body at this address."""
    moved = opened(body)
    try:
        return strip(play(expression, moved, strength), moments(expression, frames))
    finally:
        moved.close()


def opened(address: str = BODY) -> Body:
    """A body whose robot time begins at 0. Raises PartError or ConfigError."""
    return open_part(BODIES, address, Surroundings(ManualClock()))


def moments(expression: Expression, count: int) -> list[float]:
    """`count` times that tell most: the keyframes, and between those that lie farthest apart."""
    end = expression.duration
    chosen = [0.0, *(min(t + FOLLOWS_S, end) for t in expression.times[1:-1])]
    while len(chosen) < count:
        gaps = [b - a for a, b in zip(chosen, [*chosen[1:], end], strict=True)]
        widest = max(range(len(gaps)), key=gaps.__getitem__)
        chosen.insert(widest + 1, chosen[widest] + gaps[widest] / 2)
    while len(chosen) > count:
        closest = min(range(1, len(chosen) - 1), key=lambda i: chosen[i + 1] - chosen[i - 1])
        del chosen[closest]
    return chosen


def at(frames: Sequence[BodyFrame], t: float) -> BodyFrame:
    """The frame at `t` seconds of the expression."""
    return frames[min(round(t / DT), len(frames) - 1)]


def strip(frames: Sequence[BodyFrame], times: Sequence[float]) -> np.ndarray:
    """The frames at `times` side by side with their times below, (h, w, 3) uint8 BGR."""
    pictures = []
    for t in times:
        picture = draw(at(frames, t))
        height, width = picture.shape[:2]
        cv2.putText(
            picture,
            f"{t:.2f} s",
            (width - 62, height - 9),
            cv2.FONT_HERSHEY_SIMPLEX,
            0.42,
            (70, 64, 58),
            1,
            cv2.LINE_AA,
        )
        picture[:, -2:] = 255
        pictures.append(picture)
    return np.hstack(pictures)[:, :-2]
