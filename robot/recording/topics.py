"""What one tick is in a recording: messages by topic, in the order of the loop's steps.

A tick's messages are all that a replay needs and all that it is compared with. The same tick gives the same bytes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from robot.core.body_frame import BodyFrame
from robot.core.decision import Bid
from robot.core.feelings import Feelings
from robot.core.percepts import (
    FacesSeen,
    Need,
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
from robot.core.scene import Person  # noqa: TC001 - its fields are looked up when a schema is made
from robot.recording.plain import plain, schema, tagged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from robot.core.tick import Tick

FEELINGS_EVERY = 5  # ticks: the model runs at 10 Hz
TICK, SCENE, FEELINGS, DECISION = "/tick", "/scene", "/feelings", "/decision"
INTENTS, VERDICTS, VOICE, FRAME = "/intents", "/verdicts", "/voice", "/frame"
PERCEPTS: dict[str, type] = {
    "/percept/telemetry": Telemetry,
    "/percept/touch": Touch,
    "/percept/faces": FacesSeen,
    "/percept/voice_activity": VoiceActivity,
    "/percept/utterance": Utterance,
    "/percept/speaking": Speaking,
    "/percept/sense_turned": SenseTurned,
    "/percept/tuned": Tuned,
    "/percept/wish": Wish,
    "/percept/need": Need,
    "/percept/suggested": Suggested,
}
TOPIC_OF = {kind: topic for topic, kind in PERCEPTS.items()}
STEP_OF = {
    TICK: "time",
    **dict.fromkeys(PERCEPTS, "sense"),
    SCENE: "attend",
    FEELINGS: "feel",
    DECISION: "decide",
    INTENTS: "guard",
    VERDICTS: "guard",
    VOICE: "express",
    FRAME: "express",
}


class Head(NamedTuple):
    """The first message of each tick: its number, robot time and civil time (ISO 8601)."""

    n: int
    t: float
    civil: str


class Attended(NamedTuple):
    """Who is here, whom it attends to and why; told when a picture came."""

    focus: int | None
    why: str
    people: tuple[Person, ...]


class TopicMessage(NamedTuple):
    """One message: topic, JSON as UTF-8, and the robot time that it is of (a percept's: of its capture)."""

    topic: str
    data: bytes
    t: float


def _schemas() -> dict[str, dict[str, Any]]:
    anything = {"type": "array", "items": {"type": "object", "properties": {"kind": {"type": "string"}}}}
    known = {topic: schema(kind) for topic, kind in PERCEPTS.items()}
    known |= {TICK: schema(Head), SCENE: schema(Attended), FEELINGS: schema(Feelings), FRAME: schema(BodyFrame)}
    known[DECISION] = {
        "type": "object",
        "title": "bowlby.Decision",
        "properties": {
            "mode": {"type": "string"},
            "behavior": {"type": "string"},
            "bids": {"type": "array", "items": schema(Bid)},
            "intents": anything,
        },
    }
    for topic, title, key in (
        (INTENTS, "Intents", "intents"),
        (VERDICTS, "Verdicts", "verdicts"),
        (VOICE, "Voice", "commands"),
    ):
        known[topic] = {"type": "object", "title": f"bowlby.{title}", "properties": {key: anything}}
    return known


SCHEMAS = _schemas()


def messages(tick: Tick, civil: datetime) -> Iterator[TopicMessage]:
    """All that is kept of a tick."""
    t = tick.t
    yield _message(TICK, plain(Head(tick.n, t, civil.isoformat())), t)
    pictured = False
    for percept in tick.percepts:
        topic = TOPIC_OF[type(percept)]
        pictured = pictured or topic == "/percept/faces"
        yield _message(topic, plain(percept), percept.t)
    if pictured:
        scene = tick.scene
        yield _message(SCENE, plain(Attended(scene.focus, scene.why, scene.people)), t)
    if tick.n % FEELINGS_EVERY == 0:
        yield _message(FEELINGS, plain(tick.feelings), t)
    decision = tick.decision
    if decision.fresh:
        thought = {
            "mode": str(decision.mode),
            "behavior": decision.behavior,
            "bids": plain(decision.bids),
            "intents": [tagged(intent) for intent in decision.intents],
        }
        yield _message(DECISION, thought, t)
    if tick.done:
        yield _message(INTENTS, {"intents": [tagged(intent) for intent in tick.done]}, t)
    if tick.verdicts:
        yield _message(VERDICTS, {"verdicts": [tagged(verdict) for verdict in tick.verdicts]}, t)
    if tick.voice:
        yield _message(VOICE, {"commands": [tagged(command) for command in tick.voice]}, t)
    yield _message(FRAME, plain(tick.frame), t)


def _message(topic: str, value: dict[str, Any], t: float) -> TopicMessage:
    return TopicMessage(topic, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), t)
