"""Publishes what the loop perceives, attends to, feels, decides and shows: the messages of a recording, as they happen.

Topics and schemas are those of robot/recording/topics.py, under `bowlby/NAME`; `bowlby/NAME/schemas` gives all schemas.
Pictures and sound are never among them, nor the numbers by which a face is known; the words that were said are.
"""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING

from hardware.network.rendezvous import Meeting
from hardware.network.session import chunk, engine, place
from robot.core.condition import Condition, Health
from robot.recording.topics import SCHEMAS, messages
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from datetime import datetime

    import zenoh

    from robot.core.clock import Clock
    from robot.core.tick import Tick
    from robot.parts.registry import Surroundings

BACKLOG = 100  # ticks
EVERY_S = 0.02
REMEDY = sentence("health.see_router_runs")
NOBODY = sentence("health.nobody_takes")
PUBLISHED = Health("topics", Condition.OK, sentence("health.published"))


def open_topics(address: str, around: Surroundings) -> Topics:
    """`tcp://desk.local`. Raises ConfigError for another kind of address, DeviceError without library or key."""
    return Topics(address, around.name, around.clock)


class Topics:
    """An observer of the loop, and a part."""

    def __init__(self, address: str, name: str, clock: Clock) -> None:
        self._root = f"bowlby/{chunk(name)}"
        self._clock = clock
        self._waiting: deque[tuple[Tick, datetime]] = deque(maxlen=BACKLOG)
        self._meeting = Meeting(place(address), self._declare, self._publish, EVERY_S)

    def see(self, tick: Tick) -> None:
        self._waiting.append((tick, self._clock.civil()))

    def _declare(self, session: zenoh.Session) -> None:
        key = f"{self._root}/schemas"
        session.declare_queryable(key, lambda query: query.reply(key, json.dumps(SCHEMAS)))

    def _publish(self, session: zenoh.Session) -> None:
        zenoh = engine()
        while self._waiting:
            tick, civil = self._waiting.popleft()
            for message in messages(tick, civil):
                session.put(
                    self._root + message.topic,
                    message.data,
                    encoding=zenoh.Encoding.APPLICATION_JSON,
                    congestion_control=zenoh.CongestionControl.DROP,
                )

    def health(self) -> Health:
        return self._meeting.trouble("topics", NOBODY, REMEDY) or PUBLISHED

    def close(self) -> None:
        self._meeting.close()
