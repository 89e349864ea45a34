"""The robot's own parts: each is opened as the robot would, watched until it is well or its time is up, and closed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, cast

import numpy as np

from robot.core.audio import HEARD_RATE
from robot.core.clock import nap, stopwatch
from robot.core.errors import BowlbyError
from robot.core.messages import Condition, Health, Telemetry
from robot.express.renderer import REMEDY, TIMBRES, Renderer, SpeechRequest
from robot.health.doctor.checkup import fault
from robot.parts.protocols import Audio, Ears
from robot.parts.registry import BODIES, FLEETS, LISTENERS, SIGHTS, TOPICS, open_part
from robot.sense.hearing.hearing import Hearing
from robot.sense.language import phrases
from robot.sense.sight.face_encoder import REMEDY as ADD_FACES
from robot.sense.sight.face_encoder import FaceEncoder, installed
from robot.sense.sight.yunet import ENGINE, MODEL, load_model

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.clock import Clock
    from robot.parts.protocols import Body, Part
    from robot.parts.registry import PartKind, Surroundings

EXTRAS = (SIGHTS, LISTENERS, TOPICS, FLEETS)
WATCH_S = 4.0  # a camera that is switched on needs a second or two to its first picture
GLANCE_S = 0.02
LOOKS = 15  # further polls of a body that is well, for its status to come
SERVO_VOLTS = 4.6
LOAD_S = 28.0  # for a large speech model on a small board that is busy


def by_address(kind: PartKind[Part], address: str, around: Surroundings) -> Health:
    """How the part at an address does."""
    if not address:
        off = "off: nothing of it leaves this machine" if kind in EXTRAS else "switched off in the configuration"
        return Health(kind.name, Condition.OFF, off)
    try:
        part = open_part(kind, address, around)
    except BowlbyError as error:
        return fault(kind.name, error, "correct its address in the configuration, [parts]")
    try:
        poll = getattr(part, "poll", None)  # speakers have none
        health = part.health()
        end = stopwatch() + WATCH_S
        changes = poll is not None or kind in EXTRAS
        while changes and health.condition is not Condition.OK and stopwatch() < end:
            if poll is not None:
                poll(around.clock.now())
            nap(GLANCE_S)
            health = part.health()
        found = Health(kind.name, health.condition, health.reason, health.remedy)
        if kind == BODIES and health.condition is Condition.OK:
            told = _told(cast("Body", part), around.clock)
            return found if told is None else with_supply(found, told)
        return found
    finally:
        part.close()


def _told(body: Body, clock: Clock) -> Telemetry | None:
    """What a body that is well says of itself within a moment."""
    told = None
    for _ in range(LOOKS):
        told = next((one for one in body.poll(clock.now()) if isinstance(one, Telemetry)), told)
        nap(GLANCE_S)
    return told


def with_supply(found: Health, told: Telemetry) -> Health:
    """The body's line with what its board says of voltage and mute switch."""
    reason = f"{found.reason}, {told.volts:.1f} V" + (", muted by its switch" if told.muted else "")
    if told.volts < SERVO_VOLTS:
        remedy = "servos need 5 to 6 V from a supply of their own; charge the battery or take a stronger one"
        return Health(found.part, Condition.FAULT, f"{reason}: too little for servos", remedy)
    return Health(found.part, found.condition, reason, found.remedy)


def face_model() -> Health:
    """The network that finds faces, byte for byte the one that was tested. Raises ModelError."""
    load_model()
    return Health("face model", Condition.OK, f"{MODEL}, run by {ENGINE}")


def recognition() -> Health:
    """Whether people could be known by their faces, if they agreed. Raises ModelError."""
    if not installed():
        return Health(
            "recognition", Condition.OFF, "the extra `faces` is not installed: nobody is known by face", ADD_FACES
        )
    FaceEncoder()
    return Health("recognition", Condition.OK, "people who say yes to it are known by their faces")


def phrase_tables() -> Health:
    """What it understands and says. Raises ConfigError."""
    tables = phrases.load()
    spoken = ", ".join(tables.languages)
    return Health("phrases", Condition.OK, f"{spoken}: {len(tables.intents)} intents, {len(tables.keys)} phrases")


def voice() -> Health:
    """Whether every language can be spoken: a word of each is rendered, and thrown away."""
    renderer = Renderer()
    try:
        for language in TIMBRES:
            rendering = renderer.wait(SpeechRequest("Bowlby", language))
            if rendering.samples is None:
                return Health("voice", Condition.FAULT, f"{language}: {rendering.fault}", REMEDY)
        return renderer.health()
    finally:
        renderer.close()


class _Stillness(Ears):
    """Ears that give a moment of silence: enough for hearing to load what it would hear with."""

    def poll(self, now: float) -> list[Audio]:
        return [Audio(now, np.zeros(HEARD_RATE // 50, np.float32))]

    def health(self) -> Health:
        return Health("microphone", Condition.OK, "tried with silence")

    def close(self) -> None:
        """Nothing was opened."""


def recogniser(language: str, place: Path | None, clock: Clock) -> Health:
    """Which recogniser the robot would hear with, once it is loaded."""
    hearing = Hearing(_Stillness(), phrases.load(), clock, language=language, models=place)
    try:
        end = stopwatch() + LOAD_S
        while not (hearing.recogniser or hearing.deaf) and stopwatch() < end:
            hearing.poll(clock.now())
            nap(GLANCE_S)
        found = hearing.health()
    finally:
        hearing.close()
    if not hearing.recogniser:
        where = "" if place is None else f"{place}: "
        return Health("recogniser", Condition.FAULT, where + found.reason, found.remedy)
    lesser = found.condition is Condition.OK and found.remedy  # it works, and something better is known
    condition = Condition.LESSER if lesser else found.condition
    return Health("recogniser", condition, hearing.recogniser, found.remedy)


def memory_file(path: Path) -> Health:
    """The file with what the robot remembers: there, whole, and private. It is only looked at."""
    if not path.exists():
        return Health("memory", Condition.OK, f"nothing is kept yet; it will be in {path}")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as store:
            (verdict,) = store.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        verdict = str(error)
    if verdict != "ok":
        remedy = f"move it away and start again; a copy can be put back: {path}"
        return Health("memory", Condition.FAULT, f"{path} is damaged: {verdict}", remedy)
    if path.stat().st_mode & 0o077:
        return Health("memory", Condition.LESSER, f"others on this machine can read {path}", f"chmod 600 {path}")
    return Health("memory", Condition.OK, f"kept in {path}")
