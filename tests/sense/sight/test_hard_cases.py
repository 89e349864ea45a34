"""People who cross, bad light, and how long a picture stays in memory; benchmarks/bench_sight.py has the full bars."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.messages import ZERO
from robot.parts.protocols import Picture
from robot.sense.sight.sight import Eye, Sight
from sim.senses.image_sensor import ImageSensor
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
