"""`bowlby memory`: everything that the robot remembers, to see, take away, and forget."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from robot.config import schema as configuration
from robot.core.clock import RealClock
from robot.core.errors import InputError, PartError
from robot.memory.memory import Memory
from robot.memory.store import set_aside
from robot.texts.catalogue import words
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from robot.memory.records import Everything

memory = typer.Typer(
    help="What the robot remembers: complete to show, to take away, and to forget.", no_args_is_help=True
)
ConfigOption = Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@contextmanager
def _seen(config: Path | None) -> Iterator[Memory]:
    """Raises PartError when it cannot be read."""
    with closing(Memory(configuration.load(config).memory.file, RealClock(), beside=True)) as store:
        if store.unread:
            raise PartError(store.health().reason, place="memory", remedy="update bowlby, or see whose the file is")
        yield store


@contextmanager
def _changed(config: Path | None) -> Iterator[Memory]:
    """On disk when it ends. Raises PartError when that cannot be, or when a robot runs with it."""
    with closing(Memory(configuration.load(config).memory.file, RealClock())) as store:
        store.demand_written()
        yield store
        store.wait()
        done, why = store.forgotten, store.health().reason
    if not done:
        raise PartError(f"the disk has it still: {words(why)}", place="memory", remedy="mend that, and forget again")


def _set_aside(config: Path | None) -> str:
    """The damaged files beside the memory, in words; empty when there are none."""
    return ", ".join(str(file) for file in set_aside(configuration.load(config).memory.file))


@memory.command()
def show(
    *,
    config: ConfigOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show everything, and where it is kept."""
    with _seen(config) as store:
        everything = store.everything()
    if as_json:
        sys.stdout.write(everything.as_json() + "\n")
        return
    say = terminal()
    say.print(f"kept in {configuration.load(config).memory.file}")
    if aside := _set_aside(config):
        say.print(f"set aside because they were damaged, deleted as soon as anybody is forgotten: {aside}")
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
        ("Faces that it knows, 128 numbers each", ("name", "learned"),
         [(names.get(who, who), at) for who, at, _ in everything.faces]),
        ("Bonds", ("with", "value", "written"),
         [(names.get(who, who), f"{value:.3f}", at) for who, value, at in everything.bonds]),
        ("What was spoken of", ("about", "words", "when"),
         [(t.about, t.detail or "(faded)", t.at) for t in everything.topics]),
        ("What it was asked to keep", ("for", "whose", "what", "when"),
         [(row.store, names.get(row.person, row.person), row.value, row.at) for row in everything.stored]),
        ("What the robot did", ("what", "when"), list(everything.events)),
        ("Minutes together", ("day", "minutes"), [(day, f"{minutes:.1f}") for day, minutes in everything.together]),
        ("Safety counts, nobody's in particular", ("what", "count"), list(everything.counters)),
    ]  # fmt: skip


@memory.command()
def export(file: Annotated[Path, typer.Argument(help="JSON file to write.")], *, config: ConfigOption = None) -> None:
    """Write everything to a JSON file that nobody else can read."""
    with _seen(config) as store:
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
    """Forget one person: name, bond and all that was spoken of with or about them, by whomever. Damaged files that were
    set aside are deleted whole: nobody can look into them for one person.
    """
    aside = _set_aside(config)
    if not (yes or typer.confirm(f"Forget everything about {name}?{_with(aside)}")):
        raise typer.Exit(1)
    with _changed(config) as store:
        if not store.forget_person(name):
            known = ", ".join(person.name for person in store.everything().people) or "nobody"
            raise InputError(f"nobody called {name!r} is remembered", remedy=f"known: {known}")
    terminal().print(f"Nothing about {name} is left.{_deleted(aside)}")


@memory.command()
def reset(*, config: ConfigOption = None, yes: YesOption = False) -> None:
    """Forget everything but the anonymous safety counts; damaged files that were set aside are deleted."""
    aside = _set_aside(config)
    if not (yes or typer.confirm(f"Forget everything?{_with(aside)}")):
        raise typer.Exit(1)
    with _changed(config) as store:
        store.reset()
    terminal().print(f"Everything is forgotten.{_deleted(aside)}")


def _with(aside: str) -> str:
    return f" Damaged files go with it: {aside}." if aside else ""


def _deleted(aside: str) -> str:
    return f" Damaged files that had been set aside are deleted: {aside}." if aside else ""
