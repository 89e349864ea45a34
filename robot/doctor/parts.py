"""The robot's own parts: each is opened as the robot would, watched until it is well or its time is up, and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.clock import nap, stopwatch
from robot.decide.load import load_behaviors
from robot.messages import Condition, Health
from robot.parts import open_part
from robot.sense import phrases
from robot.sense.yunet import ENGINE, MODEL, load_model

if TYPE_CHECKING:
    from robot.parts import Surroundings

WATCH_S = 4.0  # a camera that is switched on needs a second or two to its first picture
GLANCE_S = 0.02


def by_address(name: str, group: str, address: str, around: Surroundings) -> Health:
    """How the part at an address does. Raises PartError, ConfigError or InputError when it cannot be opened."""
    if not address:
        return Health(name, Condition.OFF, "switched off in the configuration")
    part = open_part(group, address, around)
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
