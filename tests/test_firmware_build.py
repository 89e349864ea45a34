"""The firmware that ships is the one whose source is here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

FIRMWARE = Path(__file__).parents[1] / "hardware/firmware"


@pytest.mark.skipif(shutil.which("clang++-19") is None, reason="the compiler of the shipped bytes is not installed")
def test_the_webassembly_that_ships_is_rebuilt_to_the_byte(tmp_path: Path) -> None:
    built = subprocess.run(
        ["make", "-s", "-C", FIRMWARE, "wasm", f"OUT={tmp_path}"], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "bowlby.wasm").read_bytes() == (FIRMWARE / "built/bowlby.wasm").read_bytes(), (
        "run `make -C hardware/firmware` and commit built/"
    )
