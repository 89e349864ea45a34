"""The front door: `bowlby COMMAND`, or `python -m robot COMMAND`.

Commands are found through the entry points `bowlby.commands`: a function becomes a command, a `typer.Typer` a group.
A BowlbyError ends a command with its words on one line and its own exit code; any other error is a defect and shows.
"""

from __future__ import annotations

import logging
import sys
from importlib.metadata import entry_points, version
from typing import Annotated

import typer
from rich.console import Console
from rich.logging import RichHandler
from rich.markup import escape

from robot.errors import BowlbyError
from robot.parts import COMMANDS

ORDER = ("sim", "run", "doctor", "see", "hear", "say")  # as a newcomer meets them; others follow by name

app = typer.Typer(
    name="bowlby",
    help="Bowlby, a companion robot that works offline and tells the truth about itself.\n\n"
    "Begin with [bold]bowlby sim[/]: it opens a simulated room in your browser, with the program that runs a robot.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer's signature
    if wanted:
        sys.stdout.write(f"bowlby {version('bowlby')}\n")
        raise typer.Exit


@app.callback()
def options(
    *,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell more of what goes on.")] = False,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Options of every command."""
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING,
        format="%(message)s",
        handlers=[RichHandler(console=Console(stderr=True), show_path=False)],
        force=True,
    )
    logging.getLogger("robot").setLevel(logging.DEBUG if verbose else logging.INFO)


def _collect() -> None:
    found = {entry.name: entry for entry in entry_points(group=COMMANDS)}
    for name in sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)):
        command = found[name].load()
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)


def run() -> None:
    """Run the command line; a BowlbyError ends it in one line of words."""
    _collect()
    try:
        app()
    except BowlbyError as error:
        Console(stderr=True).print(f"[bold red]bowlby:[/] {escape(str(error))}", highlight=False, soft_wrap=True)
        raise SystemExit(error.exit_code) from None
