"""The door to Home Assistant: shows by the broker what the owner has chosen, and takes what is asked for from there.

The loop gives it each tick and waits for nothing; all else happens in the thread of the broker's line.
"""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING

from robot.core.clock import stopwatch
from robot.doors.home.asking import BY, HomeAsking
from robot.doors.home.broker import Address, BrokerLine, MqttNote
from robot.doors.home.discovery import ANSWER, BIRTH, GONE, HERE, HomeTopics, components, discovery
from robot.doors.home.entities import Entity, entities
from robot.doors.home.glance import GlanceMaker
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from paho.mqtt.client import MQTTMessage

    from robot.config.schema import Config
    from robot.core.clock import Clock
    from robot.core.condition import Health
    from robot.core.tick import Tick
    from robot.doors.asking import WishAnswer
    from robot.page.api import Controls

LOOK_S = 0.25
JUDGED = 16  # turns with wishes of its own that wait to be told of


class HomeDoor:
    """An observer of the loop; close it when done."""

    def __init__(self, config: Config, controls: Controls, clock: Clock, password: str) -> None:
        """Raises DeviceError without the library, or for a certificate that cannot be read."""
        self._doors, self._controls = config.doors, controls
        self._language = config.robot.language
        self._topics = HomeTopics(config.robot.name)
        self._glances = GlanceMaker(controls, clock)
        self._tick: Tick | None = None
        self._touched: float | None = None
        self._judged: deque[Tick] = deque(maxlen=JUDGED)
        self._answers: deque[WishAnswer] = deque(maxlen=JUDGED)
        self._asking = HomeAsking(controls, self._language, self._answers.append)
        self._shown: tuple[Entity, ...] = ()
        self._told: dict[str, tuple[str, float]] = {}  # what was last told of an entity, and when
        self._gone: dict[str, str] = {}
        self._introduced = False
        self._looked = 0.0
        self._line = BrokerLine(
            Address.of(self._doors.broker),
            password,
            self._doors.broker_certificate,
            will=MqttNote(self._topics.availability, GONE),
            begin=self._begin,
            work=self._work,
            hear=self._hear,
        )

    # ---------------------------------------------------------------- the loop's thread, and any

    def see(self, tick: Tick) -> None:
        self._tick = tick
        if tick.scene.touches:
            self._touched = tick.t
        if tick.scene.wishes and any(wish.by == BY for wish in tick.scene.wishes):
            self._judged.append(tick)

    def health(self) -> Health:
        """How the line does, and what goes there."""
        shown = ", ".join(self._doors.home_shows) or "-"
        return self._line.health(sentence("health.home_told", place=str(self._line.at), what=shown))

    def close(self) -> None:
        """Safe to call twice."""
        self._line.close()

    # ---------------------------------------------------------------- the line's thread

    def _begin(self, line: BrokerLine) -> None:
        """The broker is there, and may have lost all that it was told."""
        topics = self._topics
        line.subscribe(topics.discovery, topics.state("+"), BIRTH.topic)
        asked = {"say": "say", "buttons": "press"}
        if commands := [topics.command(asked[choice]) for choice in asked if choice in self._doors.home_shows]:
            line.subscribe(*commands)
        self._anew()

    def _anew(self) -> None:
        """All is to be told again."""
        self._introduced, self._looked = False, 0.0
        self._told.clear()

    def _work(self, line: BrokerLine) -> None:
        while self._judged:
            self._asking.judge(self._judged.popleft())
        self._asking.give_up()
        while self._answers:
            told = self._answers.popleft()._asdict()
            line.publish(MqttNote(self._topics.state(ANSWER), json.dumps(told, ensure_ascii=False)), kept=False)
        now, tick = stopwatch(), self._tick
        if tick is None or line.held_up or now - self._looked < LOOK_S:
            return
        self._looked = now
        self._introduce(line)
        self._show(line, tick, now)
        if not self._introduced:
            line.publish(MqttNote(self._topics.availability, HERE))
            self._introduced = True

    def _chosen(self) -> tuple[Entity, ...]:
        """The entities that are to be shown now."""
        repertoire = self._controls.repertoire
        names = frozenset() if repertoire is None else frozenset(repertoire.names())
        return tuple(entities(self._doors, names, self._language))

    def _introduce(self, line: BrokerLine) -> None:
        """Tell which entities there are, where that is news; and let those go that were, by an earlier choice."""
        found = self._chosen()
        keys = {one.key for one in found}
        self._gone |= {one.key: one.platform for one in self._shown}
        self._gone = {key: kind for key, kind in self._gone.items() if key not in keys}
        news = keys != {one.key for one in self._shown} or not self._introduced
        self._shown = found
        if self._gone:
            line.publish(discovery(self._topics, found, self._language, self._gone))
        if news or self._gone:
            line.publish(discovery(self._topics, found, self._language))
        self._gone = {}

    def _show(self, line: BrokerLine, tick: Tick, now: float) -> None:
        """Tell the values that are news."""
        glance = self._glances.look(tick, self._touched)
        for one in self._shown:
            if one.read is None:
                continue
            value, (before, at) = one.read(glance), self._told.get(one.key, ("", -one.every_s))
            if value != before and now - at >= one.every_s:
                line.publish(MqttNote(self._topics.state(one.key), value))
                self._told[one.key] = (value, now)

    def _hear(self, line: BrokerLine, message: MQTTMessage) -> None:
        topics, topic, kept = self._topics, message.topic, message.retain
        payload = bytes(message.payload)
        if topic == topics.command("say"):
            self._asking.say(payload, kept=kept)
        elif topic == topics.command("press"):
            buttons = {one.pressed for one in self._shown if one.pressed}
            self._asking.press(payload, buttons, kept=kept)
        elif topic == BIRTH.topic:
            if not kept and payload == BIRTH.payload.encode():
                self._anew()
        elif kept and topic == topics.discovery:
            self._gone |= components(payload)
        elif kept:
            self._forget(line, topic)

    def _forget(self, line: BrokerLine, topic: str) -> None:
        """A value that the broker keeps from before, of an entity that is shown no more."""
        if topic not in {self._topics.state(one.key) for one in self._chosen() if one.read is not None}:
            line.publish(MqttNote(topic, ""))
