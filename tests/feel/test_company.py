"""Whom the robot is with, and the rhythm of its day: bonds per remembered person, strangers, drowsiness, sleep."""

from __future__ import annotations

import weakref
from datetime import UTC, datetime, time

import pytest

from robot.core.clock import ManualClock, RealClock
from robot.core.feelings import SOMEONE, Feelings
from robot.core.percepts import Band, Speaking, Utterance
from robot.core.scene import Departure, Person, Scene
from robot.feel.attachment import Attachment, Style, Surrounding
from robot.feel.feel import Feel
from robot.feel.parameters import Parameters
from robot.feel.rhythm import Rhythm
from robot.loop.memory_keeper import MemoryKeeper, faded_bonds
from robot.memory.memory import Memory

DT = 0.02
BOOTTIME = 7  # CLOCK_BOOTTIME in Linux' time.h
QUIET = (time(21, 30), time(7, 30))


class Day:
    """The step of feeling, with a memory, in scenes that follow each other."""

    def __init__(self, civil: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)) -> None:
        self.clock = ManualClock(civil)
        self.memory = Memory(None, self.clock)
        weakref.finalize(self, self.memory.close)  # Python 3.13 warns of databases that are left open
        self.attachment = Attachment(Style())
        self.feel = Feel(self.attachment, Rhythm(*QUIET, Parameters()), self.memory, self.clock)
        self.keeper = MemoryKeeper(self.memory, self.attachment, self.clock)
        self.here: dict[int, float] = {}
        self.n = 0

    def live(self, seconds: float, *here: int, says: str = "", by: int = 0, leaves: str = "left") -> Feelings:
        """Time with these tracks; `says` is a name that one of them tells at the beginning."""
        feelings = Feelings()
        for _ in range(round(seconds / DT)):
            self.n += 1
            now = self.n * DT
            self.clock.sleep_until(now)
            for track in here:
                self.here.setdefault(track, now)
            gone = tuple(Departure(track, now, 0.0, 9.0, leaves) for track in self.here if track not in here)
            for departure in gone:
                del self.here[departure.track]
            people = tuple(
                Person(track, 0.0, 0.0, 0.0, 0.0, 0.9, Band.MIDDLE, since, now, now)
                for track, since in self.here.items()
            )
            words = (Utterance(now, f"I am {says}", "my_name_is", (("name", says),)),) if says else ()
            scene = Scene(now, people, by or (here[0] if here else None), "x", gone, utterances=words)
            feelings = self.feel.update(scene, DT, parted=False)
            self.keeper.keep(scene, (), "", DT)
            says = ""
        return feelings

    def remember(self, name: str) -> int:
        self.memory.remember_person(name)
        known = self.memory.person(name)
        assert known is not None
        return known.id


@pytest.fixture
def day() -> Day:
    return Day()


def test_until_anybody_is_remembered_whoever_comes_is_someone(day: Day) -> None:
    assert day.live(5, 1, says="Ada").who == SOMEONE
    assert day.live(5, 1, 2).drive < 0.2
    assert day.live(30, 2).drive < 0.05


def test_each_remembered_person_has_a_bond_of_their_own(day: Day) -> None:
    ada, ben = day.remember("Ada"), day.remember("Ben")
    assert day.live(120, 1, says="Ada").who == ada
    day.live(5)
    assert day.live(30, 2, says="Ben").who == ben
    bonds = day.attachment.bonds
    assert bonds[ada] > bonds[ben] > Parameters().bond_first
    day.live(60)
    assert day.memory.bonds()[ada][0] == pytest.approx(bonds[ada], rel=1e-3)


def test_a_stranger_is_no_company_when_its_person_has_left(day: Day) -> None:
    day.attachment.bonds[day.remember("Ada")] = 0.8
    day.live(5, 1, says="Ada")
    with_both = day.live(20, 1, 2).drive
    left = day.live(20, 2)
    assert 0.1 < with_both < 0.3
    assert left.drive > 0.8
    back = day.live(5, 2, 3, says="Ada", by=3)
    assert back.drive < 0.3
    assert back.reunion > 0.0


def test_a_voice_without_a_face_is_company_and_its_own_voice_is_none(day: Day) -> None:
    day.attachment.bonds[SOMEONE] = 0.8
    assert day.live(5).drive > 0.5
    assert day.live(5, says="Ada").drive < 0.2
    assert day.live(10).drive > 0.5
    day.clock.sleep_until(day.n * DT)
    speaking = Scene(day.n * DT + 0.1, talk_until=day.n * DT + 9.0, speaking=Speaking(day.n * DT, active=True))
    assert day.feel.update(speaking, DT, parted=False).drive > 0.5


