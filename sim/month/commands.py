"""`bowlby month`: weeks with a person in minutes, its duties and its bond checked each day."""

from __future__ import annotations

import json as jsons
import logging
import sys
from typing import Annotated

import typer
from rich.table import Table as RichTable
from rich.text import Text

from robot.texts.terminal import terminal


def month(
    *,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days.")] = 30,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same days.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, one line a day.")] = False,
) -> None:
    """Let somebody live with the robot for a month, and check its duties and its bond each day.

    They come and go, have guests, are ill, are away, and are up at night. Each hour in which anybody is there is lived
    by the whole robot; the rest it sleeps through. Thirty days take a few minutes. The code is 1 when a duty did not
    hold.
    """
    from sim.month.month import Month  # noqa: PLC0415 - brings in OpenCV, wasmtime and the recognisers

    logging.disable(logging.INFO)  # a month has thousands of lines of it
    say = terminal(stderr=True)
    table = RichTable(
        "day", "kind", "minutes", "sentences", "begun", "calls", "goodbyes", "bond", "by equations", "duties", box=None
    )
    broken = 0
    for day in Month(seed).days(days):
        broken += len(day.broken)
        if json:
            sys.stdout.write(jsons.dumps(day._asdict(), ensure_ascii=False) + "\n")
            sys.stdout.flush()
            continue
        counts = (day.minutes, day.sentences, day.openings, day.calls, day.farewells)
        held = Text("held") if not day.broken else Text(f"{len(day.broken)} broken", "bold red")
        bonds = (f"{day.bond:.3f}", f"{day.bond_by_equations:.3f}")
        table.add_row(str(day.day), day.kind, *map(str, counts), *bonds, held)
        say.print(f"day {day.day} of {days}:", held)
        for what in day.broken:
            say.print(f"  {what}")
    if not json:
        terminal().print(table)
    if broken:
        raise typer.Exit(1)
