"""One servo, as the helm knows it: whether it answers, holds, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hardware.bus.motion import GoalPath
from hardware.bus.servo_bus import ALERTS, LETS_GO, ServoGoal
from hardware.bus.watch import LetGo, ServoRest, ServoWatch
from robot.core.body_frame import JOINTS
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hardware.bus.servo_bus import ServoBus
    from robot.core.body_description import BusServo, Joint
    from robot.texts.sentence import AnyText

MISSED = 5  # answers in a row, after which a servo counts as gone
ASKED_AGAIN_S = 0.5  # of one that is gone: each question to nobody costs the others a third of a turn
SPARE = 1.5  # of a joint's speed: the servo's own limit, should goals ever jump


class ServoFault(NamedTuple):
    """What is wrong, and what the robot calls it aloud. `lesser`: it goes on all the same."""

    text: AnyText
    ailment: str = ""
    lesser: bool = False


class HeldServo:
    """The servo of one joint. `path` is there while it holds."""

    def __init__(self, bus: ServoBus, joint: Joint, servo: BusServo, most_load: float) -> None:
        self._bus = bus
        self._servo = servo
        self._most_load = most_load
        self.joint = joint
        self.place = JOINTS.index(joint.name)
        self.there = False
        self.at = 0.0  # rad, by the last reading
        self.step = 0
        self.volts: float | None = None  # None where it did not answer this turn
        self.path: GoalPath | None = None
        self._positions = True
        self._off_wanted = False  # and not confirmed
        self._missed = 0
        self._asked = -ASKED_AGAIN_S
        self._cut: LetGo | None = None
        self._alerts: frozenset[str] = frozenset()
        self._celsius = 0.0
        self._watch, self._rest = ServoWatch(most_load), ServoRest()

    def meet(self, now: float) -> None:
        """Find out how it stands; one that holds goes on holding, where it is."""
        self._asked = now
        found = self._bus.meet(self._servo.id)
        self.there = found is not None and self._take(now)
        if found is not None and self.there:
            self._positions = found.positions
            holds = found.positions and self._cut is None and not self._off_wanted
            self.path = GoalPath(self.joint, self.at) if found.on and holds else None
            self._off_wanted = self._off_wanted or (found.on and not holds)

    def read(self, now: float) -> None:
        """Take a reading, and let it go where that says so."""
        if not self.there:
            self.volts = None
            if now - self._asked >= ASKED_AGAIN_S:
                self.switch_off()
                self.meet(now)
        elif self._take(now):
            self._missed = 0
        else:
            self._missed += 1
            if self._missed >= MISSED:
                self.there, self.path, self._asked = False, None, now

    def _take(self, now: float) -> bool:
        reading = self._bus.read(self._servo.id)
        self.volts = None if reading is None else reading.volts
        if reading is None:
            return False
        self.step, self.at = reading.step, self._servo.angle(reading.step)
        self._alerts, self._celsius = reading.alerts, reading.celsius
        cut = self._watch.see(now, reading, self.at, None if self.path is None else self.path.at)
        if cut is not None and self._cut is None:
            self._give_up(cut, now)
        return True

    def _give_up(self, why: LetGo, now: float) -> None:
        self._cut = why
        self._rest.begin(now)
        self.let_go()

    def confirm(self, now: float) -> None:
        """Ask whether it still holds: one that restarted, or protects itself, has let go without a word."""
        if self._bus.holds(self._servo.id) is False:
            self._give_up(LetGo.alert, now)

    # ------------------------------------------------------------ holding

    def let_go(self) -> None:
        self.path = None
        self._off_wanted = True

    def switch_off(self) -> bool:
        """Until it has confirmed it; whether it has. Also one that is not heard: it may hear."""
        if self._off_wanted and self._bus.switch(self._servo.id, on=False):
            self._off_wanted = False
        return not self._off_wanted

    @property
    def idle(self) -> bool:
        """Whether it could hold, and does not."""
        return self.there and self._positions and self.path is None and self._cut is None

    def arm(self, now: float) -> bool:
        """Hold where it stands, where it may; True when it was tried."""
        if not self.there or not self._positions or self.path is not None or self._off_wanted or self._missed:
            return False
        if self._cut is not None:
            return self._try_again(now)
        path = GoalPath(self.joint, self.at)
        self._bus.move([self._goal(self.at)])
        if self._bus.switch(self._servo.id, on=True):
            self.path = path
        else:  # it may hold all the same: only the answer may be lost
            self._off_wanted = True
        return True

    def _try_again(self, now: float) -> bool:
        """After its rest, and cool; it is armed once it has been read anew."""
        if not self._rest.over(now) or self._watch.warm:
            return False
        if self._alerts & LETS_GO or self._cut is LetGo.alert:
            self._bus.recover(self._servo.id)
            self._alerts = frozenset()
        self._cut = None
        self._watch = ServoWatch(self._most_load)
        return True

    def go(self, wanted: float, dt: float) -> ServoGoal | None:
        return None if self.path is None else self._goal(self.path.step(wanted, dt))

    def _goal(self, angle: float) -> ServoGoal:
        step = min(max(self._servo.step(angle), 0), self._bus.steps - 1)
        return ServoGoal(self._servo.id, step, SPARE * self.joint.speed * abs(self._servo.steps_per_rad))

    # ------------------------------------------------------------ told

    def faults(self) -> Iterator[ServoFault]:
        joint, number = self.joint.name, self._servo.id
        if not self.there:
            yield ServoFault(sentence("health.bus_missing", joint=joint, id=number))
            return
        if not self._positions:
            yield ServoFault(sentence("health.bus_not_positions", joint=joint, id=number))
        told = [ALERTS[alert] for alert in ALERTS if alert in self._alerts]
        if self._cut is LetGo.stalled:
            yield ServoFault(sentence("health.bus_stalled", joint=joint, id=number), "body_stuck")
        elif self._cut is LetGo.hot:
            yield ServoFault(
                sentence("health.bus_hot", joint=joint, id=number, degrees=round(self._celsius)), "body_hot"
            )
        elif self._cut is LetGo.alert and not told:
            yield ServoFault(sentence("health.bus_let_go", joint=joint, id=number))
        elif self._watch.warm:
            warm = sentence("health.bus_warm", joint=joint, id=number, degrees=round(self._celsius))
            yield ServoFault(warm, lesser=True)
        for what in told:
            yield ServoFault(sentence("health.bus_alert", joint=joint, id=number, what=what), lesser=self._cut is None)
