"""A real MQTT broker (mosquitto) that can be killed, held up and started again, and somebody who listens there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from tests.support.cable import within
from tests.support.free_port import free_port
from tests.support.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

MOSQUITTO = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin")
needs_mosquitto = pytest.mark.skipif(MOSQUITTO is None, reason="needs mosquitto")
PATIENCE_S = 20.0  # of a busy machine


class Broker:
    """One process on loopback; what it keeps is gone with it."""

    def __init__(self, folder: Path, *settings: str, namespace: str = "") -> None:
        """`namespace`: the network that it lives in."""
        self.port = free_port()
        self._namespace = namespace
        self._file = folder / "mosquitto.conf"
        lines = settings or ("allow_anonymous true",)
        as_root = ("user root",) if os.geteuid() == 0 else ()  # else it gives root up, and may read no test's folder
        self._file.write_text("\n".join((*as_root, f"listener {self.port} 127.0.0.1", *lines, "")), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def address(self) -> str:
        return f"mqtt://127.0.0.1:{self.port}"

    def start(self) -> None:
        assert MOSQUITTO is not None
        command = within(self._namespace, MOSQUITTO, "-c", str(self._file))
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        until(self._listens, "the broker listens")

    def _listens(self) -> bool:
        if self._namespace:  # from here nobody can ask it
            return True
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1.0):
            return True
        return False

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hold_up(self, *, yes: bool) -> None:
        """It takes nothing and says nothing, while its lines stay open."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP if yes else signal.SIGCONT)


class Audience:
    """Hears everything on a broker, and asks for things there."""

    def __init__(self, broker: Broker) -> None:
        self.kept: dict[str, str] = {}  # what stands at each topic
        self.heard: list[tuple[str, str]] = []
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2)
        self._client.on_message = self._take
        self._ready = threading.Event()
        self._client.on_subscribe = lambda *_: self._ready.set()
        self._port = broker.port

    def __enter__(self) -> Self:
        self._client.connect("127.0.0.1", self._port)
        self._client.loop_start()
        self._client.subscribe("#", qos=1)
        assert self._ready.wait(PATIENCE_S)
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _take(self, _client: object, _data: object, message: mqtt.MQTTMessage) -> None:
        text = bytes(message.payload).decode("utf-8", "replace")
        self.kept[message.topic] = text
        self.heard.append((message.topic, text))

    def ask(self, topic: str, payload: str | bytes, *, retain: bool = False) -> None:
        self._client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(PATIENCE_S)

    def waits(self, topic: str, value: str | None = None) -> str:
        """What comes to stand at a topic, or until that does."""
        until(
            lambda: topic in self.kept and value in {None, self.kept[topic]},
            f"{topic} is {value}, not {self.kept.get(topic)}",
        )
        return self.kept[topic]

    def answers(self, robot: str) -> list[dict[str, Any]]:
        return [json.loads(text) for topic, text in tuple(self.heard) if topic == f"bowlby/{robot}/state/answer"]
