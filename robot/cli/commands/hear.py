"""`bowlby hear FILE.wav`: a sound file through the robot's own hearing."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from robot.core.errors import ModelError
from robot.parts.protocols import Ears
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from robot.core.percepts import Utterance

AFTER_S = 2.0  # of silence after the file, in which the last words are worked out
STEP_S = 0.02


class EngineChoice(StrEnum):
    """The recognisers, as [hearing] engine has them."""

    best = ""
    whisper = "whisper"
    vosk = "vosk"
    pocketsphinx = "pocketsphinx"


class TimedEars(Ears, Protocol):
    """Ears of a file."""

    length: float  # s


@dataclass(frozen=True)
class Findings:
    """What a file said, and which recogniser understood it."""

    recogniser: str
    dictates: bool
    utterances: list[Utterance]


def hear(
    file: Annotated[Path, typer.Argument(help="A WAV file of any rate, mono or not.", show_default=False)],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
    language: Annotated[str, typer.Option(help="en or fr.")] = "en",
    engine: Annotated[EngineChoice, typer.Option(help="Which recogniser; else the best one here.")] = EngineChoice.best,
    model: Annotated[Path | None, typer.Option(help="Folder of a model; else the one that was fetched.")] = None,
) -> None:
    """Listen to a sound file and tell what was said and what it means.

    The same voice detector, recogniser and phrase tables that the robot uses. No sound leaves this machine.
    """
    found = _listened(file, language, model, engine.value, quiet=json)
    if json:
        said = [
            {
                "t": round(one.t, 2),
                "text": one.text,
                "intent": one.intent,
                "slots": dict(one.slots),
                "confidence": one.confidence,
            }
            for one in found.utterances
        ]
        document = {
            "file": str(file),
            "language": language,
            "recogniser": found.recogniser,
            "dictates": found.dictates,
            "utterances": said,
        }
        sys.stdout.write(dumps(document, ensure_ascii=False) + "\n")
        return
    console = terminal()
    if not found.utterances:
        console.print(f"{file.name}: nobody speaks. ({found.recogniser or 'no recogniser was needed'})")
        return
    table = Table("s", "text", "intent", "slots", "confidence", box=None)
    for one in found.utterances:
        slots = ", ".join(f"{name} = {value}" for name, value in one.slots)
        table.add_row(f"{one.t:.1f}", one.text or "(not understood)", one.intent, slots, f"{one.confidence:.2f}")
    console.print(table)
    console.print(f"Recogniser: {found.recogniser}")
    if not found.dictates:
        console.print(f"It knows listed phrases only. For any words: bowlby models fetch {language}")


def _listened(file: Path, language: str, model: Path | None, engine: str, *, quiet: bool) -> Findings:
    from robot.core.clock import ManualClock  # noqa: PLC0415 - a command's imports wait until it runs
    from robot.core.percepts import Utterance  # noqa: PLC0415
    from robot.health.brought_languages import must_be_there  # noqa: PLC0415
    from robot.parts.registry import EARS, PartKind, Surroundings, open_part  # noqa: PLC0415
    from robot.sense.hearing.hearing import Hearing  # noqa: PLC0415
    from robot.sense.language import phrases  # noqa: PLC0415

    must_be_there(language)
    tables = phrases.load()
    clock = ManualClock()
    kind: PartKind[TimedEars] = PartKind(EARS.group, EARS.name)
    recording = open_part(kind, f"file:{file}", Surroundings(clock))
    hearing = Hearing(recording, tables, clock, language=language, models=model, engine=engine, lockstep=True)
    utterances: list[Utterance] = []
    end = recording.length + AFTER_S
    columns = (TextColumn("listening"), BarColumn(), TimeRemainingColumn())
    try:
        with Progress(
            *columns, console=terminal(stderr=True), transient=True, disable=quiet or not sys.stderr.isatty()
        ) as bar:
            task = bar.add_task("listening", total=end)
            while clock.now() < end:
                utterances += [one for one in hearing.poll(clock.now()) if isinstance(one, Utterance)]
                if hearing.failure:
                    raise ModelError(hearing.failure, place="hearing", remedy="try again; bowlby doctor")
                clock.sleep_until(clock.now() + STEP_S)
                bar.update(task, completed=clock.now())
        health = hearing.health()
        if hearing.deaf:
            raise ModelError(health.reason, place="hearing", remedy=health.remedy)
        return Findings(hearing.recogniser, hearing.dictates, utterances)
    finally:
        hearing.close()
