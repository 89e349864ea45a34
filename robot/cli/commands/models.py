"""`bowlby models`: the speech models, on this machine and elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table

models = typer.Typer(no_args_is_help=True, help="Speech models: what is here, and how to get more.")
MEGABYTE = 1e6


@models.command("list")
def list_() -> None:
    """Show which models are known and which are here."""
    from robot.sense.hearing import models as speech  # noqa: PLC0415 - a command's imports wait until it runs

    table = Table("language", "model", "MB", "state", box=None)
    for model in speech.KNOWN:
        place = speech.find(model.language)
        state = f"here: {place}" if place else f"bowlby models fetch {model.language}"
        table.add_row(model.language, model.name, f"{model.size / MEGABYTE:.0f}", state)
    table.add_row("en", "PocketSphinx (US English)", "0", "here: part of the installation")
    Console().print(table)


@models.command()
def fetch(language: Annotated[str, typer.Argument(help="en or fr.", show_default=False)]) -> None:
    """Download a model; this is the only command that goes to the network. It can be interrupted and goes on later."""
    from robot.sense.hearing import models as speech  # noqa: PLC0415

    model = speech.known(language)
    console = Console(stderr=True)
    columns = (TextColumn(model.name), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(model.name, total=model.size)
        place = speech.fetch(model, speech.folder(), lambda have: bar.update(task, completed=have))
    console.print(f"{model.name} is in {place}")


@models.command()
def add(file: Annotated[Path, typer.Argument(help="A model's zip, copied by hand.", show_default=False)]) -> None:
    """Install a model from a zip that was brought to this machine."""
    from robot.sense.hearing import models as speech  # noqa: PLC0415

    place = speech.add(file, speech.folder())
    Console(stderr=True).print(f"{place.name} is in {place}")
