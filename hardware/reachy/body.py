"""The body client for Reachy Mini: what the loop polls and writes.

The daemon's motors come on where they are, and the head then glides up for a second and a half; only then is the body
armed. Limp is the other way: down to where its maker lets it sleep, then motors off. A daemon that was lost is met
anew, from wherever the head is. What the daemon does not refuse is held here: limits, speeds, numbers that are none.
"""

from __future__ import annotations

from enum import Enum, auto
from importlib.resources import files
from math import degrees, hypot, radians
from typing import TYPE_CHECKING

from hardware.body.names import REACHY_MINI
from hardware.reachy import wire
from hardware.reachy.line import DaemonLine
from hardware.reachy.motion import Glide, Heartbeat, Lags, Limiter
from hardware.reachy.wire import ASLEEP, Place
from robot.core.body_description import OWN
from robot.core.body_file import described
from robot.core.condition import Condition, Health
from robot.core.errors import ConfigError
from robot.core.percepts import Telemetry
from robot.texts.sentence import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hardware.reachy.line import Messages
    from robot.core.body_description import BodyDescription
    from robot.core.body_frame import BodyFrame, Pose
    from robot.core.clock import Clock
    from robot.core.percepts import Percept
    from robot.parts.registry import Surroundings
    from robot.texts.sentence import AnyText

SHIPPED = files("hardware.body")
STALE_S = 0.3  # without a pose
# Without a pose for so long nothing more is sent: a daemon that was held up takes all that waits for it at once.
WAITS_S = 0.06
RISE_S, SINK_S = 1.5, 2.0
RESUME_S = 0.3  # where the head is up already
UP_M = 0.006  # so near to its height it is up
OFF_SINCE_S = 1.5  # reports come once a second: the one before a command tells of the time before it
BEHIND, BEHIND_EARS = radians(10.0), radians(30.0)  # of what it was told, that are no lag any more
BEHIND_S = 1.0
TELL_S = 2.0  # what was held back is told for so long
TICK_S = 0.02
REMEDIES = {  # released, astray
    (False, False): sentence("health.reachy_see"),
    (False, True): sentence("health.reachy_restart"),
    (True, False): sentence("health.reachy_switch_on"),
    (True, True): sentence("health.reachy_switch_on"),
}


class Standing(Enum):
    """How far the client and the daemon have come."""

    DOWN = auto()
    MEETING = auto()  # no report or no pose yet
    LIMP = auto()
    RISING = auto()
    ARMED = auto()
    SINKING = auto()
    RELEASED = auto()  # somebody switched the motors off; nobody here switches them on again


