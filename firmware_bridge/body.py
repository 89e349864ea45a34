"""The body client: the same for a real board, a socket and the simulator.

Each tick the loop calls `poll` (reports in, handshake on) and then `write` (one frame out). The client finds out
which board it speaks to, sends the body's limits, arms it gently and streams; whenever the line or the board is
lost it begins again from there, and the board moves on from where it stands.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from firmware_bridge import table
from firmware_bridge.descriptions import on_a_board
from firmware_bridge.faults import GO_ON, HELD, LOST_OUTPUTS, NO_FIRMWARE, REFUSALS, REMEDY, LineFaults, stranger
from firmware_bridge.framing import Decoder
from firmware_bridge.link import Line, SerialLine
from firmware_bridge.margins import DriveMargin, Lead
from firmware_bridge.outbox import RETRY_S, Outbox
from firmware_bridge.recording import RecordedLine
from firmware_bridge.whereabouts import Whereabouts
from firmware_bridge.wire import Wire
from robot.core.condition import Condition, Health
from robot.core.percepts import Telemetry, Touch
from robot.texts.sentence import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from robot.core.body_description import BodyDescription
    from robot.core.body_frame import BodyFrame
    from robot.core.clock import Clock
    from robot.core.percepts import Percept
    from robot.parts.registry import Surroundings

NO_FIRMWARE_S = 2.0  # without an answer, what is there is no Bowlby board
STRANGER_S = 3.0  # after which one of another version is asked anew: it may have been flashed
SUSPENDED_S = 2.0  # without a poll, time stood still for this process
STALE_S = 0.3  # without a pose report, the line counts as lost
LIGHT_MAX = 64

_PADS = ("head", "back")
_KINDS = ("tap", "stroke", "hold")


class Phase(Enum):
    """How far the client and the board have come."""

    DOWN = auto()
    HELLO = auto()
    STRANGER = auto()
    SETUP = auto()
    READY = auto()


UNREADY = {
    Phase.DOWN: sentence("health.line_down"),
    Phase.HELLO: sentence("health.asking_who"),
    Phase.STRANGER: sentence("health.other_protocol"),
    Phase.SETUP: sentence("health.sending_limits"),
}


class BoardBody:
    """A body behind a board. Made by `open_body`."""

    def __init__(self, line: Line, clock: Clock, description: BodyDescription) -> None:
        self._out = Outbox(line, clock)
        self.sync = self._out.sync
        self._clock = clock
        self._description = description
        self._wire = Wire(description)
        self.decoder = Decoder()
        self.phase = Phase.DOWN
        self._known_board = False  # what it says is by our table
        self.faults = LineFaults()
        self.board = self.version = ""
        self._generation = -1
        self._since = 0.0  # when the phase began
        self._next_hello = 0.0
        self._heard = -1.0  # last pose report
        self._polled = 0.0
        self._board_time = -1
        self._whereabouts = Whereabouts(description)
        self._had: BodyFrame | None = None  # the last setpoints that were sent
        self._lost_place = False  # the board restarted: tell it where the servos stand
        self._unsure = False  # it may have restarted unheard; its next status says so
        self._last = Telemetry(0.0, description.rest, link=False)
        self._state = table.ServoState.LIMP
        self._explained = True  # a status has told why the board is limp
        self._limp = True  # what the last frame asked for
        self._written = False  # since the last poll
        self._lead = Lead()
        self._drives = DriveMargin()

    def record(self, file: TextIO) -> None:
        """Note all that passes over the line from now on."""
        self._out.line = RecordedLine(self._out.line, file, self._clock)

    @property
    def status(self) -> dict[str, int]:
        """The board's last `status`, by field; empty before the first."""
        return self.faults.status

    @property
    def description(self) -> BodyDescription:
        return self._description

    # ------------------------------------------------------------ in

    def poll(self, now: float) -> Sequence[Percept]:
        if now - self._polled > SUSPENDED_S:  # the computer slept, not the line: ask anew, without alarm
            self._begin_again(now)
            self._heard = now
        self._polled = now
        chunks = self._out.line.read(now)
        percepts: list[Percept] = []
        for arrived, data in chunks:
            for messages in self.decoder.feed(data):
                if messages[0] == table.POSE.id and self._known_board:
                    values = table.POSE.read(messages)
                    if values is not None:
                        percepts.append(self._pose(values, now))
                else:
                    self._message(messages, arrived, now, percepts)
        self._drive(now)
        self._written = False
        if not percepts and now - self._heard > STALE_S:
            last = self._last
            self._last = last._replace(
                t=now,
                armed=last.armed and self._out.line.up,
                link=False,
                faults=self.faults.reasons,
                waits=self._drives.exhausted,
            )
            percepts.append(self._last)
        return percepts

    def _pose(self, values: tuple[int, ...], now: float) -> Telemetry:
        board_time, armed, state, *positions = values
        passed = (board_time - self._board_time) % 2**32 / 1e6
        if self._board_time >= 0 and passed > now - self._heard + SUSPENDED_S:  # it has gone back
            self._restarted(now)
        self._board_time = board_time
        self._heard = now
        if state != self._state:
            self._state = table.ServoState(state)
            self._explained = self._state is not table.ServoState.LIMP
        last = self._last
        t = max(self.sync.robot_s(board_time, now) if self.sync.ready else now, last.t)  # never backwards
        if positions and self._known(armed):
            pose = self._wire.pose(positions)
            self._whereabouts.heard(t, self._state, armed, pose, self._had)
        else:
            pose = last.pose
        ready = state == table.ServoState.ARMED
        waits = self._drives.exhausted
        self._last = Telemetry(
            t=t,
            pose=pose,
            armed=ready,
            link=True,
            volts=last.volts,
            muted=last.muted,
            faults=self.faults.reasons,
            waits=waits,
        )
        return self._last

    def _known(self, armed: int) -> bool:
        """Whether the positions a board reports mean something: not before it knows the limits, nor afresh."""
        return armed != 0 or (self.phase is Phase.READY and not (self._lost_place or self._unsure))

    def _message(self, messages: bytes, arrived: float, now: float, percepts: list[Percept]) -> None:
        message = table.BY_ID.get(messages[0])
        values = None if message is None else message.read(messages)
        if message is None or values is None:
            return
        if not self._known_board and message is not table.IDENTITY and message is not table.PONG:
            return  # whoever that is may mean something else by it
        if message is table.STATUS:
            self._status(dict(zip(message.names, values, strict=True)), now)
        elif message is table.PONG:
            self._out.pong(values[0], arrived, values[1])
        elif message is table.ACK:
            self._acknowledged(values[0], values[1], now)
        elif message is table.IDENTITY:
            self._identity(values, now)
        elif message is table.TOUCH:
            t = self.sync.robot_s(values[0], now) if self.sync.ready else now
            percepts.append(Touch(t, _PADS[values[1]], _KINDS[values[2]]))

    def _identity(self, values: tuple[int, ...], now: float) -> None:
        if self.phase is not Phase.HELLO:
            return
        protocol, checksum, name = values[0], values[1], bytes(values[2:10]).rstrip(b"\0")
        self.board = name.decode("ascii", "replace")
        self.version = ".".join(str(v) for v in values[10:13])
        if protocol != table.PROTOCOL or checksum != table.TABLE:
            self._enter(Phase.STRANGER, now)
            self.faults.stranger = stranger(self.board, protocol)
            self.faults.update(now)
            return
        self.faults.stranger = ""
        self._enter(Phase.SETUP, now)
        # First what makes the pulses: it says how many channels there are.
        self._out.requests = [self._wire.configure(table.SAG_MV, LIGHT_MAX), *self._wire.limits()]

    def _status(self, status: dict[str, int], now: float) -> None:
        wanted = self._wire.mask
        self._lead.note_late(status["late"])
        if self.phase is Phase.READY and status["limited"] & wanted != wanted:
            self._restarted(now)
        limp = status["state"] == table.ServoState.LIMP
        self._explained = self._explained or limp
        self._find_place(status, now, afresh=limp and status["why"] == table.Why.BOOT)
        failed = limp and status["why"] in {table.Why.SAG, table.Why.OUTPUT}
        self._drives.note(now, failed=failed)
        self.faults.note(status, now)
        last = self._last
        volts, muted = status["millivolts"] / 1000, bool(status["muted"])
        if volts != last.volts or muted != last.muted or self.faults.reasons != last.faults:
            self._last = last._replace(volts=volts, muted=muted, faults=self.faults.reasons)

    def _find_place(self, status: dict[str, int], now: float, *, afresh: bool) -> None:
        """A status says whether the board is afresh: it has had no pulses since it started."""
        lost = afresh and self._whereabouts.known
        if lost and not self._lost_place:
            self.faults.restarted = now
        self._lost_place = lost
        if lost and not self.sync.ready:
            return  # when it restarted is not known yet
        if lost:
            started = now - self.sync.board_us(now) % 2**32 / 1e6
            self._whereabouts.ended_unheard(self.board, table.Reset(status["reset"]), started)
        self._unsure = False

    def _restarted(self, now: float) -> None:
        """The board was heard to restart: it has lost all it knew, and the place of its servos."""
        self._whereabouts.ended()
        self._begin_again(now)
        self.faults.restarted = now

    def _begin_again(self, now: float) -> None:
        """The board may have restarted, which is nothing to tell."""
        self._lost_place = self._whereabouts.known
        self._ask_anew(now)

    def _ask_anew(self, now: float) -> None:
        """Whatever the board knows and where its clock is must be found out anew."""
        self.sync.reset()
        self._out.clear()
        self._board_time = -1
        self._unsure = self._whereabouts.known
        self._enter(Phase.HELLO, now)

    def _acknowledged(self, sequence: int, code: int, now: float) -> None:
        request = self._out.acknowledged(sequence)
        if request is None:
            return
        self.faults.refusal = REFUSALS[table.Code(code)]
        if code == table.Code.ARMED and self.phase is Phase.SETUP:
            self._out.requests = [table.STOP.pack(table.How.REST), request, *self._out.requests]
        elif code and self.phase is Phase.SETUP:
            self._out.requests.insert(0, request)
        if request[0] == table.ARM.id and not code:
            self._lost_place = False
        if self.phase is Phase.SETUP and not self._out.requests:
            self._enter(Phase.READY, now)

    # ------------------------------------------------------------ handshake

    def _enter(self, phase: Phase, now: float) -> None:
        self.phase = phase
        self._known_board = phase in (Phase.SETUP, Phase.READY)
        self._since = now
        self._next_hello = now
        self._out.again()

    def _drive(self, now: float) -> None:
        line = self._out.line
        if not line.up:
            if self.phase is not Phase.DOWN:
                self._enter(Phase.DOWN, now)
                self.faults.line = line.reason
                self.faults.update(now)
            return
        if line.generation != self._generation:
            self._connected(now)
        self._out.ping(now)
        if self.phase is Phase.STRANGER and now - self._since > STRANGER_S:
            self._ask_anew(now)
        if self.phase is Phase.HELLO:
            self._ask_who(now)
        elif self.phase is Phase.READY and not self._out.requests:
            if now - self._heard > STALE_S:
                self._ask_anew(now)
            else:
                self._want(now)
        self._out.repeat(now)

    def _connected(self, now: float) -> None:
        self._generation = self._out.line.generation
        self.decoder = Decoder()
        self.faults = LineFaults(restarted=self.faults.restarted)
        self._heard = now
        self._ask_anew(now)

    def _ask_who(self, now: float) -> None:
        if now < self._next_hello:
            return
        self._next_hello = now + RETRY_S
        self._out.send(table.IDENTIFY.pack())
        if now - self._since > NO_FIRMWARE_S:
            self.faults.stranger = NO_FIRMWARE
            self.faults.update(now)

    def _want(self, now: float) -> None:
        """Ask for pulses, or for their end, where the last frame and the board differ."""
        state = self._state
        if self._limp:
            if state in (table.ServoState.ARMING, table.ServoState.ARMED):
                self._out.requests.append(table.STOP.pack(table.How.REST))
        elif self._written and state in (table.ServoState.LIMP, table.ServoState.RESTING):
            if self.status.get("output") in LOST_OUTPUTS or not self._drives.bears(now):
                return  # it would be refused, or give way again
            if self._unsure or not (self.sync.ready and self._explained):
                return
            known = self._wire.positions(self._whereabouts.last) if self._lost_place else []
            self._out.requests.append(table.ARM.pack(self._wire.mask, *known))

    # ------------------------------------------------------------ out

    def write(self, frame: BodyFrame) -> None:
        self._written = True
        if frame.go_on:
            self._drives.trust()
        if frame.limp is not self._limp:
            self._limp = frame.limp
            self._out.requests = [r for r in self._out.requests if r[0] not in (table.ARM.id, table.STOP.id)]
            self._out.again()
        if self.phase is not Phase.READY:
            return
        if frame.limp or not self.sync.ready:
            self._out.send(self._wire.show(frame))
            return
        line = self._out.line
        start = max(frame.t + line.lead_s, self._clock.now() + line.least_s) + self._lead.slack_s
        self._out.send(self._wire.messages(frame, int(self.sync.board_us(start) + 0.5)))
        self._had = frame

    # ------------------------------------------------------------ state

    def health(self) -> Health:
        name, faults = self._out.line.name, self.faults
        if self._drives.exhausted and self._out.line.up:
            return Health("body", Condition.FAULT, HELD, GO_ON, "body_held", name=name)
        if faults.reasons:
            over = faults.over and self._last.armed and self._last.link
            condition = Condition.LESSER if over or faults.lesser else Condition.FAULT
            return Health("body", condition, listed(faults.reasons), REMEDY, faults.ailment, name=name)
        if self.phase is not Phase.READY:
            remedy = sentence("health.wait_then_see_body")
            return Health("body", Condition.FAULT, UNREADY[self.phase], remedy, name=name)
        well = sentence("health.body_well", name=self._description.name, board=self.board, version=str(self.version))
        return Health("body", Condition.OK, well, name=name)

    def close(self) -> None:
        """Send the servos to rest and leave the line."""
        if self.phase is Phase.READY:
            self._out.send(table.STOP.pack(table.How.REST))
        self._out.line.close()


def open_body(address: str, around: Surroundings) -> BoardBody:
    """Open `serial:...`, `/dev/tty...` or `socket://host:port`. Raises LinkError when it is not there, and ConfigError
    for a body that no board moves.
    """
    description = on_a_board(around.build)
    return BoardBody(SerialLine(address, around.clock), around.clock, description)
