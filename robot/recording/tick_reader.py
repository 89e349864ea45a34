"""Reads the loop's ticks from the messages of a recording, from any moment on.

What is told only now and then (scene, feelings, decision, the body's word) stands until it is told anew. A recording
does not hold all of a tick: no sound, no costs, and of the scene only who is here, whom it attends to and why.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from foxglove_schemas_protobuf.CompressedImage_pb2 import CompressedImage
from google.protobuf.message import DecodeError

from robot.core import intents
from robot.core.body_frame import ZERO, BodyFrame, Eyes, Light
from robot.core.decision import Bid, Decision, Mode
from robot.core.errors import MALFORMED, InputError
from robot.core.feelings import Feelings
from robot.core.percepts import FacesSeen, Telemetry, Touch, Utterance
from robot.core.scene import Scene
from robot.core.tick import Tick
from robot.core.toml_text import short
from robot.core.voice_commands import Silence, Speech
from robot.parts.pictures import decoded
from robot.recording.foxglove import CAMERA
from robot.recording.plain import reader, tagged_reader
from robot.recording.reader import RecordingReader
from robot.recording.topics import (
    DECISION,
    FEELINGS,
    FRAME,
    INTENTS,
    SCENE,
    TOPIC_OF,
    VERDICTS,
    VOICE,
    Attended,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from robot.core.percepts import Percept
    from robot.recording.reader import Recorded

TELEMETRY, FACES = TOPIC_OF[Telemetry], TOPIC_OF[FacesSeen]
STANDING = frozenset({TELEMETRY, FACES, SCENE, FEELINGS, DECISION, CAMERA})  # topics of which the last message stands
AT_REST = BodyFrame(0.0, ZERO, Eyes(), Light())  # for a tick of which only the news are wanted
LOOKS_S = 1.0  # how old the last picture may be, to be shown again after a jump
INTENT = tagged_reader(*get_args(intents.Intent))
READERS: dict[str, Callable[[Any], Any]] = {
    SCENE: reader(Attended),
    FEELINGS: reader(Feelings),
    FRAME: reader(BodyFrame),
    TELEMETRY: reader(Telemetry),
    FACES: reader(FacesSeen),
    DECISION: lambda told: Decision(
        Mode(told["mode"]),
        told["behavior"],
        tuple(map(INTENT, told["intents"])),
        tuple(map(reader(Bid), told["bids"])),
        fresh=True,
    ),
}
LISTS = {
    INTENTS: ("intents", INTENT),
    VERDICTS: ("verdicts", tagged_reader(intents.Verdict)),
    VOICE: ("commands", tagged_reader(Speech, Silence)),
}


class Shot(NamedTuple):
    """One tick of the file; `picture` is a message of CAMERA, where one was kept."""

    recorded: Recorded
    picture: bytes | None


def read_ticks(path: Path | str) -> Iterator[Tick]:
    """The ticks of a recording in their order, as far as it holds them; without pictures. Raises InputError for what is
    no recording, and where one is cut short or damaged.
    """
    reader = TickReader({})
    for recorded in RecordingReader(Path(path)).ticks():
        yield reader.tick(Shot(recorded, None))


class TickReader:
    """Goes through ticks in their order, from a moment of which `standing` tells what stood then, by topic."""

    def __init__(self, standing: Mapping[str, bytes]) -> None:
        self._standing = dict(standing)
        self._read: dict[str, tuple[bytes, Any]] = {}

    def skip(self, shot: Shot) -> None:
        """Take in a tick that nobody wants to see."""
        for message in shot.recorded.messages:
            if message.topic in STANDING:
                self._standing[message.topic] = message.data
        if shot.picture is not None:
            self._standing[CAMERA] = shot.picture

    def tick(self, shot: Shot, *, landed: bool = False) -> Tick:
        """Take in a tick and give it; `landed`: after a jump, with the last picture from before it.

        Raises InputError where this version does not know what it holds.
        """
        self.skip(shot)
        try:
            return self._tick(shot, landed=landed)
        except MALFORMED as error:
            raise InputError(
                f"tick {shot.recorded.head.n} has something that this version does not know: {short(repr(error))}",
                remedy="look at it with the version that recorded it",
            ) from error

    def _tick(self, shot: Shot, *, landed: bool) -> Tick:
        head = shot.recorded.head
        told = {message.topic: message.data for message in shot.recorded.messages}
        percepts = self._percepts(shot, landed=landed)
        attended = self._last(SCENE) or Attended(None, "nobody", ())
        decision = self._last(DECISION) or Decision()
        scene = Scene(
            head.t,
            attended.people,
            attended.focus,
            attended.why,
            utterances=tuple(one for one in percepts if isinstance(one, Utterance)),
            touches=tuple(one for one in percepts if isinstance(one, Touch)),
            body=self._last(TELEMETRY),
        )
        done, verdicts, voice = (_list(told, topic) for topic in (INTENTS, VERDICTS, VOICE))
        return Tick(
            n=head.n,
            t=head.t,
            percepts=percepts,
            scene=scene,
            feelings=self._last(FEELINGS) or Feelings(),
            decision=decision if DECISION in told else decision._replace(fresh=False),
            done=done,
            verdicts=verdicts,
            frame=READERS[FRAME](json.loads(told[FRAME])) if FRAME in told else AT_REST._replace(t=head.t),
            voice=voice,
            clips=(),
            late_s=0.0,
            costs_s=(),
        )

    def _percepts(self, shot: Shot, *, landed: bool) -> tuple[Percept, ...]:
        percepts = shot.recorded.percepts()
        seen = [one for one in percepts if isinstance(one, FacesSeen)]
        if not seen and landed:
            last = self._last(FACES)
            if last is not None and shot.recorded.head.t - last.t < LOOKS_S:
                percepts = (*percepts, last)
        kept = self._standing.get(CAMERA) if landed else shot.picture
        if kept is None:
            return percepts
        return tuple(_pictured(one, kept) if isinstance(one, FacesSeen) else one for one in percepts)

    def _last(self, topic: str) -> Any:
        """What stands of a topic; read once for as long as it stands."""
        data = self._standing.get(topic)
        if data is None:
            return None
        read = self._read.get(topic)
        if read is None or read[0] is not data:
            read = self._read[topic] = (data, READERS[topic](json.loads(data)))
        return read[1]


def _list(told: Mapping[str, bytes], topic: str) -> tuple[Any, ...]:
    if topic not in told:
        return ()
    key, read = LISTS[topic]
    return tuple(map(read, json.loads(told[topic])[key]))


def _pictured(seen: FacesSeen, kept: bytes) -> FacesSeen:
    try:
        image = decoded(CompressedImage.FromString(kept).data, "camera")
    except DecodeError as error:
        raise ValueError("its picture is no message") from error
    return FacesSeen(
        t=seen.t,
        faces=seen.faces,
        head=seen.head,
        lost=seen.lost,
        learned=seen.learned,
        recognises=seen.recognises,
        image=image,
    )
