"""The topics of one robot, and the message by which Home Assistant learns of it: one device with all its entities.

The form is that of https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload.
"""

from __future__ import annotations

import json
import unicodedata
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from robot.doors.home.broker import MqttNote
from robot.texts.catalogue import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from robot.doors.home.entities import Entity

PREFIX = "homeassistant"
BIRTH = MqttNote(f"{PREFIX}/status", "online")  # by which Home Assistant tells that it has started
HERE, GONE = "online", "offline"


class HomeTopics(NamedTuple):
    """Where what stands, of the robot of this name."""

    name: str

    @property
    def id(self) -> str:
        """The name in letters that are allowed everywhere; of one that has none, its bytes."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode().lower()
        words = "".join(c if c.isalnum() else " " for c in plain).split()
        return "_".join(words) or self.name.encode().hex()

    @property
    def discovery(self) -> str:
        return f"{PREFIX}/device/bowlby_{self.id}/config"

    @property
    def availability(self) -> str:
        return f"bowlby/{self.id}/availability"

    def state(self, key: str) -> str:
        return f"bowlby/{self.id}/state/{key}"

    def command(self, key: str) -> str:
        return f"bowlby/{self.id}/command/{key}"


ANSWER = "answer"  # of the topics of states: what became of what was asked, kept by nobody


def discovery(
    topics: HomeTopics, entities: Sequence[Entity], language: str, gone: Mapping[str, str] | None = None
) -> MqttNote:
    """The message; `gone`: entities that were shown before, by their kind, which Home Assistant then lets go."""
    text = Texts("home", language)
    device = {"identifiers": [f"bowlby_{topics.id}"], "name": topics.name, "manufacturer": "Bowlby"}
    message = {
        "device": {**device, "sw_version": version("bowlby")},
        "origin": {"name": "Bowlby", "sw_version": version("bowlby")},
        "availability_topic": topics.availability,
        "components": {
            **{key: {"platform": kind} for key, kind in (gone or {}).items()},
            **{one.key: _component(topics, one, text) for one in entities},
        },
    }
    return MqttNote(topics.discovery, json.dumps(message, ensure_ascii=False))


def _component(topics: HomeTopics, one: Entity, text: Texts) -> dict[str, Any]:
    told: dict[str, Any] = {"platform": one.platform, "unique_id": f"bowlby_{topics.id}_{one.key}"}
    told |= {"name": one.settings["name"] if "name" in one.settings else text(one.key), **one.settings}
    if one.pressed:
        return told | {"command_topic": topics.command("press"), "payload_press": one.pressed}
    if one.platform == "text":
        return told | {"command_topic": topics.command(one.key)}
    return told | {"state_topic": topics.state(one.key)}


def components(message: bytes) -> dict[str, str]:
    """The entities of such a message, by their kind; empty where it is none."""
    try:
        found = json.loads(message)["components"]
        return {str(key): str(one["platform"]) for key, one in found.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
