"""`bowlby run`: the robot on real parts."""

from __future__ import annotations

import faulthandler
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from robot.config import places
from robot.config import schema as configuration
from robot.core.errors import InputError, PartError
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from robot.app.robot import Robot
    from robot.config.schema import Config
    from robot.page.server.server import Page


NO_CODE_HERE = "No code is shown where it would be kept, as in a log: its page on this machine makes one."


def run(
    *,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
    body: Annotated[str | None, typer.Option(help="Address of the body, e.g. /dev/ttyACM0 or sim://.")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the page.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = False,
    lan: Annotated[bool, typer.Option("--lan", help="Let devices of the network in, by a code to scan.")] = False,
    seconds: Annotated[float, typer.Option(help="Stop after so many seconds.")] = math.inf,
    sight: Annotated[
        str | None, typer.Option(help="A machine that looks for faces, e.g. tcp://desk.local: pictures go there.")
    ] = None,
    hearing: Annotated[
        str | None, typer.Option(help="A machine that understands words, e.g. tcp://desk.local: sound goes there.")
    ] = None,
    record: Annotated[Path | None, typer.Option(help="Record the run into a file (MCAP), private to you.")] = None,
    record_pictures: Annotated[
        bool, typer.Option("--record-pictures", help="Record what the camera sees as well.")
    ] = False,
) -> None:
    """Run the robot on its real body, camera, microphone and speaker.

    What is missing is said, on the page and by `bowlby doctor`; only the body is needed to start.
    Ctrl-C brings the body to rest and ends.

    [bold]--record FILE[/] keeps all that it senses and does, the words that were said and the names it knows among it;
    never sound, and pictures only with [bold]--record-pictures[/]. `bowlby replay FILE` plays it again.
    """
    if record_pictures and record is None:
        raise InputError("--record-pictures needs --record FILE", remedy="name the file")
    settings = configuration.load(config)
    if body is not None:
        settings = settings.changed("parts", body=body)
    asked = {key: value for key, value in {"sight": sight, "hearing": hearing}.items() if value is not None}
    settings = settings.changed("network", **asked)
    if record is not None:
        settings = settings.changed("care", recorded=True)
    from robot.app.warden import watched  # noqa: PLC0415 - what follows brings in OpenCV and the recognisers
    from robot.health import last_run  # noqa: PLC0415
    from robot.health.systemd import ServiceManager  # noqa: PLC0415

    manager = ServiceManager()
    if not manager.there:
        watched(last_run.folder())
    from robot.app.build import build  # noqa: PLC0415
    from robot.app.context import Overseers, RunContext  # noqa: PLC0415
    from robot.app.page_controls import RobotControls  # noqa: PLC0415
    from robot.app.runner import at_home, in_ros, noted, patient, recorded, serve, whole, with_page  # noqa: PLC0415
    from robot.app.supervision import supervised  # noqa: PLC0415
    from robot.core.clock import RealClock, TickedClock  # noqa: PLC0415

    faulthandler.enable()  # the watchdog's SIGABRT leaves a trace of every thread in the log
    clock = RealClock() if record is None else TickedClock()
    file = last_run.RunFile(clock)
    last = file.begin()
    overseers = Overseers.made(judges=True, notes=file.notes)
    around = RunContext(clock, last_run=last, overseers=overseers)

    def make() -> Robot:
        with supervised(overseers):
            return build(settings, around)

    with noted(file), patient(make, manager) as robot:
        controls = RobotControls(robot, settings.parts.body, config=config or places.personal())
        page = with_page(robot, controls, port=port, browser=browser, lan=lan, first=not manager.there)
        typer.echo(f"{settings.robot.name} runs. Its page: {typer.style(page.url, bold=True)}  (Ctrl-C ends)", err=True)
        _tell_where_to(settings)
        if lan:
            _invite(page)
        if record is not None:
            pictures = "pictures too" if record_pictures else "no pictures"
            typer.echo(f"It records into {record}, {pictures}, no sound.", err=True)
        try:
            with (
                recorded(robot, record, pictures=record_pictures) as recorder,
                at_home(robot, controls),
                in_ros(robot, controls),
                supervised(overseers),
            ):
                code = serve(robot, manager, seconds)
        finally:
            page.stop()
    whole(recorder)
    raise typer.Exit(code)


def _tell_where_to(settings: Config) -> None:
    for what, address in (("pictures", settings.network.sight), ("sound", settings.network.hearing)):
        if address:
            typer.echo(f"Its {what} may go to {address}, as you asked. They are not kept there.", err=True)
    if settings.network.ros:
        typer.echo(f"It is a node of ROS 2 by {settings.network.ros}: what is said goes there.", err=True)
    if settings.doors.broker:
        shown = ", ".join(settings.doors.home_shows) or "nothing but that it is there"
        typer.echo(f"Home Assistant is shown, by the broker at {settings.doors.broker}: {shown}.", err=True)


def _invite(page: Page) -> None:
    """Show the way in on this terminal: whoever sees it is where the robot is. Without a network it runs on."""
    if not sys.stderr.isatty():
        typer.echo(NO_CODE_HERE, err=True)
        return
    from robot.page.server.entry import qr_text  # noqa: PLC0415 - brings in OpenCV

    try:
        address = page.invite()
    except PartError as error:
        typer.echo(f"No code to scan yet: {words(error.what)}. Once it is on one, the page makes codes.", err=True)
        return
    sys.stderr.write(f"{qr_text(address)}\n{address}\nGood once, for ten minutes; the page makes more.\n")
