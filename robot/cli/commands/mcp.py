"""`bowlby mcp`: lets an assistant see through the robot, and say and show through its guard."""

from __future__ import annotations

from typing import Annotated

import typer

from robot.texts.catalogue import SOURCE


def mcp(
    *,
    url: Annotated[str, typer.Option(help="Of the robot's page; else BOWLBY_URL, else this machine's.")] = "",
    language: Annotated[str, typer.Option(help="What refusals are told in: en or fr.")] = SOURCE,
) -> None:
    """Serve the Model Context Protocol over standard input and output, for an assistant on this machine.

    It needs a key in BOWLBY_KEY ([bold]bowlby key add assistant --role builder[/]) and the extra [bold]mcp[/]. Whatever
    the assistant reads of the talk goes to where it runs: docs/api.md.
    """
    from robot.doors.assistant import serve_assistants  # noqa: PLC0415 - a command's imports wait until it runs
    from robot.doors.client import AsyncBowlby  # noqa: PLC0415

    serve_assistants(AsyncBowlby(url, language=language)).run("stdio")
