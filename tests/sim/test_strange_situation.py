"""The Strange Situation, lived through by the whole robot in three styles: the orders are those of the literature."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest

from robot.texts.catalogue import Texts

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
APART, REUNIONS = (4, 6, 7), (5, 8)


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("situation") / "situation.svg"


@pytest.fixture(scope="module")
def courses(picture: Path) -> Any:  # JSON
    words = ("attachment", "--json", "--seed", "2", "--plot", str(picture), "--language", "fr")
    done = subprocess.run(
        [sys.executable, "-m", "robot", *words], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def total(courses: Any, style: str, what: str, episodes: tuple[int, ...]) -> float:
    return float(sum(courses[style][number - 1][what] for number in episodes))


def test_in_separation_the_anxious_call_most_and_the_avoidant_never(courses: Any) -> None:
    anxious, secure, avoidant = (
        total(courses, style, "calling_s", APART) for style in ("anxious", "secure", "avoidant")
    )
    assert anxious >= secure > avoidant == 0.0


def test_at_each_reunion_the_anxious_seek_most_contact_and_the_avoidant_none(courses: Any) -> None:
    for episode in REUNIONS:
        anxious, secure, avoidant = (
            total(courses, style, "contact_s", (episode,)) for style in ("anxious", "secure", "avoidant")
        )
        assert anxious > 2.0 * secure > 2.0 * avoidant == 0.0


def test_the_avoidant_is_aroused_but_silent(courses: Any) -> None:
    assert min(courses["avoidant"][number - 1]["arousal"] for number in APART) > 0.3
    assert total(courses, "avoidant", "calls", tuple(range(1, 9))) == 0


def test_nobody_is_worn_down_by_calls(courses: Any) -> None:
    for style in ("anxious", "secure"):
        calls = [episode["calls"] for episode in courses[style]]
        assert max(calls) <= 3
        assert calls[5] > 0


@pytest.mark.parametrize("style", ["secure", "anxious", "avoidant"])
def test_exploration_drops_in_separation_and_recovers(courses: Any, style: str) -> None:
    before, apart, after = (
        total(courses, style, "exploration", episodes) / len(episodes) for episodes in ((2,), APART, REUNIONS)
    )
    assert apart < 0.6 * before
    assert after > apart + 0.5 * (before - apart)


def test_the_picture_is_drawn_and_labelled(courses: Any, picture: Path) -> None:
    root = ET.fromstring(picture.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    french = Texts("chart", "fr")
    assert {french("title"), french("reunion")} <= texts
    assert {french(style) for style in courses} <= texts
    lines = [element.get("points", "") for element in root.iter("{http://www.w3.org/2000/svg}polyline")]
    assert len(lines) == 6
    assert all(len(points.split()) > 1200 for points in lines)
