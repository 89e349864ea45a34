"""Runs a recording again: what was sensed then goes into the mind as it is now, and each tick is compared.

Nothing is sensed and nothing moves: the steps from attend to express do the rest, at the robot time and the civil time
of the recording. The memory is one in RAM, and behaviours do nothing to the world (`robot.decide.harmless`). They come
from the person's own folder: a recording is data, also one that a stranger made, and says of no code that it shall run.
The first message that differs is told with its tick, its step and the value.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from robot.app.build import build_steps, open_library
from robot.app.context import Overseers, RunContext
from robot.app.replayed_devices import RecordedClock, Track
from robot.config import schema as configuration
from robot.core.body_frame import ZERO
from robot.core.errors import MALFORMED, InputError
from robot.core.percepts import (
    FacesSeen,
    SenseTurned,
    Speaking,
    Suggested,
    Telemetry,
    Touch,
    Tuned,
    Utterance,
    VoiceActivity,
    Wish,
)
from robot.core.pose_history import PoseHistory
from robot.core.requests import ShowByHand
from robot.core.toml_text import short
from robot.decide.harmless import HarmlessOversight
from robot.decide.mind import BY_HAND
from robot.guard.readers import Readers
from robot.guard.watch import Watch
from robot.health.last_run import LastRun
from robot.loop.devices import Devices
from robot.loop.loop import Loop
from robot.loop.memory_keeper import MemoryKeeper
from robot.memory.memory import Memory
from robot.recording.difference import Difference, compare
from robot.recording.reader import RecordingReader
from robot.recording.topics import DECISION, messages
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from robot.app.context import Stock
    from robot.core.percepts import Percept
    from robot.decide.harmless import RefusedDeed
    from robot.recording.reader import Recorded


class Outcome(NamedTuple):
    """What a replay found. Both digests are over all ticks; the recorded one is empty where the file has no end."""

    ticks: int
    seconds: float
    digest: str
    recorded_digest: str
    difference: Difference | None
    refused: tuple[RefusedDeed, ...] = ()  # what behaviours were not let do to the world

    @property
    def same(self) -> bool:
        return self.difference is None and self.digest == self.recorded_digest


class Replay:
    """One replay: the present mind on what a recording sensed."""

    def __init__(self, path: Path, stock: Stock | None = None, behaviors: Path | None = None) -> None:
        """`stock`: what robots of this process share. `behaviors`: the folder of one's own, where it is not the one in
        the person's configuration. Raises InputError for a file that is no recording, and ConfigError.
        """
        self._path = path
        self.recording = RecordingReader(path)
        begun = self.recording.beginning
        self._clock = RecordedClock(begun.civil, begun.midnight)
        self._memory = Memory(None, self._clock, begun.memory)
        self._harmless = harmless = HarmlessOversight()
        context = RunContext(
            self._clock,
            last_run=LastRun(begun.last_run),
            research=begun.research,
            overseers=Overseers(harmless, harmless),
        )
        body, sight = Track(begun.body, Telemetry, Touch), Track(begun.body, FacesSeen)
        hearing, voice = Track(begun.body, VoiceActivity, Utterance), Track(begun.body, Speaking)
        changes, model = Track(begun.body, SenseTurned, Tuned, Wish), Track(begun.body, Suggested)
        self._tracks = (body, sight, hearing, voice, changes, model)
        config = begun.config.changed("robot", behaviors=behaviors or configuration.load(None).robot.behaviors)
        with harmless:
            library = open_library(config, None if stock is None else stock.phrases, context)
        steps = build_steps(config, context, library, self._memory, begun.body)
        readers = Readers.load() if stock is None else stock.need
        self._loop = Loop(
            clock=self._clock,
            devices=Devices(body, sight, hearing, voice, changes, model=model),
            watch=Watch(readers, config.care.country, library.phrases),
            steps=steps,
            keeper=MemoryKeeper(self._memory, steps.feel.attachment, self._clock),
            history=PoseHistory(ZERO),
        )
        self._digest = hashlib.sha256()
        self._ticks = 0
        self._t = 0.0

    def run(self, told: Callable[[int], None] = lambda _: None) -> Outcome:
        """Go through it until its end or the first difference; `told` the number of each tick. Raises InputError."""
        with self._harmless:
            return self._run(told)

    def _run(self, told: Callable[[int], None]) -> Outcome:
        difference = None
        try:
            for recorded in self.recording.ticks():
                with self.recording.held():
                    difference = self._turn(recorded)
                told(self._ticks)
                if difference is not None:
                    break
        except InputError as error:
            if not self._ticks:
                raise
            what = f"{words(error.what)}; up to there the run is as it was"
            raise InputError(what, place=error.place, remedy=error.remedy) from error
        finally:
            self._memory.close()
        end = self.recording.end
        return Outcome(
            ticks=self._ticks,
            seconds=self._t,
            digest=self._digest.hexdigest(),
            recorded_digest=end.digest if end is not None else "",
            difference=difference,
            refused=tuple(self._harmless.refused),
        )

    def _turn(self, recorded: Recorded) -> Difference | None:
        head = recorded.head
        civil = datetime.fromisoformat(head.civil)
        self._clock.set(head.t, civil)
        for track in self._tracks:
            track.put(self._percepts(recorded))
        for expression in _asked(recorded):
            self._loop.ask(ShowByHand(expression))
        tick = self._loop.turn_at(head.t)
        self._ticks, self._t = self._ticks + 1, head.t
        now = list(messages(tick, civil))
        for message in now:
            self._digest.update(message.topic.encode() + b"\0" + message.data + b"\n")
        return compare(recorded, now)

    def _percepts(self, recorded: Recorded) -> tuple[Percept, ...]:
        try:
            return recorded.percepts()
        except MALFORMED as error:
            raise InputError(
                f"tick {recorded.head.n} has a percept that this version does not know: {short(repr(error))}",
                place=str(self._path),
                remedy="replay it with the version that recorded it",
            ) from error


def _asked(recorded: Recorded) -> Iterator[str]:
    """The expressions that somebody asked for by hand before this tick."""
    for message in recorded.messages:
        if message.topic == DECISION and BY_HAND.encode() in message.data:
            for intent in json.loads(message.data)["intents"]:
                if intent["cause"]["variable"] == BY_HAND:
                    yield intent["expression"]
