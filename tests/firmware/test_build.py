"""The firmware that ships is the one whose source is here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

FIRMWARE = Path(__file__).parents[2] / "hardware/firmware"


@pytest.mark.skipif(shutil.which("clang++-19") is None, reason="the compiler of the shipped bytes is not installed")
def test_the_webassembly_that_ships_is_rebuilt_to_the_byte(tmp_path: Path) -> None:
    built = subprocess.run(
        ["make", "-s", "-C", FIRMWARE, "wasm", f"OUT={tmp_path}"], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "bowlby.wasm").read_bytes() == (FIRMWARE / "built/bowlby.wasm").read_bytes(), (
        "run `make -C hardware/firmware` and commit built/"
    )


@pytest.mark.skipif(shutil.which("arm-none-eabi-g++") is None, reason="gcc-arm-none-eabi is not installed")
def test_the_pico_image_that_ships_is_rebuilt_to_the_byte(tmp_path: Path) -> None:
    built = subprocess.run(
        ["make", "-s", "-C", FIRMWARE, "rp2040", f"BUILD={tmp_path}", f"OUT={tmp_path}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "bowlby-pico.uf2").read_bytes() == (FIRMWARE / "built/bowlby-pico.uf2").read_bytes(), (
        "run `make -C hardware/firmware` and commit built/"
    )


@pytest.mark.skipif(
    not list(Path("/usr/lib").glob("llvm-19/lib/clang/19/lib/linux/libclang_rt.fuzzer-*.a")),
    reason="libclang-rt-19-dev is not installed",
)
def test_the_fuzzed_core_survives_its_corpus_and_a_few_thousand_runs(tmp_path: Path) -> None:
    goals = [f"BUILD={tmp_path}", "FUZZ_RUNS=3000", "fuzz"]
    fuzzed = subprocess.run(["make", "-s", "-C", FIRMWARE, *goals], capture_output=True, text=True, check=False)
    assert fuzzed.returncode == 0, fuzzed.stderr[-2000:]
