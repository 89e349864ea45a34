"""`bowlby sim`: the same robot in a simulated room, with a page to look at it or headless and as fast as it goes."""

from __future__ import annotations

import atexit
import json as jsons
import logging
import sys
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Annotated

import typer
from rich.table import Table as RichTable
from rich.text import Text

from robot.config import schema as configuration
from robot.core.body_description import BROADCAST
from robot.core.errors import InputError
from robot.health.brought_languages import must_be_there
from robot.texts.catalogue import SOURCE
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


def attachment(
    *,
    plot: Annotated[Path | None, typer.Option(help="Draw it into an SVG file.")] = None,
    language: Annotated[str, typer.Option(help="What the picture is labelled in: en, fr.")] = SOURCE,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same runs.")] = 0,
    senses: Annotated[SightFrom, typer.Option(help="Camera pixels, really looked at, or the truth.")] = SightFrom.truth,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Play the Strange Situation with a secure, an anxious and an avoidant robot, and compare them.

    Eight episodes of up to three minutes (Ainsworth 1978): its person leaves twice and comes back, a stranger comes.
    It is research in the simulator: an anxious robot is never let near people.

    [bold]bowlby attachment --plot strange-situation.svg[/] draws arousal, exploration and contact by episode.
    """
    from sim.attachment import chart  # noqa: PLC0415 - brings in OpenCV, wasmtime and the recognisers
    from sim.attachment import strange_situation as situation  # noqa: PLC0415

    must_be_there(language)
    courses = [situation.play(style, seed, senses) for style in situation.STYLES]
    if plot is not None:
        try:
            plot.write_text(chart.draw(courses, language), encoding="utf-8")
        except OSError as error:
            raise InputError(f"the picture cannot be written: {error.strerror}", place=str(plot)) from error
    if json:
        told = {course.style: [measured._asdict() for measured in course.episodes] for course in courses}
        sys.stdout.write(jsons.dumps(told, indent=2) + "\n")
        return
    table = RichTable("episode", "style", "arousal", "exploration", "contact, s", "would call, s", "calls", box=None)
    for course in courses:
        for one in course.episodes:
            numbers = (f"{one.arousal:.2f}", f"{one.exploration:.2f}", f"{one.contact_s:.1f}", f"{one.calling_s:.0f}")
            table.add_row(str(one.episode), course.style, *numbers, str(one.calls))
    terminal().print(table)


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


def _need(needed: object, given: object, message: str, remedy: str) -> None:
    """Raises InputError for an option that is given without the one that it needs."""
    if given and not needed:
        raise InputError(message, remedy=remedy)


def _list() -> None:
    table = RichTable("scenario", "what happens", box=None)
    for name in scenarios.shipped():
        table.add_row(name, scenarios.load(name)[1].about)
    terminal().print(table)


def talk(
    lines: Annotated[Path | None, typer.Argument(help="A file of lines to say; without one, type them.")] = None,
    *,
    language: Annotated[str, typer.Option(help="en or fr; the robot follows when you change it.")] = SOURCE,
    explain: Annotated[bool, typer.Option("--explain", help="Show meanings, reasons and what the guard did.")] = False,
    transcript: Annotated[Path | None, typer.Option(help="Write the talk into a text file, private to you.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Same seed and lines, same talk.")] = 0,
    model: Annotated[str, typer.Option(help="A language model for it, as \\[talk] model has it.")] = "",
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Talk with a simulated robot in the terminal.

    It is that of your configuration, with your own behaviours. Lines come from the keyboard, a file or a pipe; an empty
    line lets ten seconds pass in silence. Nothing is kept.

    [bold]echo "my knee hurts" | bowlby talk --explain[/] shows what a line was taken for, and why it was answered so.
    """
    from sim.talk.conversation import Conversation  # noqa: PLC0415 - as above
    from sim.talk.terminal import TerminalTalk  # noqa: PLC0415

    must_be_there(language)
    settings = configuration.load(config)
    if model:
        settings = settings.changed("talk", model=model)
    with Conversation(language=language, seed=seed, config=settings) as conversation:
        TerminalTalk(conversation, explain=explain, json=json).hold(lines, transcript)


def board(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="TCP port here; 0 chooses a free one.")] = 7766,
    pty: Annotated[bool, typer.Option("--pty", help="A terminal device instead of the port.")] = False,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="How long; without it, until Ctrl-C.")] = None,
) -> None:
    """Run a simulated board by itself, at true speed: something to try a client of your own on.

    Behind it is the firmware's own core. [bold]bowlby body show socket://127.0.0.1:7766[/] looks at it.
    """
    from robot.core.clock import nap, stopwatch  # noqa: PLC0415 - as the other commands, only what this one needs
    from sim.board.server import BoardServer  # noqa: PLC0415 - the same

    server = BoardServer(port=0 if pty else port)
    address = server.pty() if pty else server.address
    began = stopwatch()
    with server:
        terminal().print(f"a board is at {address}; Ctrl-C ends it", soft_wrap=True)
        while seconds is None or stopwatch() - began < seconds:
            nap(0.1)


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
    from robot.core.clock import nap, stopwatch  # noqa: PLC0415 - as the other commands, only what this one needs
    from sim.bus.bus import SimBus  # noqa: PLC0415 - the same
    from sim.bus.faults import BusFaults  # noqa: PLC0415 - the same
    from sim.bus.server import BusServer  # noqa: PLC0415 - the same

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
