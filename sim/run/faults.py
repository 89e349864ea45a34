"""Faults by name, brought about on purpose from a scenario, the page or a test.

They may be asked for from any thread; the world carries them out in the loop's, at the beginning of a tick.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from firmware_bridge.table import Reset
from robot.core.clock import generator
from robot.core.errors import InputError
from sim.board.body import SimBody
from sim.bus.body import SimBusBody
from sim.world.fault_names import AT_ONCE, FaultName
from sim.world.world import Lens

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from robot.core.clock import ManualClock
    from sim.board.reachy import SimReachyBody
    from sim.world.happenings import FaultTable
    from sim.world.world import World

NOISE_PER_BYTE = 1e-2
LOW_V = 3.9
DARK = 1 / 16
STALLED = "head_yaw"
BURDEN_S = 0.03  # what each turn of the loop takes on a processor that is too slow
JUMP_S = 3 * 3600.0


class Fault(NamedTuple):
    """What brings it about and what mends it; a fault that is over at once has nothing to mend."""

    begin: Callable[[], None]
    end: Callable[[], None] | None


def _switched(owner: object, name: str, broken: object) -> Fault:
    """One value of a part is another as long as the fault lasts."""
    whole = getattr(owner, name)
    return Fault(lambda: setattr(owner, name, broken), lambda: setattr(owner, name, whole))


def _pages(disk: sqlite3.Connection, most: int) -> None:
    """How large the store may grow; never less than it is, so with 1 it is full."""
    disk.execute(f"PRAGMA max_page_count = {most}")


class Faults:
    """The faults of one simulated robot."""

    def __init__(
        self,
        body: SimBody | SimBusBody | SimReachyBody,
        world: World,
        clock: ManualClock,
        seed: int,
        disk: sqlite3.Connection,
    ) -> None:
        """`disk`: the store of the robot's memory."""
        self._world = world
        self._active: set[str] = set()
        self._chance = generator(seed)
        pages = int(disk.execute("PRAGMA max_page_count").fetchone()[0])

        def burden(now: float) -> None:
            clock.sleep_until(now + BURDEN_S)

        self._faults: dict[str, Fault] = {
            **self._of(body),
            FaultName.dark_room: _switched(world, "shade", DARK),
            FaultName.dark_camera: _switched(world, "lens", Lens.covered),
            FaultName.frozen_camera: _switched(world, "lens", Lens.frozen),
            FaultName.deaf_microphone: _switched(world, "deaf", broken=True),
            FaultName.no_speaker: _switched(world, "silenced", broken=True),
            FaultName.slow_processor: _switched(world, "burden", burden),
            FaultName.clock_jump: Fault(lambda: clock.set_forward(JUMP_S), lambda: clock.set_forward(-JUMP_S)),
            FaultName.full_disk: Fault(lambda: _pages(disk, 1), lambda: _pages(disk, pages)),
        }

    def _of(self, body: SimBody | SimBusBody | SimReachyBody) -> dict[str, Fault]:
        """What can befall the body. One that its maker simulates has a line, and no more that this robot reaches."""
        if isinstance(body, SimBusBody):
            return self._on_a_bus(body)
        if isinstance(body, SimBody):
            return self._on_a_board(body)
        return {FaultName.unplugged: Fault(body.line.unplug, body.line.plug)}

    def _on_a_board(self, body: SimBody) -> dict[str, Fault]:
        line, servos = body.line, body.servos
        return {
            FaultName.unplugged: Fault(line.unplug, line.plug),
            FaultName.noisy_line: _switched(line, "noise", self._damaged),
            FaultName.low_voltage: _switched(servos, "open_volts", LOW_V),
            FaultName.board_reset: Fault(lambda: line.restart(Reset.PIN), None),
            FaultName.brown_out: Fault(lambda: line.restart(Reset.BROWN_OUT), None),
            FaultName.stalled_servo: Fault(
                lambda: servos.hold(STALLED, fast=True), lambda: servos.hold(STALLED, fast=False)
            ),
            FaultName.mute_switch: Fault(lambda: line.board.inputs(muted=True), lambda: line.board.inputs(muted=False)),
        }

    def _on_a_bus(self, body: SimBusBody) -> dict[str, Fault]:
        """It has no board that could restart, and no switch."""
        line, bus = body.line, body.bus
        faults: dict[str, Fault] = {
            FaultName.unplugged: Fault(line.unplug, line.plug),
            FaultName.noisy_line: _switched(bus, "noise", self._damaged),
            FaultName.low_voltage: Fault(lambda: bus.supply(LOW_V), bus.mend_supply),
            FaultName.brown_out: Fault(bus.cut_supply, None),
        }
        if STALLED in body.joints:
            faults[FaultName.stalled_servo] = Fault(
                lambda: body.hold(STALLED, fast=True), lambda: body.hold(STALLED, fast=False)
            )
        return faults

    def _damaged(self, data: bytes) -> bytes:
        """One bit flipped in a hundredth of the bytes."""
        damaged = bytearray(data)
        for i in range(len(damaged)):
            if self._chance.random() < NOISE_PER_BYTE:
                damaged[i] ^= 1 << int(self._chance.integers(8))
        return bytes(damaged)

    def plan(self, table: Iterable[FaultTable]) -> None:
        """Bring about what a scenario says, when it says. Raises InputError for what cannot befall this body."""
        for row in table:
            if row.name not in self._faults:
                raise InputError(
                    f"the fault {row.name} cannot befall this body",
                    remedy="play the scenario on another, or leave it out",
                )
            self._world.at(row.at, partial(self.set, row.name, on=True))
            if row.name not in AT_ONCE:
                self._world.at(row.at + row.lasts_s, partial(self.set, row.name, on=False))

    def names(self) -> list[str]:
        return list(self._faults)

    def active(self) -> set[str]:
        return set(self._active)

    def set(self, name: str, *, on: bool) -> None:
        """Begin or end a fault; unknown names and what is so already are left alone."""
        fault = self._faults.get(name)
        if fault is None or on == (name in self._active):
            return
        if on:
            self._world.later(fault.begin)
            if fault.end is not None:
                self._active.add(name)
        elif fault.end is not None:
            self._active.discard(name)
            self._world.later(fault.end)
