"""Reads a recording again, tick by tick, and tells in words what is wrong with a file that cannot be read."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, NamedTuple

from mcap.exceptions import EndOfFile, InvalidMagic, McapError
from mcap.records import Attachment, Channel, Chunk, Message, Metadata
from mcap.stream_reader import CRCValidationError, StreamReader, breakup_chunk
from zstandard import ZstdError

from robot.core.errors import InputError
from robot.recording.beginning import NAME, Beginning
from robot.recording.plain import reader
from robot.recording.recorder import END, MEMORY
from robot.recording.topics import PERCEPTS, TICK, Head, TopicMessage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mcap.records import McapRecord

    from robot.core.messages import Percept

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
        if self.end is None:
            raise self.cut()

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
        self._last = Head(**json.loads(messages[0].data))
        return Recorded(self._last, tuple(messages))

    def _read(self, at: int = 0) -> Iterator[McapRecord | Parcel]:
        """The records from byte `at` on, chunks as parcels."""
        try:
            with self._path.open("rb") as file:
                file.seek(at)
                for record in StreamReader(file, skip_magic=at > 0, emit_chunks=True, validate_crcs=True).records:
                    yield Parcel(at, breakup_chunk(record, validate_crc=True)) if isinstance(record, Chunk) else record
                    at = file.tell()
        except OSError as error:
            raise self._error(f"the recording cannot be read: {error.strerror}", "check the path") from error
        except InvalidMagic as error:
            if self._last is None:
                raise self._error("this is no recording (MCAP)") from error
            raise self.cut() from error
        except (EndOfFile, struct.error) as error:
            raise self.cut() from error
        except (McapError, CRCValidationError, ZstdError, ValueError, KeyError) as error:
            raise self._error(f"the recording is damaged {self._after()}: {error}") from error

    def cut(self) -> InputError:
        """What is to be said of a file without an end."""
        return self._error(f"the recording is cut short {self._after()}", "what came before it is whole; " + REMEDY)

    def _after(self) -> str:
        return "before its first tick" if self._last is None else f"after tick {self._last.n} ({self._last.t:.2f} s)"

    def _error(self, what: str, remedy: str = REMEDY) -> InputError:
        return InputError(what, place=str(self._path), remedy=remedy)
