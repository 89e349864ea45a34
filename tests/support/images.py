"""Firmware images built afresh for the tests that run them."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sim.board.emulated import PICO_EMULATOR, RP2040JS, SIMAVR
from tests.support import avr_rig

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
LIGHTS = ("ws2812", "sk9822")
HAVE_AVR = shutil.which("avr-g++") is not None and Path("/usr/include/simavr/sim_avr.h").exists()
WITHOUT_AVR = "gcc-avr and libsimavr-dev are not installed"
HAVE_PICO = shutil.which("node") is not None and (ROOT / PICO_EMULATOR).exists()
WITHOUT_PICO = f"the emulator is not installed: `make -C {RP2040JS}`, which needs Node.js"


def make(folder: str, *goals: str) -> None:
    """Run make in a folder of this repository, quietly."""
    command = ["make", "-s", "-C", str(ROOT / folder), *goals]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr


@contextmanager
def avr_images(build: Path) -> Iterator[Path]:
    """Both AVR images and the host program, in `build`, for `avr_rig.Host`."""
    make("hardware/firmware", "avr", f"BUILD={build}", f"OUT={build}")
    make(str(SIMAVR), f"OUT={build}")
    patch = pytest.MonkeyPatch()
    patch.setattr(avr_rig, "BUILD", build)
    patch.setattr(avr_rig, "IMAGES", {name: build / f"bowlby-{name}.elf" for name in LIGHTS})
    try:
        yield build
    finally:
        patch.undo()
