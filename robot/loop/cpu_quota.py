"""The processor quota: whether the kernel has throttled this program for having used up its share.

A control group has such a share (`CPUQuota=` of systemd, `--cpus` of a container), and its `cpu.stat` counts how often
it was reached (cgroups(7)). A machine that is slow for another reason counts nothing there.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBER = Path("/proc/self/cgroup")  # which groups a process is in, a line each: number:controllers:path
GROUPS = Path("/sys/fs/cgroup")
THROTTLED = b"\nnr_throttled "


class Quota:
    """The quota of this process's control groups, and how often it was used up."""

    def __init__(self, member: Path = MEMBER, groups: Path = GROUPS) -> None:
        self._stats = list(_stats(member, groups))
        self._count = self._counted()

    def used_up(self) -> bool:
        """Since this was last asked."""
        before, self._count = self._count, self._counted()
        return self._count > before

    def _counted(self) -> int:
        return sum(_throttled(path) for path in self._stats)


def _stats(member: Path, groups: Path) -> Iterator[Path]:
    """The counters of its group and of those around it. In a container the path may be one of the machine outside;
    what can be seen of it then is the top.
    """
    try:
        lines = [line.split(":", 2) for line in member.read_text().splitlines()]
    except OSError:  # a kernel without groups
        return
    for _, controllers, path in lines:
        if controllers and "cpu" not in controllers.split(","):
            continue
        top = groups / "cpu" if controllers else groups  # version 1 has a tree for each controller, version 2 one
        own = top / path.lstrip("/")
        for place in (own, *own.parents):
            if (place / "cpu.stat").is_file():
                yield place / "cpu.stat"
            if place == top:
                break


def _throttled(stat: Path) -> int:
    """0 where a group is gone, or has no quota and counts nothing."""
    try:
        file = os.open(stat, os.O_RDONLY | os.O_CLOEXEC)  # once a second: a tenth of what `Path.read_text` costs
        try:
            rows = os.read(file, 4096)
        finally:
            os.close(file)
    except OSError:
        return 0
    _, _, count = rows.partition(THROTTLED)
    return int(count.split(None, 1)[0]) if count else 0
