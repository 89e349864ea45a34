"""What Home Assistant takes as a device's discovery, by its own documented schemas."""

from __future__ import annotations

import json
import re
from typing import Any

TOPIC = re.compile(r"homeassistant/device/[a-zA-Z0-9_-]+/config")
COMMON = {"platform", "unique_id", "name", "icon", "entity_category"}
KINDS: dict[str, tuple[set[str], set[str]]] = {  # what each kind must have, and what else it may
    "sensor": ({"state_topic"}, {"device_class", "options", "unit_of_measurement", "state_class"}),
    "binary_sensor": ({"state_topic"}, {"device_class"}),
    "button": ({"command_topic"}, {"payload_press"}),
    "text": ({"command_topic"}, {"max"}),
    "event": ({"state_topic", "event_types"}, set()),
}
CLASSES = {"sensor": {"enum", "timestamp", "voltage"}, "binary_sensor": {"occupancy"}}


def taken(topic: str, payload: str) -> dict[str, dict[str, Any]]:
    """The entities of a message, each as it is taken; fails for one that is not."""
    assert TOPIC.fullmatch(topic), topic
    message = json.loads(payload)
    assert set(message) <= {"device", "origin", "components", "availability_topic"}
    assert message["device"]["identifiers"]
    assert set(message["device"]) <= {"identifiers", "name", "manufacturer", "model", "sw_version"}
    assert message["origin"]["name"]
    entities: dict[str, dict[str, Any]] = message["components"]
    for key, one in entities.items():
        must, may = KINDS[one["platform"]]
        assert must | {"platform", "unique_id", "name"} <= set(one), key
        assert set(one) <= must | may | COMMON, key
        assert one.get("device_class") in {None, *CLASSES.get(one["platform"], ())}, key
        assert (one.get("device_class") == "enum") == ("options" in one), key
    ids = [one["unique_id"] for one in entities.values()]
    assert len(set(ids)) == len(ids)
    return entities
