"""Nothing leaves the device: the whole meeting, pixels and voice included, passes where there is no network at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from sim.world.options import SightFrom
from tests.support.simulation import play


@pytest.mark.slow
def test_the_meeting_passes_in_a_network_namespace_without_any_interface_up_and_repeats_to_the_byte() -> None:
    """Once so, as a person would play it, and once in this process."""
    alone = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
    links = subprocess.run([*alone, "cat", "/proc/net/dev"], capture_output=True, text=True, check=True).stdout
    assert [line.split(":")[0].strip() for line in links.splitlines()[2:]] == ["lo"]
    meeting = ["sim", "first-meeting", "--headless", "--fast", "--seed", "7", "--senses", "pixels", "--report", "-"]
    done = subprocess.run(
        [*alone, sys.executable, "-m", "robot", *meeting], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [finding for finding in report["expectations"] if not finding["passed"]] == []
    assert report["late_ticks"] == 0
    assert play("first-meeting", seed=7, senses=SightFrom.pixels).digest == report["digest"]
