"""Put the firmware on an AVR board with avrdude, through the board's own boot loader."""

from __future__ import annotations

import shutil
import subprocess
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from robot.core.errors import InputError, LinkError, PartError

if TYPE_CHECKING:
    from collections.abc import Callable

LIGHTS = ("ws2812", "sk9822")
BAUDS = (115_200, 57_600)  # Optiboot (Uno, newer Nanos), the old Nano loader
BAR = 50  # characters of one of avrdude's bars
BARS = 3  # signature, writing, verifying


def flash(port: str, lights: str, baud: int, progress: Callable[[float], None], avrdude: str = "avrdude") -> None:
    """Write and verify. `progress` is told shares of 1.

    The boot loader is not touched, so a flashing that was cut off is mended by flashing again. Raises PartError when
    avrdude is missing, LinkError with its own words when the board does not answer.
    """
    if lights not in LIGHTS:
        raise InputError(f"there is no firmware for {lights!r} lights", remedy=f"use one of: {', '.join(LIGHTS)}")
    if shutil.which(avrdude) is None:
        raise PartError("avrdude is not installed", remedy="sudo apt-get install avrdude")
    with as_file(files("hardware.firmware") / "built" / f"bowlby-{lights}.hex") as image:
        command = [avrdude, "-p", "atmega328p", "-c", "arduino", "-P", port, "-b", str(baud), "-D"]
        command += ["-U", f"flash:w:{image}:i"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            words = _follow(process, progress)
    if process.returncode:
        other = next(other for other in BAUDS if other != baud)
        raise LinkError(
            f"avrdude could not write the firmware: {_reason(words)}",
            place=port,
            remedy=f"repeat it, which is safe; try --baud {other}; stop what else holds the port",
        )
    progress(1.0)


def _follow(process: subprocess.Popen[str], progress: Callable[[float], None]) -> str:
    """Read avrdude's words to the end, and count its bars."""
    words = ""
    marks = 0
    assert process.stderr is not None  # noqa: S101 - opened with a pipe
    while character := process.stderr.read(1):
        words += character
        if character == "#":
            marks += 1
            progress(min(marks / (BAR * BARS), 0.99))
    return words


def _reason(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip() and "#" not in line]
    telling = [line for line in lines if "error" in line.lower() or "not in sync" in line or "can't" in line.lower()]
    return (telling or lines or ["no reason given"])[0].removeprefix("avrdude: ")
