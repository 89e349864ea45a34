"""Scenes for sight that tests and benchmarks share: two people who cross, and bad light."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from robot.core.body_frame import Pose
from robot.core.clock import generator
from sim.world.people import BUILDS, Age, Figure, look_of
from tests.support.stage import ONE, Stage, certain, truth

if TYPE_CHECKING:
    from robot.core.percepts import FacesSeen
    from sim.senses.image_sensor import ImageSensor


class Crossing(NamedTuple):
    """Two people at different distances meet in the middle after 2 s: they pass each other, or both turn back there.

    After passing, the farther one leaves, and comes back within 5 s on the same side.
    """

    seed: int
    near: float
    far: float
    near_speed: float
    far_speed: float
    turns_back: bool
    pause: float
    gap: float
    looks: tuple[int, int]

    @classmethod
    def drawn(cls, seed: int) -> Crossing:
        chance = generator(seed)
        near, far = chance.uniform(1.0, 1.5), chance.uniform(1.5, 2.1)
        speeds = chance.uniform(0.3, 0.9, 2)
        one, other = chance.permutation(10)[:2].tolist()
        return cls(
            seed,
            float(near),
            float(far),
            float(speeds[0]),
            float(speeds[1]),
            bool(chance.random() < 0.4),
            float(chance.uniform(0, 0.6)),
            float(chance.uniform(0.5, 2.5)),
            (one, other),
        )

    @property
    def seconds(self) -> float:
        return 4.5 if self.turns_back else self._leaves + self.gap + 2.5

    @property
    def _leaves(self) -> float:
        return 2 + 1.25 * self.far / self.far_speed

    def figures(self, now: float) -> tuple[Figure, Figure]:
        left = 2.0 - now
        if self.turns_back and left < 0:
            left = min(0.0, left + self.pause)
            left = -left
        near_y = max(self.near_speed * left, -0.75)
        far_y = -self.far_speed * left
        if not self.turns_back and now > self._leaves:
            edge, back = 1.25 * self.far, now - self._leaves - self.gap
            far_y = edge + 0.3 if back < 0 else max(edge - self.far_speed * back, 0.3)
        return self._figure(1, self.near, near_y, now), self._figure(2, self.far, far_y, now)

    def _figure(self, number: int, x: float, y: float, now: float) -> Figure:
        heading = math.atan2(-y, -x) + 0.2 * math.sin(now + number)
        return Figure(number, x, y, 0.42 + 0.03 * number, heading=heading, look=look_of(self.looks[number - 1]))

    def swaps(self, senses: str) -> int:
        """How often a track changed from one person to the other."""
        stage = Stage(senses)
        there: dict[float, tuple[Figure, ...]] = {}

        def script(now: float) -> None:
            stage.pose = Pose(base_yaw=0.12 * math.sin(now + self.seed), neck_pitch=0.08 + 0.03 * math.sin(1.3 * now))
            stage.figures = there[round(now, 3)] = self.figures(now)

        owner: dict[int, int] = {}
        swaps = 0
        for seen in stage.watch(self.seconds, script, seed=self.seed):
            for track, person in _recognised(seen, there[round(seen.t, 3)]):
                swaps += owner.setdefault(track, person) != person
                owner[track] = person
        return swaps


def _recognised(seen: FacesSeen, figures: tuple[Figure, ...]) -> list[tuple[int, int]]:
    """Which person each sure face is, where that is beyond doubt."""
    pairs = []
    for face in certain(seen):
        off = sorted((abs(truth(one).yaw - face.yaw) + abs(truth(one).pitch - face.pitch), one.id) for one in figures)
        if off[0][0] < 0.05 and off[1][0] > 0.1:
            pairs.append((face.track, off[0][1]))
    return pairs


def against_the_light(image_sensor: ImageSensor, t: float, pose: Pose, figure: Figure, share: float) -> np.ndarray:
    """A picture of somebody before a bright window: only so large a share of the light falls on them."""
    picture, empty = image_sensor.develop(t, pose, (figure,)), image_sensor.develop(t, pose, ())
    differs = (cv2.absdiff(picture, empty).max(axis=2) > 6).astype(np.uint8)
    closed = cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)).astype(np.float32)
    mask = cv2.GaussianBlur(closed, (0, 0), 1.0)[..., None]
    noise = generator(round(1000 * t)).normal(0, 2.2, picture.shape)
    mixed = mask * picture * share + (1 - mask) * np.minimum(picture * 1.25 + 20, 255) + noise
    return _grey_levels(mixed)


def _grey_levels(values: np.ndarray) -> np.ndarray:
    limited: np.ndarray = np.clip(values, 0, 255).astype(np.uint8)
    return limited


def noisy(image_sensor: ImageSensor, t: float, pose: Pose, figure: Figure, sigma: float) -> np.ndarray:
    """A picture with strong noise, standard deviation in grey levels."""
    picture = image_sensor.develop(t, pose, (figure,))
    return _grey_levels(picture + generator(round(1000 * t)).normal(0, sigma, picture.shape))


def swaying(person: int, k: int, pixels: float, age: Age = Age.adult) -> tuple[Pose, Figure]:
    """Somebody with a face of so many pixels who moves a little, seen by a head that does too; the k-th picture."""
    away = ONE.camera.focal_px * 0.2 * BUILDS[age].head / pixels + ONE.camera.forward_m
    y = 0.06 * math.sin(0.2 * k)
    heading = math.atan2(-y, -away) + 0.35 * math.sin(0.17 * k)
    figure = Figure(person, away, y, 0.3 + 0.1 * away, heading=heading, look=look_of(person, age))
    return Pose(neck_pitch=0.09, base_yaw=0.05 * math.sin(0.3 * k)), figure
