"""The attachment equations behave as their sources say, for any input that can occur."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from robot.core.errors import ConfigError
from robot.feel.attachment import Attachment, Style, Surrounding

if TYPE_CHECKING:
    from robot.core.feelings import Feelings

SHARE = st.floats(0.0, 1.0)
SECURE, ANXIOUS, AVOIDANT = Style(0.2, 0.2), Style(0.8, 0.2), Style(0.2, 0.8)
ALONE = Surrounding(together=False, stimulus=0.0, comfort=0.0)
HERE = Surrounding(together=True, stimulus=0.0, comfort=0.6, responsive=1.0)


def live(model: Attachment, around: Surrounding, seconds: float) -> list[Feelings]:
    return [model.step(around, 0.1) for _ in range(round(seconds * 10))]


@given(
    style=st.builds(Style, SHARE, SHARE),
    steps=st.lists(
        st.builds(Surrounding, st.booleans(), SHARE, SHARE, st.booleans(), SHARE, st.booleans()), max_size=60
    ),
    bond=SHARE,
)
def test_every_variable_stays_between_0_and_1(style: Style, steps: list[Surrounding], bond: float) -> None:
    model = Attachment(style, bond)
    for around in steps:
        now = model.step(around, 0.1)
        values = (now.arousal, now.comfort, now.exploration, now.novelty, now.drive, now.reunion)
        assert all(0.0 <= value <= 1.0 for value in values)
        assert 0.0 <= now.bond <= 0.8
        assert now.exploration == 0.0 or not now.calling


def test_novelty_habituates() -> None:
    model = Attachment(SECURE)
    noisy = Surrounding(together=True, stimulus=0.8, comfort=0.0)
    novelty = [feelings.novelty for feelings in live(model, noisy, 60)]
    assert novelty[-1] < 0.5 * novelty[0]


def test_comfort_lowers_arousal() -> None:
    calm, left = Attachment(SECURE), Attachment(SECURE)
    for model in (calm, left):
        live(model, Surrounding(together=True, stimulus=1.0, comfort=0.0), 5)
    live(calm, Surrounding(together=True, stimulus=0.0, comfort=1.0), 10)
    live(left, Surrounding(together=True, stimulus=0.0, comfort=0.0), 10)
    assert calm.now.arousal < 0.5 * left.now.arousal


def test_separation_arouses_by_bond_and_style() -> None:
    peaks = {}
    for name, style in {"secure": SECURE, "anxious": ANXIOUS, "avoidant": AVOIDANT}.items():
        model = Attachment(style, bond=0.8)
        live(model, HERE, 5)
        peaks[name] = max(feelings.arousal for feelings in live(model, ALONE, 120))
    assert peaks["anxious"] > peaks["secure"] > peaks["avoidant"]


def test_only_the_anxious_call_soon() -> None:
    calls = {}
    for name, style in {"anxious": ANXIOUS, "avoidant": AVOIDANT}.items():
        model = Attachment(style, bond=0.8)
        live(model, HERE, 5)
        calls[name] = sum(feelings.calling for feelings in live(model, ALONE, 180))
    assert calls["anxious"] > 0
    assert calls["avoidant"] == 0


@pytest.mark.parametrize("bond", [0.0, 0.8])
def test_after_a_farewell_absence_is_no_separation(bond: float) -> None:
    model = Attachment(ANXIOUS, bond)
    live(model, HERE, 5)
    gone = Surrounding(together=False, stimulus=0.0, comfort=0.0, parted=True)
    assert all(feelings.drive <= model.now.reunion + 1e-9 for feelings in live(model, gone, 60))
    assert not model.now.calling


def test_exploration_drops_when_left_and_recovers() -> None:
    model = Attachment(ANXIOUS, bond=0.8)
    live(model, HERE, 20)
    before = model.now.exploration
    live(model, ALONE, 60)
    apart = model.now.exploration
    live(model, HERE, 120)
    assert apart < 0.5 * before
    assert model.now.exploration > 0.8 * before


@pytest.mark.parametrize(("days", "expected"), [(7, 0.31), (30, 0.61), (90, 0.65)])
def test_twenty_minutes_a_day_give_the_bond_of_the_design(days: int, expected: float) -> None:
    model = Attachment(SECURE, bond=0.0)
    together = Surrounding(together=True, stimulus=0.0, comfort=0.5, responsive=1.0)
    for _ in range(days):
        for _ in range(20):
            model.step(together, 60.0)
        for _ in range(24):
            model.step(ALONE, (86400 - 1200) / 24)
    assert model.now.bond == pytest.approx(expected, abs=0.02)


def test_the_bond_decays_with_absence() -> None:
    model = Attachment(SECURE, bond=0.6)
    for _ in range(30 * 24):
        model.step(ALONE, 3600.0)
    assert model.now.bond == pytest.approx(0.6 * 2.718281828**-1, rel=0.01)


def test_an_anxious_style_is_refused_outside_research() -> None:
    Style(0.4, 0.9).check_fit_for_people()
    with pytest.raises(ConfigError, match=r"character\.anxiety.*0\.4 or less"):
        Style(0.41, 0.0).check_fit_for_people()
