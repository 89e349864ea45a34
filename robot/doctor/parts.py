"""The robot's own parts: each is opened as the robot would, watched until it is well or its time is up, and closed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from robot.clock import nap, stopwatch
from robot.decide.load import load_behaviors
from robot.doctor.checkup import fault
from robot.errors import BowlbyError
from robot.express.renderer import REMEDY, TIMBRES, Renderer, Wording
from robot.messages import Condition, Health
from robot.parts import open_part
from robot.sense import models, phrases
from robot.sense.listener import Ready, listen
from robot.sense.yunet import ENGINE, MODEL, load_model
from robot.workers import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from robot.parts import Surroundings

WATCH_S = 4.0  # a camera that is switched on needs a second or two to its first picture
GLANCE_S = 0.02
LOAD_S = 9.0  # for a large speech model on a small board


def by_address(name: str, group: str, address: str, around: Surroundings) -> Health:
    """How the part at an address does."""
    if not address:
        return Health(name, Condition.OFF, "switched off in the configuration")
    try:
        part = open_part(group, address, around)
    except BowlbyError as error:
        return fault(name, error, "correct its address in the configuration, [parts]")
    try:
        poll = getattr(part, "poll", None)  # speakers have none
        health = part.health()
        end = stopwatch() + WATCH_S
        while poll is not None and health.condition is not Condition.OK and stopwatch() < end:
            poll(around.clock.now())
            nap(GLANCE_S)
            health = part.health()
    finally:
        part.close()
    return Health(name, health.condition, health.reason, health.remedy)


def face_model() -> Health:
    """The network that finds faces, byte for byte the one that was tested. Raises ModelError."""
    load_model()
    return Health("face model", Condition.OK, f"{MODEL}, run by {ENGINE}")


def behaviors() -> Health:
    """What it can do. Raises BehaviorError."""
    names = [behavior.name for behavior in load_behaviors()]
    return Health("behaviours", Condition.OK, ", ".join(names))


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
            rendering = renderer.wait(Wording("Bowlby", language))
            if rendering.samples is None:
                return Health("voice", Condition.FAULT, f"{language}: {rendering.fault}", REMEDY)
        return renderer.health()
    finally:
        renderer.close()


def recogniser(language: str, place: Path | None) -> Health:
    """Which recogniser the robot would hear with, once it is loaded in the listener's process."""
    model = place if place is not None and models.is_model(place) else models.find(language, place)
    if place is not None and model is None:
        remedy = f"bowlby models fetch {language}, or correct [hearing] model"
        return Health("recogniser", Condition.FAULT, f"there is no Vosk model in {place}", remedy)
    worker = Worker(listen, name="bowlby-listener")
    try:
        worker.send(("grammar", language, phrases.load().grammar(language), model))
        end = stopwatch() + LOAD_S
        while stopwatch() < end and worker.alive:
            for message in worker.receive():
                if isinstance(message, Ready):
                    return _heard_with(message)
            worker.wait(GLANCE_S)
    finally:
        worker.close()
    return Health("recogniser", Condition.FAULT, "it did not load", "try another model: [hearing] model")


def _heard_with(ready: Ready) -> Health:
    if ready.fault:
        return Health("recogniser", Condition.FAULT, ready.fault, ready.remedy)
    if "PocketSphinx" in ready.name:
        better = f"bowlby models fetch {ready.language}: better hearing"
        return Health("recogniser", Condition.LESSER, ready.name, better)
    return Health("recogniser", Condition.OK, ready.name)


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