def test_whoever_turns_away_for_a_moment_is_no_stranger(day: Day) -> None:
    day.remember("Ada")
    day.live(5, 1, says="Ada")
    day.live(5, 1, 2)
    day.live(3, 2, leaves="inside")
    assert day.live(5, 2, 3).drive < 0.3


def test_whoever_comes_to_an_empty_room_is_its_person_until_they_tell_another_name(day: Day) -> None:
    ada = day.remember("Ada")
    day.live(5, 1, says="Ada")
    day.live(5)
    assert day.live(5, 2).who == ada
    before = day.attachment.bonds[ada]
    day.live(60, 2, says="Sam")
    assert day.attachment.bonds[ada] < before


def test_a_bond_that_is_forgotten_is_gone_and_is_not_written_again(day: Day) -> None:
    ada = day.remember("Ada")
    day.live(61, 1, says="Ada")
    assert ada in day.memory.bonds()
    day.memory.forget_person("Ada")
    feelings = day.live(130, 1)
    assert feelings.who == SOMEONE
    assert ada not in day.memory.bonds()
    assert ada not in day.attachment.bonds


def test_after_a_reset_it_meets_everybody_anew(day: Day) -> None:
    day.attachment.bonds[SOMEONE] = 0.7
    day.live(61, 1)
    day.memory.reset()
    assert day.live(2, 1).bond == pytest.approx(Parameters().bond_first, abs=0.01)


def test_the_last_minute_before_the_end_is_kept(day: Day) -> None:
    day.live(90, 1)
    day.keeper.close()
    day.keeper.close()
    ((_, minutes),) = day.memory.everything().together
    assert minutes == pytest.approx(1.5, abs=0.01)
    assert day.memory.bonds()[SOMEONE][0] == day.attachment.bonds[SOMEONE]


def test_a_machine_that_was_suspended_finds_the_bond_that_a_restart_would_find() -> None:
    day, other = Day(), Day()
    for one in (day, other):
        one.attachment.bonds[SOMEONE] = 0.6
        one.live(61, 1)
    week = 7 * 86400.0
    day.n += round(week / DT)
    asleep = day.live(0.2, 1).bond
    other.clock.sleep_until(other.clock.now() + week)
    restarted = Attachment(Style())
    restarted.bonds.update(faded_bonds(other.memory, other.clock.civil(), restarted.parameters.bond_days))
    assert asleep == pytest.approx(restarted.bonds[SOMEONE], rel=1e-3)
    assert asleep < 0.8 * 0.6


def test_a_night_in_suspend_is_robot_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux' CLOCK_BOOTTIME goes on in suspend; its other clocks stand still."""
    uptime = {BOOTTIME: 500.0}
    monkeypatch.setattr("robot.core.clock.time.clock_gettime", uptime.__getitem__)
    clock = RealClock()
    uptime[BOOTTIME] += 8 * 3600.0
    assert clock.now() == 8 * 3600.0
    assert clock.lag(60.0) == 8 * 3600.0 - 60.0


@pytest.mark.parametrize(
    ("hour", "drowsy"),
    [(12, 0.0), (20, 0.0), (21, 0.5), (22, 1.0), (3, 1.0), (7, 1.0), (7.75, 0.5), (8, 0.0), (9, 0.0)],
)
def test_drowsiness_follows_the_quiet_hours(hour: float, drowsy: float) -> None:
    moment = time(int(hour), round(hour % 1 * 60))
    assert Rhythm(*QUIET, Parameters()).drowsiness(moment) == pytest.approx(drowsy)


def test_without_quiet_hours_it_is_never_drowsy() -> None:
    rhythm = Rhythm(time(8), time(8), Parameters())
    assert {rhythm.drowsiness(time(hour)) for hour in range(24)} == {0.0}


def test_in_the_quiet_hours_it_explores_less() -> None:
    night = Day(datetime(2026, 3, 2, 23, 0, tzinfo=UTC)).live(120, 1)
    noon = Day().live(120, 1)
    assert night.drowsiness == 1.0
    assert night.exploration < 0.7 * noon.exploration


def test_the_mood_drifts_with_company_and_never_sinks_by_being_alone() -> None:
    model = Attachment(Style(), bond=0.8)
    held = Surrounding(together=True, stimulus=0.0, comfort=1.0)
    noisy = Surrounding(together=True, stimulus=1.0, comfort=0.0)
    alone = Surrounding(together=False, stimulus=0.0, comfort=0.0)
    minute = [model.step(held, 0.1).mood for _ in range(600)][-1]
    assert 0.5 < minute < 0.51
    for _ in range(3600):
        model.step(held, 10.0)
    assert 0.85 < model.now.mood <= 0.9
    for _ in range(3600):
        model.step(alone, 10.0)
    assert model.now.mood >= 0.5
    other = Attachment(Style())
    for _ in range(3600):
        other.step(noisy, 1.0)
    assert other.now.mood < 0.5
