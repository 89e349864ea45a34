"""`bowlby language`: which languages there are, and what each lacks."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from robot.texts.languages import brought, languages, own_folder
from robot.texts.terminal import terminal

language = typer.Typer(
    help="Languages: which there are, and what each lacks (docs/languages.md).", no_args_is_help=True
)
SHOWN = 3  # names of what is lacking


@language.command("list")
def list_() -> None:
    """Show the languages that this robot can be set to, and where each comes from."""
    from robot.health.brought_languages import broken  # noqa: PLC0415 - a command's imports wait until it runs
    from robot.texts.catalogue import text  # noqa: PLC0415

    left_out = broken()

    table = Table("code", "name", "from", box=None)
    for code in languages():
        table.add_row(code, text("languages.name", code), str(brought().get(code, "bowlby")))
    console = terminal()
    console.print(table)
    for code, error in left_out.items():
        console.print(Text("left out:", "bold red"), f"{code}: {error}", soft_wrap=True)
    console.print(f"Another comes with a package, or as a folder in {own_folder()}.", soft_wrap=True)


@language.command()
def lacks(
    code: Annotated[str, typer.Argument(help="The language, such as de.", show_default=False)],
    *,
    whole: Annotated[bool, typer.Option("--all", help="Name everything that is lacking.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Tell of each part of a language how much is there, and what the robot does without the rest."""
    from robot.health.brought_languages import must_be_there  # noqa: PLC0415 - brings in all that reads a language
    from robot.health.language_parts import parts_of  # noqa: PLC0415

    must_be_there(code)
    parts = parts_of(code)
    if as_json:
        told = [{**one._asdict(), "whole": one.whole} for one in parts]
        sys.stdout.write(json.dumps({"language": code, "parts": told}, ensure_ascii=False, indent=2) + "\n")
        return
    table = Table("part", "there", "without it", "lacking", box=None)
    for one in parts:
        named = ", ".join(one.lacks if whole else one.lacks[:SHOWN])
        more = "" if whole or len(one.lacks) <= SHOWN else f" and {len(one.lacks) - SHOWN} more"
        without = "" if one.whole else one.without
        table.add_row(one.name, f"{one.have} of {one.of}", without, named + more)
    terminal().print(table)
