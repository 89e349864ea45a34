"""The live messages: a tick as the small JSON that moves the 3D picture, a camera picture as JPEG with its faces."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, NamedTuple

from robot.core.decision import Mode
from robot.core.kinematics import Bearing, PinholeView, wrap
from robot.core.percepts import Band

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from robot.core.body_description import BodyDescription
    from robot.core.body_frame import Pose
    from robot.core.percepts import FacesSeen
    from robot.core.scene import Person
    from robot.core.tick import Tick
    from robot.page.playback_api import FigureView

JPEG_QUALITY = 78
GUESSED_M = {
    Band.NEAR: 0.7,
    Band.MIDDLE: 1.5,
    Band.FAR: 2.6,
}  # where a face is drawn of which only the bearing is known


def pose_message(tick: Tick, body: BodyDescription, figures: Sequence[FigureView] | None) -> str:
    """The moving parts of a tick. `figures` None: people are drawn where their bearings point."""
    pose = _pose(tick)
    eyes, light, feelings = tick.frame.eyes, tick.frame.light, tick.feelings
    if figures is None:
        people = [_guessed(person, body) for person in tick.scene.people]
    else:
        people = [_placed(figure) for figure in figures]
    return json.dumps(
        {
            "k": "pose",
            "n": tick.n,
            "t": round(tick.t, 3),
            "p": [round(angle, 4) for angle in pose],
            "e": [round(eyes.x, 3), round(eyes.y, 3), round(eyes.lid, 3), round(eyes.size, 3)],
            "c": [*eyes.colour, round(eyes.brightness, 2)],
            "l": [*light.colour, round(light.brightness, 2), round(light.fill, 3)],
            "f": [round(value, 3) for value in (feelings.arousal, feelings.comfort, feelings.exploration)],
            "people": people,
            "at": _looked_at(tick, people),
            "awake": tick.decision.mode not in {Mode.ASLEEP, Mode.BOOT},
        },
        separators=(",", ":"),
    )


def _pose(tick: Tick) -> Pose:
    """Where the body is: by its own word, or what it was last told."""
    told = tick.scene.body
    return tick.frame.pose if told is None or not told.link else told.pose


class Shown(NamedTuple):
    """Somebody in the 3D picture; `guess` when only a bearing is known."""

    id: str
    name: str
    x: float
    y: float
    z: float
    heading: float
    guess: bool
    colours: tuple[str, str, str] | None
    build: tuple[float, float] = (1.0, 1.0)
    sits: bool = False
    asleep: bool = False


def _placed(figure: FigureView) -> Shown:
    x, y, z, heading = (round(value, 3) for value in (figure.x, figure.y, figure.z, figure.heading))
    seen = (figure.colours, figure.build, figure.sits, figure.asleep)
    return Shown(figure.id, figure.name, x, y, z, heading, False, *seen)


def _guessed(person: Person, body: BodyDescription) -> Shown:
    away = GUESSED_M[person.band]
    level = away * math.cos(person.pitch)
    x, y = round(level * math.cos(person.yaw), 3), round(level * math.sin(person.yaw), 3)
    z = round(body.camera.height_m + away * math.sin(person.pitch), 3)
    heading = round(wrap(person.yaw + math.pi), 3)
    name = f"#{person.track}"
    return Shown(id=name, name=name, x=x, y=y, z=z, heading=heading, guess=True, colours=None)


def _looked_at(tick: Tick, people: Sequence[Shown]) -> str | None:
    """Whoever of the people shown stands nearest to the bearing of the focus, within 15 degrees."""
    focus = tick.scene.focused
    if focus is None or not people:
        return None
    off = [abs(wrap(math.atan2(one.y, one.x) - focus.yaw)) for one in people]
    least = min(off)
    return people[off.index(least)].id if least < math.radians(15) else None


def faces_message(seen: FacesSeen, tick: Tick, body: BodyDescription) -> str:
    """What was made of a picture: faces as [track, x, y, width, height, confirmed] in pixels, and the gaze's pixel."""
    faces = [[face.track, *(round(edge, 1) for edge in face.box), face.confirmed] for face in seen.faces]
    return json.dumps(
        {
            "k": "faces",
            "t": round(seen.t, 3),
            "faces": faces,
            "focus": tick.scene.focus,
            "gaze": _gaze(seen, tick, body),
        },
        separators=(",", ":"),
    )


def _gaze(seen: FacesSeen, tick: Tick, body: BodyDescription) -> tuple[float, float] | None:
    """Where the eyes point, as a pixel of the picture, when it is in it."""
    if seen.image is None or tick.decision.mode is Mode.ASLEEP:
        return None
    height, width = seen.image.shape[:2]
    view = PinholeView(body.camera, seen.head, width, height)
    eyes, pose = tick.frame.eyes, _pose(tick) if seen.lent else seen.head  # a camera on the head has turned with it
    pixel = view.at(
        Bearing(pose.yaw + eyes.x * body.eye_range, pose.neck_pitch + eyes.y * body.eye_range), GUESSED_M[Band.MIDDLE]
    )
    if pixel is None or not view.contains(pixel.u, pixel.v):
        return None
    return round(pixel.u, 1), round(pixel.v, 1)


def jpeg(image: np.ndarray) -> bytes:
    """A BGR picture as JPEG; about 1 ms for 480x360, with the interpreter free meanwhile."""
    import cv2  # noqa: PLC0415 - 24 MiB, for nothing where there is no camera

    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return data.tobytes()
