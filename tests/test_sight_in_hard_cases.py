"""People who cross, bad light, and how long a picture stays in memory; benchmarks/bench_sight.py has the full bars."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from robot.messages import ZERO
from robot.parts import Picture
from robot.sense.sight import Eye, Sight
from sim.camera import Darkroom
from tests.scenes import Crossing, against_the_light, noisy, swaying
from tests.stage import ONE, TICK_S, Reel, somebody

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np


@pytest.mark.parametrize("seed", range(20))
def test_people_who_cross_keep_their_identities(seed: int) -> None:
    assert Crossing.drawn(seed).swaps("truth") == 0


@pytest.mark.parametrize("seed", [5, 7, 10])  # motion alone swaps the people of these
def test_people_who_turn_back_as_one_hides_the_other_are_told_apart_by_their_shirts(seed: int) -> None:
    assert Crossing.drawn(seed).swaps("pixels") == 0


@pytest.mark.parametrize("light", ["against the light", "noise"])
def test_bad_light_is_no_excuse(light: str) -> None:
    darkroom = Darkroom(ONE.camera)
    found = pictures = 0
    for person in range(5):
        eye = Eye(ONE.camera)
        for k in range(12):
            pose, figure = swaying(person, k, 60)
            if light == "noise":
                image = noisy(darkroom, 0.1 * k, pose, figure, 30)
            else:
                image = against_the_light(darkroom, 0.1 * k, pose, figure, 0.2)
            seen = eye.see(Picture(0.1 * k, pose, image))
            pictures += 1
            found += any(face.age == 0 for face in seen.faces)
    assert found >= 0.9 * pictures


def test_no_picture_outlives_its_handing_over() -> None:
    darkroom = Darkroom(ONE.camera)
    made_so_far: list[weakref.ref[np.ndarray]] = []

    def made() -> Iterator[np.ndarray]:
        for k in range(20):
            image = darkroom.develop(0.1 * k, ZERO, (somebody(),))
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
