"""`bowlby understand TEXT`: what a line would be taken for, and why."""

from __future__ import annotations

import json as jsons
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from robot.config import schema as configuration
from robot.texts.catalogue import SOURCE
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from robot.core.percepts import Readings

KINDS_SHOWN = 3  # of uptake, the likeliest, and of manners, those worth most


def understand(
    text: Annotated[str, typer.Argument(help="A line, as somebody might say it.", show_default=False)],
    *,
    language: Annotated[str, typer.Option(help="The language that the robot speaks: en or fr.")] = SOURCE,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what the robot takes a line for: meaning, slots, what the network thinks of it, how a listener takes it
    up, what it is worth to go along in which manner, and the watch's verdict.

    It knows one's own phrases as the robot of the configuration does; what an open question makes of a line, or a game
    that is played, `bowlby talk --explain` shows.

    [bold]bowlby understand "my sister is coming on Sunday"[/] tells of a visit, and by whom.
    """
    from robot.app.build import open_library  # noqa: PLC0415 - a command's imports wait until it runs
    from robot.core.percepts import Utterance  # noqa: PLC0415
    from robot.guard.crisis.classifier import CrisisClassifier  # noqa: PLC0415
    from robot.health.brought_languages import must_be_there  # noqa: PLC0415
    from robot.sense.language.line_reader import LineReader  # noqa: PLC0415

    must_be_there(language)
    tables = open_library(configuration.load(config)).phrases
    heard = tables.understand(text, language)
    line = Utterance(
        t=0.0, text=text, intent=heard.intent, slots=heard.slots, confidence=heard.confidence, language=language
    )
    reader = LineReader(tables, lockstep=True)
    try:
        (taken,) = (one for one in reader.over([line]) if isinstance(one, Utterance))
        health = reader.health()
    finally:
        reader.close()
    risk = CrisisClassifier.load().assess(text, taken.language)
    told = {
        "text": text,
        "language": taken.language,
        "meaning": taken.intent,
        "confidence": taken.confidence,
        "slots": dict(taken.slots),
        "tables": {"meaning": heard.intent, "confidence": round(heard.confidence, 2)},
        "network": _likely(taken.readings),
        "taken_up": _likely(taken.uptake[:KINDS_SHOWN]),
        "manners": [{"manner": manner, "worth": worth} for manner, worth in taken.manners[:KINDS_SHOWN]],
        "reader": str(health.condition),
        "self_harm": risk.level,
    }
    if json:
        sys.stdout.write(jsons.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return
    table = Table(show_header=False, box=None)
    for name, value in told.items():
        table.add_row(name, _shown(value))
    terminal().print(table)


def _likely(readings: Readings) -> list[dict[str, object]]:
    return [{"meaning": meaning, "probability": p} for meaning, p in readings]


def _shown(value: object) -> str:
    match value:
        case dict():
            return ", ".join(f"{key}: {one}" for key, one in value.items()) or "-"
        case list():
            return ", ".join("{} {:.2f}".format(*one.values()) for one in value) or "-"
        case _:
            return str(value)
