"""The simulator's camera: it sits in the robot's moving head and takes pictures at fixed moments of robot time.

With `senses` "pixels" a picture is painted and the real detector looks at it; with "truth" the faces are projected
instead, within what a detector could see, which costs almost nothing.
"""

from __future__ import annotations

from functools import partial
from math import atan2, cos, hypot, sin, sqrt
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import parse_qsl, urlsplit

import cv2
import numpy as np

from robot.clock import generator
from robot.errors import ConfigError
from robot.kinematics import View, wrap
from robot.messages import Condition, Health
from robot.parts import Detection, Picture
from sim.painter import paint
from sim.room import SUN, backdrop, table

if TYPE_CHECKING:
    from robot.description import BodyDescription, CameraMount
    from robot.messages import Pose
    from robot.parts import Surroundings
    from sim.people import Figure

FPS, LATENCY_S = 10.0, 0.06
FACE_H, FACE_W = 0.20, 0.145  # how a detector boxes a face, m
EYES, MOUTH = (0.033, 0.082, 0.004), (0.024, 0.083, -0.058)  # aside, before and above the middle of the head, m
NOSE = (0.113, -0.024)  # before and above
LEAST_PX = 18.0  # smaller faces are not found
MOST_TURN = 1.05  # rad, nor those turned further away
MOST_TILT = 0.7  # nor those that tilt further in the picture
NOISE = 2.2  # of the sensor, standard deviation in grey levels
DARKEST = 1 / 64


class Place(Protocol):
    """What the camera asks of the world it is in."""

    description: BodyDescription
    figures: tuple[Figure, ...]
    pose: Pose
    light: float
    senses: str

    def advance(self, now: float) -> None: ...


def open_camera(address: str, around: Surroundings) -> SimCamera:
    """`sim://?fps=10&latency=0.06`. Raises ConfigError for another option."""
    options = {"fps": FPS, "latency": LATENCY_S}
    for key, value in parse_qsl(urlsplit(address).query, keep_blank_values=True):
        try:
            if key not in options:
                raise ConfigError(
                    f"{key!r} is no option of the simulated camera", place=address, remedy="use fps, latency"
                )
            options[key] = float(value)
        except ValueError as error:
            raise ConfigError(f"{key} must be a number, not {value!r}", place=address) from error
    if not (0.1 <= options["fps"] <= 50 and 0 <= options["latency"] <= 1):
        raise ConfigError("fps goes from 0.1 to 50 and latency from 0 to 1 s", place=address)
    if around.place is None:
        raise ConfigError(
            "the simulated camera needs a simulated world",
            place=address,
            remedy="use `bowlby sim`, or a camera's address",
        )
    return SimCamera(cast("Place", around.place), around, options["fps"], options["latency"])


class SimCamera:
    """A robot.parts.Camera that keeps step with robot time."""

    def __init__(self, place: Place, around: Surroundings, fps: float, latency: float) -> None:
        self._place, self._around = place, around
        self._mount = place.description.camera
        self._period = 1 / fps
        self._due = 0.0
        self._darkroom = Darkroom(self._mount, around.seed)
        self.latency: float | None = latency

    def poll(self, now: float) -> Picture | None:
        if now < self._due - 1e-9:
            return None
        self._due = max(self._due + self._period, now + self._period / 2)
        place = self._place
        place.advance(now)
        believed = place.pose if self._around.pose_at is None else self._around.pose_at(now)
        if place.senses == "truth":
            return Picture(now, believed, detections=detections(self._mount, place.pose, place.figures))
        develop = partial(self._darkroom.develop, now, place.pose, place.figures, place.light)
        return Picture(now, believed, develop=develop)

    def health(self) -> Health:
        return Health("camera", Condition.OK, f"simulated, {1 / self._period:g} pictures a second")

    def close(self) -> None:
        self._due = float("inf")


