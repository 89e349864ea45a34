"""`bowlby memory`: what is kept is shown, taken along and forgotten at the command line, unless a robot has it open."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from robot.core.clock import ManualClock, RealClock
from robot.memory.memory import Memory
from tests.support.command_line import printed, refused
from tests.support.full_memory import NAME, NOON, full

if TYPE_CHECKING:
    from pathlib import Path


def beside(*words: str, config: Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, beside this one, which has the memory open."""
    done = subprocess.run(
        [sys.executable, "-m", "robot", "memory", *words, "--config", str(config)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == expect, done.stderr
    return done


@pytest.mark.slow
def test_the_command_shows_exports_forgets_and_resets(tmp_path: Path) -> None:
    path, config, copy = tmp_path / "memory.db", tmp_path / "bowlby.toml", tmp_path / "copy.json"
    config.write_text(f'[memory]\nfile = "{path}"\n')
    full(path, ManualClock(RealClock().civil())).close()

    def command(*words: str) -> str:
        return printed("memory", *words, "--config", str(config))

    assert NAME in command("show")
    shown = json.loads(command("show", "--json"))
    command("export", str(copy))
    assert json.loads(copy.read_text()) == shown
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "known: Rosalinde" in refused("memory", "forget", "Rosa", "--yes", "--config", str(config))
    aside = tmp_path / "memory.db.damaged-20260302T120000"
    aside.write_text(NAME)
    assert aside.name in "".join(command("show").split())
    assert aside.name in "".join(command("forget", NAME, "--yes").split())
    assert not aside.exists()
    assert NAME not in command("show", "--json")
    with closing(Memory(path, ManualClock(NOON))):  # a robot that runs
        assert "the weather" in beside("show", config=config).stdout
        for words in (("forget", NAME, "--yes"), ("reset", "--yes")):
            assert "on its page" in beside(*words, config=config, expect=3).stderr
    command("reset", "--yes")
    assert json.loads(command("show", "--json"))["topics"] == []
