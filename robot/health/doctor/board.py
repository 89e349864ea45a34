"""What a small computer on a desk suffers from: heat, a weak supply, devices that may not be opened, open files.

Places under /sys and /dev are arguments, so that a machine can be laid out in a folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from robot.core.condition import Condition, Health
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

SYS, DEV, RUN = Path("/sys"), Path("/dev"), Path("/run")
WARM_C, HOT_C = 70.0, 80.0  # a Raspberry Pi slows down from 80
DEVICES = {"video*": "video", "snd/pcm*": "audio", "media*": "video"}  # pattern -> the group that may open them


def heat(sys: Path = SYS) -> Health:
    """The hottest sensor, degrees Celsius."""
    found = [number / 1000 for path in sys.glob("class/thermal/thermal_zone*/temp") if (number := _number(path))]
    if not found:
        return Health("heat", Condition.OK, sentence("doctor.no_temperature"))
    degrees = max(found)
    if degrees >= HOT_C:
        hot = sentence("doctor.too_hot", degrees=degrees)
        return Health("heat", Condition.FAULT, hot, sentence("doctor.give_air_or_fan"))
    if degrees >= WARM_C:
        return Health("heat", Condition.LESSER, sentence("doctor.warm", degrees=degrees), sentence("doctor.give_air"))
    return Health("heat", Condition.OK, sentence("doctor.degrees", degrees=degrees))


def supply(sys: Path = SYS) -> Health:
    """Whether a Raspberry Pi has seen its 5 V give way since it was started."""
    alarms = [path for path in sys.glob("class/hwmon/hwmon*/in0_lcrit_alarm") if _number(path)]
    if alarms:
        return Health("supply", Condition.FAULT, sentence("doctor.under_voltage"), sentence("doctor.made_supply"))
    return Health("supply", Condition.OK, sentence("doctor.no_under_voltage"))


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
        remedy = sentence("doctor.join_groups", groups=",".join(sorted(barred)))
        return Health("devices", Condition.FAULT, sentence("doctor.not_allowed", names=names), remedy)
    count = sum(1 for pattern in DEVICES for _ in dev.glob(pattern))
    return Health("devices", Condition.OK, sentence("doctor.devices_open", count=count))


def time_source(run: Path = RUN) -> Health:
    """Whether somebody sets the wall clock: a Pi has none of its own that goes on without power."""
    if not (run / "systemd/timesync").is_dir():
        return Health("time_source", Condition.OK, sentence("doctor.not_timesyncd"))
    if (run / "systemd/timesync/synchronized").exists():
        return Health("time_source", Condition.OK, sentence("doctor.set_by_network"))
    return Health("time_source", Condition.LESSER, sentence("doctor.never_set"), sentence("doctor.connect_or_set"))


def private_files(paths: Iterable[Path]) -> Health:
    """Whether nobody else on this machine can read what is the person's."""
    there = [path for path in paths if path.exists()]
    open_ = [path for path in there if path.stat().st_mode & 0o077]
    if open_:
        names = " ".join(str(path) for path in open_)
        read = sentence("doctor.others_read", files=names)
        return Health("private_files", Condition.LESSER, read, sentence("doctor.fix", files=names))
    foreign = [path for path in there if not os.access(path, os.R_OK | os.W_OK)]
    if foreign:
        remedy = f"sudo chown -R {os.getuid()} {foreign[0]}"
        theirs = sentence("doctor.not_this_users", file=str(foreign[0]))
        return Health("private_files", Condition.FAULT, theirs, remedy)
    return Health("private_files", Condition.OK, sentence("doctor.private", count=len(there)))


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
        return Health("service", Condition.OFF, sentence("doctor.no_systemd"))
    keys = ("LoadState", "ActiveState", "Result", "StatusText", "NRestarts")
    shown = subprocess.run([tool, "show", "bowlby", f"-p{','.join(keys)}"], capture_output=True, text=True, check=False)
    rows = dict(line.split("=", 1) for line in shown.stdout.splitlines() if "=" in line)
    if rows.get("LoadState") != "loaded":
        return Health("service", Condition.OFF, sentence("doctor.not_installed"), "make install")
    if rows.get("ActiveState") == "failed":
        ended = sentence("doctor.service_ended", result=rows.get("Result", ""))
        return Health("service", Condition.FAULT, ended, sentence("doctor.mend_and_restart"))
    if rows.get("ActiveState") not in {"active", "activating"}:
        return Health("service", Condition.OFF, sentence("doctor.not_running"), "sudo systemctl start bowlby")
    runs = sentence("doctor.service_runs", state=rows.get("StatusText", ""), count=rows.get("NRestarts", "0"))
    return Health("service", Condition.OK, runs)
