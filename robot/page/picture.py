"""The live messages: a tick as the small JSON that moves the 3D picture, a camera picture as JPEG with its faces."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import cv2

from robot.decide.decision import Mode
from robot.kinematics import Bearing, View
from robot.messages import Band

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from robot.description import BodyDescription
    from robot.messages import FacesSeen
    from robot.page.controls import FigureView
    from robot.tick import Tick

JPEG_QUALITY = 78
GUESSED_M = {
    Band.NEAR: 0.7,
    Band.MIDDLE: 1.5,
    Band.FAR: 2.6,
}  # where a face is drawn of which only the bearing is known


def pose_message(tick: Tick, body: BodyDescription, figures: Sequence[FigureView] | None) -> str:
    """The moving parts of a tick. `figures` None: people are drawn where their bearings point."""
    told = tick.scene.body
    pose = tick.frame.pose if told is None or not told.link else told.pose
    eyes, light = tick.frame.eyes, tick.frame.light
    people = _guessed(tick, body) if figures is None else [[*_rounded(figure), False] for figure in figures]
    return json.dumps(
        {
            "k": "pose",
            "n": tick.n,
            "t": round(tick.t, 3),
            "p": [round(angle, 4) for angle in pose],
            "e": [round(eyes.x, 3), round(eyes.y, 3), round(eyes.lid, 3), round(eyes.size, 3)],
            "c": [*eyes.colour, round(eyes.brightness, 2)],
            "l": [*light.colour, round(light.brightness, 2), round(light.fill, 3)],
            "people": people,
            "at": _looked_at(tick, people),
            "awake": tick.decision.mode not in {Mode.ASLEEP, Mode.BOOT},
        },
        separators=(",", ":"),
    )


def _rounded(figure: FigureView) -> list[str | float]:
    return [figure.id, figure.name, *(round(value, 3) for value in figure[2:])]


def _guessed(tick: Tick, body: BodyDescription) -> list[list[str | float | bool]]:
    out: list[list[str | float | bool]] = []
    for person in tick.scene.people:
        away = GUESSED_M[person.band]
        level = away * math.cos(person.pitch)
        x, y = level * math.cos(person.yaw), level * math.sin(person.yaw)
        z = body.camera.height_m + away * math.sin(person.pitch)
        heading = math.remainder(person.yaw + math.pi, 2 * math.pi)
        name = f"#{person.track}"
        out.append([name, name, round(x, 3), round(y, 3), round(z, 3), round(heading, 3), True])
    return out


def _looked_at(tick: Tick, people: Sequence[Sequence[str | float | bool]]) -> str | float | bool | None:
    """Whoever of the people shown stands nearest to the bearing of the focus, within 15 degrees."""
    focus = tick.scene.focused
    if focus is None or not people:
        return None
    off = [abs(math.remainder(math.atan2(float(p[3]), float(p[2])) - focus.yaw, 2 * math.pi)) for p in people]
    least = min(range(len(off)), key=off.__getitem__)
    return people[least][0] if off[least] < math.radians(15) else None


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
    view = View(body.camera, seen.head, width, height)
    eyes, pose = tick.frame.eyes, seen.head
    pixel = view.at(
        Bearing(pose.yaw + eyes.x * body.eye_range, pose.neck_pitch + eyes.y * body.eye_range), GUESSED_M[Band.MIDDLE]
    )
    if pixel is None or not view.contains(pixel.u, pixel.v):
        return None
    return round(pixel.u, 1), round(pixel.v, 1)


def jpeg(image: np.ndarray) -> bytes:
    """A BGR picture as JPEG; about 1 ms for 480x360, with the interpreter free meanwhile."""
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return data.tobytes()
