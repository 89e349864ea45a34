"""How a picture comes about: the room and its people painted, and what a real lens and sensor do to them.

A sensor has noise. One that is exposed automatically follows the light, somewhat behind it: before a bright window
people turn dark. What moves while the shutter is open is blurred.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from math import ceil, exp, hypot
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from robot.core.body_frame import Pose
from robot.core.clock import generator
from robot.core.kinematics import PinholeView
from sim.world.painter import paint
from sim.world.room import SUN, backdrop, table, window

if TYPE_CHECKING:
    from robot.core.body_description import CameraMount
    from sim.world.people import Figure

NOISE = 2.2  # standard deviation in grey levels
DARKEST = 1 / 64
SKY = 20.0  # how much brighter what is behind the window is than a white wall
METERED = 190.0  # mean brightness, grey levels, that an automatic exposure aims at; the room by day has about that
SETTLES_S = 0.5  # the time constant with which it gets there
LEAST_GAIN, MOST_GAIN = 1 / 16, 8.0
STEP_PX = 1.5  # what moves is painted once for so many pixels of its way
MOST_MOMENTS = 8


class Sensor(NamedTuple):
    """How the camera takes its pictures."""

    noise: float = NOISE
    automatic: bool = False  # its exposure follows the light
    shutter_s: float = 0.0  # for how long it is open; 0 is too short for anything to blur


class ExposureMoment(NamedTuple):
    """Where the head and everybody was at a time."""

    t: float
    pose: Pose
    figures: tuple[Figure, ...]


class ImageSensor:
    """Paints what the camera sees. The room, out of focus at half size, is kept while the head is still."""

    def __init__(self, mount: CameraMount, seed: int = 0, sensor: Sensor | None = None) -> None:
        self._mount = mount
        self._sensor = sensor or Sensor()
        self._at: Pose | None = None
        self._room: np.ndarray = np.empty(0, np.uint8)
        self._gain = 1.0
        self._exposed: float | None = None  # when the exposure was set last
        self._seed = seed

    @cached_property
    def _grain(self) -> tuple[np.ndarray, np.ndarray]:
        """By how much the sensor's noise makes places brighter and darker; drawn for the first picture."""
        shape = (self._mount.height + 64, self._mount.width + 64, 3)
        chance = generator(self._seed)
        noise = (chance.standard_normal(shape, np.float32) * np.float32(self._sensor.noise)).round()
        brighter, darker = (np.clip(one, 0, 255).astype(np.uint8) for one in (noise, -noise))
        return brighter, darker

    def black(self) -> np.ndarray:
        """What a covered lens lets through."""
        return np.zeros((self._mount.height, self._mount.width, 3), np.uint8)

    def develop(
        self,
        t: float,
        pose: Pose,
        figures: tuple[Figure, ...],
        light: float = 1.0,
        before: ExposureMoment | None = None,
    ) -> np.ndarray:
        """The picture at a moment, (h, w, 3) uint8 BGR. `light` goes from 1, daylight, to 0. `before`: how it was a
        little earlier, from which the shutter knows what moves.
        """
        moments = self._moments(ExposureMoment(t, pose, figures), before)
        if len(moments) == 1:
            image, sky = self._painted(moments[0])
        else:
            blurred = np.zeros((self._mount.height, self._mount.width, 3), np.float32)
            for moment in moments:
                image, sky = self._painted(moment)
                cv2.accumulate(image, blurred)
            image = cv2.convertScaleAbs(blurred, alpha=1 / len(moments))
        amplified = 1.0
        if self._sensor.automatic:
            gain = self._gain_at(t, image, sky, light)
            image = cv2.convertScaleAbs(image, alpha=max(light, DARKEST) * gain)
            if sky is not None:
                image[sky] = np.minimum(np.float32(SKY) * image[sky], 255)
            amplified = max(gain, 1.0)
        elif light < 1:
            image = cv2.convertScaleAbs(image, alpha=max(light, DARKEST))
        return self._noisy(image, t, amplified)

    def _painted(self, moment: ExposureMoment) -> tuple[np.ndarray, np.ndarray | None]:
        """The picture by day, and where in it is the sky, (h, w) bool, if that matters and is in view."""
        view = PinholeView(self._mount, moment.pose)
        if self._at != moment.pose:
            half = backdrop(PinholeView(self._mount, moment.pose, view.width // 2, view.height // 2))
            self._room, self._at = cv2.resize(half, (view.width, view.height)), moment.pose
        image = self._room.copy()
        for figure in sorted(moment.figures, key=lambda one: -hypot(one.x, one.y)):
            paint(image, view, figure, SUN)
        table(image, view)
        pane = window(view) if self._sensor.automatic else None
        return image, None if pane is None else pane & (image == self._room).all(axis=2)

    def _gain_at(self, t: float, image: np.ndarray, sky: np.ndarray | None, light: float) -> float:
        """The exposure goes towards the metered brightness, as far as the time since the last picture lets it."""
        mean = float(image[::4, ::4, 1].mean())
        if sky is not None:
            mean += (SKY - 1) * float((image[::4, ::4, 1] * sky[::4, ::4]).mean())
        wanted = min(max(METERED / max(light * mean, 1.0), LEAST_GAIN), MOST_GAIN)
        share = 1.0 if self._exposed is None else 1 - exp((self._exposed - t) / SETTLES_S)
        self._gain *= (wanted / self._gain) ** share
        self._exposed = t
        return self._gain

    def _noisy(self, image: np.ndarray, t: float, amplified: float) -> np.ndarray:
        """With the sensor's noise, which grows with the amplification."""
        shift = int(t * 1000) * 7919
        down, across = shift % 64, shift // 64 % 64
        part = slice(down, down + self._mount.height), slice(across, across + self._mount.width)
        brighter, darker = (grain[part] for grain in self._grain)
        if amplified > 1:
            brighter, darker = (cv2.convertScaleAbs(one, alpha=amplified) for one in (brighter, darker))
        cv2.add(image, brighter, dst=image)
        return cv2.subtract(image, darker, dst=image)

    def _moments(self, now: ExposureMoment, before: ExposureMoment | None) -> list[ExposureMoment]:
        """What to paint for the time in which the shutter is open; only `now` where nothing moves far enough."""
        if not self._sensor.shutter_s or before is None or now.t <= before.t:
            return [now]
        share = self._sensor.shutter_s / (now.t - before.t)
        opened = _between(now, before, share)
        count = min(ceil(self._way_px(opened, now) / STEP_PX), MOST_MOMENTS)
        if count <= 1:
            return [now]
        return [_between(now, opened, k / count) for k in range(count)]

    def _way_px(self, one: ExposureMoment, other: ExposureMoment) -> float:
        """How far what is in view has moved in the picture between two moments; the most of room and people."""
        first, last = PinholeView(self._mount, one.pose), PinholeView(self._mount, other.pose)
        r = last.rotation
        ahead = (last.eye[0] + 2 * r[0], last.eye[1] + 2 * r[3], last.eye[2] + 2 * r[6])
        were = {figure.id: figure for figure in one.figures}
        places = [(ahead, ahead)]
        for figure in other.figures:
            was = were.get(figure.id, figure)
            places.append(((was.x, was.y, was.z), (figure.x, figure.y, figure.z)))
        most = 0.0
        for start, end in places:
            a, b = first.project(*start), last.project(*end)
            if a is not None and b is not None:
                most = max(most, hypot(a.u - b.u, a.v - b.v))
        return most


def _between(now: ExposureMoment, before: ExposureMoment, share: float) -> ExposureMoment:
    """So large a share of the way back from `now` to `before`; beyond it where it is more than 1."""
    were = {figure.id: figure for figure in before.figures}
    pose = Pose(*(a + share * (b - a) for a, b in zip(now.pose, before.pose, strict=True)))
    figures = tuple(_moved(figure, were.get(figure.id, figure), share) for figure in now.figures)
    return ExposureMoment(now.t + share * (before.t - now.t), pose, figures)


def _moved(figure: Figure, was: Figure, share: float) -> Figure:
    return replace(figure, x=figure.x + share * (was.x - figure.x), y=figure.y + share * (was.y - figure.y))
