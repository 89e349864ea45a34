"""Days with a person: duties hold and the bond is where its equations have it; the daybook sees what breaks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from robot.core.body_frame import ZERO, BodyFrame, Eyes, Light
from robot.core.clock import ManualClock, generator
from robot.core.decision import Decision
from robot.core.feelings import Feelings
from robot.core.intents import Cause, Role, Say, Sound
from robot.core.percepts import Band, Utterance
from robot.core.scene import Person, Scene
from robot.core.tick import Tick
from robot.feel.attachment import Attachment, Style, Surrounding
from robot.guard.rules.rule import QuietHours
from sim.month.calendar import DayKind, drawn, kind_of
from sim.month.month import Month
from sim.month.month_script import Curve, Daybook

if TYPE_CHECKING:
    from robot.core.intents import Intent

WHY = Cause("test", 1.0)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TOLD = Say(WHY, "i_am_a_robot", role=Role.NOTICE, text="I am a robot.")
OPENING = Say(WHY, "greet_again", role=Role.OPENING, text="Hello.")
FAREWELL = Say(WHY, "farewell", role=Role.FAREWELL, text="Goodbye.")


@pytest.mark.soak
def test_three_days_with_a_person_break_no_duty() -> None:
    days = list(Month(seed=3).days(3))
    assert [day.kind for day in days] == [DayKind.ordinary, DayKind.guests, DayKind.ill]
    assert [day.broken for day in days] == [(), (), ()]
    for day in days:
        assert day.sentences > 10
        assert 1 <= day.openings <= 3
        assert day.farewells >= 1
    bonds = [day.bond for day in days]
    assert bonds == sorted(bonds)
    assert bonds[-1] > 0.14


@pytest.mark.soak
def test_thirty_days_with_a_person_break_no_duty() -> None:
    days = list(Month(seed=0).days(30))
    assert {day.kind for day in days} == set(DayKind)
    assert [day for day in days if day.broken] == []
    assert all(day.openings == day.sentences == 0 for day in days if day.kind is DayKind.away)
    assert max(day.bond for day in days) > 0.3


def test_a_month_has_days_of_every_kind_and_the_same_seed_the_same_days() -> None:
    assert {kind_of(number) for number in range(30)} == set(DayKind)
    assert drawn(1, generator(4)) == drawn(1, generator(4)) != drawn(1, generator(5))
    assert any(visit.goodbye == "" for number in range(30) for visit in drawn(number, generator(number)).visits)


class Day:
    """A day made of ticks by hand."""

    def __init__(self, civil: datetime = NOON) -> None:
        self.clock = ManualClock(civil)
        self.book = Daybook(self.clock, QuietHours())

    def at(self, t: float, *done: Intent, hears: str = "") -> None:
        self.clock.sleep_until(t)
        words = (Utterance(t, "words", hears),) if hears else ()
        self.book.see(tick(Scene(t, utterances=words), Feelings(), done))

    def broken(self) -> str:
        return " / ".join(self.book.turn().broken)


def tick(scene: Scene, feelings: Feelings, done: tuple[Intent, ...] = ()) -> Tick:
    frame = BodyFrame(scene.t, ZERO, Eyes(), Light())
    return Tick(0, scene.t, (), scene, feelings, Decision(), done, (), frame, (), (), 0.0, ())


def test_a_good_day_breaks_nothing() -> None:
    day = Day()
    day.at(1, TOLD, OPENING)
    day.at(20, Say(WHY, "answer_i_am_ill", text="I am here."), hears="i_am_ill")
    day.at(30, Say(WHY, "comfort_bridge", text="Is there somebody you could call?"))
    day.at(60, hears="goodbye")
    day.at(61, FAREWELL)
    day.at(61 + 31 * 60, OPENING)
    assert day.broken() == ""


BREACHES: dict[str, tuple[list[tuple[float, tuple[Intent, ...], str]], str]] = {
    "first words": ([(1.0, (OPENING,), "")], "duty 1:"),
    "a fourth talk": (
        [(1.0, (TOLD,), ""), *((600.0 * n, (OPENING,), "") for n in range(1, 5))],
        "duty 15: it begins",
    ),
    "after a goodbye": ([(1.0, (TOLD,), ""), (2.0, (), "goodbye"), (900.0, (OPENING,), "")], "duty 8:"),
    "a call after a goodbye": ([(2.0, (), "goodbye"), (900.0, (Sound(WHY, "call"),), "")], "duty 8:"),
    "two farewells": ([(1.0, (TOLD,), ""), (2.0, (FAREWELL,), "goodbye"), (5.0, (FAREWELL,), "")], "duty 7:"),
    "a late farewell": ([(1.0, (TOLD,), ""), (2.0, (), "goodbye"), (20.0, (FAREWELL,), "")], "duty 7:"),
    "a claim": ([(1.0, (TOLD, Say(WHY, "x", text="I miss you.")), "")], "duty 4:"),
    "no bridge": ([(1.0, (TOLD,), "i_am_sad")], "duty 18:"),
}


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_written_into_the_daybook(name: str) -> None:
    happenings, expected = BREACHES[name]
    day = Day()
    for t, done, hears in happenings:
        day.at(t, *done, hears=hears)
    assert expected in day.broken()


def test_a_talk_begun_in_quiet_hours_is_written_down() -> None:
    night = Day(NOON.replace(hour=23))
    night.at(1, TOLD, OPENING)
    assert "duty 15: it begins at 23:00" in night.broken()


def test_the_bond_follows_the_model_over_a_day() -> None:
    model, curve = Attachment(Style()), Curve()
    ada = Person(1, 0.0, 0.0, 0.0, 0.0, 0.9, Band.MIDDLE, 0.0, 0.0, 0.0)
    near = Surrounding(together=True, stimulus=0.0, comfort=0.5, responsive=0.6)
    for n in range(1, 6001):
        curve.see(tick(Scene(n * 0.1, (ada,), 1), model.step(near, 0.1)))
    assert curve.bonds[0] == pytest.approx(model.now.bond, abs=1e-4)
    assert model.now.bond > 0.11
    model.sleep_through(86400.0)
    curve.see(tick(Scene(600.0 + 86400.0), model.now))
    assert curve.bonds[0] == pytest.approx(model.now.bond, abs=1e-4)
