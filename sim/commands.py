"""`bowlby sim`: the same robot in a simulated room, with a page to look at it or headless and as fast as it goes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as RichTable

from robot import config as configuration
from robot.errors import InputError
from sim import scenario as scenarios
from sim.options import Hears, Options, Senses


def sim(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario's name, or a file.")] = "visit",
    *,
    headless: Annotated[bool, typer.Option("--headless", help="Without the page.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="As fast as the machine goes (needs --headless).")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same run, to the last byte.")] = 0,
    senses: Annotated[Senses, typer.Option(help="Camera pixels, really looked at, or the truth.")] = Senses.pixels,
    hears: Annotated[Hears, typer.Option(help="Words as text, or as sound through the real recogniser.")] = Hears.text,
    fps: Annotated[float, typer.Option(min=1.0, max=30.0, help="Pictures a second.")] = 10.0,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="Length, instead of the scenario's own.")] = None,
    report: Annotated[str | None, typer.Option(help="Write a JSON report to a file, or - for standard output.")] = None,
    language: Annotated[str | None, typer.Option(help="en or fr, instead of the scenario's own.")] = None,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the page.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    listing: Annotated[bool, typer.Option("--list", help="List the shipped scenarios and stop.")] = False,
) -> None:
    """Open a simulated room with the robot in it.

    A painted person walks in; the robot sees them only through its own camera picture. Drag people about on the page,
    type to the robot, listen to it. Everything but the four devices is the program that runs a real robot.

    [bold]bowlby sim first-meeting --headless --fast --seed 7 --report -[/] plays a scripted meeting and judges it.
    """
    if listing:
        _list()
        return
    if fast and not headless:
        raise InputError("--fast needs --headless", remedy="the page shows real time; add --headless")
    name, script = scenarios.load(scenario)
    settings = configuration.load(config)
    from sim.session import Session  # noqa: PLC0415 - brings in OpenCV, wasmtime and the recognisers

    length = seconds if seconds is not None else script.duration_s
    with Session(name, script, settings, Options(senses, hears, seed, fast, fps, language)) as session:
        code = session.headless(length) if headless else session.with_page(length, port, browser=browser)
        if report is not None:
            session.report(length, report)
    raise typer.Exit(code)


def _list() -> None:
    table = RichTable("scenario", "what happens", box=None)
    for name in scenarios.shipped():
        table.add_row(name, scenarios.load(name)[1].about)
    Console().print(table)
