"""`bowlby doctor`: every part of the robot and its machine, how it does, why, and what mends it."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from robot.config import places
from robot.config import schema as configuration
from robot.core.condition import Condition, Health
from robot.core.errors import ConfigError
from robot.health.conditions import at_fault, title
from robot.texts.catalogue import text, words
from robot.texts.sentence import about, sentence
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from robot.texts.sentence import AnyText

CALLED: dict[Condition, AnyText] = {
    Condition.OK: sentence("doctor.ok"),
    Condition.LESSER: sentence("doctor.lesser"),
    Condition.OFF: sentence("doctor.off"),
    Condition.FAULT: sentence("doctor.fault"),
}
COLOURS = {Condition.OK: "green", Condition.LESSER: "yellow", Condition.OFF: "dim", Condition.FAULT: "bold red"}


def doctor(
    *,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what is safe to mend: who may read the person's files.")
    ] = False,
) -> None:
    """Check every part of this machine and of the robot.

    Nothing moves, and nothing is changed without --fix; a part that gives no answer costs half a minute. The exit code
    is 1 when something is at fault. A machine without a body, camera, microphone or speaker still runs the simulator.
    The table speaks the language that is configured; --json stays English.
    """
    try:
        settings, first = configuration.load(config), _read(config)
    except ConfigError as error:
        remedy = sentence("doctor.defaults_until_then", remedy=error.remedy)
        settings = configuration.Config()
        first = Health("configuration", Condition.FAULT, about(error.place, error.what), remedy)
    from robot.health import brought_languages  # noqa: PLC0415 - brings in all that reads a language

    mended = _mend(settings) if fix else []
    left_out = brought_languages.lines(settings.robot.language)
    settings = brought_languages.spoken(settings)
    found = [first, *_examine(settings), *left_out]
    well = not at_fault(found)
    if as_json:
        rows = [_row(one) for one in found]
        sys.stdout.write(
            json.dumps({"well": well, "mended": mended, "parts": rows}, indent=2, ensure_ascii=False) + "\n"
        )
    else:
        for line in mended:
            told = text("doctor.mended", settings.robot.language, {"command": line})
            terminal().print(told, soft_wrap=True)
        _show(found, settings.robot.language)
    raise typer.Exit(0 if well else 1)


def _read(path: Path | None) -> Health:
    read = path or places.personal()
    if path is None and not read.exists():
        return Health("configuration", Condition.OK, sentence("doctor.defaults", file=str(read)))
    return Health("configuration", Condition.OK, str(read))


def _private(settings: configuration.Config) -> list[Path]:
    """What is the person's own: files, and the folders that Bowlby has to itself."""
    from robot.health import last_run  # noqa: PLC0415

    kept = settings.memory.file.expanduser()
    logs = [kept.with_name(kept.name + end) for end in ("-wal", "-shm")]
    beside = [places.personal(), places.door_keys(), places.network_key(), places.broker_password()]
    own = configuration.MemoryTable().file.parent
    folders = [own] if kept.parent == own else []  # any other may be /tmp, or what a household shares
    return [*beside, kept, *logs, *folders, last_run.folder()]


def _mend(settings: configuration.Config) -> list[str]:
    from robot.health.doctor import board  # noqa: PLC0415

    return board.make_private(_private(settings))


def _examine(settings: configuration.Config) -> list[Health]:
    from robot.app import plugins  # noqa: PLC0415
    from robot.core.clock import RealClock  # noqa: PLC0415 - these bring in OpenCV and the recognisers
    from robot.doors.home.trial import home  # noqa: PLC0415
    from robot.doors.ros.trial import ros  # noqa: PLC0415
    from robot.health import last_run  # noqa: PLC0415
    from robot.health.doctor import board, machine, parts  # noqa: PLC0415
    from robot.health.doctor.checkup import examine  # noqa: PLC0415
    from robot.parts import registry  # noqa: PLC0415

    clock = RealClock()
    around = registry.Surroundings(clock, name=settings.robot.name, language=settings.robot.language)
    address, network = settings.parts, settings.network
    return examine(
        {
            "python": machine.python,
            "processor": machine.processor,
            "working_memory": machine.working_memory,
            "disk": machine.disk,
            "heat": board.heat,
            "supply": board.supply,
            "clock": partial(machine.clock, clock),
            "time_source": board.time_source,
            "service": board.service,
            "last_run": lambda: last_run.read().health(),
            "private_files": partial(board.private_files, _private(settings)),
            "page": partial(machine.page_port, settings.page),
            "memory": partial(parts.memory_file, settings.memory.file),
            "behaviours": partial(plugins.check, settings.robot.behaviors, settings.behaviors),
            "phrases": parts.phrase_tables,
            "reader": partial(parts.reader, settings.talk),
            "language": partial(parts.language, settings.robot.language),
            "face_model": parts.face_model,
            "recognition": parts.recognition,
            "voice": partial(parts.voice, address.voice, around),
            "recogniser": partial(parts.recogniser, settings.robot.language, settings.hearing, clock),
            "model": partial(parts.language_model, settings.talk, settings.robot.language),
            "serial_ports": machine.serial_ports,
            "devices": board.devices,
            registry.BODIES.name: partial(parts.by_address, registry.BODIES, address.body, around),
            registry.CAMERAS.name: partial(parts.by_address, registry.CAMERAS, address.camera, around),
            registry.EARS.name: partial(parts.by_address, registry.EARS, address.ears, around),
            registry.SPEAKERS.name: partial(parts.by_address, registry.SPEAKERS, address.speaker, around),
            registry.SIGHTS.name: partial(parts.by_address, registry.SIGHTS, network.sight, around),
            registry.LISTENERS.name: partial(parts.by_address, registry.LISTENERS, network.hearing, around),
            registry.TOPICS.name: partial(parts.by_address, registry.TOPICS, network.topics, around),
            registry.FLEETS.name: partial(parts.by_address, registry.FLEETS, network.fleet, around),
            "home": partial(home, settings.doors),
            "ros": partial(ros, network),
        }
    )


def _row(one: Health) -> dict[str, str]:
    """A line for other programs: the part and the condition by their names, the rest in English."""
    return {
        "part": one.part,
        "condition": one.condition.value,
        "reason": words(one.reason),
        "remedy": words(one.remedy),
    }


def _show(found: list[Health], language: str) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in (sentence("doctor.part"), "", sentence("doctor.found"), sentence("doctor.mends")):
        table.add_column(words(heading, language), overflow="fold")
    for one in found:
        state = Text(words(CALLED[one.condition], language), COLOURS[one.condition])
        table.add_row(title(one, language), state, words(one.reason, language), words(one.remedy, language))
    console = terminal()
    console.print(table)
    faults = len(at_fault(found))
    told = sentence("doctor.at_fault", count=faults) if faults else sentence("doctor.all_well")
    console.print(f"\n{words(told, language)}")
