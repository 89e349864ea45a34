"""Beside a broker, as Home Assistant would be: prints what comes there, and presses what standard input says.

`python -m benchmarks.doors.home_listener PORT`; a message is one line of JSON, [moment, topic, payload], and its moment
that of the machine's one monotonic clock, s. A line of input is the payload for the robot's buttons.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from benchmarks.doors.running import HOME
from robot.core.clock import nap, stopwatch


def _subscribe(client: mqtt.Client, *_: object) -> None:
    client.subscribe("#", qos=1)


def main() -> None:
    """Until its input ends."""
    client = mqtt.Client(CallbackAPIVersion.VERSION2)
    client.on_message = lambda _, __, message: print(
        json.dumps([stopwatch(), message.topic, bytes(message.payload).decode()]), flush=True
    )
    client.on_connect = _subscribe
    while not client.is_connected():
        with suppress(OSError):
            client.connect("127.0.0.1", int(sys.argv[1]))
            client.loop_start()
        nap(0.2)
    for line in sys.stdin:
        client.publish(f"{HOME}/command/press", line.strip(), qos=1)
    client.loop_stop()


if __name__ == "__main__":
    main()
