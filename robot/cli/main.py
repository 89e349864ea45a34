"""The front door: `bowlby COMMAND`, or `python -m robot COMMAND`.

Commands are found through the entry points `bowlby.commands`: a function becomes a command, a `typer.Typer` a group.
A BowlbyError ends a command with its words on one line and its own exit code; any other error is a defect and shows.
"""

from __future__ import annotations

import logging
import os
import sys
from functools import cache
from importlib.metadata import EntryPoint, version
from typing import TYPE_CHECKING, Annotated

import typer

from robot.core.errors import BowlbyError, PartError
from robot.parts.entry_points import installed
from robot.parts.registry import COMMANDS
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.metadata import Distribution

log = logging.getLogger(__name__)

OWN = "bowlby"

ORDER = ("sim", "setup", "run", "doctor", "see", "hear", "say")  # as a newcomer meets them; others follow by name

app = typer.Typer(
    name="bowlby",
    help="Bowlby, a companion robot that works offline and tells the truth about itself.\n\n"
    "Begin with [bold]bowlby sim[/]: it opens a simulated room in your browser, with the program that runs a robot.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

PRIORITIES = {logging.DEBUG: 7, logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3}


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer's signature
    if wanted:
        sys.stdout.write(f"bowlby {version('bowlby')}\n")
        raise typer.Exit


def _handler() -> logging.Handler:
    """For a person at a terminal; for a file; or for a journal, which has its own time and takes a priority."""
    if "JOURNAL_STREAM" not in os.environ and sys.stderr.isatty():
        from rich.console import Console  # noqa: PLC0415 - what nobody reads in colour does without its 3 MiB
        from rich.logging import RichHandler  # noqa: PLC0415

        handler: logging.Handler = RichHandler(console=Console(stderr=True), show_path=False)
        handler.setFormatter(logging.Formatter("%(message)s"))
        return handler
    handler = logging.StreamHandler()
    journal = "JOURNAL_STREAM" in os.environ
    handler.setFormatter(_Priority() if journal else logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler


class _Priority(logging.Formatter):
    """Begins each line with its syslog priority, see sd-daemon(3)."""

    def format(self, record: logging.LogRecord) -> str:
        mark = f"<{PRIORITIES.get(record.levelno, 2)}>"
        return "\n".join(mark + line for line in super().format(record).splitlines())


@app.callback()
def options(
    *,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell more of what goes on.")] = False,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Options of every command."""
    logging.basicConfig(level=logging.DEBUG if verbose else logging.WARNING, handlers=[_handler()], force=True)
    logging.getLogger("robot").setLevel(logging.DEBUG if verbose else logging.INFO)


def _collect(wanted: str = "") -> None:
    """The command that is wanted, or every one where that is none: loading them all takes a second on a small board.

    One of another package that cannot be loaded is named, and the others go on.
    """
    found: dict[str, EntryPoint] = {}
    for entry in sorted(installed(COMMANDS), key=_foreign):
        if entry.name in found:
            log.warning("the command %s of %s is left out: another has that name", entry.name, _package(entry))
        found.setdefault(entry.name, entry)
    if wanted in found:
        found = {wanted: found[wanted]}
    for name in sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)):
        entry = found[name]
        if not _foreign(entry):
            _add(app, name, entry.load())
            continue
        try:
            command = entry.load()
            trial = typer.Typer()
            _add(trial, name, command)
            typer.main.get_command(trial)  # raises for a signature that typer cannot read
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's module may raise anything, or exit
            _add_broken(entry, error)
        else:
            _add(app, name, command)


def _package(entry: EntryPoint) -> str:
    return _name(entry.dist) if entry.dist is not None else entry.value


@cache
def _name(package: Distribution) -> str:
    """Of a package, by all that it tells of itself, its README included: read once for all its commands."""
    return package.name


def _foreign(entry: EntryPoint) -> bool:
    """Whether a command comes from another package than this one."""
    return _package(entry) != OWN


def _add(to: typer.Typer, name: str, command: Callable[..., None] | typer.Typer) -> None:
    if isinstance(command, typer.Typer):
        to.add_typer(command, name=name)
    elif not callable(command):
        raise TypeError(f"a command is a function or a typer.Typer, not {command!r}")
    else:
        to.command(name)(command)


def _add_broken(entry: EntryPoint, error: BaseException) -> None:
    """A command that says why it cannot be had."""
    broken = PartError(
        f"cannot be loaded: {type(error).__name__}: {error}",
        place=f"command {entry.name}",
        remedy=f"mend or remove the package {_package(entry)}",
    )
    log.warning("%s", broken)
    from rich.markup import escape  # noqa: PLC0415 - hardly ever needed

    def refuse() -> None:
        raise broken

    anything = {"allow_extra_args": True, "ignore_unknown_options": True}
    app.command(entry.name, help=f"[red]Broken[/]: {escape(words(broken.what))}", context_settings=anything)(refuse)


def run() -> None:
    """Run the command line; a BowlbyError ends it in one line of words."""
    wanted = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    if wanted or "--version" not in sys.argv:
        _collect(wanted)
    try:
        app()
    except BowlbyError as error:
        from rich.text import Text  # noqa: PLC0415 - hardly ever needed

        from robot.texts.terminal import terminal  # noqa: PLC0415

        terminal(stderr=True).print(Text("bowlby:", "bold red"), str(error), soft_wrap=True)
        raise SystemExit(error.exit_code) from None
