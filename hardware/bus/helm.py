"""One turn of the bus, fifty times a second: goals out, readings in, and whatever must be let go is.

It runs beside the loop, so that a servo that pushes in vain is let go however late the loop is. Servos are armed one
after the other, each where it stands, and glide from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hardware.bus.servo import HeldServo, ServoFault
from hardware.bus.watch import SupplyWatch
from robot.core.body_frame import JOINTS, Pose
from robot.core.errors import LinkError
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hardware.bus.servo_bus import ServoBus
    from robot.core.body_description import BodyDescription

TURN_S = 0.02
LONGEST_TURN_S = 0.06  # what took longer is no part of one motion
SILENCE_S = 0.5  # without an order the servos go to rest and are let go, as the board of Bowlby One does
SINK_S = 3.0  # in which they are at rest, or are let go where they are
SLOW_S = 0.03  # a turn; at a slower pace a stall is not ended in a tenth of a second
PACE = 0.05  # of a new measurement
BEYOND = 0.07  # rad, within which nobody is told
OFF_TRIES = 5  # at the end, until each has confirmed that it is off
TELL_S = 2.0  # what was held back is told for so long


class BusOrder(NamedTuple):
    """What the body is asked for at robot time `t`. `free`: let go at once, wherever it is."""

    t: float
    pose: Pose
    limp: bool
    free: bool = False


class BusReport(NamedTuple):
    """How the body stands after a turn. `steps`: where each servo stands, by its joint."""

    t: float
    pose: Pose
    armed: bool
    volts: float
    faults: tuple[ServoFault, ...]
    steps: dict[str, int]


class Helm:
    """Steers the servos of one bus that has just been opened."""

    def __init__(self, bus: ServoBus, body: BodyDescription, now: float) -> None:
        """Raises LinkError when no servo answers."""
        self.bus = bus
        self._rest = body.rest
        self._servos = [HeldServo(bus, one, one.bus, body.bus.most_load) for one in body.joints if one.bus is not None]
        self._supply = SupplyWatch(body.bus.least_volts)
        self._turned = now
        self._pace = TURN_S
        self._sinks: float | None = None  # since when
        self._up = False  # all have come to where they were wanted; what one of them does later is told by itself
        self._asked = 0  # whether they hold
        self._beyond: dict[str, float] = {}  # joints, and when they were last wanted beyond their limits
        for servo in self._servos:
            servo.meet(now)
        if not any(servo.there for servo in self._servos):
            numbers = ", ".join(map(str, sorted(one.bus.id for one in body.joints if one.bus is not None)))
            raise LinkError(sentence("health.bus_nobody", ids=numbers), remedy=sentence("health.bus_power"))

    def turn(self, now: float, order: BusOrder | None) -> BusReport:
        """Raises LinkError when the line is lost."""
        since, self._turned = now - self._turned, now
        self._pace += PACE * (min(since, 1.0) - self._pace)
        limp = order is None or order.limp or now - order.t > SILENCE_S
        if order is not None and order.free:
            self._let_go()
        elif limp or self._supply.weak:
            self._sink(now)
        else:
            self._sinks = None
            any(servo.arm(now) for servo in self._servos)  # the next one: one a turn, for the sake of the supply
        self._move(now, since, self._rest if limp or order is None else order.pose)
        for servo in self._servos:
            servo.read(now)
        self._confirm_one(now)
        if volts := [servo.volts for servo in self._servos if servo.volts is not None]:
            self._supply.see(now, min(volts))
        for servo in self._servos:
            if servo.there:  # what is wanted of one that is not heard goes out with the question whether it is there
                servo.switch_off()
        return self._report(now, limp=limp)

    def _move(self, now: float, since: float, pose: Pose) -> None:
        dt = since if 0.0 < since < LONGEST_TURN_S else TURN_S
        for servo in self._servos:
            joint, wanted = servo.joint, pose[servo.place]
            if servo.path is not None and not joint.lower - BEYOND <= wanted <= joint.upper + BEYOND:  # or no number
                self._beyond[joint.name] = now
        goals = [servo.go(pose[servo.place], dt) for servo in self._servos]
        self.bus.move([goal for goal in goals if goal is not None])

    def _sink(self, now: float) -> None:
        """To rest, and then let go; at once where the supply has given way."""
        paths = [servo.path for servo in self._servos if servo.path is not None]
        if not paths:
            self._let_go()
            return
        if self._sinks is None:
            self._sinks = now
            for path in paths:
                path.gentle = True
        if self._supply.weak or now - self._sinks > SINK_S or not any(path.gentle for path in paths):
            self._let_go()

    def _let_go(self) -> None:
        for servo in self._servos:
            if servo.path is not None or not servo.there:
                servo.let_go()

    def _confirm_one(self, now: float) -> None:
        holding = [servo for servo in self._servos if servo.path is not None]
        if holding:
            self._asked += 1
            holding[self._asked % len(holding)].confirm(now)

    def end(self) -> None:
        """Let go of all of them, whatever is known of each. Raises LinkError when the line is lost."""
        for servo in self._servos:
            servo.let_go()
        for _ in range(OFF_TRIES):
            confirmed = [servo.switch_off() for servo in self._servos]
            if all(confirmed):
                return

    # ------------------------------------------------------------ told

    def _report(self, now: float, *, limp: bool) -> BusReport:
        angles = dict.fromkeys(JOINTS, 0.0) | {servo.joint.name: servo.at for servo in self._servos}
        paths = [servo.path for servo in self._servos if servo.path is not None]
        there = not any(path.gentle for path in paths) and not any(servo.idle for servo in self._servos)
        self._up = not limp and bool(paths) and (self._up or there)
        steps = {servo.joint.name: servo.step for servo in self._servos if servo.there}
        return BusReport(
            t=now,
            pose=Pose(**angles),
            armed=self._up,
            volts=self._supply.volts,
            faults=tuple(self._faults(now)),
            steps=steps,
        )

    def _faults(self, now: float) -> Iterator[ServoFault]:
        if self._supply.weak:
            volts = round(self._supply.volts, 1)
            yield ServoFault(sentence("health.bus_weak", volts=volts), "body_power_low")
        for servo in self._servos:
            yield from servo.faults()
        held = [name for name, at in self._beyond.items() if now - at < TELL_S]
        if held:
            yield ServoFault(sentence("health.asked_beyond", joints=", ".join(held)), lesser=True)
        if self._pace > SLOW_S:
            yield ServoFault(sentence("health.bus_slow", times=round(1 / self._pace)), lesser=True)
