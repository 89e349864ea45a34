"""`bowlby express NAME`: what an expression does, as a table of its channels over time or as a film strip."""

from __future__ import annotations

import json as jsons
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from robot.core.errors import InputError
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from robot.core.body_frame import BodyFrame
    from robot.express.keyframes import Expression

SHOWN = ("base_yaw", "head_yaw", "neck_pitch", "neck_roll", "left_ear", "right_ear")


def express(
    name: Annotated[str | None, typer.Argument(help="Name of an expression, or its file.", show_default=False)] = None,
    *,
    strip: Annotated[Path | None, typer.Option(help="Draw it as a film strip into this PNG.")] = None,
    frames: Annotated[int, typer.Option(min=2, max=12, help="Pictures in the strip, rows in the table.")] = 8,
    strength: Annotated[float, typer.Option(min=0.0, max=1.0, help="How strongly it is shown.")] = 1.0,
    listing: Annotated[bool, typer.Option("--list", help="List all expressions and stop.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
) -> None:
    """Show what an expression does to head, ears, eyes and light.

    It runs through the robot's own composer and the simulated body, so what is shown is what the servos would do,
    within their limits. NAME may be a file that you are working on.
    """
    from robot.express import preview  # noqa: PLC0415 - brings in OpenCV

    known = _known(config)
    if listing or name is None:
        _list(known, json=json)
        return
    expression = _found(name, known)
    body = preview.opened()
    try:
        played = preview.play(expression, body, strength)
    finally:
        body.close()
    times = preview.moments(expression, frames)
    if strip is not None:
        _write(strip, played, times)
        sys.stderr.write(f"Drawn to {strip}.\n")
        if not json:
            return
    rows = [_row(preview.at(played, t), t) for t in times]
    if json:
        told = {"name": expression.name, "duration_s": round(expression.duration, 3), "frames": rows}
        sys.stdout.write(jsons.dumps(told) + "\n")
        return
    headings = [key.replace("_", "\n") for key in rows[0]]
    table = Table(*headings, title=f"{expression.name}, {expression.duration:.1f} s, angles in degrees", box=None)
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    terminal().print(table)


def _known(config: Path | None) -> dict[str, Expression]:
    """What is installed, and over it what is in the personal folder."""
    from robot.config import schema as configuration  # noqa: PLC0415
    from robot.express import keyframes  # noqa: PLC0415

    personal = configuration.load(config).robot.behaviors.expanduser() / "expressions"
    mine = keyframes.load_all(personal) if personal.is_dir() else {}
    return {**keyframes.load_shipped(), **mine}


def _found(name: str, known: dict[str, Expression]) -> Expression:
    from robot.core.typed_toml import near  # noqa: PLC0415
    from robot.express import keyframes  # noqa: PLC0415

    if name in known:
        return known[name]
    path = Path(name)
    if path.suffix != ".toml":
        raise InputError(f"no expression is called {name!r}", remedy=near(name, known))
    return keyframes.read_expression(path)


def _write(path: Path, played: list[BodyFrame], times: list[float]) -> None:
    import cv2  # noqa: PLC0415

    from robot.express import preview  # noqa: PLC0415

    if path.suffix.lower() != ".png" or not path.parent.is_dir():
        raise InputError(
            "the strip cannot be drawn there", place=str(path), remedy="name a .png in a folder that exists"
        )
    if not cv2.imwrite(str(path), preview.strip(played, times)):
        raise InputError("the strip cannot be written", place=str(path), remedy="see to its folder")


def _row(frame: BodyFrame, t: float) -> dict[str, float]:
    angles = {joint: round(math.degrees(getattr(frame.pose, joint)), 1) for joint in SHOWN}
    eyes, light = frame.eyes, frame.light
    return {
        "t": round(t, 2),
        **angles,
        "eye_x": round(eyes.x, 2),
        "eye_y": round(eyes.y, 2),
        "lid": round(eyes.lid, 2),
        "pupil": round(eyes.size, 2),
        "light": round(light.brightness, 2),
    }


def _list(known: dict[str, Expression], *, json: bool) -> None:
    if json:
        rows = [{"name": one.name, "duration_s": round(one.duration, 3), "about": one.about} for one in known.values()]
        sys.stdout.write(jsons.dumps(rows) + "\n")
        return
    table = Table("expression", "seconds", "what it does", box=None)
    for one in sorted(known.values()):
        table.add_row(one.name, f"{one.duration:.1f}", one.about)
    terminal().print(table)
