"""`bowlby doctor`: every part of the robot and its machine, how it does, why, and what mends it."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from robot import config as configuration
from robot.errors import ConfigError
from robot.messages import Condition, Health

COLOURS = {Condition.OK: "green", Condition.LESSER: "yellow", Condition.OFF: "dim", Condition.FAULT: "bold red"}


def doctor(
    *,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Check every part of this machine and of the robot.

    Nothing moves and nothing is changed; a part that gives no answer costs ten seconds. The exit code is 1 when
    something is at fault. A machine without a body, camera, microphone or speaker still runs the simulator.
    """
    try:
        settings, first = configuration.load(config), _read(config)
    except ConfigError as error:
        remedy = f"{error.remedy}; until then the defaults are checked"
        settings = configuration.Config()
        first = Health("configuration", Condition.FAULT, f"{error.place}: {error.what}", remedy)
    found = [first, *_examine(settings)]
    well = all(health.condition is not Condition.FAULT for health in found)
    if as_json:
        rows = [
            {"part": one.part, "condition": one.condition.value, "reason": one.reason, "remedy": one.remedy}
            for one in found
        ]
        sys.stdout.write(json.dumps({"well": well, "parts": rows}, indent=2, ensure_ascii=False) + "\n")
    else:
        _show(found)
    raise typer.Exit(0 if well else 1)


def _read(path: Path | None) -> Health:
    read = path or configuration.personal()
    if path is None and not read.exists():
        return Health("configuration", Condition.OK, f"the defaults: there is no {read}")
    return Health("configuration", Condition.OK, str(read))


def _examine(settings: configuration.Config) -> list[Health]:
    from robot.clock import RealClock  # noqa: PLC0415 - these bring in OpenCV and the recognisers
    from robot.doctor import machine, parts  # noqa: PLC0415
    from robot.doctor.checkup import examine  # noqa: PLC0415
    from robot.parts import BODIES, CAMERAS, EARS, SPEAKERS, Surroundings  # noqa: PLC0415

    clock = RealClock()
    around = Surroundings(clock)
    address = settings.parts
    return examine(
        {
            "python": machine.python,
            "processor": machine.processor,
            "working memory": machine.working_memory,
            "disk": machine.disk,
            "clock": partial(machine.clock, clock),
            "page": partial(machine.page_port, settings.page),
            "memory": partial(parts.memory_file, settings.memory.file),
            "behaviours": partial(parts.behaviors, settings.robot.behaviors),
            "phrases": parts.phrase_tables,
            "face model": parts.face_model,
            "voice": parts.voice,
            "recogniser": partial(parts.recogniser, settings.robot.language, settings.hearing.model, clock),
            "serial ports": machine.serial_ports,
            "body": partial(parts.by_address, "body", BODIES, address.body, around),
            "camera": partial(parts.by_address, "camera", CAMERAS, address.camera, around),
            "microphone": partial(parts.by_address, "microphone", EARS, address.ears, around),
            "speaker": partial(parts.by_address, "speaker", SPEAKERS, address.speaker, around),
        }
    )


def _show(found: list[Health]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("part", "", "what was found", "what mends it"):
        table.add_column(heading, overflow="fold")
    for one in found:
        colour = COLOURS[one.condition]
        table.add_row(one.part, f"[{colour}]{one.condition.value}[/]", escape(one.reason), escape(one.remedy))
    console = Console(highlight=False)
    console.print(table)
    faults = sum(one.condition is Condition.FAULT for one in found)
    if faults:
        console.print(f"\n{faults} at fault. [bold]bowlby sim[/] needs no body, camera, microphone or speaker.")
    else:
        console.print("\nNothing is at fault.")
