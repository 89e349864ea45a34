"""What a small computer on a desk suffers from: heat, a weak supply, devices that may not be opened, open files.

Places under /sys and /dev are arguments, so that a machine can be laid out in a folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from robot.core.messages import Condition, Health

if TYPE_CHECKING:
    from collections.abc import Iterable

SYS, DEV, RUN = Path("/sys"), Path("/dev"), Path("/run")
WARM_C, HOT_C = 70.0, 80.0  # a Raspberry Pi slows down from 80
DEVICES = {"video*": "video", "snd/pcm*": "audio", "media*": "video"}  # pattern -> the group that may open them


def heat(sys: Path = SYS) -> Health:
    """The hottest sensor, degrees Celsius."""
    found = [number / 1000 for path in sys.glob("class/thermal/thermal_zone*/temp") if (number := _number(path))]
    if not found:
        return Health("heat", Condition.OK, "this machine tells no temperature")
    reason = f"{max(found):.0f} °C"
    if max(found) >= HOT_C:
        remedy = "give it air or a fan: it slows down until it is cooler"
        return Health("heat", Condition.FAULT, f"{reason} is too hot", remedy)
    if max(found) >= WARM_C:
        return Health("heat", Condition.LESSER, f"{reason} is warm", "give it air, or take a lower camera rate")
    return Health("heat", Condition.OK, reason)


def supply(sys: Path = SYS) -> Health:
    """Whether a Raspberry Pi has seen its 5 V give way since it was started."""
    alarms = [path for path in sys.glob("class/hwmon/hwmon*/in0_lcrit_alarm") if _number(path)]
    if alarms:
        remedy = "take the supply made for this board and a short cable; servos need a supply of their own"
        return Health("supply", Condition.FAULT, "the 5 V gave way (under-voltage)", remedy)
    return Health("supply", Condition.OK, "no under-voltage was seen")


def _number(path: Path) -> int:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def devices(dev: Path = DEV) -> Health:
    """Whether this user may open the cameras and sound cards there are."""
    barred = {
        group: path
        for pattern, group in DEVICES.items()
        for path in sorted(dev.glob(pattern))
        if not os.access(path, os.R_OK | os.W_OK)
    }
    if barred:
        names = ", ".join(str(path) for path in barred.values())
        remedy = f"sudo usermod -aG {','.join(sorted(barred))} $USER, then log in again"
        return Health("devices", Condition.FAULT, f"not allowed to open {names}", remedy)
    count = sum(1 for pattern in DEVICES for _ in dev.glob(pattern))
    return Health("devices", Condition.OK, f"{count} cameras and sound cards, all may be opened")


def time_source(run: Path = RUN) -> Health:
    """Whether somebody sets the wall clock: a Pi has none of its own that goes on without power."""
    if not (run / "systemd/timesync").is_dir():
        return Health("time source", Condition.OK, "not systemd-timesyncd's business here")
    if (run / "systemd/timesync/synchronized").exists():
        return Health("time source", Condition.OK, "set by the network")
    return Health(
        "time source",
        Condition.LESSER,
        "the clock has not been set since the start",
        "connect the machine to a network once, give it a clock module, or set it: sudo date -s '2026-11-24 18:00'",
    )


def private_files(paths: Iterable[Path]) -> Health:
    """Whether nobody else on this machine can read what is the person's."""
    there = [path for path in paths if path.exists()]
    open_ = [path for path in there if path.stat().st_mode & 0o077]
    if open_:
        names = " ".join(str(path) for path in open_)
        remedy = f"bowlby doctor --fix, or: chmod go= {names}"
        return Health("private files", Condition.LESSER, f"others on this machine can read {names}", remedy)
    foreign = [path for path in there if not os.access(path, os.R_OK | os.W_OK)]
    if foreign:
        remedy = f"sudo chown -R {os.getuid()} {foreign[0]}"
        return Health("private files", Condition.FAULT, f"{foreign[0]} is not this user's", remedy)
    return Health("private files", Condition.OK, f"{len(there)} there, none open to others")


def make_private(paths: Iterable[Path]) -> list[str]:
    """Take everybody else's rights away; gives what was done."""
    done = []
    for path in paths:
        if path.exists() and path.stat().st_mode & 0o077:
            path.chmod(path.stat().st_mode & 0o700)
            done.append(f"chmod go= {path}")
    return done


def service(systemctl: str | None = None) -> Health:
    """The robot as a service, where it was installed as one."""
    tool = systemctl or shutil.which("systemctl")
    if tool is None:
        return Health("service", Condition.OFF, "there is no systemd here")
    keys = ("LoadState", "ActiveState", "Result", "StatusText", "NRestarts")
    shown = subprocess.run([tool, "show", "bowlby", f"-p{','.join(keys)}"], capture_output=True, text=True, check=False)
    rows = dict(line.split("=", 1) for line in shown.stdout.splitlines() if "=" in line)
    if rows.get("LoadState") != "loaded":
        return Health("service", Condition.OFF, "not installed as a service", "make install")
    if rows.get("ActiveState") == "failed":
        remedy = "mend what its log tells: journalctl --namespace=bowlby -n 30; then: sudo systemctl restart bowlby"
        return Health("service", Condition.FAULT, f"it ended and stays so ({rows.get('Result')})", remedy)
    if rows.get("ActiveState") not in {"active", "activating"}:
        return Health("service", Condition.OFF, "installed, not running", "sudo systemctl start bowlby")
    return Health("service", Condition.OK, f"running; {rows.get('StatusText', '')}, {rows.get('NRestarts')} restarts")
