"""`bowlby setup`: the questions of the first day, in the terminal or from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from robot.config import places
from robot.config import schema as configuration
from robot.core import typed_toml
from robot.core.errors import PartError
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from rich.console import Console

    from robot.cli.setup.dialog import Dialog
    from robot.config.answers import Housemate
    from robot.texts.catalogue import Texts


def setup(
    *,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file to write (TOML).")] = None,
    answers: Annotated[Path | None, typer.Option(help="Answer by a file instead: docs/first-day.md.")] = None,
    trials: Annotated[bool, typer.Option(help="With --answers: look, listen and speak as well.")] = False,
) -> None:
    """Set the robot up for this home: language, name, quiet hours, who lives here, whom to name in need; then a look
    through the camera, a listen and a word.

    It can be repeated: Enter keeps what is. Nothing is written before the last answer; nothing leaves this machine. New
    names are kept while no robot runs: one that runs is told them.
    """
    from robot.cli.setup.dialog import Dialog  # noqa: PLC0415
    from robot.config.answers import Answers, write_config  # noqa: PLC0415 - a command's imports wait until it runs
    from robot.health.brought_languages import spoken  # noqa: PLC0415
    from robot.texts.catalogue import Texts  # noqa: PLC0415

    path = config or places.personal()
    now = spoken(configuration.load(path) if path.exists() else configuration.Config())
    console = terminal()
    given = Dialog(console, now).answers() if answers is None else typed_toml.read(Answers, answers)
    write_config(path, given)
    settled = spoken(configuration.load(path))
    say = Texts("setup", settled.robot.language)
    console.print(say("written", path=str(path)), soft_wrap=True)
    code = _kept(given.people, settled, console, say)
    console.print(say("restart"), soft_wrap=True)
    if answers is not None and trials and not _tried(Dialog(console, settled), settled):
        code = 1
    if code:
        raise typer.Exit(code)


def _kept(people: tuple[Housemate, ...], settled: configuration.Config, console: Console, say: Texts) -> int:
    """Keep the new names and tell whose; the exit code. All else stands without them."""
    from robot.config.answers import remember, unknown  # noqa: PLC0415
    from robot.core.clock import RealClock  # noqa: PLC0415
    from robot.texts.catalogue import words  # noqa: PLC0415

    file, clock = settled.memory.file.expanduser(), RealClock()
    names = unknown(file, people, clock)
    if not names:
        return 0
    told = ", ".join(names)
    try:
        remember(file, names, clock)
    except PartError as error:
        why = words(error.text, settled.robot.language)
        console.print(say("not_known", names=told, why=why), soft_wrap=True)
        return error.exit_code
    console.print(say("known", names=told))
    return 0


def _tried(dialog: Dialog, settled: configuration.Config) -> bool:
    """Whether every part that is not left out works."""
    parts = settled.parts
    attempts = ((parts.camera, dialog.look), (parts.ears, dialog.listen), (parts.speaker, dialog.speak))
    outcomes = [attempt(address) for address, attempt in attempts if address]
    return all(outcomes)
