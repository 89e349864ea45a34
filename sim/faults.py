"""Faults by name, brought about on purpose from the page or a test.

They may be asked for from any thread; the world carries them out in the loop's, at the beginning of a tick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from firmware_bridge.table import Reset
from robot.clock import generator

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.body import SimBody
    from sim.world import World

NOISE_PER_BYTE = 1e-2
LOW_MV, FULL_MV = 3900, 5000
DARK = 1 / 16


class Fault(NamedTuple):
    """What brings it about and what mends it; a fault that is over at once has nothing to mend."""

    begin: Callable[[], None]
    end: Callable[[], None] | None


class Faults:
    """The faults of one simulated robot."""

    def __init__(self, body: SimBody, world: World, seed: int) -> None:
        self._world = world
        self._active: set[str] = set()
        line = body.line
        rng = generator(seed)

        def damage(data: bytes) -> bytes:
            """Flip one bit in a hundredth of the bytes."""
            damaged = bytearray(data)
            for i in range(len(damaged)):
                if rng.random() < NOISE_PER_BYTE:
                    damaged[i] ^= 1 << int(rng.integers(8))
            return bytes(damaged)

        def noise(*, on: bool) -> None:
            line.noise = damage if on else None

        def light(level: float) -> None:
            world.light = level

        self._faults = {
            "unplugged": Fault(line.unplug, line.plug),
            "noisy line": Fault(lambda: noise(on=True), lambda: noise(on=False)),
            "low voltage": Fault(
                lambda: line.board.inputs(millivolts=LOW_MV), lambda: line.board.inputs(millivolts=FULL_MV)
            ),
            "board reset": Fault(lambda: line.restart(Reset.PIN), None),
            "brown-out": Fault(lambda: line.restart(Reset.BROWN_OUT), None),
            "mute switch": Fault(lambda: line.board.inputs(muted=True), lambda: line.board.inputs(muted=False)),
            "dark room": Fault(lambda: light(DARK), lambda: light(1.0)),
        }

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
