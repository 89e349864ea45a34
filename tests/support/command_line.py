"""The `bowlby` command with everything under it, called in this process: a process each takes a second."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from typer.testing import CliRunner, Result

from robot.cli import main

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


def called(*words: str) -> Result:
    """What a command does and tells."""
    return CliRunner().invoke(_app(), words)
