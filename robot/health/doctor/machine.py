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
from robot.core.condition import Condition, Health
from robot.texts.sentence import both, sentence

if TYPE_CHECKING:
    from robot.config.schema import PageTable
    from robot.core.clock import Clock
    from robot.texts.sentence import AnyText

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
    untried = sentence("doctor.python_untried", python=here)
    return Health("python", Condition.FAULT, untried, sentence("doctor.use_python"))


def processor(machine: str = "", bits: int = 0) -> Health:
    """Whether the firmware's engine (wasmtime) can load here: it is made for 64-bit x86 and Arm."""
    machine, bits = machine or platform.machine(), bits or 8 * struct.calcsize("P")
    cores = os.cpu_count() or 1
    if machine not in MACHINES or bits != 64:
        nowhere = sentence("doctor.no_engine_here", machine=machine, bits=bits, cores=cores)
        return Health("processor", Condition.FAULT, nowhere, sentence("doctor.install_64_bit"))
    try:
        engine = version("wasmtime")
    except PackageNotFoundError:
        return Health("processor", Condition.FAULT, sentence("doctor.no_engine"), "make run")
    found = sentence("doctor.processor", machine=machine, bits=bits, cores=cores, version=engine)
    return Health("processor", Condition.OK, found)


def working_memory(meminfo: Path = Path("/proc/meminfo")) -> Health:
    """What is left for a robot."""
    try:
        rows = dict(line.split(":", 1) for line in meminfo.read_text(encoding="ascii").splitlines())
        total, free = (int(rows[key].split()[0]) * 1024 for key in ("MemTotal", "MemAvailable"))
    except (OSError, KeyError, ValueError) as error:
        unread = sentence("doctor.not_read_here", error=str(error))
        return Health("working_memory", Condition.LESSER, unread, sentence("doctor.not_linux"))
    return _level("working_memory", free, total, MEMORY_LOW, MEMORY_LEAST, sentence("doctor.end_programs"))


def disk(folder: Path | None = None) -> Health:
    """The room on the disk where the robot keeps what it remembers."""
    place = folder or user_data_path("bowlby")
    while not place.exists():
        place = place.parent
    usage = shutil.disk_usage(place)
    if not os.access(place, os.W_OK):
        barred = sentence("doctor.place_not_writable", place=str(place))
        return Health("disk", Condition.FAULT, barred, f"sudo chown {os.getuid()} {place}")
    remedy = sentence("doctor.free_room_at", place=str(place))
    return _level("disk", usage.free, usage.total, DISK_LOW, DISK_LEAST, remedy)


def _level(part: str, free: int, total: int, low: int, least: int, remedy: AnyText) -> Health:
    reason = sentence("doctor.free_of", free=free // MIB, total=total // MIB)
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
        return Health(
            "clock", Condition.LESSER, sentence("doctor.time_cannot_be", time=reason), sentence("doctor.set_clock")
        )
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
            taken = sentence("doctor.port_taken", port=str(wanted), host=page.host, error=str(error.strerror))
            if page.port is None:
                return Health("page", Condition.LESSER, both(taken, sentence("doctor.next_port")))
            return Health("page", Condition.FAULT, taken, sentence("doctor.free_page_port"))
    return Health("page", Condition.OK, sentence("doctor.port_free", port=str(wanted), host=page.host))


def serial_ports() -> Health:
    """The USB serial ports there are, and whether this user may open them."""
    ports = [port for port in list_ports.comports() if port.vid is not None]
    if not ports:
        return Health(
            "serial_ports", Condition.LESSER, sentence("health.no_usb_port"), sentence("doctor.plug_board_in")
        )
    named = ", ".join(f"{port.device} ({port.product or port.description})" for port in ports)
    barred = [port.device for port in ports if not os.access(port.device, os.R_OK | os.W_OK)]
    if barred:
        closed = both(named, sentence("doctor.not_allowed", names=", ".join(barred)))
        return Health("serial_ports", Condition.FAULT, closed, sentence("doctor.join_groups", groups="dialout"))
    return Health("serial_ports", Condition.OK, named)
