"""Expressions are purposes: what a body lacks is shown with what it has."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from firmware_bridge.descriptions import bowlby_one, described
from robot.core.body_frame import JOINTS
from robot.express.adaptation import Adaptation
from robot.express.keyframes import REST, Offsets, load_shipped
from robot.guard.guard import OF_LIGHT
from robot.sense.language.phrases import load
from sim import SimRobot

REACHY = described(Path("reachy_mini"))


def test_a_body_with_everything_shows_an_expression_as_it_is_written() -> None:
    shown = Offsets(roll=0.2, eye_yaw=0.3, lid=0.1, pupil=0.4)
    assert Adaptation(bowlby_one()).adapt(shown) is shown
    assert Adaptation(REACHY).adapt(REST) is REST


def test_without_eyes_the_head_glances_and_the_ears_tell_of_lids_and_pupils() -> None:
    adapt = Adaptation(REACHY).adapt
    glance = adapt(Offsets(eye_yaw=0.4, eye_pitch=-0.2))
    assert (glance.yaw, glance.pitch) == pytest.approx((0.2, -0.1))
    assert (glance.eye_yaw, glance.eye_pitch) == (0.0, 0.0)
    assert adapt(Offsets(lid=0.0)).left_ear == adapt(Offsets(lid=0.0)).right_ear == pytest.approx(-math.radians(25))
    assert adapt(Offsets(pupil=1.0)).left_ear > 0.0


def test_a_head_that_cannot_tilt_raises_one_ear(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "hardware/body/reachy_mini.toml").read_text(encoding="utf-8")
    head, tail = text.split("[joints.neck_roll]")
    path = tmp_path / "stiff.toml"
    path.write_text(head + tail[tail.index("[joints.head_yaw]") :], encoding="utf-8")
    shown = Adaptation(described(path)).adapt(Offsets(roll=0.2))
    assert shown.left_ear > 0.0 > shown.right_ear


@pytest.mark.parametrize("name", sorted(load_shipped()))
def test_every_expression_moves_something_on_a_body_without_eyes_and_lights(name: str) -> None:
    expression, adapt = load_shipped()[name], Adaptation(REACHY).adapt
    moments = [adapt(expression.at(expression.duration * n / 40)) for n in range(1, 40)]
    most = max(max(map(abs, one[:5])) for one in moments)
    assert most > math.radians(1.0), "nobody sees it"


def test_it_looks_away_with_the_head_where_it_has_no_eyes() -> None:
    with SimRobot(body=Path("reachy_mini")) as robot:
        robot.person("Ada", x=1.5, y=0.0)
        robot.forward(seconds=3)
        yaws = []
        for _ in range(60):
            robot.forward(seconds=0.25)
            yaws.append(robot.pose.yaw)
    assert min(map(abs, yaws)) < math.radians(2.0), "it looks at her"
    assert max(map(abs, yaws)) > math.radians(5.0), "and away"


def test_a_joint_is_found_by_what_it_is_for() -> None:
    assert [REACHY.joint(name).name for name in JOINTS] == list(JOINTS)


def test_a_body_without_a_light_tells_of_none() -> None:
    with SimRobot(body=Path("reachy_mini")) as robot:
        robot.person("Ada", x=1.5, y=0.0)
        robot.forward(seconds=10)
        said = " ".join(one.text for one in robot.said)
    assert "While my head is up, I see and hear" in said
    assert "light" not in said


@pytest.mark.parametrize(("language", "light"), [("en", "light"), ("fr", "lumière")])
def test_what_is_said_without_a_light_stands_in_both_languages(language: str, light: str) -> None:
    phrases = load()
    for phrase in OF_LIGHT:
        assert any(light in wording for wording in phrases.variants(phrase, language))
        assert not any(light in wording for wording in phrases.variants(f"{phrase}_unlit", language))
