"""Nothing leaves the device: the whole meeting, pixels and voice included, passes where there is no network at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sim.world.options import SightFrom
from tests.support.simulation import play

if TYPE_CHECKING:
    from pathlib import Path

# A cable that leads nowhere, by which everything would leave; then what went into it and over the loopback.
CABLE = """
sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
ip link add cable type veth peer name end
ip addr add 192.0.2.1/24 dev cable
for one in end cable lo; do ip link set $one up; done
ip route add default via 192.0.2.2
"$@" >&2
code=$?
awk '/cable|lo:/ {sent += $11} END {print sent}' /proc/net/dev
exit $code
"""


def alone() -> list[str]:
    """In a network namespace of its own."""
    return ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]


@pytest.mark.slow
def test_the_meeting_passes_in_a_network_namespace_without_any_interface_up_and_repeats_to_the_byte() -> None:
    """Once so, as a person would play it, and once in this process."""
    links = subprocess.run([*alone(), "cat", "/proc/net/dev"], capture_output=True, text=True, check=True).stdout
    assert [line.split(":")[0].strip() for line in links.splitlines()[2:]] == ["lo"]
    meeting = ["sim", "first-meeting", "--headless", "--fast", "--seed", "7", "--senses", "pixels", "--report", "-"]
    done = subprocess.run(
        [*alone(), sys.executable, "-m", "robot", *meeting], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [finding for finding in report["expectations"] if not finding["passed"]] == []
    assert report["late_ticks"] == 0
    assert play("first-meeting", seed=7, senses=SightFrom.pixels).digest == report["digest"]


@pytest.mark.slow
def test_not_one_packet_is_tried_where_there_is_a_network_and_no_library_keeps_a_number_of_the_machine(
    tmp_path: Path,
) -> None:
    """At true speed, since who reports home does so seconds after the start, and through pictures."""
    meeting = ["sim", "first-meeting", "--headless", "--seconds", "8", "--senses", "pixels"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    done = subprocess.run(
        [*alone(), "sh", "-c", CABLE, "sh", sys.executable, "-m", "robot", *meeting],
        env=kept | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "turn to" in done.stderr, done.stderr  # judged after 8 of 60 s, so that it misses some
    assert int(done.stdout) == 0
    assert [path for path in tmp_path.rglob("*") if "onnxruntime" in path.name] == []
