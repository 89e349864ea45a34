"""The command line with other people's commands in it: a broken one is named, and all others work."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = {
    "raises": ("raise RuntimeError('no such board')", "RuntimeError: no such board"),
    "lacks": ("import not_installed_anywhere", "ModuleNotFoundError: No module named 'not_installed_anywhere'"),
    "exits": ("raise SystemExit(0)", "SystemExit: 0"),
    "nothing": ("command = None", "a command is a function or a typer.Typer, not None"),
    "odd": ("def command(odd: 'Nowhere') -> None: ...", "name 'Nowhere' is not defined"),
}


@pytest.fixture
def strangers(tmp_path: Path) -> dict[str, str]:
    """The environment of a command with an installed package that brings five broken commands and a good one."""
    info = tmp_path / "strange-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: strange\nVersion: 1.0\n")
    points = [f"{name} = strange_{name}:command" for name in (*BROKEN, "good", "sim")]
    (info / "entry_points.txt").write_text("[bowlby.commands]\n" + "\n".join(points) + "\n")
    for name, (text, _) in BROKEN.items():
        (tmp_path / f"strange_{name}.py").write_text(text)
    for name in ("good", "sim"):
        (tmp_path / f"strange_{name}.py").write_text("def command() -> None:\n    print('hello from a stranger')\n")
    return os.environ | {"PYTHONPATH": str(tmp_path), "COLUMNS": "300"}


def bowlby(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "robot", *words], env=environment, capture_output=True, text=True, check=False
    )


def test_a_broken_command_of_another_package_is_named_and_the_others_work(strangers: dict[str, str]) -> None:
    listed = bowlby(strangers, "sim", "--list")
    assert listed.returncode == 0
    assert "first-meeting" in listed.stdout  # a stranger cannot take the name of what ships
    assert "the command sim of strange is left out" in listed.stderr
    assert "cannot be loaded" not in listed.stderr  # a command that was not asked for is not even loaded
    listed = bowlby(strangers, "--help")
    assert listed.returncode == 0
    for name, (_, why) in BROKEN.items():
        assert f"command {name}: cannot be loaded: " in listed.stderr
        assert why in listed.stderr
    assert "remove the package strange" in listed.stderr
    assert "Traceback" not in listed.stderr
    assert bowlby(strangers, "good").stdout == "hello from a stranger\n"


def test_asked_for_a_broken_command_says_why_it_cannot_be_had(strangers: dict[str, str]) -> None:
    asked = bowlby(strangers, "raises", "--loudly", "now")
    assert asked.returncode == 3
    assert asked.stderr.splitlines()[-1].startswith("bowlby: command raises: cannot be loaded: RuntimeError")
    assert "Broken: cannot be loaded" in bowlby(strangers, "--help").stdout


def test_a_language_that_nothing_is_written_in_is_refused_before_the_run() -> None:
    refused = bowlby(dict(os.environ), "sim", "first-meeting", "--headless", "--fast", "--language", "es")
    assert (refused.returncode, refused.stderr) == (2, "bowlby: there is no language 'es' (use one of: en, fr)\n")


@pytest.mark.parametrize(("role", "told"), [("owner", "an owner"), ("builder", "a builder")])
def test_a_new_key_is_told_with_its_role(role: str, told: str, tmp_path: Path) -> None:
    made = bowlby(
        os.environ | {"XDG_CONFIG_HOME": str(tmp_path), "COLUMNS": "60"}, "key", "add", "desk", "--role", role
    )
    assert made.stderr == f"A key for {told}, to be seen only now; send it as Authorization: Bearer …\n"
