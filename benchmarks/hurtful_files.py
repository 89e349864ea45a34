"""Files made to hurt, as bytes: pictures, TOML, recordings, voices and archives, each by chance."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import numpy as np
import zstandard
from mcap.data_stream import RecordBuilder
from mcap.records import Chunk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

NAMES = ("a.b.c.d", "person", "person.way", "said.en", "frame", "robot", "profile.contact")


def flipped(whole: bytes, chance: Random) -> bytes:
    """Some bits the other way, or a piece cut off, or doubled."""
    out = bytearray(whole)
    for _ in range(chance.choice((1, 3, 30))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    cut = chance.randrange(len(out))
    return bytes(chance.choice((out, out[:cut], out[:cut] + out[cut // 2 :])))


def png(width: int, height: int, depth: int, *, colours: int = 2, interlaced: int = 0, rows: int = 1_000) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(rows))) + part(b"IEND", b"")


def picture(chance: Random) -> bytes:
    import cv2  # noqa: PLC0415 - after the limit of its pixels is set

    if chance.random() < 0.5:
        side = chance.choice((1, 300, 4_000, 4_096, 16_000, 65_000, 2**31 - 1))
        return png(
            side,
            chance.choice((1, side)),
            chance.choice((8, 16)),
            colours=chance.choice((0, 2, 6)),
            interlaced=chance.choice((0, 1)),
            rows=chance.choice((1_000, 20_000_000)),
        )
    image = np.random.default_rng(chance.randrange(99)).integers(0, 256, (64, 64, 3), np.uint8)
    kind = chance.choice((".jpg", ".webp", ".tiff", ".bmp", ".ppm", ".png"))
    coded = cv2.imencode(kind, image, [cv2.IMWRITE_JPEG_PROGRESSIVE, 1] if kind == ".jpg" else [])[1].tobytes()
    if kind == ".jpg":
        size = coded.index(b"\xff\xc2") + 5
        side = chance.choice((64, 4_000, 16_000, 65_535))
        coded = coded[:size] + struct.pack(">HH", side, side) + coded[size + 4 :]
        last = coded.rindex(b"\xff\xda")
        coded = coded[:last] + coded[last:-2] * chance.choice((1, 15, 2_000)) + coded[-2:]
    return chance.choice((coded, flipped(coded, chance)))


def toml(chance: Random) -> bytes:
    count = chance.choice((100, 5_000, 50_000))
    name, one = chance.choice(NAMES), chance.choice(("", "1", "'x'", "[1, 2]", "{a = 1}", "9" * 5_000, "1979-05-27"))
    makers: tuple[Callable[[], str], ...] = (
        lambda: ".".join("a" * count) + " = 1",
        lambda: f"{name} = " + "[" * count + "]" * chance.choice((0, count)),
        lambda: f"{name} = " + "{a=" * count + "1" + "}" * count,
        lambda: "\n".join(f"{name}.k{number} = {one}" for number in range(count)),
        lambda: "\n".join(f"[{name}.k{number}]\nx = {one}" for number in range(count)),
        lambda: f"[[{name}]]\n" * count,
        lambda: "".join(f"[[a{number % 7}.{name}]]\nt = {number}\n" for number in range(count)),
        lambda: f"[{name}]\nname = 0x" + "f" * count,
        lambda: f"{'k' * count} = {one}",
        lambda: (
            f"a = {chance.choice(('', '[', chr(34) * 3, chr(39) * 3))}"
            + chance.choice(("\n", "\\", '"', "'", "#", "\r")) * count
        ),
        lambda: f"about = 'x'\nduration_s = 1\ncivil = {chance.choice(('0001', '9999'))}-01-01T00:00:00\n",
        lambda: "".join(f"[[frame]]\nt = {number / count + 0.001}\n" for number in range(count)),
    )
    text = chance.choice(makers)().encode()
    return chance.choice((text, text, flipped(text, chance)))


def recording(chance: Random, whole: bytes, head: int) -> bytes:
    def chunk(data: bytes, says: int, *, size: bool) -> bytes:
        packed = zstandard.ZstdCompressor(level=1, write_content_size=size).compress(data)
        builder = RecordBuilder()
        Chunk("zstd", packed, 0, 0, 0, says).write(builder)
        return bytes(builder.end())  # type: ignore[no-untyped-call] # mcap leaves it untyped

    size = chance.choice((1_000, 1 << 20, 8 << 20, 1 << 28))
    channel = chance.randrange(40)
    message = b"\x05" + struct.pack("<QHIQQ", 22, channel, 0, 0, 0)
    makers: tuple[Callable[[], bytes], ...] = (
        lambda: flipped(whole, chance),
        lambda: whole[:head] + chunk(bytes(size), chance.choice((size, 1_000)), size=chance.random() < 0.5),
        lambda: whole[:head] + chunk(bytes(8 << 20), 8 << 20, size=True) * 100,
        lambda: whole[:head] + chunk(message * (min(size, 8 << 20) // len(message)), 0, size=True),
        lambda: (
            whole[:head]
            + chunk(
                (message + b"[" * 5)[:-5] + b"\x05" + struct.pack("<QHIQQ", 100_022, channel, 0, 0, 0) + b"[" * 100_000,
                0,
                size=True,
            )
        ),
        lambda: (
            whole[:head]
            + bytes([chance.randrange(16)])
            + struct.pack("<Q", chance.choice((0, 3, 1 << 40, (1 << 64) - 1)))
            + bytes(40)
        ),
    )
    return chance.choice(makers)()


def voice(chance: Random) -> bytes:
    makers: tuple[Callable[[], bytes], ...] = (
        lambda: b"\x80" * chance.choice((100, 100_000, 10_000_000)),
        lambda: b"\x3a" + b"\xff" * 9 + b"\x01",
        lambda: (b"\x3a\x82\x80\x80\x00") * 100_000,
        lambda: chance.randbytes(100_000),
    )
    return chance.choice(makers)()


def archive(chance: Random, names: tuple[str, ...], folder: Path) -> bytes:
    path = folder / "made.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name in names:
            with made.open(name, "w", force_zip64=True) as part:
                for _ in range(chance.choice((1, 20, 200))):
                    part.write(bytes(1 << 20))
    return flipped(path.read_bytes(), chance) if chance.random() < 0.3 else path.read_bytes()
