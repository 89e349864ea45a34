"""Put the firmware on a board through its own boot loader: on an AVR with avrdude, on a Pico by copying a file."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from robot.core.errors import InputError, LinkError, PartError

if TYPE_CHECKING:
    from collections.abc import Callable

LIGHTS = ("ws2812", "sk9822")
OLD_LOADER = 57_600  # baud of the old Nano's: it never comes back from the watchdog's reset
BAUDS = (115_200, OLD_LOADER)  # Optiboot (Uno, newer Nanos) first
PICO_IMAGE = "bowlby-pico.uf2"
PICO_MARK = "INFO_UF2.TXT"  # a file on the drive as which a Pico's boot loader shows itself
PICO_PLACES = ("media/*/RPI-RP2", "run/media/*/RPI-RP2", "media/RPI-RP2", "mnt/RPI-RP2")
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
    with as_file(files("hardware.firmware") / "built" / f"bowlby-{lights}.bin") as image:
        command = [avrdude, "-p", "atmega328p", "-c", "arduino", "-P", port, "-b", str(baud), "-D"]
        command += ["-U", f"flash:w:{image}:r"]
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


def flash_pico(drive: Path | None = None, root: Path = Path("/")) -> Path:
    """Copy the image to the drive as which a Pico shows itself while it waits for one; gives that drive.

    It restarts by itself. The boot loader is in its ROM, so that nothing can be broken for good. Raises InputError when
    there is no such drive or it is not one, LinkError when it cannot be written.
    """
    found = [place for pattern in PICO_PLACES for place in root.glob(pattern)] if drive is None else [drive]
    drives = [place for place in found if (place / PICO_MARK).is_file()]
    if len(drives) != 1:
        told = ", ".join(str(place) for place in drives) or "none"
        raise InputError(
            f"a Pico that waits for its firmware shows itself as one drive, and there is: {told}",
            place=str(drive or "RPI-RP2"),
            remedy="hold BOOTSEL while you plug it in; mount the drive RPI-RP2, and name its folder by --drive",
        )
    image = (files("hardware.firmware") / "built" / PICO_IMAGE).read_bytes()
    try:
        with (drives[0] / PICO_IMAGE).open("wb") as file:
            file.write(image)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:  # also of one that has all of it: it restarts before the system has done with the drive
        raise LinkError(
            f"copying the firmware ended with an error: {error}",
            place=str(drives[0]),
            remedy="where its drive has gone it may have all of it: ask `bowlby firmware info`; otherwise plug it in "
            "again with BOOTSEL held, and repeat it, which is safe",
        ) from error
    return drives[0]


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
