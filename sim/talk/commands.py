"""`bowlby talk`: a talk with a simulated robot in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from robot.config import schema as configuration
from robot.health.brought_languages import must_be_there
from robot.texts.catalogue import SOURCE


def talk(
    lines: Annotated[Path | None, typer.Argument(help="A file of lines to say; without one, type them.")] = None,
    *,
    language: Annotated[str, typer.Option(help="en or fr; the robot follows when you change it.")] = SOURCE,
    explain: Annotated[bool, typer.Option("--explain", help="Show meanings, reasons and what the guard did.")] = False,
    transcript: Annotated[Path | None, typer.Option(help="Write the talk into a text file, private to you.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Same seed and lines, same talk.")] = 0,
    model: Annotated[str, typer.Option(help="A language model for it, as \\[talk] model has it.")] = "",
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Talk with a simulated robot in the terminal.

    It is that of your configuration, with your own behaviours. Lines come from the keyboard, a file or a pipe; an empty
    line lets ten seconds pass in silence. Nothing is kept.

    [bold]echo "my knee hurts" | bowlby talk --explain[/] shows what a line was taken for, and why it was answered so.
    """
    from sim.talk.conversation import Conversation  # noqa: PLC0415 - brings in OpenCV, wasmtime and the recognisers
    from sim.talk.terminal import TerminalTalk  # noqa: PLC0415

    must_be_there(language)
    settings = configuration.load(config)
    if model:
        settings = settings.changed("talk", model=model)
    with Conversation(language=language, seed=seed, config=settings) as conversation:
        TerminalTalk(conversation, explain=explain, json=json).hold(lines, transcript)