class ReachyBody:
    """A Reachy Mini. Made by `open_body`."""

    def __init__(self, line: Messages, clock: Clock, description: BodyDescription) -> None:
        self._line = line
        self._clock = clock
        self._description = description
        self.standing = Standing.DOWN
        self._generation = -1
        self._report: wire.DaemonReport | None = None
        self._joints: tuple[float, float, float] | None = None
        self._found: Place | None = None  # where it is; None before the first pose
        self._astray = False  # the daemon's account of the head cannot be
        self._seen = 0.0  # last pose
        self._mode_wanted_at = 0.0
        self._off_asked = False  # and once is enough, whatever the daemon makes of it
        self._beat = Heartbeat()
        self._limiter = Limiter(description)
        self._lags = Lags()
        self._glide: Glide | None = None
        self._told: Place | None = None  # the last target
        self._frame_at = 0.0
        self._limp = True
        self._behind_since: float | None = None
        self._behind = 0.0
        self._held: dict[str, float] = {}  # joints, and when they were last wanted beyond their limits
        self._senseless_at = -TELL_S
        self._last = Telemetry(0.0, description.rest, link=False, volts=0.0)

    @property
    def description(self) -> BodyDescription:
        return self._description

    # ------------------------------------------------------------ in

    def poll(self, now: float) -> Sequence[Percept]:
        line = self._line
        if line.up and line.generation != self._generation:
            self._met(now)
        percepts: list[Percept] = []
        for arrived, message in line.read(now):
            match message.get("type"):
                case "joint_positions":
                    self._take_joints(message)
                case "head_pose":
                    percepts.append(self._take_pose(arrived, message))
                case "daemon_status":
                    self._report = wire.report(message) or self._report
        self._drive(now)
        if not percepts and now - self._seen > STALE_S:
            self._last = self._last._replace(t=now, armed=False, link=False, faults=self._faults(now))
            percepts.append(self._last)
        return percepts

    def _met(self, now: float) -> None:
        """A daemon that may be another one than before: nothing of it is known."""
        self._generation = self._line.generation
        self._report, self._joints, self._found = None, None, None
        self._off_asked = False
        self._beat, self._lags = Heartbeat(), Lags()
        self._seen = now
        self._enter(Standing.MEETING)

    def _enter(self, standing: Standing) -> None:
        self.standing = standing
        self._behind_since = None
        self._behind = 0.0

    def _take_joints(self, message: dict[str, object]) -> None:
        head, antennas = message.get("head_joint_positions"), message.get("antennas_joint_positions")
        if isinstance(head, list) and isinstance(antennas, list) and len(head) == 7 and len(antennas) == 2:
            self._joints = head[0], antennas[0], antennas[1]

    def _take_pose(self, arrived: float, message: dict[str, object]) -> Telemetry:
        self._seen = arrived
        self._beat.beat(arrived)
        matrix = message.get("head_pose")
        found = wire.place(self._joints, matrix) if self._joints and isinstance(matrix, list) else None
        self._astray = found is None and self._joints is not None
        if found is None and self._astray:
            found = self._told  # where it was sent is the best that is known
        if found is not None:
            self._found = found
            self._compare(arrived, found.pose)
        t = max(arrived, self._last.t)  # never backwards
        pose = self._last.pose if self._found is None else self._found.pose
        armed = self.standing is Standing.ARMED
        self._last = Telemetry(t, pose, armed=armed, link=True, volts=0.0, faults=self._faults(arrived))
        return self._last

    def _compare(self, now: float, pose: Pose) -> None:
        """How far it is from where it was told to be, beyond what a moving body lags."""
        if self._told is None or self.standing is not Standing.ARMED:
            return
        off = [abs(a - b) for a, b in zip(pose, self._told.pose, strict=True)]
        behind = max(*off[:4], *(ear * BEHIND / BEHIND_EARS for ear in off[4:]))
        if behind < BEHIND:
            self._behind_since, self._behind = None, 0.0
            if not self._astray:
                self._lags.learn(now, pose, self._told.pose)
        elif self._behind_since is None:
            self._behind_since = now
        elif now - self._behind_since > BEHIND_S:
            self._behind = max(off)

    # ------------------------------------------------------------ standing

    def _drive(self, now: float) -> None:
        report = self._report
        if not self._line.up:
            self._leave(Standing.DOWN)
        elif now - self._seen > STALE_S or report is None or self._found is None or not report.running:
            self._leave(Standing.MEETING)
        else:
            self._go_on(now, on=report.motors == wire.ENABLED)

    def _leave(self, standing: Standing) -> None:
        if self.standing is not standing:
            self._enter(standing)

    def _go_on(self, now: float, *, on: bool) -> None:
        """From one standing to the next, with a daemon that is well."""
        there = self._glide is not None and self._glide.over(now)
        match self.standing:
            case Standing.DOWN | Standing.MEETING:
                self._enter(Standing.LIMP)
            case Standing.RISING | Standing.ARMED if not on and now - self._mode_wanted_at > OFF_SINCE_S:
                self._enter(Standing.RELEASED)
            case Standing.RELEASED if on:
                self._enter(Standing.LIMP)
            case Standing.SINKING if there:
                self._switch(now, on=False)
                self._enter(Standing.LIMP)
            case Standing.RISING if there:
                self._enter(Standing.ARMED)
                for command in wire.ALONE:
                    self._line.send(command)

    def _switch(self, now: float, *, on: bool) -> None:
        self._mode_wanted_at = now
        self._off_asked = not on
        self._line.send(wire.motors(on=on))

    def _rise(self, now: float, start: Place) -> None:
        self._line.send(wire.GUARD_YAW)
        self._switch(now, on=True)
        pose = self._limiter.reachable(start.pose)
        self._limiter.place(pose)
        up = hypot(start.x, start.z) < UP_M
        self._glide = Glide(start, Place(pose), now, RESUME_S if up else RISE_S)
        self._enter(Standing.RISING)

    def _sink(self, now: float, start: Place) -> None:
        self._glide = Glide(start, ASLEEP, now, SINK_S)
        self._enter(Standing.SINKING)

    # ------------------------------------------------------------ out

    def write(self, frame: BodyFrame) -> None:
        now, dt = frame.t, frame.t - self._frame_at
        self._frame_at = now
        if self._found is None or self._report is None or now - self._seen > WAITS_S:
            return
        if frame.limp:
            if self.standing in (Standing.ARMED, Standing.RISING):
                self._sink(now, self._told or self._found)
            elif self.standing is Standing.LIMP and self._report.motors == wire.ENABLED and not self._off_asked:
                self._sink(now, self._found)
        elif self.standing in (Standing.LIMP, Standing.SINKING):
            self._rise(now, self._found)
        if self.standing is Standing.ARMED:
            self._limiter.step(frame.pose, dt if 0.0 < dt < 5 * TICK_S else TICK_S, self._lags.seconds)
            self._note_held(now)
            self._aim(Place(self._limiter.ahead(self._beat.lead(self._clock.now()))))
        elif self.standing in (Standing.RISING, Standing.SINKING) and self._glide is not None:
            self._aim(self._glide.at(now))

    def _aim(self, to: Place) -> None:
        self._told = to
        self._line.aim(wire.target(to))

    def _note_held(self, now: float) -> None:
        limiter = self._limiter
        for name in limiter.held:
            self._held[name] = now
        if limiter.senseless:
            self._senseless_at = now

    # ------------------------------------------------------------ state

    def _faults(self, now: float) -> tuple[AnyText, ...]:
        report = self._report
        told: list[AnyText] = []
        if not self._line.up:
            return (self._line.reason,)
        if report is not None and report.error:
            told.append(sentence("health.reachy_error", error=report.error))
        elif report is not None and not report.running:
            told.append(sentence("health.reachy_not_running"))
        if now - self._seen > STALE_S:
            told.append(sentence("health.reachy_no_pose"))
        if self.standing is Standing.RELEASED:
            told.append(sentence("health.reachy_released"))
        if self._behind:
            told.append(sentence("health.reachy_behind", degrees=round(degrees(self._behind))))
        if self._astray:
            told.append(sentence("health.reachy_astray"))
        if now - self._senseless_at < TELL_S:
            told.append(sentence("health.asked_no_number"))
        held = [name for name, at in self._held.items() if now - at < TELL_S]
        if held:
            told.append(sentence("health.asked_beyond", joints=", ".join(held)))
        return tuple(told)

    def health(self) -> Health:
        now, name = self._clock.now(), self._line.name
        faults = self._faults(now)
        if faults:
            moves = self.standing is Standing.ARMED and self._line.up and not (self._report and self._report.error)
            condition = Condition.LESSER if moves and not self._behind else Condition.FAULT
            remedy = REMEDIES[self.standing is Standing.RELEASED, self._astray]
            return Health("body", condition, listed(faults), remedy, name=name)
        if self.standing in (Standing.DOWN, Standing.MEETING):
            remedy = sentence("health.reachy_start")
            return Health("body", Condition.FAULT, sentence("health.reachy_meeting"), remedy, name=name)
        version = "?" if self._report is None else self._report.version
        return Health(
            "body",
            Condition.OK,
            sentence("health.reachy_well", name=self._description.name, version=version),
            name=name,
        )

    def close(self) -> None:
        """Its maker's way to sleep, where it still stands; then leave the line."""
        if self.standing in (Standing.ARMED, Standing.RISING, Standing.SINKING):
            self._line.send(wire.SLEEP)
        self._line.close()


def reachy_mini() -> BodyDescription:
    """As its maker builds it."""
    return described(None, SHIPPED, REACHY_MINI)


def moving_itself(around: Surroundings) -> BodyDescription:
    """The body as described, where it is a Reachy Mini. Raises ConfigError for one of servos."""
    description = described(around.build, SHIPPED, REACHY_MINI)
    if description.motors != OWN:
        raise ConfigError(
            f"{description.name} moves by servos on a board, and not by itself",
            place=str(around.build),
            remedy="leave out [parts] build, or give the board's address as [parts] body",
        )
    return description


def open_body(address: str, around: Surroundings) -> ReachyBody:
    """`reachy://` or `reachy://HOST:PORT`. Raises LinkError when no daemon answers, and ConfigError for a body of
    servos on a board.
    """
    description = moving_itself(around)
    return ReachyBody(DaemonLine(address, around.clock), around.clock, description)
