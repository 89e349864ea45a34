"""What a robot pays that has no door."""

from __future__ import annotations

from benchmarks.doors.running import running
from benchmarks.figures import tell
from robot.core.clock import nap
from tests.support.waiting import until

EXTRAS = ("paho", "mcp", "rosbags", "zenoh", "robot.doors")


def nothing(seconds: float = 10.0) -> None:
    """What a robot without any door has loaded, and its memory and threads beside one with doors."""
    costs: dict[bool, tuple[float, int]] = {}
    loaded: dict[bool, list[str]] = {}
    for doors in (False, True):
        with running(broker=doors, keyed=doors) as (robot, _):
            nap(seconds)
            if doors:
                until(robot.is_up, "it is awake")
                nap(2.0)
            costs[doors] = robot.cost()
        loaded[doors] = [name for name in robot.notes["modules"] if name.startswith(EXTRAS)]
    (mib, threads), (with_mib, with_threads) = costs[False], costs[True]
    names = [name for name in loaded[False] if name != "robot.doors"]
    tell(
        "modules of the doors that a robot without any has loaded",
        len(names),
        f"of {len(loaded[True])}",
        0,
        these=names,
    )
    tell("its memory", mib, "MiB", note=f"{with_mib:.1f} with the API and the broker")
    tell("its threads", threads, "", note=f"{with_threads} with the API and the broker")
