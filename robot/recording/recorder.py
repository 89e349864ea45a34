"""Writes a run into an MCAP file that nobody else may read: an observer of the loop.

The file has every percept, thought, intent, verdict and body frame, the words that were heard and said, and what the
robot remembered at the start. It has no sound, and pictures only when they were asked for.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import queue
import threading
from contextlib import ExitStack
from importlib.metadata import version
from typing import TYPE_CHECKING, BinaryIO

from mcap.writer import Writer
from mcap_protobuf.schema import register_schema

from robot.core.condition import Condition, Health
from robot.core.errors import InputError
from robot.recording import foxglove, topics
from robot.recording.beginning import NAME
from robot.texts.catalogue import words
from robot.texts.sentence import AnyText, sentence

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from robot.core.clock import Clock
    from robot.core.tick import Tick
    from robot.recording.beginning import Beginning

log = logging.getLogger(__name__)

CHUNK_BYTES = 256 * 1024
BACKLOG_TICKS = 500  # ten seconds
END, MEMORY = "end", "memory.db"
NO_ROOM = sentence("health.free_room_and_record")


class Recorder:
    """Records from the first tick that it sees until it is closed. A disk that fails ends it, and not the run."""

    def __init__(self, path: Path, beginning: Beginning, clock: Clock, *, pictures: bool = False) -> None:
        """Raises InputError when the file cannot be made."""
        self.path = path
        self.fault: AnyText = ""
        self.remedy: AnyText = ""
        self._clock = clock
        self._digest = hashlib.sha256()
        self._ticks = 0
        base = self._base_ns = round(beginning.civil.timestamp() * 1e9)
        self._viewer = foxglove.FoxgloveDrawing(beginning.body, base, pictures=pictures)
        try:
            with ExitStack() as opened:
                private = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
                self._file: BinaryIO = opened.enter_context(os.fdopen(private, "wb"))
                path.chmod(0o600)  # also where the file was there before
                self._writer = Writer(self._file, chunk_size=CHUNK_BYTES)
                self._writer.start(profile="", library=f"{NAME} {version(NAME)}")
                self._writer.add_metadata(NAME, beginning.as_metadata())
                self._writer.add_attachment(base, base, MEMORY, "application/vnd.sqlite3", beginning.memory)
                opened.pop_all()
        except OSError as error:
            raise InputError(
                f"the recording cannot be written: {error.strerror}",
                place=str(path),
                remedy="free some room, or name another file",
            ) from error
        self._channels = {
            topic: self._writer.register_channel(
                topic, "json", self._writer.register_schema(schema["title"], "jsonschema", json.dumps(schema).encode())
            )
            for topic, schema in topics.SCHEMAS.items()
        } | {
            topic: self._writer.register_channel(topic, "protobuf", register_schema(self._writer, kind))
            for topic, kind in foxglove.SCHEMAS.items()
            if pictures or topic != foxglove.CAMERA
        }

    def see(self, tick: Tick) -> None:
        """Write one tick."""
        self.write(tick, self._clock.civil())

    def write(self, tick: Tick, civil: datetime) -> None:
        """Write one tick, with the civil time that it was."""
        if self.fault:
            return
        try:
            for message in topics.messages(tick, civil):
                self._digest.update(message.topic.encode() + b"\0" + message.data + b"\n")
                self._add(tick, message)
            for view in self._viewer.views(tick):
                self._add(tick, view)
        except OSError as error:
            self.give_up(str(error.strerror))
        self._ticks += 1

    @property
    def digest(self) -> str:
        """SHA-256 over all topics and messages so far, those to draw left out."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """End the file; safe to call twice."""
        if self._file.closed:
            return
        try:
            if not self.fault:
                self._writer.add_metadata(END, {"ticks": str(self._ticks), "digest": self.digest})
                self._writer.finish()  # type: ignore[no-untyped-call] # mcap leaves it untyped
            self._file.close()
        except OSError as error:
            self.give_up(str(error.strerror))

    def _add(self, tick: Tick, message: topics.TopicMessage | foxglove.DrawnMessage) -> None:
        self._writer.add_message(
            self._channels[message.topic],
            self._base_ns + round(tick.t * 1e9),
            message.data,
            self._base_ns + round(message.t * 1e9),
            tick.n,
        )

    def health(self) -> Health:
        """Its line: a recording that had to end stays ended."""
        if self.fault:
            ended = sentence("health.recording_ended", why=self.fault)
            return Health("recording", Condition.LESSER, ended, self.remedy)
        return Health("recording", Condition.OK, str(self.path))

    def give_up(self, why: str, remedy: AnyText = NO_ROOM) -> None:
        """Write no more; what is in the file stays."""
        self.remedy = remedy
        self.fault = sentence("health.file_not_written", file=str(self.path), why=why)
        log.error("the recording ends here: %s", words(self.fault))


class BackgroundRecorder:
    """The same for a robot in real time, whose loop never waits for a disk: a thread writes."""

    def __init__(self, recorder: Recorder, clock: Clock) -> None:
        self._recorder = recorder
        self._clock = clock
        self._waiting: queue.Queue[tuple[Tick, datetime] | None] = queue.Queue(BACKLOG_TICKS)
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def see(self, tick: Tick) -> None:
        if not self._recorder.fault:
            try:
                self._waiting.put_nowait((tick, self._clock.civil()))
            except queue.Full:
                self._recorder.give_up("the disk is too slow")

    def close(self) -> None:
        """Write what waits and end the file."""
        self._waiting.put(None)
        self._thread.join()
        self._recorder.close()

    def _run(self) -> None:
        while (one := self._waiting.get()) is not None:
            try:
                self._recorder.write(*one)
            except Exception as error:  # whatever it was, the loop goes on
                log.exception("the recorder has a defect")
                self._recorder.give_up(f"{type(error).__name__}: {error}", sentence("health.report_with_log"))
