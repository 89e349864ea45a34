"""Ctrl-C at any moment: the robot settles, nothing hangs, nothing is left behind, and the exit code is right."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from robot.core.clock import nap, stopwatch
from tests.support.imports import HOUSE

ENDS_WITHIN_S = 15.0
STRUCK = """
import robot.cli.main
from robot.__main__ import main

def run():
    try:
        exec("raise KeyboardInterrupt")
    except KeyboardInterrupt:
        {then}
        raise

robot.cli.main.run = run
main()
"""


def _start(*words: str) -> subprocess.Popen[str]:
    """The command, once its interpreter is there to take a signal at all."""
    process = subprocess.Popen([sys.executable, "-m", "robot", *words], stderr=subprocess.PIPE, text=True)
    status = Path(f"/proc/{process.pid}/status")
    while not int(re.findall(r"SigCgt:\s*(\w+)", status.read_text())[0], 16) & 1 << (signal.SIGINT - 1):
        nap(0.005)
    return process


def _family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


@pytest.mark.parametrize("after_s", [0.7, pytest.param(3.0, marks=pytest.mark.slow)])
@pytest.mark.parametrize("words", [("sim", "--headless"), ("sim", "--no-browser"), ("run", "--body", "sim://")])
def test_ctrl_c_ends_quietly_with_130(words: tuple[str, ...], after_s: float) -> None:
    with _start(*words) as process:
        nap(after_s)
        family = _family(process)
        process.send_signal(signal.SIGINT)
        begun = stopwatch()
        _, errors = process.communicate(timeout=ENDS_WITHIN_S)
        assert process.returncode == 130, errors
        assert "Traceback" not in errors
        gone, alive = psutil.wait_procs(family, timeout=max(ENDS_WITHIN_S - stopwatch() + begun, 0.1))
        assert alive == [], gone


@pytest.mark.parametrize("then", ["pass", "raise SystemExit(130)"])
def test_ctrl_c_while_a_library_makes_its_classes_ends_with_130_too(tmp_path: Path, then: str) -> None:
    (tmp_path / "struck.py").write_text(STRUCK.format(then=then), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "struck"],
        check=False,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
    )
    assert done.returncode == 130


def test_a_service_managers_stop_is_a_normal_end() -> None:
    with _start("sim", "--headless") as process:
        nap(3.0)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=ENDS_WITHIN_S)
        assert process.returncode == 0, errors
