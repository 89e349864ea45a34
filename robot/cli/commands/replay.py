"""`bowlby replay`: a recording goes through the mind as it is now."""

from __future__ import annotations

import json
import logging
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress
from rich.text import Text

from robot.core.errors import InputError
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from robot.app.replay import Outcome


def replay(
    file: Annotated[Path, typer.Argument(help="A recording, made with --record.")],
    *,
    behaviors: Annotated[
        Path | None, typer.Option(help="A folder of your own behaviours, instead of the configured one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
    page: Annotated[bool, typer.Option("--page", help="Look at it in the browser, at any moment.")] = False,
    port: Annotated[int | None, typer.Option(help="Port of the page.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Play a recording again and tell whether the program still does the same; or look at it.

    What was sensed then goes into the mind as it is now, tick by tick; thoughts, words and every body frame are
    compared to the last bit. Nothing moves and nothing sounds; what a behaviour would write, send or start is refused.
    Behaviours of your own come from your folder, and never from the one that the recording names.

    Ends with 0 when all is the same, with 1 at the first tick that differs, which is named, and with 2 for a file that
    cannot be read.

    [bold]--page[/] compares nothing: it shows what was, at any moment of it, in the browser, until Ctrl-C.

    [bold]bowlby sim first-meeting --headless --fast --record meeting.mcap[/] makes a recording.
    """
    if page and as_json:
        raise InputError("--page compares nothing, so it has no --json", remedy="leave one of them out")
    if page:
        raise typer.Exit(_look_at(file, port, browser=browser))
    from robot.app.replay import Replay  # noqa: PLC0415 - brings in the whole robot

    logging.getLogger("robot").setLevel(logging.ERROR)  # what it tells of itself was told then
    replaying = Replay(file, behaviors=behaviors)
    with Progress(console=terminal(stderr=True), transient=True) as bar:
        task = bar.add_task(file.name, total=None)
        outcome = replaying.run(lambda ticks: bar.update(task, completed=ticks) if ticks % 50 == 0 else None)
    if as_json:
        difference = outcome.difference._asdict() if outcome.difference is not None else None
        told = {"same": outcome.same, "difference": difference, "refused": [one._asdict() for one in outcome.refused]}
        sys.stdout.write(json.dumps(outcome._asdict() | told) + "\n")
    else:
        _print(outcome)
    raise typer.Exit(0 if outcome.same else 1)


def _look_at(file: Path, port: int | None, *, browser: bool) -> int:
    """Show it on a page until it is told to stop; gives the exit code."""
    from robot.app.runner import Interrupts  # noqa: PLC0415
    from robot.page.replay_page import show  # noqa: PLC0415
    from robot.recording.seekable import SeekableRecording  # noqa: PLC0415 - as above

    say = terminal(stderr=True)
    with Progress(console=say, transient=True) as bar:
        task = bar.add_task(file.name, total=None)
        film = SeekableRecording(file, lambda ticks: bar.update(task, completed=ticks))
    if film.trouble:
        say.print(Text("It ends early:", "yellow"), film.trouble, soft_wrap=True)

    def up(url: str) -> None:
        say.print("The recording is at", Text(url, "bold"), " (Ctrl-C ends)", soft_wrap=True)
        if browser and not webbrowser.open(url):
            say.print("No browser could be opened: open it yourself.")

    with Interrupts().armed() as interrupts:
        show(film, port, interrupts, up)
    return interrupts.exit_code


def _print(outcome: Outcome) -> None:
    say = terminal()
    found = outcome.difference
    for name, deed in outcome.refused:
        told = f"since this is a replay: {name} wanted to {deed}"
        say.print(Text("not done,", "yellow"), told, soft_wrap=True)
    if found is None:
        told = f"{outcome.ticks} ticks, {outcome.seconds:.1f} s, digest {outcome.digest[:16]}"
        say.print(Text("the same:", "green"), told, soft_wrap=True)
        return
    place = f"at tick {found.tick} ({found.t:.2f} s), first in the step"
    say.print(Text("differs", "bold red"), place, Text(f"{found.step}:", "bold"), soft_wrap=True)
    say.print(f"  {found.topic} {found.key}\n    was    {found.was}\n    is now {found.now}", soft_wrap=True)
