"""The index of a recording: what happened when, found in one pass, so that a reader can go to any moment."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from robot.core.condition import Condition
from robot.core.percepts import SenseTurned, Utterance
from robot.recording.plain import reader
from robot.recording.reader import Recorded
from robot.recording.topics import DECISION, FEELINGS, TOPIC_OF, VERDICTS, VOICE, Head
from robot.texts.sentence import AnyText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.recording.topics import TopicMessage

FEELINGS_EVERY_S = 0.25
SAME_S = 10.0  # the same verdict again so soon is no news
TEXT = reader(AnyText)
UTTERANCE, TURNED = TOPIC_OF[Utterance], TOPIC_OF[SenseTurned]
NEWS = {UTTERANCE: 60, VOICE: 60, VERDICTS: 40, DECISION: 16}  # topic: how many ticks back it still matters


class Mark(NamedTuple):
    """An event of a recording, to jump to.

    `kind` and `subject` are: "words" by "person", "robot" or as a "sound", `text` being the words; "mode", the subject
    being the new one; "fault" of a part by its name, or its end where `text` is empty.
    """

    position: int  # of the tick, from 0
    t: float
    kind: str
    subject: str
    text: AnyText


class Felt(NamedTuple):
    """The model's variables at one moment."""

    t: float
    arousal: float
    comfort: float
    exploration: float


class RecordingIndex:
    """Told every tick in its order; `marks`, `felt` and `before` are complete afterwards."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.felt: list[Felt] = []
        self.words = 0
        self._news: dict[str, list[tuple[int, Recorded]]] = {topic: [] for topic in NEWS}
        self._deciding = b""
        self._mode = ""
        self._verdicts: dict[bytes, float] = {}
        self._ills: dict[str, AnyText] = {}  # of parts that have been well

    def take(self, position: int, t: float, messages: Iterable[TopicMessage]) -> None:
        """The messages of one tick."""
        head = Head(position, t, "")
        for message in messages:
            match message.topic:
                case topic if topic == DECISION:
                    self._decision(head, message)
                case topic if topic == FEELINGS:
                    self._feelings(t, message.data)
                case topic if topic == UTTERANCE:
                    self._keep(head, message)
                    self._mark(head, "words", "person", json.loads(message.data)["text"])
                case topic if topic == VOICE:
                    self._voice(head, message)
                case topic if topic == VERDICTS and t - self._verdicts.get(message.data, -SAME_S) >= SAME_S:
                    self._verdicts[message.data] = t
                    self._keep(head, message)
                case topic if topic == TURNED:
                    self._turned(head, message.data)

    def before(self, position: int) -> list[Recorded]:
        """The ticks before a position that still matter then: the last words, verdicts and deeds, in their order."""
        found: dict[int, list[TopicMessage]] = {}
        for topic, last in NEWS.items():
            kept = self._news[topic]
            end = bisect_left(kept, position, key=lambda one: one[0])
            for at, recorded in kept[max(0, end - last) : end]:
                found.setdefault(at, []).extend(recorded.messages)
        times = {at: recorded.head for kept in self._news.values() for at, recorded in kept if at in found}
        return [Recorded(times[at], tuple(found[at])) for at in sorted(found)]

    def felt_until(self, t: float, seconds: float) -> list[Felt]:
        """The variables over the `seconds` until `t`."""
        first = bisect_left(self.felt, t - seconds, key=lambda one: one.t)
        return self.felt[first : bisect_right(self.felt, t, key=lambda one: one.t)]

    def _keep(self, head: Head, message: TopicMessage) -> None:
        self._news[message.topic].append((head.n, Recorded(head, (message,))))

    def _mark(self, head: Head, kind: str, subject: str, text: AnyText = "") -> None:
        self.words += kind == "words"
        self.marks.append(Mark(head.n, head.t, kind, subject, text))

    def _voice(self, head: Head, message: TopicMessage) -> None:
        self._keep(head, message)
        for command in json.loads(message.data)["commands"]:
            if command["kind"] == "speech":
                subject = "sound" if command["sound"] else "robot"
                self._mark(head, "words", subject, command["text"] or command["sound"])

    def _decision(self, head: Head, message: TopicMessage) -> None:
        """Only the beginning is read, and only where it differs: there are ten a second."""
        deciding = message.data.partition(b',"bids"')[0]
        if deciding == self._deciding:
            return
        self._deciding = deciding
        self._keep(head, message)
        mode = json.loads(deciding + b"}")["mode"]
        if mode != self._mode and self._mode:
            self._mark(head, "mode", mode)
        self._mode = mode

    def _feelings(self, t: float, data: bytes) -> None:
        if not self.felt or t - self.felt[-1].t > FEELINGS_EVERY_S - 0.01:
            told = json.loads(data)
            self.felt.append(Felt(t, told["arousal"], told["comfort"], told["exploration"]))

    def _turned(self, head: Head, data: bytes) -> None:
        """A part that broke or is well again; what never worked was not lost."""
        told = json.loads(data)
        part = told["sense"]
        ill = told["condition"] == Condition.FAULT or bool(told.get("ailment"))
        why = TEXT(told["reason"]) if ill else ""
        if why != self._ills.get(part, why):
            self._mark(head, "fault", part, why)
        if part in self._ills or not ill:
            self._ills[part] = why
