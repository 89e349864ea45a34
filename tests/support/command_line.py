"""The `bowlby` command with everything under it, called in this process: a process each takes a second."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from typer.testing import CliRunner, Result

from robot.cli import main
from robot.core.errors import BowlbyError

if TYPE_CHECKING:
    import typer


@cache
def _app() -> typer.Typer:
    main._collect()
    return main.app


@cache
def helped(*command: str) -> Result:
    """What `--help` answers for a command; "" for the whole."""
    return CliRunner().invoke(_app(), [*filter(None, command), "--help"], env={"COLUMNS": "200"})


def called(*words: str, said: str = "") -> Result:
    """What a command does and tells; `said`: what a person answers it."""
    return CliRunner().invoke(_app(), words, input=said)


def printed(*words: str) -> str:
    """What a command prints; it must end well."""
    done = called(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(*words: str) -> str:
    """Why a command is refused as the person's mistake. A process would end with that code, in these words."""
    error = called(*words).exception
    assert isinstance(error, BowlbyError), error
    assert error.exit_code == 2
    return str(error)
