"""What is read of the robot for Home Assistant: values of one turn, and none of anybody's words or names."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from robot.decide.reminders import Reminder, waiting
from robot.decide.store import Shelf
from robot.guard.rules.rule import QuietHours
from robot.sense.switches import MICROPHONE

if TYPE_CHECKING:
    from datetime import datetime

    from robot.core.clock import Clock
    from robot.core.decision import Mode
    from robot.core.tick import Tick
    from robot.page.api import Controls


class Glance(NamedTuple):
    """What can be shown of the robot at one moment."""

    mode: Mode
    somebody: bool  # is seen, heard or felt
    muted: bool  # by the switch of its body or on the page
    quiet_hours: bool
    hushed: bool
    contact: datetime | None  # when somebody last spoke to it or touched it
    timers: int
    next_timer: datetime | None
    volts: float  # 0: the body does not say


class GlanceMaker:
    """Makes one glance after another."""

    def __init__(self, controls: Controls, clock: Clock) -> None:
        self._controls, self._clock = controls, clock
        self._reminders = Shelf("reminders", Reminder)  # its own, since it reads in another thread than the loop's
        self._contact: tuple[float, datetime] | None = None

    def look(self, tick: Tick, touched: float | None) -> Glance:
        """At the robot in this turn; `touched`: when it last was, robot time."""
        scene, controls, civil = tick.scene, self._controls, self._clock.civil()
        body = scene.body
        off = () if controls.senses is None else controls.senses.off()
        hours = None if controls.quiet_hours is None else QuietHours(*controls.quiet_hours.read())
        kept = {} if controls.keepsakes is None else self._reminders.read(controls.keepsakes)
        timers = [one for _, one in waiting(kept, civil)]
        return Glance(
            mode=tick.decision.mode,
            somebody=scene.alone_since is None,
            muted=MICROPHONE in off or (body is not None and body.muted),
            quiet_hours=hours is not None and hours.hold(civil.time()),
            hushed=tick.decision.diary.hushed_at is not None,
            contact=self._when(tick, touched),
            timers=len(timers),
            next_timer=timers[0].at(civil).replace(tzinfo=civil.tzinfo) if timers else None,
            volts=0.0 if body is None else body.volts,
        )

    def _when(self, tick: Tick, touched: float | None) -> datetime | None:
        """Civil time of the last contact, reckoned once, so that it does not waver."""
        last = max((t for t in (tick.decision.diary.spoken_to_at, touched) if t is not None), default=None)
        if last is None:
            return None
        if self._contact is None or self._contact[0] != last:
            self._contact = (last, self._clock.civil() - timedelta(seconds=self._clock.now() - last))
        return self._contact[1]
