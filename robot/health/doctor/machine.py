"""What the machine brings: Python, processor, memory, disk, clock, a free port."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import struct
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path
from serial.tools import list_ports

from robot.config.schema import PORT
from robot.core.messages import Condition, Health

if TYPE_CHECKING:
    from robot.config.schema import PageTable
    from robot.core.clock import Clock

OLDEST, NEWEST = (3, 11), (3, 13)
MACHINES = ("x86_64", "aarch64")
MIB = 1 << 20
DISK_LOW, DISK_LEAST = 1024 * MIB, 100 * MIB
MEMORY_LOW, MEMORY_LEAST = 600 * MIB, 200 * MIB  # a robot takes up to 400 MiB
FIRST_YEAR = 2026  # a board without a clock of its own wakes up long before


def python() -> Health:
    """The Python that runs this."""
    here = f"{platform.python_implementation()} {platform.python_version()}"
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return Health("python", Condition.OK, here)
    return Health("python", Condition.FAULT, f"{here} was never tried", "use Python 3.11 to 3.13")


def processor(machine: str = "", bits: int = 0) -> Health:
    """Whether the firmware's engine (wasmtime) can load here: it is made for 64-bit x86 and Arm."""
    machine, bits = machine or platform.machine(), bits or 8 * struct.calcsize("P")
    here = f"{machine}, {bits} bit, {os.cpu_count()} cores"
    if machine not in MACHINES or bits != 64:
        return Health(
            "processor",
            Condition.FAULT,
            f"{here}: the firmware's engine, wasmtime, cannot load here, so there is no simulator",
            "install a 64-bit system (on a Raspberry Pi: the 64-bit Raspberry Pi OS)",
        )
    try:
        return Health("processor", Condition.OK, f"{here}, wasmtime {version('wasmtime')}")
    except PackageNotFoundError:
        return Health("processor", Condition.FAULT, "wasmtime, the firmware's engine, is not installed", "make run")


def working_memory(meminfo: Path = Path("/proc/meminfo")) -> Health:
    """What is left for a robot."""
    try:
        rows = dict(line.split(":", 1) for line in meminfo.read_text(encoding="ascii").splitlines())
        total, free = (int(rows[key].split()[0]) * 1024 for key in ("MemTotal", "MemAvailable"))
    except (OSError, KeyError, ValueError) as error:
        return Health(
            "working memory", Condition.LESSER, f"cannot be read here: {error}", "this system is not Linux as known"
        )
    return _level("working memory", free, total, MEMORY_LOW, MEMORY_LEAST, "end other programs")


def disk(folder: Path | None = None) -> Health:
    """The room on the disk where the robot keeps what it remembers."""
    place = folder or user_data_path("bowlby")
    while not place.exists():
        place = place.parent
    usage = shutil.disk_usage(place)
    if not os.access(place, os.W_OK):
        return Health("disk", Condition.FAULT, f"{place} cannot be written", f"sudo chown {os.getuid()} {place}")
    return _level("disk", usage.free, usage.total, DISK_LOW, DISK_LEAST, f"free some room at {place}")


def _level(part: str, free: int, total: int, low: int, least: int, remedy: str) -> Health:
    reason = f"{free // MIB} MiB free of {total // MIB}"
    if free < least:
        return Health(part, Condition.FAULT, reason, remedy)
    if free < low:
        return Health(part, Condition.LESSER, reason, remedy)
    return Health(part, Condition.OK, reason)


def clock(clock: Clock) -> Health:
    """The wall clock, by which quiet hours are kept."""
    now = clock.civil()
    reason = f"{now:%Y-%m-%d %H:%M %Z}"
    if now.year < FIRST_YEAR:
        return Health("clock", Condition.LESSER, f"{reason} cannot be: quiet hours will be wrong", "set the clock")
    return Health("clock", Condition.OK, reason)


def page_port(page: PageTable) -> Health:
    """Whether the page can be served where it should be."""
    wanted = page.port or PORT
    family = socket.AF_INET6 if ":" in page.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((page.host, wanted))
        except OSError as error:
            reason = f"port {wanted} at {page.host}: {error.strerror}"
            if page.port is None:
                return Health("page", Condition.LESSER, f"{reason}; the next free one is taken", "")
            return Health("page", Condition.FAULT, reason, "end the other program, or change page.port")
    return Health("page", Condition.OK, f"port {wanted} at {page.host} is free")


def serial_ports() -> Health:
    """The USB serial ports there are, and whether this user may open them."""
    ports = [port for port in list_ports.comports() if port.vid is not None]
    if not ports:
        return Health(
            "serial ports",
            Condition.LESSER,
            "no USB serial port is plugged in",
            "plug the board in with a cable that carries data; the simulator needs none",
        )
    named = ", ".join(f"{port.device} ({port.product or port.description})" for port in ports)
    barred = [port.device for port in ports if not os.access(port.device, os.R_OK | os.W_OK)]
    if barred:
        return Health(
            "serial ports",
            Condition.FAULT,
            f"{named}; not allowed to open {', '.join(barred)}",
            "sudo usermod -aG dialout $USER, then log in again",
        )
    return Health("serial ports", Condition.OK, named)
