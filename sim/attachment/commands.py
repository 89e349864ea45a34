"""`bowlby attachment`: the Strange Situation, played in three styles and compared."""

from __future__ import annotations

import json as jsons
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table as RichTable

from robot.core.errors import InputError
from robot.health.brought_languages import must_be_there
from robot.texts.catalogue import SOURCE
from robot.texts.terminal import terminal
from sim.world.options import SightFrom


def attachment(
    *,
    plot: Annotated[Path | None, typer.Option(help="Draw it into an SVG file.")] = None,
    language: Annotated[str, typer.Option(help="What the picture is labelled in: en, fr.")] = SOURCE,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same runs.")] = 0,
    senses: Annotated[SightFrom, typer.Option(help="Camera pixels, really looked at, or the truth.")] = SightFrom.truth,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Play the Strange Situation with a secure, an anxious and an avoidant robot, and compare them.

    Eight episodes of up to three minutes (Ainsworth 1978): its person leaves twice and comes back, a stranger comes.
    It is research in the simulator: an anxious robot is never let near people.

    [bold]bowlby attachment --plot strange-situation.svg[/] draws arousal, exploration and contact by episode.
    """
    from sim.attachment import chart  # noqa: PLC0415 - brings in OpenCV, wasmtime and the recognisers
    from sim.attachment import strange_situation as situation  # noqa: PLC0415

    must_be_there(language)
    courses = [situation.play(style, seed, senses) for style in situation.STYLES]
    if plot is not None:
        try:
            plot.write_text(chart.draw(courses, language), encoding="utf-8")
        except OSError as error:
            raise InputError(f"the picture cannot be written: {error.strerror}", place=str(plot)) from error
    if json:
        told = {course.style: [measured._asdict() for measured in course.episodes] for course in courses}
        sys.stdout.write(jsons.dumps(told, indent=2) + "\n")
        return
    table = RichTable("episode", "style", "arousal", "exploration", "contact, s", "would call, s", "calls", box=None)
    for course in courses:
        for one in course.episodes:
            numbers = (f"{one.arousal:.2f}", f"{one.exploration:.2f}", f"{one.contact_s:.1f}", f"{one.calling_s:.0f}")
            table.add_row(str(one.episode), course.style, *numbers, str(one.calls))
    terminal().print(table)
