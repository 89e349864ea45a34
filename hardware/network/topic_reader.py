"""Reads the topics that robots publish: for programs on another machine of the household."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from hardware.network.session import connect, place
from robot.core.errors import DeviceError
from robot.parts.zenoh_line import leave
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator


class LiveMessage(NamedTuple):
    """One message: of which robot, on which topic (such as "/decision"), and its fields (docs/network.md)."""

    robot: str
    topic: str
    fields: dict[str, Any]


def live_messages(address: str, topic: str = "**") -> Iterator[LiveMessage]:
    """Each message as it comes, for as long as the caller goes on.

    `address`: where robots publish, such as "tcp://192.168.1.20". `topic`: one, such as "/percept/faces", or all.
    Raises ConfigError for no address, DeviceError where nobody listens there or this machine lacks the key.
    """
    at = place(address)
    session = connect(at)
    if session is None:
        raise DeviceError(sentence("health.nobody_answers"), place=str(at), remedy=sentence("health.see_router_runs"))
    try:
        asked = topic.strip("/")  # a key with an empty part is none
        subscriber = session.declare_subscriber(f"bowlby/*/{asked}")  # one without a name ends at once
        for sample in subscriber:
            _, name, rest = str(sample.key_expr).split("/", 2)
            yield LiveMessage(unquote(name), f"/{rest}", json.loads(sample.payload.to_bytes()))
    finally:
        leave(session, for_good=True)
