"""Weeks with the robot in minutes: every hour in which anybody is there is lived by the whole loop, the rest is slept.

When nobody is there and it has fallen asleep, the clock is set forward to half a minute before the next visit, as if
the computer had been suspended. What a real robot does when that ends, it does here: the loop lets the missed ticks go,
the line is taken up again, and the attachment model solves its equations for the time that passed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.config.schema import CareTable, Config
from robot.core.clock import generator
from robot.core.decision import Mode
from robot.guard.rules.rule import QuietHours
from robot.memory.memory import DETAILS_FADE, TOPICS_FADE
from sim.month import calendar
from sim.month.calendar import GUEST, PERSON, DayKind
from sim.month.month_script import Daybook
from sim.run.session import SimSession
from sim.world.happenings import Step
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from robot.feel.attachment import Attachment
    from robot.memory.records import Everything
    from sim.month.calendar import Day, Visit

DAY_S = 86400.0
LEAD_S = 30.0
ASLEEP_AFTER_S = 60.0
PATIENCE_S = 120.0  # by then it must be asleep
TOLERANCE = 0.003  # of the bond against its equations
WHERE, WHERE_GUEST = Step(at=0.0, x=1.1, y=0.15), Step(at=0.0, x=1.4, y=-0.4)
GONE = Step(at=0.0, leave=True)


class DayReport(NamedTuple):
    """The report of one day."""

    day: int
    kind: DayKind
    minutes: float
    sentences: int
    openings: int
    calls: int
    farewells: int
    bond: float
    bond_by_equations: float
    broken: tuple[str, ...]


class Month:
    """A month: one robot, run from day to day."""

    def __init__(self, seed: int) -> None:
        empty = Scenario.model_validate({"about": "weeks", "duration_s": DAY_S, "civil": "2026-01-05T00:00:00"})
        config = Config(care=CareTable(asleep_after_s=ASLEEP_AFTER_S))
        self._chance = generator(seed)
        self._session = SimSession(
            "month",
            empty,
            config,
            Options(senses=SightFrom.truth, hears=WordsFrom.text, seed=seed, fast=True, fps=10.0, language=None),
        )
        self._robot, self._world = self._session.robot, self._session.world
        self._clock = self._robot.loop.clock
        self._book = Daybook(self._clock, QuietHours(config.care.quiet_from, config.care.quiet_to))
        self._robot.loop.watch(self._book)
        self._robot.voice.warm_up("en")

    def days(self, count: int) -> Iterator[DayReport]:
        """Live so many days; each is told when it is over. The robot is closed at the end."""
        try:
            for number in range(count):
                yield self._live(calendar.drawn(number, self._chance))
        finally:
            self._robot.close()

    def _live(self, day: Day) -> DayReport:
        midnight = day.number * DAY_S
        for visit in day.visits:
            self._suspend(midnight + visit.at - LEAD_S)
            self._visit(midnight + visit.at, visit)
            self._fall_asleep()
        self._suspend(midnight + DAY_S)
        self._run(1.0)
        return self._report(day)

    def _run(self, seconds: float) -> None:
        self._robot.loop.run(self._clock.now() + seconds)

    def _suspend(self, until: float) -> None:
        """Set the clock forward, once it sleeps; the first ticks after that belong to the new time."""
        if until > self._clock.now():
            self._clock.sleep_until(until)

    def _visit(self, at: float, visit: Visit) -> None:
        loop, world = self._robot.loop, self._world
        loop.run(at)
        world.direct(PERSON, WHERE)
        guest_here = False
        for when, who, words in visit.lines:
            if visit.guest and not guest_here and when > 0.4 * visit.seconds:
                world.direct(GUEST, WHERE_GUEST, look=5)
                guest_here = True
                self._run(2.0)
            loop.run(at + when)
            world.say(who, words)
        loop.run(at + visit.seconds - 20.0)
        if guest_here:
            world.direct(GUEST, GONE)
        if visit.goodbye:
            world.say(PERSON, visit.goodbye)
        loop.run(at + visit.seconds)
        world.direct(PERSON, GONE)

    def _fall_asleep(self) -> None:
        """Alone; it must be asleep in time, or the night would not be what it is taken for."""
        loop = self._robot.loop
        start = self._clock.now()
        loop.run(start + PATIENCE_S, lambda: loop.steps.mind.mode is Mode.ASLEEP)
        self._run(8.0)
        if loop.steps.mind.mode is not Mode.ASLEEP:
            self._book.page.broken.append(f"alone for {PATIENCE_S:g} s it is still {loop.steps.mind.mode}")

    def _report(self, day: Day) -> DayReport:
        page, steps = self._book.turn(), self._robot.loop.steps
        broken = list(page.broken)
        broken += _kept_too_long(self._robot.memory.everything(), self._clock.civil())
        broken += [f"{name} raised: {why}" for name, why in steps.mind.benched.items()]
        attachment = steps.feel.attachment
        broken += self._off_the_curve(attachment)
        who = max(attachment.bonds)
        return DayReport(
            day=day.number + 1,
            kind=day.kind,
            minutes=round(page.minutes, 1),
            sentences=page.sentences,
            openings=page.openings,
            calls=page.calls,
            farewells=page.farewells,
            bond=attachment.bonds[who],
            bond_by_equations=self._book.curve.bonds[who],
            broken=tuple(broken),
        )

    def _off_the_curve(self, attachment: Attachment) -> list[str]:
        found, wanted = attachment.bonds, self._book.curve.bonds
        return [
            f"the bond with {who} is {value:.4f}, by the equations {wanted.get(who, 0.0):.4f}"
            for who, value in found.items()
            if abs(value - wanted.get(who, 0.0)) > TOLERANCE
        ]


def _kept_too_long(everything: Everything, civil: datetime) -> list[str]:
    """Topics and details that should have faded (duty 26); fading happens once a day."""
    too_old = (civil - TOPICS_FADE).timestamp() - DAY_S
    too_clear = (civil - DETAILS_FADE).timestamp() - DAY_S
    found = []
    for topic in everything.topics:
        at = type(civil).fromisoformat(topic.at).timestamp()
        if at < too_old or (topic.detail is not None and at < too_clear):
            found.append(f"duty 26: {topic.about} of {topic.at} has not faded")
    return found
