"""A transcript: who said what and when, what words were taken for, and why the robot said its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.errors import InputError
from robot.core.intents import Say
from robot.core.private_file import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.tick import Tick


class Transcript:
    """An observer that keeps a run's words, a line each."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def see(self, tick: Tick) -> None:
        for words in tick.scene.utterances:
            self.lines.append(f"{tick.t:8.2f} s  > {words.verbatim}  [{words.intent}]")
        for intent in tick.done:
            if isinstance(intent, Say) and intent.text:
                why = intent.cause.words()
                self.lines.append(f"{tick.t:8.2f} s  {intent.text}  [{tick.decision.behavior}: {why}]")


def write_transcript(lines: list[str], path: Path) -> None:
    """Write it, private to its owner. Raises InputError."""
    try:
        write_private(path, ("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise InputError(f"the transcript cannot be written: {error.strerror}", place=str(path)) from error
