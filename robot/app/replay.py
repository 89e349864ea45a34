"""Runs a recording again: what was sensed then goes into the mind as it is now, and each tick is compared.

Nothing is sensed and nothing moves: the steps from attend to express do the rest, at the robot time and the civil time
of the recording. The memory is one in RAM, and behaviours do nothing to the world (`robot.decide.harmless`). The first
message that differs is told with its tick, its step and the value.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from robot.app.build import build_steps, open_library
from robot.app.context import Overseers, RunContext
from robot.core.body_frame import ZERO
from robot.core.clock import ManualClock
from robot.core.condition import Condition, Health
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
from robot.guard.watch import Readers, Watch
from robot.health.last_run import LastRun
from robot.loop.devices import Devices
from robot.loop.loop import Loop
from robot.loop.memory_keeper import MemoryKeeper
from robot.memory.memory import Memory
from robot.recording.reader import RecordingReader
from robot.recording.topics import DECISION, STEP_OF, messages
from robot.texts.catalogue import words
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from robot.app.context import Stock
    from robot.core.body_description import BodyDescription
    from robot.core.body_frame import BodyFrame
    from robot.core.intents import Consult, Intent
    from robot.core.percepts import Percept
    from robot.core.tick import Clip
    from robot.core.voice_commands import VoiceCommand
    from robot.decide.harmless import RefusedDeed
    from robot.parts.protocols import Audio
    from robot.recording.reader import Recorded
    from robot.recording.topics import TopicMessage
    from robot.sense.language.phrases import Phrases

NOTHING = "nothing"
ORDER = tuple(STEP_OF)  # of topics within a tick


class Difference(NamedTuple):
    """The first message that is not what it was. `key` is the path of the value in it."""

    tick: int
    t: float
    step: str
    topic: str
    key: str
    was: str
    now: str


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


class RecordedClock(ManualClock):
    """A clock whose times are the recording's."""

    def __init__(self, civil: datetime) -> None:
        super().__init__(civil)
        self._told = civil

    def civil(self) -> datetime:
        return self._told

    def set(self, t: float, civil: datetime) -> None:
        self.sleep_until(t)
        self._told = civil


class Track:
    """One sense of a recording: it gives the percepts of its kinds, and what it is told leads nowhere."""

    awake = True
    switched_off = False
    min_interval_s = 0.0
    share = 1.0
    unheard = False

    def __init__(self, body: BodyDescription, *kinds: type) -> None:
        self.description = body
        self._kinds = kinds
        self._percepts: list[Any] = []

    def put(self, percepts: Sequence[Percept]) -> None:
        """What the next poll will give."""
        self._percepts = [percept for percept in percepts if isinstance(percept, self._kinds)]

    def poll(self, now: float) -> list[Any]:  # noqa: ARG002 - the recording knows when
        return self._percepts

    def write(self, frame: BodyFrame) -> None: ...

    def add_echo_reference(self, played: Sequence[Audio]) -> None: ...

    def gate(self, active: bool) -> None: ...  # noqa: FBT001 - as the real one

    def recall(self, known: Mapping[str, object], intents: Iterable[Intent]) -> None: ...

    def mute(self, on: bool) -> None: ...  # noqa: FBT001 - as above

    def set_language(self, language: str) -> None: ...

    def stay(self, until: float) -> None: ...

    def passes_over(self, words: Utterance) -> bool:  # noqa: ARG002 - what was recorded was meant for it
        return False

    def renew(self, phrases: Phrases) -> None: ...

    def take_played(self, now: float) -> Sequence[Audio]:  # noqa: ARG002 - as the real one
        return ()

    def do(self, command: VoiceCommand) -> None: ...

    def ask(self, consult: Consult, now: float) -> None: ...

    def cut(self) -> None: ...

    def take_clips(self) -> Sequence[Clip]:
        return ()

    def health(self) -> Health:
        return Health("recording", Condition.OK, sentence("health.played"))

    def close(self) -> None: ...


class Replay:
    """One replay: the present mind on what a recording sensed."""

    def __init__(self, path: Path, stock: Stock | None = None) -> None:
        """`stock`: what robots of this process share. Raises InputError for a file that is no recording."""
        self._path = path
        self.recording = RecordingReader(path)
        begun = self.recording.beginning
        self._clock = RecordedClock(begun.civil)
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
        with harmless:
            library = open_library(begun.config, None if stock is None else stock.phrases, context)
        steps = build_steps(begun.config, context, library, self._memory, begun.body)
        readers = Readers.load() if stock is None else stock.need
        self._loop = Loop(
            clock=self._clock,
            devices=Devices(body, sight, hearing, voice, changes, model=model),
            watch=Watch(readers, begun.config.care.country, library.phrases),
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


def compare(recorded: Recorded, now: Sequence[TopicMessage]) -> Difference | None:
    """The first message of a tick that differs from the recorded one, or is not there in one of them."""
    head = recorded.head
    for old, new in zip_longest(recorded.messages, now):
        if old is not None and new is not None and (old.topic, old.data) == (new.topic, new.data):
            continue
        first = min((one for one in (old, new) if one is not None), key=lambda one: ORDER.index(one.topic))
        if old is None or new is None or old.topic != new.topic:
            was, is_now = (_shown(one if one is first else None) for one in (old, new))
            return Difference(
                tick=head.n, t=head.t, step=STEP_OF[first.topic], topic=first.topic, key="", was=was, now=is_now
            )
        key, before, after = first_difference(json.loads(old.data), json.loads(new.data))
        return Difference(
            tick=head.n, t=head.t, step=STEP_OF[old.topic], topic=old.topic, key=key, was=str(before), now=str(after)
        )
    return None


def _shown(message: TopicMessage | None) -> str:
    return message.data.decode() if message is not None else NOTHING


def first_difference(old: Any, new: Any, path: str = "") -> tuple[str, Any, Any]:
    """Path and both values of the first place where two JSON values differ; they must differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = [*old, *(key for key in new if key not in old)]
        pairs = [(key, old.get(key, NOTHING), new.get(key, NOTHING)) for key in keys]
    elif isinstance(old, list) and isinstance(new, list):
        pairs = [(str(i), *pair) for i, pair in enumerate(zip_longest(old, new, fillvalue=NOTHING))]
    else:
        return path, old, new
    different = next((pair for pair in pairs if pair[1] != pair[2]), None)
    if different is None:  # but in the way that it is written, as 1 and 1.0
        return path, json.dumps(old), json.dumps(new)
    key, before, after = different
    return first_difference(before, after, f"{path}.{key}" if path else key)
