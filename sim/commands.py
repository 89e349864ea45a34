"""`bowlby sim`: the same robot in a simulated room, with a page to look at it or headless and as fast as it goes."""

from __future__ import annotations

import atexit
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Annotated

import typer
from rich.table import Table as RichTable
from rich.text import Text

from robot.config import schema as configuration
from robot.core.errors import InputError
from robot.health.brought_languages import must_be_there
from robot.texts.terminal import terminal
from sim.world import scenario as scenarios
from sim.world.options import Bus, Options, Physics, SightFrom, WordsFrom

STUCK_S = 20.0  # without a page nobody waits, and a run must repeat however busy the machine is


def sim(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario's name, or a file.")] = "visit",
    *,
    headless: Annotated[bool, typer.Option("--headless", help="Without the page.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="As fast as the machine goes (needs --headless).")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same run, to the last byte.")] = 0,
    senses: Annotated[
        SightFrom, typer.Option(help="Camera pixels, really looked at, or the truth.")
    ] = SightFrom.pixels,
    hears: Annotated[
        WordsFrom, typer.Option(help="Words as text, or as sound through the real recogniser.")
    ] = WordsFrom.text,
    physics: Annotated[
        Physics | None, typer.Option(help="Servos with weight and torque, or none, instead of the scenario's own.")
    ] = None,
    bus: Annotated[
        Bus | None, typer.Option(help="A body of bus servos (extra bus), instead of one on a board.")
    ] = None,
    fps: Annotated[
        float | None, typer.Option(min=1.0, max=30.0, help="Pictures a second, instead of the scenario's own.")
    ] = None,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="Length, instead of the scenario's own.")] = None,
    report: Annotated[str | None, typer.Option(help="Write a JSON report to a file, or - for standard output.")] = None,
    language: Annotated[str | None, typer.Option(help="en or fr, instead of the scenario's own.")] = None,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the page.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    record: Annotated[Path | None, typer.Option(help="Record the run into a file (MCAP), private to you.")] = None,
    record_pictures: Annotated[
        bool, typer.Option("--record-pictures", help="Record what the robot's camera sees as well.")
    ] = False,
    transcript: Annotated[
        Path | None, typer.Option(help="Write who said what into a text file, private to you (needs --headless).")
    ] = None,
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
    _need(headless, fast, "--fast needs --headless", "the page shows real time; add --headless")
    _need(headless, transcript, "--transcript needs --headless", "the page shows the talk itself; add --headless")
    _need(record, record_pictures, "--record-pictures needs --record FILE", "name the file")
    settings = configuration.load(config)
    name, script = scenarios.load(scenario, settings.robot.behaviors)
    if unused := [key for key, address in settings.network if address]:
        keys, many = ", ".join(unused), "are" if len(unused) > 1 else "is"
        terminal(stderr=True).print(
            Text("Not used in the simulator,", "yellow"),
            f"whose runs repeat: {keys} of [network] {many} for `bowlby run`.",
            soft_wrap=True,
        )
    if not headless:
        from robot.app.warden import watched  # noqa: PLC0415

        notes = Path(mkdtemp(prefix="bowlby-"))
        atexit.register(rmtree, notes, ignore_errors=True)
        culprits = watched(notes)
    from robot.app.context import Overseers  # noqa: PLC0415 - these bring in OpenCV, wasmtime and the recognisers
    from robot.app.supervision import supervised  # noqa: PLC0415
    from sim.run.session import SimSession  # noqa: PLC0415
    from sim.talk.transcript import Transcript, write_transcript  # noqa: PLC0415

    length = seconds if seconds is not None else script.duration_s
    if language is not None:
        must_be_there(language)
    options = Options(
        senses=senses,
        hears=hears,
        seed=seed,
        fast=fast,
        fps=fps,
        language=language,
        physics=physics,
        bus=bus,
        record=record,
        record_pictures=record_pictures,
    )

    def show_progress(session: SimSession, seconds: float) -> None:
        if report is not None:
            session.report(seconds, report)

    if not headless:
        from robot.health.last_run import FIRST_RUN, LastRun, RunEnding  # noqa: PLC0415
        from sim.run.scenario_switcher import ScenarioPlay, Theatre  # noqa: PLC0415 - as above

        last = LastRun(RunEnding.HUNG, culprits=culprits) if culprits else FIRST_RUN
        overseers = Overseers.made(judges=True, notes=notes)
        theatre = Theatre(ScenarioPlay(name, script, options, length), settings, overseers, last)
        raise typer.Exit(theatre.run(port, browser=browser and not culprits, ended=show_progress))
    overseers = Overseers.made(judges=False, stuck_s=STUCK_S)
    with supervised(overseers), SimSession(name, script, settings, options, overseers=overseers) as session:
        talk = Transcript()
        if transcript is not None:
            session.robot.loop.watch(talk)
        code = session.headless(length)
        show_progress(session, length)
        if transcript is not None:
            write_transcript(talk.lines, transcript)
    raise typer.Exit(code)


def _need(needed: object, given: object, message: str, remedy: str) -> None:
    """Raises InputError for an option that is given without the one that it needs."""
    if given and not needed:
        raise InputError(message, remedy=remedy)


def _list() -> None:
    table = RichTable("scenario", "what happens", box=None)
    for name in scenarios.shipped():
        table.add_row(name, scenarios.load(name)[1].about)
    terminal().print(table)
