"""`bowlby memory`: everything that the robot remembers, to see, take away, and forget."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from robot import config as configuration
from robot.clock import RealClock
from robot.errors import InputError
from robot.memory.memory import Everything, Memory

memory = typer.Typer(
    help="What the robot remembers: complete to show, to take away, and to forget.", no_args_is_help=True
)
ConfigOption = Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@contextmanager
def _opened(config: Path | None) -> Iterator[Memory]:
    store = Memory(configuration.load(config).memory.file, RealClock())
    try:
        yield store
    finally:
        store.close()


@memory.command()
def show(
    *,
    config: ConfigOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show everything, and where it is kept."""
    with _opened(config) as store:
        everything = store.everything()
    if as_json:
        sys.stdout.write(everything.as_json() + "\n")
        return
    say = Console()
    say.print(f"kept in {configuration.load(config).memory.file}")
    for title, columns, rows in _tables(everything):
        table = Table(*columns, title=title, title_justify="left", box=None)
        for row in rows:
            table.add_row(*(str(value) for value in row))
        say.print(table if rows else f"{title}: nothing")


def _tables(everything: Everything) -> list[tuple[str, tuple[str, ...], list[tuple[object, ...]]]]:
    names = {0: "someone"} | {person.id: person.name for person in everything.people}
    return [
        ("People who agreed to be remembered", ("name", "agreed", "met"),
         [(p.name, p.consented_at, p.met_at) for p in everything.people]),
        ("Bonds", ("with", "value", "written"),
         [(names.get(who, who), f"{value:.3f}", at) for who, value, at in everything.bonds]),
        ("What was spoken of", ("about", "words", "when"),
         [(t.about, t.detail or "(faded)", t.at) for t in everything.topics]),
        ("What the robot did", ("what", "when"), list(everything.events)),
        ("Minutes together", ("day", "minutes"), [(day, f"{minutes:.1f}") for day, minutes in everything.together]),
        ("Safety counts, nobody's in particular", ("what", "count"), list(everything.counters)),
    ]  # fmt: skip


@memory.command()
def export(file: Annotated[Path, typer.Argument(help="JSON file to write.")], *, config: ConfigOption = None) -> None:
    """Write everything to a JSON file that nobody else can read."""
    with _opened(config) as store:
        text = store.everything().as_json()
    try:
        file.touch(mode=0o600)
        file.chmod(0o600)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}", place=str(file), remedy="choose another file"
        ) from error


@memory.command()
def forget(
    name: Annotated[str, typer.Argument(help="Whom to forget.")], *, config: ConfigOption = None, yes: YesOption = False
) -> None:
    """Forget one person: name, bond and all that was spoken of with or about them."""
    if not (yes or typer.confirm(f"Forget everything about {name}?")):
        raise typer.Exit(1)
    with _opened(config) as store:
        if not store.forget_person(name):
            known = ", ".join(person.name for person in store.everything().people) or "nobody"
            raise InputError(f"nobody called {name!r} is remembered", remedy=f"known: {known}")
    Console().print(f"Nothing about {name} is left.")


@memory.command()
def reset(*, config: ConfigOption = None, yes: YesOption = False) -> None:
    """Forget everything but the anonymous safety counts."""
    if not (yes or typer.confirm("Forget everything?")):
        raise typer.Exit(1)
    with _opened(config) as store:
        store.reset()
    Console().print("Everything is forgotten.")
