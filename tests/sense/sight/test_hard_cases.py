"""People who cross, bad light, and how long a picture stays in memory; benchmarks/bench_sight.py has the full bars."""

from __future__ import annotations

import gc
import math
import weakref
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.body_frame import ZERO, Pose
from robot.parts.protocols import Picture
from robot.sense.sight.exposure import measured
from robot.sense.sight.eye import Eye
from robot.sense.sight.sight import Sight
from sim.senses.image_sensor import ImageSensor, Sensor
from sim.world.people import BUILDS, Age, Figure, look_of
from sim.world.portrait import shells
from tests.support.scenes import Crossing, against_the_light, noisy, swaying
from tests.support.stage import ONE, TICK_S, Reel, somebody

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", range(20))
def test_people_who_cross_keep_their_identities(seed: int) -> None:
    assert Crossing.drawn(seed).swaps("truth") == 0


@pytest.mark.parametrize("seed", [5, 7, 10])  # motion alone swaps the people of these
def test_people_who_turn_back_as_one_hides_the_other_are_told_apart_by_their_shirts(seed: int) -> None:
    assert Crossing.drawn(seed).swaps("pixels") == 0


@pytest.mark.parametrize("closed", [0.0, 1.0], ids=["open", "closed"])
@pytest.mark.parametrize("age", list(Age))
def test_people_of_every_age_are_found_awake_and_asleep(age: Age, closed: float) -> None:
    image_sensor = ImageSensor(ONE.camera)
    found = pictures = 0
    for person in range(10):
        eye = Eye(ONE.camera)
        for k in range(0, 36, 6):
            pose, figure = swaying(person, k, 60, age)
            image = image_sensor.develop(0.1 * k, pose, (replace(figure, eyes_closed=closed),))
            pictures += 1
            found += any(face.age == 0 for face in eye.see(Picture(0.1 * k, pose, image)).faces)
    assert found >= 0.98 * pictures


def test_a_child_an_adult_and_an_old_person_look_different() -> None:
    looks = [look_of(7, age) for age in Age]
    faces = [shells(look, 0.2, 0.0, 0.0)[0].atlas for look in looks]
    assert not np.array_equal(faces[0], faces[1])
    assert not np.array_equal(faces[1], faces[2])
    image_sensor = ImageSensor(ONE.camera)
    bare = image_sensor.develop(0.0, ZERO, ())
    heights = []
    for look in looks:
        build = BUILDS[look.age]
        for sits, z in ((False, build.stands), (True, build.sits)):
            image = image_sensor.develop(0.0, ZERO, (Figure(1, 2.0, 0.0, z, sits=sits, look=look),))
            heights.append(int(np.flatnonzero((image != bare).any(axis=(1, 2)))[0]))
    child, child_sits, adult, adult_sits, old, old_sits = heights
    assert adult < old < child, "the top row of whoever is taller is nearer to the picture's top"
    assert adult_sits > adult
    assert old_sits > old
    assert child_sits > child


@pytest.mark.parametrize("light", ["against the light", "noise"])
def test_people_are_found_in_bad_light(light: str) -> None:
    image_sensor = ImageSensor(ONE.camera)
    found = pictures = 0
    for person in range(5):
        eye = Eye(ONE.camera)
        for k in range(12):
            pose, figure = swaying(person, k, 60)
            if light == "noise":
                image = noisy(image_sensor, 0.1 * k, pose, figure, 30)
            else:
                image = against_the_light(image_sensor, 0.1 * k, pose, figure, 0.2)
            seen = eye.see(Picture(0.1 * k, pose, image))
            pictures += 1
            found += any(face.age == 0 for face in seen.faces)
    assert found >= 0.9 * pictures


def in_the_dark(k: int) -> tuple[Pose, np.ndarray]:
    """The head nods a little, as it does when it breathes; the exposure has settled."""
    pose = Pose(neck_pitch=0.02 * math.sin(0.3 * k))
    image_sensor = ImageSensor(ONE.camera, k, Sensor(4.0, automatic=True))
    return pose, image_sensor.develop(0.1 * k, pose, (somebody(),), 0.05)


def test_who_sits_in_the_dark_is_found_in_what_the_last_pictures_have_in_common() -> None:
    eye = Eye(ONE.camera)
    found = 0
    for k in range(24):
        pose, image = in_the_dark(k)
        assert measured(image).noise > 0.4 * measured(image).mean
        found += any(face.age == 0 for face in eye.see(Picture(0.1 * k, pose, image)).faces)
    assert found >= 20


def test_the_last_pictures_are_held_in_the_dark_alone_and_not_at_rest() -> None:
    dark = in_the_dark(0)[1]
    sight = Sight(Reel(dark.copy() for _ in range(9)), ONE.camera)
    eye, held = sight._eye, []
    for tick in range(40):
        sight.awake = tick < 30
        sight.poll(tick * TICK_S)
        held.append(eye._night.holds)
    sight.close()
    assert held[29]
    assert not held[39]
    eye.see(Picture(1.0, ZERO, dark))
    held.append(eye._night.holds)
    eye.see(Picture(1.1, ZERO, ImageSensor(ONE.camera).develop(1.1, ZERO, (somebody(),))))
    held.append(eye._night.holds)
    assert held[-2:] == [True, False]


@pytest.fixture
def _young_heap() -> Iterator[None]:
    """What was there before is not searched each time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("_young_heap")
def test_no_picture_outlives_its_handing_over() -> None:
    image_sensor = ImageSensor(ONE.camera)
    made_so_far: list[weakref.ref[np.ndarray]] = []

    def made() -> Iterator[np.ndarray]:
        for k in range(20):
            image = image_sensor.develop(0.1 * k, ZERO, (somebody(),))
            made_so_far.append(weakref.ref(image))
            yield image
            del image

    def alive() -> int:
        gc.collect()
        return sum(ref() is not None for ref in made_so_far)

    sight = Sight(Reel(made()), ONE.camera)
    most = 0
    for tick in range(60):
        sight.poll(tick * TICK_S)
        most = max(most, alive())
    assert most <= 2  # the one under way and the one that the camera holds
    sight.awake = False
    for tick in range(60, 66):
        sight.poll(tick * TICK_S)
    sight.close()
    assert alive() == 0
