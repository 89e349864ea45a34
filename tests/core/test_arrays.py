"""Arrays come out of a file as they went in, those of many zeros smaller; parts that do not fit are told."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra.numpy import array_shapes, arrays
from hypothesis.strategies import sampled_from

from robot.core.arrays import read_arrays, write_arrays
from robot.core.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

ANY = arrays(np.int8, array_shapes(max_dims=3, max_side=9), elements=sampled_from([0, 0, 0, 1, -7]))


@settings(max_examples=60, deadline=None)
@given(array=ANY)
def test_arrays_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, array: np.ndarray) -> None:
    place = tmp_path_factory.mktemp("arrays") / "a.npz"
    write_arrays(str(place), {"weights": array, "bias": np.array(0.5, np.float32)})
    table = read_arrays(place, "make it anew")
    assert table["weights"].dtype == array.dtype
    assert np.array_equal(table["weights"], array)
    assert table["bias"] == np.float32(0.5)


def test_zeros_take_little_room(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)
    array = np.where(chance.random(100_000) < 0.2, chance.integers(1, 100, 100_000), 0).astype(np.int8)
    write_arrays(str(tmp_path / "a.npz"), {"weights": array})
    assert (tmp_path / "a.npz").stat().st_size < 30_000


def test_bytes_that_do_not_repeat_take_little_room(tmp_path: Path) -> None:
    """LZMA would need 5,800 bytes; what is damaged, or goes on after its end was cut off, is told."""
    place = tmp_path / "a.npz"
    array = np.clip(np.random.default_rng(0).normal(0, 9, 8000), -128, 127).astype(np.int8)
    write_arrays(str(place), {"weights": array})
    assert place.stat().st_size < 5600
    assert np.array_equal(read_arrays(place, "make it anew")["weights"], array)
    with zipfile.ZipFile(place) as whole, zipfile.ZipFile(tmp_path / "b.npz", "w") as cut:
        cut.writestr("weights.npy.z", whole.read("weights.npy.z")[:-100])
    with pytest.raises(ModelError, match="ends too soon"):
        read_arrays(tmp_path / "b.npz", "make it anew")


@pytest.mark.parametrize(
    ("shape", "where", "others"),
    [
        (np.array([9]), np.zeros(1, np.uint8), np.zeros(0, np.int8)),
        (np.array([8]), np.full(1, 255, np.uint8), np.zeros(3, np.int8)),
        (np.array([-2, -4]), np.zeros(1, np.uint8), np.zeros(0, np.int8)),
        (np.array([8.0]), np.zeros(1, np.uint8), np.zeros(0, np.int8)),
        (np.array([8]), np.zeros(1, np.float32), np.zeros(0, np.int8)),
    ],
)
def test_parts_that_do_not_fit_are_told(
    tmp_path: Path, shape: np.ndarray, where: np.ndarray, others: np.ndarray
) -> None:
    place = tmp_path / "a.npz"
    parts = {"weights@shape": shape, "weights@where": where, "weights@others": others}
    np.savez(place, allow_pickle=False, **parts)
    with pytest.raises(ModelError, match="cannot be read") as told:
        read_arrays(place, "make it anew")
    assert told.value.remedy == "make it anew"
