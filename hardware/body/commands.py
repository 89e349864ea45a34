"""`bowlby description`: the body for other tools."""

from __future__ import annotations

import sys
from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from hardware.body import models
from hardware.body.mechanics import Mechanics
from robot.core.body_file import load
from robot.core.errors import InputError
from robot.core.typed_toml import read


class ModelFormat(StrEnum):
    """A language for robots."""

    urdf = "urdf"
    mjcf = "mjcf"


WRITERS = {ModelFormat.urdf: models.urdf, ModelFormat.mjcf: models.mjcf}


def description(
    kind: Annotated[
        ModelFormat, typer.Argument(help="urdf for ROS and most tools, mjcf for MuJoCo.")
    ] = ModelFormat.urdf,
    to: Annotated[Path | None, typer.Argument(help="The file to write; without one, standard output.")] = None,
) -> None:
    """Write the robot's description as URDF or MJCF: joints with their limits, parts with shapes and masses.

    It is made from hardware/body/bowlby_one.toml, which the loop, the simulator and the wiring read as well.
    """
    with as_file(files("hardware.body") / "bowlby_one.toml") as path:
        text = WRITERS[kind](load(path), read(Mechanics, path))
    if to is None:
        sys.stdout.write(text)
        return
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"the description cannot be written: {error.strerror}", place=str(to)) from error
