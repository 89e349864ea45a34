"""A recording that can be opened at any moment: one look through it, then straight to where a tick stands."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from mcap.records import Channel, Message

from robot.core.errors import InputError
from robot.recording.foxglove import CAMERA
from robot.recording.index import RecordingIndex
from robot.recording.reader import Recorded, RecordingReader
from robot.recording.tick_reader import STANDING, Shot, TickReader
from robot.recording.topics import TICK, Head, TopicMessage
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from robot.core.tick import Tick
    from robot.recording.reader import Parcel

RUN_UP = 30  # ticks that are read before the one asked for: its last picture is among them


class Stretch(NamedTuple):
    """A chunk of the file: where it begins, the first tick that begins in it, and what stood by then."""

    at: int
    first: int
    standing: dict[str, bytes]


class Holdings(NamedTuple):
    """What a file holds, to be told to whoever looks at it."""

    file: str
    begun: datetime  # civil time at robot time 0
    ticks: int
    seconds: float
    words: int  # lines that were heard or said
    pictures: int  # of the camera; 0: they were not recorded
    trouble: str  # why it ends early; empty for a whole file


class SeekableRecording(RecordingReader):
    """Ticks by their position, from 0. A file that is cut short or damaged ends there; `trouble` says why."""

    def __init__(self, path: Path, told: Callable[[int], None] = lambda _: None) -> None:
        """Goes through the file once; `told` the number of ticks so far. Raises InputError where there are none."""
        super().__init__(path)
        self.trouble = ""
        self.index = RecordingIndex()
        self.pictures = 0
        self._base_ns = round(self.beginning.civil.timestamp() * 1e9)
        self._topics: dict[int, str] = {}
        self._times = array("d")
        self._stretches: list[Stretch] = []
        try:
            with self.held():
                self._look_through(told)
        except InputError as error:
            if len(self._times) < 2:
                raise
            self._times.pop()  # the last one may be there in part
            self.trouble = f"{words(error.what)}; {words(error.remedy)}"

    def __len__(self) -> int:
        return len(self._times)

    @property
    def holdings(self) -> Holdings:
        seconds = self._times[-1] - self._times[0]
        begun, index = self.beginning.civil, self.index
        return Holdings(
            file=self._path.name,
            begun=begun,
            ticks=len(self),
            seconds=seconds,
            words=index.words,
            pictures=self.pictures,
            trouble=self.trouble,
        )

    def time(self, position: int) -> float:
        """Robot time of a tick, s."""
        return self._times[position]

    def position(self, t: float) -> int:
        """The tick that was at `t`: the last one that had begun, or the first."""
        return max(0, bisect_right(self._times, t + 1e-6) - 1)

    def before(self, position: int) -> list[Tick]:
        """The ticks before a position that still matter then, with no more in each than what matters."""
        return [TickReader({}).tick(Shot(told, None)) for told in self.index.before(position)]

    def play(self, position: int) -> Iterator[Tick]:
        """The ticks from a position on. Raises InputError where the file is no longer what it was."""
        run_up = max(0, position - RUN_UP)
        stretch = self._stretches[bisect_right(self._stretches, run_up, key=lambda one: one.first) - 1]
        reader = TickReader(stretch.standing)
        shots = self._shots(self.parcels_from(stretch.at))
        for at in range(stretch.first, len(self)):
            with self.held():
                shot = next(shots, None)
            if shot is None:
                raise self.cut()
            if at < position:
                reader.skip(shot)
            else:
                yield reader.tick(shot, landed=at == position)

    def _shots(self, parcels: Iterable[Parcel]) -> Iterator[Shot]:
        """The ticks that begin in these chunks."""
        messages: list[TopicMessage] = []
        picture: bytes | None = None
        for parcel in parcels:
            for record in parcel.records:
                if not isinstance(record, Message):
                    continue
                topic = self._topics[record.channel_id]
                if topic == TICK:
                    if messages:
                        yield _shot(messages, picture)
                    messages, picture = [], None
                elif not messages:
                    continue  # the rest of a tick that began in the chunk before
                if topic == CAMERA:
                    picture = record.data
                elif not topic.startswith("/view/"):
                    messages.append(TopicMessage(topic, record.data, 0.0))
        if messages:
            yield _shot(messages, picture)

    def _look_through(self, told: Callable[[int], None]) -> None:
        standing: dict[str, bytes] = {}
        now: list[TopicMessage] = []
        for parcel in self.parcels():
            begun = False
            for record in parcel.records:
                if isinstance(record, Channel):
                    self._topics[record.id] = record.topic
                elif isinstance(record, Message):
                    topic = self._topics[record.channel_id]
                    if topic == TICK:
                        self._take(now)
                        now = []
                        if not begun:
                            self._stretches.append(Stretch(parcel.at, len(self._times), dict(standing)))
                            begun = True
                        self._times.append((record.log_time - self._base_ns) / 1e9)
                        self._last = Head(record.sequence, self._times[-1], "")
                    if topic in STANDING:
                        standing[topic] = record.data
                    self.pictures += topic == CAMERA
                    now.append(TopicMessage(topic, record.data, 0.0))
            told(len(self._times))
        self._take(now)
        if self.end is None:
            raise self.cut()

    def _take(self, now: list[TopicMessage]) -> None:
        if now:
            self.index.take(len(self._times) - 1, self._times[-1], now)


def _shot(messages: list[TopicMessage], picture: bytes | None) -> Shot:
    return Shot(Recorded(Head(**json.loads(messages[0].data)), tuple(messages)), picture)