class Darkroom:
    """Paints what the camera sees. The room, out of focus at half size, is kept while the head is still."""

    def __init__(self, mount: CameraMount, seed: int = 0) -> None:
        self._mount = mount
        self._at: Pose | None = None
        self._room: np.ndarray = np.empty(0, np.uint8)
        chance = generator(seed)
        shape = (mount.height + 64, mount.width + 64, 3)
        noise = (chance.standard_normal(shape, np.float32) * np.float32(NOISE)).round()
        self._brighter, self._darker = (np.maximum(one, 0).astype(np.uint8) for one in (noise, -noise))

    def develop(self, t: float, pose: Pose, figures: tuple[Figure, ...], light: float = 1.0) -> np.ndarray:
        """The picture at a moment, (h, w, 3) uint8 BGR. `light` goes from 1, daylight, to 0."""
        view = View(self._mount, pose)
        if self._at != pose:
            half = backdrop(View(self._mount, pose, view.width // 2, view.height // 2))
            self._room, self._at = cv2.resize(half, (view.width, view.height)), pose
        image = self._room.copy()
        for figure in sorted(figures, key=lambda one: -hypot(one.x, one.y)):
            paint(image, view, figure, SUN)
        table(image, view)
        if light < 1:
            image = cv2.convertScaleAbs(image, alpha=max(light, DARKEST))
        shift = int(t * 1000) * 7919
        down, across = shift % 64, shift // 64 % 64
        part = slice(down, down + view.height), slice(across, across + view.width)
        cv2.add(image, self._brighter[part], dst=image)
        return cv2.subtract(image, self._darker[part], dst=image)


def detections(mount: CameraMount, pose: Pose, figures: tuple[Figure, ...]) -> tuple[Detection, ...]:
    """The faces that a detector would find, projected: in the picture, large enough, turned to us, not hidden."""
    view = View(mount, pose)
    found: list[tuple[float, Detection]] = []
    for figure in figures:
        one = _detection(view, figure)
        if one is not None:
            found.append(one)
    if len(found) > 1:
        found.sort()
        found = [one for i, one in enumerate(found) if not any(_hides(near[1], one[1]) for near in found[:i])]
    return tuple(one for _, one in found)


def _detection(view: View, figure: Figure) -> tuple[float, Detection] | None:
    """Distance and detection."""
    pixel = view.project(figure.x, figure.y, figure.z)
    if pixel is None or not view.contains(pixel.u, pixel.v):
        return None
    scale = view.focal / pixel.depth
    if scale * FACE_H < LEAST_PX:
        return None
    ex, ey, ez = view.eye
    turn = wrap(figure.heading - atan2(ey - figure.y, ex - figure.x))
    r7, r8 = view.rotation[7], view.rotation[8]
    if abs(turn) > MOST_TURN or abs(atan2(r7, r8)) > MOST_TILT:
        return None
    c, s = scale * cos(turn), scale * sin(turn)
    length = sqrt(r7 * r7 + r8 * r8) or 1.0
    along, down = r8 / length, -r7 / length  # the picture of the level, which tilts with the head
    u, v = pixel.u, pixel.v
    below = (figure.z - ez) / hypot(figure.x - ex, figure.y - ey)  # seen from below, what stands out looks higher

    def place(left: float, forward: float, up: float) -> tuple[float, float]:
        """A place on the head, to the person's left, before and above its middle."""
        aside, rise = left * c + forward * s, up * scale + below * (forward * c - left * s)
        return u + aside * along + rise * down, v + aside * -down - rise * along

    aside, before, up = EYES
    wide, front, low = MOUTH
    marks = (
        place(-aside, before, up),
        place(aside, before, up),
        place(0.0, *NOSE),
        place(-wide, front, low),
        place(wide, front, low),
    )
    width, height = FACE_W * scale, FACE_H * scale
    u, v = place(0.0, 0.04, -0.015)
    return pixel.depth, Detection((u - width / 2, v - height / 2, width, height), marks, 0.9, figure.look.shirt)


def _hides(near: Detection, far: Detection) -> bool:
    """Whether a nearer head covers more than a third of a face."""
    x, y, width, height = near.box
    fx, fy, wide, high = far.box
    x, width, y, height = x - 0.1 * width, 1.2 * width, y - 0.15 * height, 4 * height  # with hair and shoulders
    across = min(x + width, fx + wide) - max(x, fx)
    along = min(y + height, fy + high) - max(y, fy)
    return across > 0 and along > 0 and across * along > 0.33 * wide * high
