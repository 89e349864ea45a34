"""The Strange Situation, lived through by the whole robot in three styles: the orders are those of the literature.

Here its first six episodes: the first separation, the reunion after it, and being left alone; `make soak` plays all.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from robot.texts.catalogue import Texts
from sim.attachment import strange_situation
from sim.attachment.strange_situation import EPISODES, REUNIONS, SEPARATIONS, STYLES, play
from tests.support.command_line import called

if TYPE_CHECKING:
    from pathlib import Path

    from sim.attachment.strange_situation import Course

pytestmark = pytest.mark.slow
SEED = 2


class Situation:
    """The three courses, as far as they were played."""

    def __init__(self, episodes: int) -> None:
        self.courses = {style: play(style, SEED, episodes=episodes) for style in STYLES}
        self.length_s = EPISODES[episodes - 1].end
        self.apart, self.reunions = (
            tuple(number for number in numbers if number <= episodes) for numbers in (SEPARATIONS, REUNIONS)
        )

    def total(self, style: str, what: str, episodes: tuple[int, ...]) -> float:
        return float(sum(getattr(self.courses[style].episode(number), what) for number in episodes))


@pytest.fixture(scope="module", params=[pytest.param(len(EPISODES), marks=pytest.mark.soak)])
def played(request: pytest.FixtureRequest) -> Situation:
    return Situation(request.param)


def test_in_separation_the_anxious_call_most_and_the_avoidant_never(played: Situation) -> None:
    anxious, secure, avoidant = (
        played.total(style, "calling_s", played.apart) for style in ("anxious", "secure", "avoidant")
    )
    assert anxious >= secure > avoidant == 0.0


def test_at_each_reunion_the_anxious_seek_most_contact_and_the_avoidant_none(played: Situation) -> None:
    for episode in played.reunions:
        anxious, secure, avoidant = (
            played.total(style, "contact_s", (episode,)) for style in ("anxious", "secure", "avoidant")
        )
        assert anxious > 2.0 * secure > 2.0 * avoidant == 0.0


def test_the_avoidant_is_aroused_but_silent(played: Situation) -> None:
    assert min(played.courses["avoidant"].episode(number).arousal for number in played.apart) > 0.3
    assert played.total("avoidant", "calls", tuple(range(1, 9))) == 0


def test_nobody_is_worn_down_by_calls(played: Situation) -> None:
    for style in ("anxious", "secure"):
        calls = [played.courses[style].episode(number).calls for number in range(1, 9)]
        assert max(calls) <= 3
        assert calls[5] > 0  # where it is alone


@pytest.mark.parametrize("style", ["secure", "anxious", "avoidant"])
def test_exploration_drops_in_separation_and_recovers(played: Situation, style: str) -> None:
    before, apart, after = (
        played.total(style, "exploration", episodes) / len(episodes)
        for episodes in ((2,), played.apart, played.reunions)
    )
    assert apart < 0.6 * before
    assert after > apart + 0.5 * (before - apart)


def test_the_command_tells_it_and_draws_a_labelled_picture(
    played: Situation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was played above; `bowlby attachment` would play it anew."""
    asked = []

    def as_played(style: str, seed: int, _: object) -> Course:
        asked.append((style, seed))
        return played.courses[style]

    monkeypatch.setattr(strange_situation, "play", as_played)
    path = tmp_path / "situation.svg"
    done = called("attachment", "--json", "--seed", "2", "--plot", str(path), "--language", "fr")
    assert done.exit_code == 0, done.output
    assert asked == [(style, 2) for style in STYLES]
    told = json.loads(done.stdout)
    assert told == {
        style: [episode._asdict() for episode in course.episodes] for style, course in played.courses.items()
    }
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    french = Texts("chart", "fr")
    assert {french("title"), french("reunion")} <= texts
    assert {french(style) for style in STYLES} <= texts
    lines = [element.get("points", "") for element in root.iter("{http://www.w3.org/2000/svg}polyline")]
    assert len(lines) == 6
    assert all(len(points.split()) > 0.9 * played.length_s for points in lines)
