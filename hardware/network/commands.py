"""`bowlby lend` and `bowlby fleet`."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.table import Table

from robot.config import schema as configuration
from robot.core.errors import InputError
from robot.texts.terminal import terminal

STEP_S = 0.2


def lend(
    address: Annotated[
        str, typer.Argument(help="Where to listen, e.g. tcp://192.168.1.20:7447; tcp://0.0.0.0 is everywhere.")
    ],
    *,
    eyes: Annotated[bool, typer.Option(help="Look for faces in the pictures that robots send.")] = True,
    ears: Annotated[bool, typer.Option(help="Understand the sound that robots send.")] = True,
    seconds: Annotated[float, typer.Option(help="Stop after so many seconds.")] = float("inf"),
) -> None:
    r"""Lend this machine's processor to robots of this household, and be the place where they meet.

    It listens at the address for robots that show the household's key, looks at their pictures and understands their
    sound. Nothing is kept. A robot uses it by `bowlby run --sight tcp://THIS-MACHINE`, or by \[network] in its
    configuration; while this machine is away, it sees and hears by itself. Ctrl-C ends.
    """
    from hardware.network.lending import Lending  # noqa: PLC0415 - these bring in OpenCV and the recognisers
    from hardware.network.session import engine, key_file, place  # noqa: PLC0415
    from robot.app.runner import Interrupts  # noqa: PLC0415
    from robot.core.clock import nap, stopwatch  # noqa: PLC0415

    engine()
    at, say = place(address), terminal(stderr=True)
    new = not key_file().exists()
    with Interrupts().armed() as interrupts, Lending(at, eyes=eyes, ears=ears):
        lent = " and ".join(name for name, on in (("eyes", eyes), ("ears", ears)) if on) or "a meeting place"
        say.print(f"It lends {lent} at {at}, to whoever has its key. (Ctrl-C ends)", soft_wrap=True)
        key = f"{'A new key' if new else 'The key'} is in {key_file()}"
        say.print(f"{key}: copy it to the same place on each robot.", soft_wrap=True)
        end = stopwatch() + seconds
        while not interrupts() and stopwatch() < end:
            nap(STEP_S)
    raise typer.Exit(interrupts.exit_code)


def fleet(
    address: Annotated[
        str | None, typer.Argument(help="Where they meet, e.g. tcp://desk.local; else \\[network] fleet.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    r"""Show the robots that say that they are there.

    A robot does so only if its owner wrote \[network] fleet into its configuration.
    """
    from hardware.network.fleet import present  # noqa: PLC0415 - a command's imports wait until it runs
    from hardware.network.session import place  # noqa: PLC0415

    where = address or configuration.load(None).network.fleet
    if not where:
        raise InputError("no place is named where robots meet", remedy="bowlby fleet tcp://HOST, or [network] fleet")
    robots = present(place(where))
    if as_json:
        sys.stdout.write(json.dumps([one._asdict() for one in robots], indent=2, ensure_ascii=False) + "\n")
        return
    if not robots:
        terminal().print("No robot says that it is there.")
        return
    table = Table("robot", "mode", "runs for", box=None)
    for one in robots:
        table.add_row(one.name, one.mode, f"{one.running_s / 60:.0f} min")
    terminal().print(table)
