"""`bowlby bus`: simulated bus servos by themselves, at true speed."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from robot.core.body_description import BROADCAST
from robot.core.errors import InputError
from robot.texts.terminal import terminal


def bus(
    maker: Annotated[str, typer.Argument(help="Whose protocol the servos speak: feetech or dynamixel.")] = "feetech",
    *,
    ids: Annotated[str, typer.Option(help="The servos' numbers.")] = "1,2,3,4",
    series: Annotated[str, typer.Option(help="Of Feetech: sts, or scs for the smaller ones.")] = "sts",
    faults: Annotated[bool, typer.Option("--faults", help="Take lines that bring faults about, as `stall 1`.")] = False,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="How long; without it, until Ctrl-C.")] = None,
) -> None:
    """Run simulated bus servos by themselves, behind a terminal device, at true speed.

    Its address is a body for [bold]bowlby doctor[/] and [bold]bowlby run[/], or for a program of yours.
    With --faults, standard input takes one fault a line: `stall 1`, `free 1`, `heat 1 70`, `volts 4`, `silent 1`,
    `overload 1`, `noise 0.01`, `unplug`, `plug`; `well` ends all of them.
    """
    from robot.core.clock import nap, stopwatch  # noqa: PLC0415 - only what it needs
    from sim.bus.bus import SimBus  # noqa: PLC0415 - as above
    from sim.bus.faults import BusFaults  # noqa: PLC0415 - as above
    from sim.bus.server import BusServer  # noqa: PLC0415 - as above

    numbers = ids.split(",")
    if not all(number.isdecimal() and int(number) < BROADCAST for number in numbers):
        raise InputError(f"these are no servos' numbers: {ids!r}", remedy="write them as 1,2,3")
    began = stopwatch()
    with BusServer(SimBus(maker, map(int, numbers), series)) as server:
        tail = "?series=scs" if maker == "feetech" and series == "scs" else ""
        terminal().print(f"a bus is at {maker}://{server.path}{tail}; Ctrl-C ends it", soft_wrap=True)
        told = BusFaults(server, sys.stdin.fileno()) if faults else None
        while seconds is None or stopwatch() - began < seconds:
            try:
                if told is not None:
                    told.take()
            except InputError as error:
                terminal(stderr=True).print(str(error), soft_wrap=True)
            nap(0.05)
