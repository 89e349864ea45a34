"""`bowlby key`: who may come in by the API, each program by a key of its own."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from robot.config.places import door_keys
from robot.core.clock import RealClock
from robot.doors.keys import KeyRing, KeyRole
from robot.texts.terminal import terminal

AS = {KeyRole.OWNER: "an owner", KeyRole.BUILDER: "a builder", KeyRole.VIEWER: "a viewer"}

key = typer.Typer(help="Keys by which other programs may address this robot (docs/api.md).", no_args_is_help=True)


@key.command()
def add(
    name: Annotated[str, typer.Argument(help="What it is for, as you will know it again.", show_default=False)],
    *,
    role: Annotated[
        KeyRole, typer.Option(help="owner: all, the memory too; builder: act and change behaviours; viewer: look.")
    ] = KeyRole.VIEWER,
) -> None:
    """Make a key and print it, this once: only a hash of it is kept.

    [bold]export BOWLBY_KEY=$(bowlby key add my-program --role builder)[/] puts it where the Python client finds it.
    A robot that runs already lets it in at once.
    """
    secret = KeyRing(door_keys()).add(name, role, RealClock().civil())
    terminal(stderr=True).print(
        f"A key for {AS[role]}, to be seen only now; send it as",
        Text("Authorization: Bearer …", "bold"),
        soft_wrap=True,
    )
    sys.stdout.write(secret + "\n")


@key.command("list")
def list_() -> None:
    """Show the names and roles of all keys."""
    keys = KeyRing(door_keys()).keys()
    table = Table("name", "role", "made", box=None)
    for one in keys:
        table.add_row(one.name, one.role, one.made)
    terminal().print(table if keys else "There are no keys: no other program may address the robot.")


@key.command()
def remove(name: Annotated[str, typer.Argument(help="Whose key.", show_default=False)]) -> None:
    """Take a key back: from this moment nobody comes in by it, not even a program that is connected."""
    KeyRing(door_keys()).remove(name)
    terminal().print(f"The key {name!r} is gone.")
