"""Which body it is: as its owner's file describes it, one of those that ship by its name, or Bowlby One."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from robot.core import body_file
from robot.core.body_description import SERVOS
from robot.core.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.body_description import BodyDescription

SHIPPED = files("hardware.body")  # bodies, by their names
BOWLBY_ONE = "bowlby_one"


def described(build: Path | None) -> BodyDescription:
    """The body as its owner has described it in a file, one of those that ship by its name, or Bowlby One. Raises
    ConfigError.
    """
    return body_file.described(build, SHIPPED, BOWLBY_ONE)


def bowlby_one() -> BodyDescription:
    """The body that every reader shares."""
    return described(None)


def on_a_board(build: Path | None) -> BodyDescription:
    """The body as described, where servos on a board move it. Raises ConfigError, also for one that moves by itself."""
    description = described(build)
    if description.motors != SERVOS:
        raise ConfigError(
            f"{description.name} moves by itself, and not by servos on a board",
            place=str(build),
            remedy="leave out [parts] build, or give the body's own address as [parts] body",
        )
    return description
