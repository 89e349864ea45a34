"""`bowlby run`: the robot on real parts."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from robot import config as configuration

if TYPE_CHECKING:
    from robot.page.server import Page


def run(
    *,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
    body: Annotated[str | None, typer.Option(help="Address of the body, e.g. /dev/ttyACM0 or sim://.")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the page.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = False,
    lan: Annotated[bool, typer.Option("--lan", help="Let devices of the network in, by a code to scan.")] = False,
    seconds: Annotated[float, typer.Option(help="Stop after so many seconds.")] = math.inf,
) -> None:
    """Run the robot on its real body, camera, microphone and speaker.

    What is missing is said, on the page and by `bowlby doctor`; only the body is needed to start.
    Ctrl-C brings the body to rest and ends.
    """
    settings = configuration.load(config)
    if body is not None:
        settings = settings.model_copy(update={"parts": settings.parts.model_copy(update={"body": body})})
    from robot.app import Place, Robot  # noqa: PLC0415 - these bring in OpenCV and the recognisers
    from robot.clock import RealClock  # noqa: PLC0415
    from robot.runner import Interrupts, RobotControls, with_page  # noqa: PLC0415

    say = Console(stderr=True)
    with Robot(settings, Place(RealClock())) as robot:
        page = with_page(robot, RobotControls(robot, settings.parts.body), port=port, browser=browser, lan=lan)
        say.print(f"{settings.robot.name} runs. Its page: [bold]{page.url}[/]  (Ctrl-C ends)")
        if lan:
            _invite(page)
        try:
            with Interrupts().armed() as interrupts:
                robot.loop.run(seconds, interrupts)
                robot.settle()
        finally:
            page.stop()
    raise typer.Exit(interrupts.exit_code)


def _invite(page: Page) -> None:
    """Show the way in on this terminal: whoever sees it is where the robot is."""
    from robot.page.entry import qr_text  # noqa: PLC0415 - brings in OpenCV

    address = page.invite()
    sys.stderr.write(f"{qr_text(address)}\n{address}\nGood once, for ten minutes; the page makes more.\n")
