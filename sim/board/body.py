"""The simulated body: the firmware's own core on a simulated board, in lock-step, and servos that follow its pulses.

`sim://` is the body client of `firmware_bridge` on a line of this process. With `?board=avr` or `?board=pico` the image
that ships for such a board runs in an emulator instead, in the same lock-step.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qsl, urlsplit

from firmware_bridge import table
from firmware_bridge.body import BoardBody
from firmware_bridge.descriptions import described
from robot.core.body_description import SERVOS
from robot.core.body_frame import Pose  # noqa: TC001 - `BodyWorld` is asked for it when it runs
from robot.core.errors import ConfigError, PartError
from robot.texts.sentence import sentence
from sim.board.emulated import AvrBoard, EmulatedBoard, PicoBoard
from sim.board.firmware import Board
from sim.board.line import EmulatedLine, SimLine
from sim.board.place import BodyWorld, Hands, with_field
from sim.board.servos import Servos
from sim.world.options import BoardKind, Physics, Reachy

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from robot.core.body_description import BodyDescription
    from robot.core.condition import Health
    from robot.core.percepts import Percept
    from robot.parts.registry import Surroundings
    from sim.board.reachy import SimReachyBody

_PADS = {"head": 1, "back": 2}


class Mechanism(Protocol):
    """What the pulses move."""

    name: str
    pose: Pose  # in which a base that stands firm would see what the camera sees
    joints: Pose  # where the joints are
    volts: float  # at the servos
    open_volts: float  # of the supply without load

    def follow(self, pulses: tuple[int, ...], seconds: float) -> bool:
        """Move for `seconds`; True when the pose has changed."""
        ...

    def hold(self, joint: str, *, fast: bool) -> None:
        """Something blocks a joint where it is, or lets it go."""
        ...

    def press(self, pads: Collection[str]) -> None:
        """Hands lie on these pads, and on no other."""
        ...

    def push(self, newton: tuple[float, float, float]) -> None:
        """A force on the head from now on, N in the base frame; zero ends it."""
        ...


class SimBody(BoardBody):
    """The body client with hands on what the simulator can do to a board."""

    def __init__(
        self,
        around: Surroundings,
        physics: Physics = Physics.kinematic,
        field_deg: float | None = None,
        board: Callable[[], EmulatedBoard] | None = None,
    ) -> None:
        """`field_deg`: of the camera, other than the body's own. `board` makes it, instead of the WebAssembly core,
        when nothing else can fail any more. Raises PartError where the physics asked for is not installed.
        """
        description = with_field(described(around.build), field_deg)
        self.servos = _mechanism(description, physics)
        self._place = around.place if isinstance(around.place, BodyWorld) else None
        self._hands = around.place if isinstance(around.place, Hands) else None
        self._touched: tuple[str, ...] = ()
        self._pushed: tuple[float, float, float] = (0.0, 0.0, 0.0)
        self.line: SimLine | EmulatedLine = (
            SimLine(Board(), self._follow) if board is None else EmulatedLine(board(), self._follow)
        )
        if self._place is not None:
            self._place.pose = self.servos.pose
        super().__init__(self.line, around.clock, description)

    def poll(self, now: float) -> Sequence[Percept]:
        if self._hands is not None:
            touched = tuple(self._hands.touched(now))
            if touched != self._touched:
                for pad in _PADS:
                    self.touch(pad, down=pad in touched)
                self.servos.press(touched)
                self._touched = touched
            pushed = self._hands.pushed(now)
            if pushed != self._pushed:
                self.servos.push(pushed)
                self._pushed = pushed
        return super().poll(now)

    def _follow(self, pulses: tuple[int, ...]) -> None:
        servos = self.servos
        if servos.follow(pulses, table.FRAME_US / 1e6) and self._place is not None:
            self._place.pose = servos.pose
        millivolts = round(servos.volts * 1000)
        if millivolts != self.line.board.millivolts:
            self.line.board.inputs(millivolts=millivolts)

    def health(self) -> Health:
        health = super().health()
        if health.remedy:
            return health
        return replace(health, reason=sentence("health.body_servos", body=health.reason, servos=self.servos.name))

    def touch(self, pad: str, *, down: bool) -> None:
        """Lay a hand on a pad ("head" or "back"), or take it off."""
        pads = self.line.board.pads
        self.line.board.inputs(pads=pads | _PADS[pad] if down else pads & ~_PADS[pad])


def _mechanism(description: BodyDescription, physics: Physics) -> Mechanism:
    if physics is Physics.kinematic:
        return Servos(description)
    if description.motors != SERVOS:
        raise PartError(
            f"of {description.name} no masses are described, so it has no weight here", remedy="leave out --physics"
        )
    from sim.board.physics import MujocoServos  # noqa: PLC0415 - brings in an extra

    return MujocoServos(description)


BOARDS: dict[BoardKind, Callable[[], EmulatedBoard]] = {BoardKind.avr: AvrBoard, BoardKind.pico: PicoBoard}


def open_body(address: str, around: Surroundings) -> SimBody | SimReachyBody:
    """`sim://`, `sim://?physics=mujoco`, `sim://?field=70`, `sim://?board=pico` or `sim://?reachy=mockup`; it moves
    `around.place.pose` when there is a place. Raises ConfigError, and PartError for what is not installed.
    """
    asked = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
    ours = [name for name in ("physics", "board") if name in asked]
    physics, board, reachy = asked.pop("physics", Physics.kinematic), asked.pop("board", ""), asked.pop("reachy", "")
    field = asked.pop("field", "")
    known = physics in set(Physics) and board in {"", *BoardKind} and reachy in {"", *Reachy}
    if asked or not known or not (field or "70").replace(".", "", 1).isdecimal():
        raise ConfigError(
            "the simulated body cannot do that",
            place=address,
            remedy="use sim://, sim://?physics=mujoco, sim://?field=70, sim://?board=pico or sim://?reachy=mockup",
        )
    field_deg = float(field) if field else None
    if reachy and ours:
        raise ConfigError(
            f"a Reachy Mini of its maker's simulation has no {ours[0]} of ours",
            place=address,
            remedy=f"leave out reachy, or {ours[0]}",
        )
    if reachy:
        from sim.board.reachy import SimReachyBody  # noqa: PLC0415 - only where it is asked for

        return SimReachyBody(around, Reachy(reachy), field_deg)
    return SimBody(around, Physics(physics), field_deg, BOARDS[BoardKind(board)] if board else None)
