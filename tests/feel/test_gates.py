"""The gates of the attachment model: what its sources report is so, however its numbers are moved by up to a fifth.

Each gate lives through the same story in 60 runs. In each run every parameter of the model and of the style is moved
by its own random share; the seed says how, so that a run that fails can be lived again.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest

from robot.core.clock import generator
from robot.feel.attachment import Attachment, Style, Surrounding
from robot.feel.parameters import Parameters, rows

if TYPE_CHECKING:
    import numpy as np

    from robot.core.feelings import Feelings

RUNS = 60
QUICK = 12  # runs are enough for a Python
MOVED_BY = 0.2
STEP_S = 0.1
BOND = 0.8
SECURE = Style(0.2, 0.2)
STYLES = Style(0.8, 0.2), SECURE, Style(0.2, 0.8)  # anxious, secure, avoidant
NEEDY, INDEPENDENT = Style(0.8, 0.1), Style(0.1, 0.8)

ALONE = Surrounding(together=False, stimulus=0.0, comfort=0.0)
IGNORED = Surrounding(together=True, stimulus=0.0, comfort=0.0, responsive=0.0)
NEAR = Surrounding(together=True, stimulus=0.0, comfort=0.5, responsive=0.6)
THREE = Surrounding(together=True, stimulus=0.0, comfort=0.5, stranger=True, responsive=0.6)
WITH_STRANGER = Surrounding(together=False, stimulus=0.0, comfort=0.0, stranger=True)
HELD = Surrounding(together=True, stimulus=0.0, comfort=1.0, responsive=1.0)
EPISODE_S = 120.0  # up to three minutes, says the procedure
EPISODES = {  # number: what is so, and how new it is when it begins
    2: (NEAR, 0.0),
    3: (THREE, 1.0),
    4: (WITH_STRANGER, 0.0),
    5: (HELD, 1.0),
    6: (ALONE, 0.0),
    7: (WITH_STRANGER, 1.0),
    8: (HELD, 1.0),
}


class Moved(NamedTuple):
    """One run's numbers."""

    parameters: Parameters
    shares: tuple[float, float]

    @classmethod
    def drawn(cls, seed: int) -> Moved:
        chance = generator(seed)
        values = {row.name: row.value * _share(chance) for row in rows()}
        return cls(Parameters(**values), (_share(chance), _share(chance)))

    def model(self, style: Style) -> Attachment:
        x, v = (
            min(value * share, 1.0) for value, share in zip((style.anxiety, style.avoidance), self.shares, strict=True)
        )
        return Attachment(Style(x, v), BOND, self.parameters)


def _share(chance: np.random.Generator) -> float:
    return float(chance.uniform(1 - MOVED_BY, 1 + MOVED_BY))


@pytest.fixture(
    params=[pytest.param(n, marks=pytest.mark.slow if n >= QUICK else ()) for n in range(RUNS)], scope="module"
)
def moved(request: pytest.FixtureRequest) -> Moved:
    return Moved.drawn(request.param)


def live(model: Attachment, around: Surrounding, seconds: float) -> list[Feelings]:
    return [model.step(around, STEP_S) for _ in range(round(seconds / STEP_S))]


def calling(life: list[Feelings]) -> float:
    """Seconds of calling."""
    return sum(feelings.calling for feelings in life) * STEP_S


def contact(life: list[Feelings]) -> float:
    """Seconds of seeking contact."""
    return sum(feelings.contact for feelings in life) * STEP_S


def exploration(life: list[Feelings]) -> float:
    return sum(feelings.exploration for feelings in life) / len(life)


@lru_cache(maxsize=8)  # of the run at hand: each has five styles
def strange_situation(moved: Moved, style: Style) -> dict[int, list[Feelings]]:
    """The episodes 2 to 8 of Ainsworth et al. 1978; whoever comes is something new for a moment."""
    model = moved.model(style)
    return {
        episode: live(model, replace(around, stimulus=stimulus), 2) + live(model, around, EPISODE_S - 2)
        for episode, (around, stimulus) in EPISODES.items()
    }


def apart(story: dict[int, list[Feelings]]) -> list[Feelings]:
    """Both separations."""
    return story[4] + story[6] + story[7]


def test_v1_a_needy_robot_calls_more_than_an_independent_one(moved: Moved) -> None:
    needy, independent = (calling(apart(strange_situation(moved, style))) for style in (NEEDY, INDEPENDENT))
    assert needy > independent


def test_v2_a_responsive_person_lowers_arousal_and_shortens_recovery(moved: Moved) -> None:
    """After a separation, and with something new every half minute, for five minutes."""
    means, recovered = {}, {}
    for around in (HELD, IGNORED):
        model = moved.model(SECURE)
        live(model, ALONE, EPISODE_S)
        life: list[Feelings] = []
        for _ in range(10):
            life += live(model, replace(around, stimulus=0.8), 2) + live(model, around, 28)
        means[around] = sum(f.arousal for f in life) / len(life)
        recovered[around] = next(n for n, f in enumerate(life) if f.arousal < 0.5 * life[0].arousal)
    assert means[HELD] < means[IGNORED]
    assert recovered[HELD] < recovered[IGNORED]


def test_v3_in_separation_the_anxious_call_most_and_the_avoidant_least(moved: Moved) -> None:
    anxious, secure, avoidant = (calling(apart(strange_situation(moved, style))) for style in STYLES)
    assert anxious >= secure > avoidant


def test_v4_at_reunion_the_anxious_seek_most_contact_and_the_avoidant_least(moved: Moved) -> None:
    stories = [strange_situation(moved, style) for style in STYLES]
    anxious, secure, avoidant = (contact(story[5] + story[8]) for story in stories)
    assert anxious > secure >= avoidant


@pytest.mark.parametrize("style", STYLES, ids=["anxious", "secure", "avoidant"])
def test_v5_exploration_drops_in_separation_and_recovers_after(moved: Moved, style: Style) -> None:
    story = strange_situation(moved, style)
    before, without, after = exploration(story[2]), exploration(apart(story)), exploration(story[8])
    assert without < 0.75 * before
    assert after > without + 0.5 * (before - without)


def test_v6_a_bond_fades_with_absence(moved: Moved) -> None:
    model = moved.model(SECURE)
    bonds = [model.bonds[0]]
    for _ in range(30):
        model.sleep_through(86400.0)
        bonds.append(model.now.bond)
    assert all(later < earlier for earlier, later in pairwise(bonds))
    assert bonds[-1] < 0.5 * bonds[0]


def test_every_parameter_may_be_moved_that_far_and_says_what_it_is() -> None:
    for row in rows():
        assert row.low <= row.value * (1 - MOVED_BY)
        assert row.value * (1 + MOVED_BY) <= row.high
        assert row.unit
        assert row.source
        assert row.about
