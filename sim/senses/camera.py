"""The simulator's camera: it sits in the robot's moving head and takes pictures at fixed moments of robot time.

With `senses` "pixels" a picture is painted and the real detector looks at it; with "truth" the faces are projected
instead, within what a detector could see, which costs almost nothing.
"""

from __future__ import annotations

from functools import partial
from math import atan2, cos, hypot, sin, sqrt
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import parse_qsl, urlsplit

from robot.core.condition import Condition, Health
from robot.core.errors import ConfigError
from robot.core.kinematics import PinholeView, wrap
from robot.parts.protocols import Detection, Picture
from robot.texts.sentence import sentence
from sim.senses.image_sensor import NOISE, ExposureMoment, ImageSensor, Sensor
from sim.world.people import BUILDS
from sim.world.world import Lens

if TYPE_CHECKING:
    from robot.core.body_description import BodyDescription, CameraMount
    from robot.core.body_frame import Pose
    from robot.parts.registry import Surroundings
    from sim.world.people import Figure

FPS, LATENCY_S = 10.0, 0.06
FACE_H, FACE_W = 0.20, 0.145  # how a detector boxes a face, m
EYES, MOUTH = (0.033, 0.082, 0.004), (0.024, 0.083, -0.058)  # aside, before and above the middle of the head, m
NOSE = (0.113, -0.024)  # before and above
LEAST_PX = 18.0  # smaller faces are not found
MOST_TURN = 1.05  # rad, nor those turned further away
MOST_TILT = 0.7  # nor those that tilt further in the picture
OPTIONS = {  # of the address: what is usual, least and most
    "fps": (FPS, 0.1, 50.0),
    "latency": (LATENCY_S, 0.0, 1.0),
    "noise": (NOISE, 0.0, 60.0),
    "automatic": (0.0, 0.0, 1.0),
    "shutter": (0.0, 0.0, 0.1),
}
UNCOVER = sentence("health.uncover_or_plug")
TROUBLES = {
    Lens.covered: Health("camera", Condition.FAULT, sentence("health.lens_covered"), UNCOVER, "camera_dark"),
    Lens.frozen: Health("camera", Condition.FAULT, sentence("health.lens_frozen"), UNCOVER, "camera_frozen"),
}


class CameraWorld(Protocol):
    """What the camera asks of the world it is in."""

    description: BodyDescription
    figures: tuple[Figure, ...]
    pose: Pose
    senses: str
    lens: Lens

    @property
    def light(self) -> float: ...

    def advance(self, now: float) -> None: ...


def open_camera(address: str, around: Surroundings) -> SimCamera:
    """`sim://?fps=10&latency=0.06&noise=2.2&automatic=0&shutter=0`. Raises ConfigError for another option."""
    options = {key: usual for key, (usual, _, _) in OPTIONS.items()}
    for key, value in parse_qsl(urlsplit(address).query, keep_blank_values=True):
        if key not in OPTIONS:
            raise ConfigError(
                f"{key!r} is no option of the simulated camera", place=address, remedy=f"use {', '.join(OPTIONS)}"
            )
        _, least, most = OPTIONS[key]
        try:
            options[key] = float(value)
        except ValueError as error:
            raise ConfigError(f"{key} must be a number, not {value!r}", place=address) from error
        if not least <= options[key] <= most:
            raise ConfigError(f"{key} goes from {least:g} to {most:g}", place=address, remedy=f"it is {value} now")
    if around.place is None:
        raise ConfigError(
            "the simulated camera needs a simulated world",
            place=address,
            remedy="use `bowlby sim`, or a camera's address",
        )
    sensor = Sensor(options["noise"], options["automatic"] > 0, options["shutter"])
    return SimCamera(cast("CameraWorld", around.place), around, options["fps"], options["latency"], sensor)


class SimCamera:
    """A robot.parts.Camera that keeps step with robot time."""

    def __init__(self, place: CameraWorld, around: Surroundings, fps: float, latency: float, sensor: Sensor) -> None:
        self._place, self._around = place, around
        self._mount = place.description.camera
        self._period = 1 / fps
        self._due = 0.0
        self._shutter = sensor.shutter_s > 0
        self._darkroom = ImageSensor(self._mount, around.seed, sensor)
        self._frozen: tuple[float, Pose, tuple[Figure, ...], float] | None = None
        self._before: ExposureMoment | None = None  # how it was at the last poll, where a shutter wants to know
        self.latency: float | None = latency

    def poll(self, now: float) -> Picture | None:
        place = self._place
        if now < self._due - 1e-9:
            if self._shutter:
                place.advance(now)
                self._before = ExposureMoment(now, place.pose, place.figures)
            return None
        self._due = max(self._due + self._period, now + self._period / 2)
        place.advance(now)
        believed = place.pose if self._around.pose_at is None else self._around.pose_at(now)
        shot = now, place.pose, place.figures, place.light
        if place.lens is Lens.frozen:
            self._frozen = shot = self._frozen or shot
        else:
            self._frozen = None
        covered = place.lens is Lens.covered
        if place.senses == "truth":
            found = () if covered else detections(self._mount, shot[1], shot[2])
            return Picture(now, believed, detections=found)
        if covered:
            return Picture(now, believed, develop=self._darkroom.black)
        before = self._before if self._frozen is None else None
        return Picture(now, believed, develop=partial(self._darkroom.develop, *shot, before))

    def health(self) -> Health:
        if self._place.senses == "truth" and self._place.lens in TROUBLES:  # there are no pixels to tell it by
            return TROUBLES[self._place.lens]
        return Health("camera", Condition.OK, sentence("health.simulated_pictures", rate=1 / self._period))

    def close(self) -> None:
        self._due = float("inf")


def detections(mount: CameraMount, pose: Pose, figures: tuple[Figure, ...]) -> tuple[Detection, ...]:
    """The faces that a detector would find, projected: in the picture, large enough, turned to us, not hidden."""
    view = PinholeView(mount, pose)
    found: list[tuple[float, Detection]] = []
    for figure in figures:
        one = _detection(view, figure)
        if one is not None:
            found.append(one)
    if len(found) > 1:
        found.sort()
        found = [one for i, one in enumerate(found) if not any(_hides(near[1], one[1]) for near in found[:i])]
    return tuple(one for _, one in found)


def _detection(view: PinholeView, figure: Figure) -> tuple[float, Detection] | None:
    """Distance and detection."""
    pixel = view.project(figure.x, figure.y, figure.z)
    if pixel is None or not view.contains(pixel.u, pixel.v):
        return None
    scale = view.focal / pixel.depth * BUILDS[figure.look.age].head
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
