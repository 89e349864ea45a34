"""Reads a recording again, tick by tick, and tells in words what is wrong with a file that cannot be read."""

from __future__ import annotations

import json
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, cast

import zstandard
from mcap.exceptions import EndOfFile, InvalidMagic, McapError
from mcap.records import Attachment, Channel, Chunk, Message, Metadata
from mcap.stream_reader import StreamReader, breakup_chunk

from robot.core.errors import MALFORMED, InputError
from robot.core.toml_text import short
from robot.recording.beginning import NAME, Beginning
from robot.recording.plain import reader
from robot.recording.recorder import END, MEMORY
from robot.recording.topics import PERCEPTS, TICK, Head, TopicMessage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from mcap.records import McapRecord

    from robot.core.percepts import Percept

LARGEST_RECORD = 32 << 20  # bytes; what is written is gathered to 256 KiB, the longest is what is remembered
LARGEST_CHUNK = 4 << 20  # bytes unpacked
MOST_UNPACKED = 50  # times what is packed; what is written becomes 5 to 10 times as long
WRITTEN = ("zstd", "")  # ways to pack a chunk
REMEDY = "record it again: bowlby sim SCENARIO --record FILE"


class Recorded(NamedTuple):
    """One tick as it was kept."""

    head: Head
    messages: tuple[TopicMessage, ...]

    def percepts(self) -> tuple[Percept, ...]:
        """What was sensed. Raises KeyError, TypeError or ValueError where this program has other percepts."""
        return tuple(
            reader(PERCEPTS[one.topic])(json.loads(one.data)) for one in self.messages if one.topic in PERCEPTS
        )


class End(NamedTuple):
    """What stands at the end of a recording that was closed."""

    ticks: int
    digest: str


class Parcel(NamedTuple):
    """A chunk of the file, unpacked, and where it begins, in bytes."""

    at: int
    records: Sequence[McapRecord]


class RecordingReader:
    """A file that was opened; `ticks` goes through it once. Raises InputError with the place where it breaks."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: Head | None = None
        self.end: End | None = None
        self._records = self._read()
        found: dict[str, str] | None = None
        for record in self._records:
            if isinstance(record, Metadata) and record.name == NAME:
                found = record.metadata
            elif isinstance(record, Attachment) and record.name == MEMORY and found is not None:
                self.beginning = Beginning.read(found, record.data, str(path))
                return
            elif isinstance(record, Parcel):
                break
        raise self._error("this MCAP file was not recorded by bowlby")

    def ticks(self) -> Iterator[Recorded]:
        """The ticks in their order. Raises InputError where the file is cut short or damaged."""
        with self.held():
            yield from self._ticks()
        if self.end is None:
            raise self.cut()

    def _ticks(self) -> Iterator[Recorded]:
        topics: dict[int, str] = {}
        waiting: list[TopicMessage] = []
        for parcel in self.parcels():
            for record in parcel.records:
                if isinstance(record, Channel):
                    topics[record.id] = record.topic
                elif isinstance(record, Message):
                    topic = topics[record.channel_id]
                    if topic.startswith("/view/"):
                        continue
                    if topic == TICK and waiting:
                        yield self._tick(waiting)
                        waiting = []
                    waiting.append(TopicMessage(topic, record.data, 0.0))
        if waiting:
            yield self._tick(waiting)

    def parcels(self) -> Iterator[Parcel]:
        """The chunks in their order, once; `end` is known after the last. Raises InputError as `ticks` does."""
        for record in self._records:
            if isinstance(record, Parcel):
                yield record
            elif isinstance(record, Metadata) and record.name == END:
                self.end = End(int(record.metadata["ticks"]), record.metadata["digest"])

    def parcels_from(self, at: int) -> Iterator[Parcel]:
        """The chunks from one on, by where it begins. Raises InputError."""
        return (record for record in self._read(at) if isinstance(record, Parcel))

    def _tick(self, messages: list[TopicMessage]) -> Recorded:
        self._last = reader(Head)(json.loads(messages[0].data))
        return Recorded(self._last, tuple(messages))

    def _read(self, at: int = 0) -> Iterator[McapRecord | Parcel]:
        """The records from byte `at` on, chunks as parcels."""
        begun, unpacked = at, 0
        try:
            with self.held(), self._path.open("rb") as file:
                file.seek(at)
                stream = StreamReader(
                    cast("BinaryIO", _Bounded(file)),
                    skip_magic=at > 0,
                    emit_chunks=True,
                    validate_crcs=True,
                    record_size_limit=None,
                )
                for record in stream.records:
                    if isinstance(record, Chunk):
                        unpacked += _unpacked(record)
                        if unpacked > LARGEST_CHUNK + MOST_UNPACKED * (file.tell() - begun):
                            raise McapError(f"it unfolds to more than {MOST_UNPACKED} times its size")
                        yield Parcel(at, breakup_chunk(record, validate_crc=True))
                    else:
                        yield record
                    at = file.tell()
        except OSError as error:
            raise self._error(f"the recording cannot be read: {error.strerror}", "check the path") from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """What a file that is damaged or made to hurt ends in is an InputError."""
        try:
            yield
        except InvalidMagic as error:
            if self._last is None:
                raise self._error("this is no recording (MCAP)") from error
            raise self.cut() from error
        except (EndOfFile, struct.error) as error:
            raise self.cut() from error
        except (McapError, zstandard.ZstdError, MemoryError, *MALFORMED) as error:
            told = short(repr(error) if isinstance(error, LookupError) else str(error) or type(error).__name__)
            raise self._error(f"the recording is damaged {self._after()}: {told}") from error

    def cut(self) -> InputError:
        """What is to be said of a file without an end."""
        return self._error(f"the recording is cut short {self._after()}", "what came before it is whole; " + REMEDY)

    def _after(self) -> str:
        return "before its first tick" if self._last is None else f"after tick {self._last.n} ({self._last.t:.2f} s)"

    def _error(self, what: str, remedy: str = REMEDY) -> InputError:
        return InputError(what, place=str(self._path), remedy=remedy)


class _Bounded:
    """A file of which nothing longer than the longest record is read at once, whatever it says of itself."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, length: int) -> bytes:
        if not 0 <= length <= LARGEST_RECORD:
            raise McapError(f"it has a record of {length:,} bytes, more than {LARGEST_RECORD >> 20} MiB")
        return self._file.read(length)


def _unpacked(chunk: Chunk) -> int:
    """How long a chunk becomes, in bytes. Raises McapError where it says that it is too long, or does not say it."""
    if chunk.compression not in WRITTEN:
        raise McapError(f"it is packed by {short(chunk.compression)}")
    size = len(chunk.data)
    if chunk.compression:
        size = zstandard.get_frame_parameters(chunk.data).content_size
        if size == zstandard.CONTENTSIZE_UNKNOWN:  # then this is the most that will come
            size = chunk.uncompressed_size
    if size > LARGEST_CHUNK:
        raise McapError(f"it has a chunk of {size:,} bytes, more than {LARGEST_CHUNK >> 20} MiB")
    return size
