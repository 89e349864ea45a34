"""Seeing, measured against its bars: a JSON line for each figure. `python -m benchmarks.bench_sight [NAME ...]`."""

from __future__ import annotations

import math
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import skimage.data

from benchmarks.figures import tell
from hardware.live import LiveCamera
from robot.core.body_frame import ZERO, Pose
from robot.core.clock import ManualClock, RealClock, generator, nap, stopwatch
from robot.core.condition import Condition
from robot.parts.protocols import Picture
from robot.parts.registry import Surroundings
from robot.sense.sight.eye import Eye
from robot.sense.sight.sight import Sight
from robot.sense.sight.yunet import ENGINE
from sim.senses.camera import open_camera
from sim.senses.image_sensor import ImageSensor
from sim.world.people import Figure, look_of
from tests.hardware.test_cameras import Bench
from tests.support.scenes import Crossing, against_the_light, noisy, swaying
from tests.support.stage import ONE, Stage, somebody

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UP = Pose(neck_pitch=0.09)
WIDE = replace(ONE.camera, width=640, height=480)


def _crowd(count: int, k: int) -> tuple[Figure, ...]:
    """People beside one another in two rows, who sway."""
    figures = []
    for i in range(count):
        row, place = i % 2, i // 2
        yaw = 0.3 * (place - (count - 1) // 4) + 0.15 * row + 0.05 * math.sin(0.2 * k + i)
        away = 1.5 + 0.45 * row
        x, y = away * math.cos(yaw), away * math.sin(yaw)
        figures.append(Figure(i + 1, x, y, 0.36 + 0.28 * row, heading=math.atan2(-y, -x), look=look_of(i)))
    return tuple(figures)


def share_of_a_core() -> None:
    """Sight alone, on pictures made beforehand: 640x480 at 15 a second."""
    seconds, fps = 6, 15
    image_sensor = ImageSensor(WIDE)
    shares, found = {}, {}
    for count in (0, 1, 2, 3, 4, 6, 8, 10):
        images = [image_sensor.develop(k / fps, UP, _crowd(count, k)) for k in range(seconds * fps)]
        eye = Eye(WIDE)
        for k in range(5):
            eye.see(Picture(k / fps - 1, UP, images[k]))
        began = time.process_time()
        told = [len(eye.see(Picture(k / fps, UP, image)).faces) for k, image in enumerate(images)]
        shares[count] = 100 * (time.process_time() - began) / seconds
        found[count] = float(np.median(told))
    few = (shares[1] + shares[2] + shares[3]) / 3
    further = (shares[10] - shares[1]) / 9
    rounded = {count: round(share, 2) for count, share in shares.items()}
    tell("sight, 1 to 3 people", few, "% of a core", 6, engine=ENGINE, shares=rounded, found=found)
    steps = max((shares[b] - shares[a]) / (b - a) for a, b in zip((1, 2, 3, 4, 6, 8), (2, 3, 4, 6, 8, 10), strict=True))
    tell("sight, each further person", further, "% of a core", 1, engine=ENGINE, worst_step=round(steps, 2))


def bearing_in_motion() -> None:
    """Somebody at 30 degrees a second round the robot, told 100 ms after capture: the bearing carried on to now."""
    stage = Stage()
    stage.pose = UP
    speed = math.radians(30)

    def bearing(now: float) -> float:
        swing = (now * speed) % 2.4
        return -0.6 + (swing if swing < 1.2 else 2.4 - swing)

    def walk(now: float) -> None:
        angle = bearing(now)
        stage.figures = (somebody(2, x=1.5 * math.cos(angle), y=1.5 * math.sin(angle)),)

    errors, steady = [], []
    for seen in stage.watch(20, walk, "sim://?fps=15&latency=0.1"):
        for face in seen.faces:
            if seen.t > 0.5:
                error = math.degrees(face.yaw + 0.1 * face.yaw_rate - bearing(seen.t + 0.1))
                errors.append(error)
                if all(abs(bearing(seen.t + d)) < 0.5 for d in (-0.3, 0.1)):
                    steady.append(error)
    rms = float(np.sqrt(np.mean(np.square(steady))))
    turns = float(np.sqrt(np.mean(np.square(errors))))
    tell("bearing at 30 deg/s, 100 ms late", rms, "deg rms", 1.5, where_they_turn_back_too=round(turns, 2))


def identities() -> None:
    for senses in ("truth", "pixels"):
        swapped = sum(Crossing.drawn(seed).swaps(senses) > 0 for seed in range(50))
        tell(f"people who cross are swapped, senses {senses}", swapped, "of 50 runs", 0)


def _recall(image: Callable[[int, Pose, Figure], np.ndarray]) -> float:
    found = pictures = 0
    for person in range(5):
        for pixels in (60, 90):
            eye = Eye(ONE.camera)
            for k in range(30):
                pose, figure = swaying(person, k, pixels)
                seen = eye.see(Picture(0.1 * k, pose, image(k, pose, figure)))
                pictures += 1
                found += any(face.age == 0 for face in seen.faces)
    return 100 * found / pictures


def light() -> None:
    image_sensor = ImageSensor(ONE.camera)
    dark = _recall(lambda k, pose, figure: image_sensor.develop(0.1 * k, pose, (figure,), 1 / 16))
    tell("found in a sixteenth of the light", dark, "% of pictures", 85, least=True)
    for sigma in (20, 30, 40):
        share = _recall(lambda k, pose, figure, sigma=sigma: noisy(image_sensor, 0.1 * k, pose, figure, sigma))  # type: ignore[misc]
        tell(f"found in noise of {sigma} grey levels", share, "% of pictures", 90, least=True)
    for part in (0.25, 0.15):
        share = _recall(lambda k, pose, figure, p=part: against_the_light(image_sensor, 0.1 * k, pose, figure, p))  # type: ignore[misc]
        tell(f"found against the light, {part:g} of it on the face", share, "% of pictures", 90, least=True)


def _faceless() -> Iterator[list[np.ndarray]]:
    """Clips without a face: photographs that a camera pans over, noise, and the painted room."""
    for path in sorted(Path(skimage.data.__path__[0]).glob("*.[pj][np]g")):
        if path.stem in {"astronaut", "camera"}:
            continue
        image = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if image is None:
            continue
        scale = 1.25 * max(640 / image.shape[1], 480 / image.shape[0])
        large = cv2.resize(image, None, fx=scale, fy=scale)
        free_x, free_y = large.shape[1] - 640, large.shape[0] - 480
        clip = []
        for k in range(60):
            x, y = int(free_x * k / 59), int(free_y * (0.5 + 0.5 * math.sin(0.1 * k)))
            clip.append(large[y : y + 480, x : x + 640])
        yield clip
    chance = generator(1)
    for sigma in (30, 80):
        yield [np.clip(128 + chance.normal(0, sigma, (480, 640, 3)), 0, 255).astype(np.uint8) for _ in range(60)]
    image_sensor = ImageSensor(WIDE)
    yield [
        image_sensor.develop(
            0.1 * k, Pose(1.3 * math.sin(0.05 * k), 0.5 * math.sin(0.17 * k), 0.3 * math.sin(0.3 * k)), ()
        )
        for k in range(600)
    ]


def nobody_there() -> None:
    pictures = confirmed = single = 0
    for clip in _faceless():
        eye = Eye(WIDE)
        for k, image in enumerate(clip):
            faces = eye.see(Picture(0.1 * k, ZERO, np.ascontiguousarray(image))).faces
            pictures += 1
            confirmed += any(face.confirmed for face in faces)
            single += bool(faces)
    tell("faceless pictures that confirm a person", confirmed, f"of {pictures}", 0, doubtful=single)


def lost_and_back() -> None:
    bench, said, back = Bench(), [], []
    camera = LiveCamera(bench, Surroundings(RealClock()))
    sight = Sight(camera, ONE.camera)

    def until(condition: Condition) -> float:
        began = stopwatch()
        while sight.health().condition is not condition and stopwatch() < began + 10:
            sight.poll(0.0)
            nap(0.01)
        return stopwatch() - began

    until(Condition.OK)
    for _ in range(50):
        bench.plugged = False
        said.append(until(Condition.FAULT))
        bench.plugged = True
        back.append(until(Condition.OK))
    sight.close()
    tell("a lost camera is said, worst of 50", max(said), "s", 2)
    tell("a camera is back, worst of 50", max(back), "s", 3)


def simulator() -> None:
    """What sight costs in the simulator: render, look and track, one person, the head in motion."""
    for senses, count, bar in (("pixels", 0, 4.0), ("pixels", 1, 4.0), ("truth", 1, 0.015), ("truth", 3, 0.04)):
        stage = Stage(senses)
        sight = Sight(open_camera("sim://?fps=10", Surroundings(ManualClock(), place=stage)), ONE.camera)
        ticks = 500 if senses == "pixels" else 5000
        began = 0.0
        for tick in range(-50, ticks):
            if tick == 0:
                began = time.process_time()
            now = (tick + 50) / 50
            stage.pose = Pose(base_yaw=0.2 * math.sin(now), neck_pitch=0.1)
            if tick % 5 == 0:
                stage.figures = tuple(somebody(i + 1, x=1.5, y=0.8 * i - 0.4 * (count - 1)) for i in range(count))
            sight.poll(now)
        each = 1000 * (time.process_time() - began) / (ticks / 5 if senses == "pixels" else ticks)
        sight.close()
        unit = "ms a picture" if senses == "pixels" else "ms a tick"
        tell(f"simulated, {count} people, senses {senses}", each, unit, bar, engine=ENGINE)


BENCHES = (share_of_a_core, bearing_in_motion, identities, light, nobody_there, lost_and_back, simulator)

if __name__ == "__main__":
    wanted = set(sys.argv[1:])
    for bench in BENCHES:
        if not wanted or bench.__name__ in wanted:
            bench()
