"""The AVR image on a simulated ATmega328P, in lock-step: `simavr://path/to/bowlby-ws2812.elf`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.board.body import SimBody
from sim.board.emulated import AvrBoard

if TYPE_CHECKING:
    from robot.parts.registry import Surroundings


def open_body(address: str, around: Surroundings) -> SimBody:
    """The body of `simavr://firmware.elf`. Raises PartError when something has not been built."""
    return SimBody(around, board=lambda: AvrBoard(Path(address.removeprefix("simavr://"))))
