"""The simulated camera as a real one: its exposure, its noise, its shutter, its field of view and its latency."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.core.body_frame import ZERO, Pose
from robot.core.typed_toml import parse
from robot.texts.catalogue import words
from sim.run.session import SimSession
from sim.senses.image_sensor import METERED, ExposureMoment, ImageSensor, Sensor
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario
from tests.support.stage import ONE, somebody

if TYPE_CHECKING:
    from sim.world.people import Figure

AT_THE_WINDOW = Pose(base_yaw=math.radians(55))


def brightness(image: np.ndarray) -> float:
    return float(image[..., 1].mean())


def detail(image: np.ndarray) -> float:
    """How sharp what is upright is."""
    return float(np.abs(np.diff(image[..., 1].astype(float), axis=1)).mean())


def test_an_automatic_exposure_follows_the_light_and_needs_a_while_for_it() -> None:
    image_sensor = ImageSensor(ONE.camera, 0, Sensor(automatic=True))
    day = [brightness(image_sensor.develop(0.1 * k, ZERO, ())) for k in range(10)]
    assert day[-1] == pytest.approx(METERED, rel=0.05)
    dusk = [brightness(image_sensor.develop(1.0 + 0.1 * k, ZERO, (), 0.2)) for k in range(30)]
    assert dusk[0] < 0.35 * day[-1]
    assert all(later > sooner - 1 for sooner, later in pairwise(dusk))
    assert 0.35 < dusk[5] / day[-1] < 0.75
    assert dusk[-1] == pytest.approx(METERED, rel=0.1)


def test_whoever_stands_before_the_window_is_dark_to_it_and_the_window_white() -> None:
    ada = somebody(3, x=0.72, y=1.02)
    pictures = []
    for automatic in (False, True):
        image_sensor = ImageSensor(ONE.camera, 0, Sensor(noise=0.0, automatic=automatic))
        pictures.append([image_sensor.develop(0.1 * k, AT_THE_WINDOW, (ada,)) for k in range(30)][-1])
    fixed, automatic_ = pictures
    sky = automatic_.min(axis=2) == 255
    assert 0.01 < sky.mean() < 0.15
    assert brightness(automatic_[~sky][None]) < 0.65 * brightness(fixed[~sky][None])


@pytest.mark.parametrize("noise", [0.0, 2.2, 12.0])
def test_a_sensor_has_the_noise_asked_for(noise: float) -> None:
    clean, noisy = (ImageSensor(ONE.camera, 0, Sensor(level)).develop(0.0, ZERO, (), 0.5) for level in (0.0, noise))
    assert float((noisy.astype(float) - clean).std()) == pytest.approx(noise, rel=0.05, abs=0.01)


def taken(shutter_s: float, pose: Pose, was: Pose, figure: Figure, before: Figure) -> np.ndarray:
    image_sensor = ImageSensor(ONE.camera, 0, Sensor(0.0, shutter_s=shutter_s))
    return image_sensor.develop(1.0, pose, (figure,), 1.0, ExposureMoment(0.98, was, (before,)))


def test_what_moves_while_the_shutter_is_open_is_blurred_and_what_stands_is_not() -> None:
    ada, aside = somebody(y=0.0), somebody(y=-0.03)
    sharp, still = taken(0.0, ZERO, ZERO, ada, ada), taken(0.03, ZERO, ZERO, ada, ada)
    assert np.array_equal(sharp, still)
    turned = Pose(head_yaw=0.06)
    assert detail(taken(0.03, ZERO, turned, ada, ada)) < 0.75 * detail(sharp)
    walks = taken(0.03, ZERO, ZERO, ada, aside)
    changed = np.abs(walks.astype(int) - sharp).max(axis=2) > 0
    assert changed.any()
    assert not changed[:, : changed.shape[1] // 4].any(), "the wall stands still"


SCENE = """
about = "a test"
duration_s = 9
[camera]
field_deg = 60
fps = 5
latency_ms = 200
[[person]]
name = "Ada"
[[person.way]]
at = 3
x = 1.6
y = 0.7
[[expect]]
what = "eyes_turn"
person = "Ada"
limit = 1
[[expect]]
what = "head_arrives"
person = "Ada"
after = 3
limit = 6
"""


def test_the_camera_of_a_scenario_is_the_robots() -> None:
    script = parse(Scenario, SCENE, "scene.toml")
    with SimSession(
        "test", script, Config(), Options(SightFrom.truth, WordsFrom.text, 1, True, None, None), shared_stock()
    ) as session:
        session.play(script.duration_s)
        assert math.degrees(session.robot.description.camera.fov) == pytest.approx(60)
        assert [finding.text for finding in session.examiner.findings() if not finding.passed] == []
        health = {part.part: words(part.reason) for part in session.robot.vitals().health}
    assert "5 pictures a second" in health["camera"]
