"""The door to ROS 2: it is a node there with what the robot does and hears, and what comes from there passes the guard.

No ROS 2 is here: the other end is Zenoh with `rosbags`.
"""

from __future__ import annotations

import json
import math
import socket
import subprocess
import sys
from collections import defaultdict
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from robot.config.schema import Config
from robot.core.body_frame import Pose
from robot.core.condition import Condition
from robot.core.errors import ConfigError
from robot.core.intents import Look, Say
from robot.core.percepts import Utterance
from robot.core.typed_toml import parse
from robot.core.voice_commands import Speech
from robot.doors.ros.door import RosDoor
from robot.doors.ros.trial import ros
from robot.texts.catalogue import words
from tests.support.home_robot import HomeRobot
from tests.support.imports import HOUSE
from tests.support.noted_controls import Everything
from tests.support.page_robot import tick
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from robot.core.tick import Tick

zenoh = pytest.importorskip("zenoh")
pytest.importorskip("rosbags")
pytest.importorskip("xxhash")

from rosbags.typesys import Stores, get_typestore  # noqa: E402 - an extra

from robot.core.clock import ManualClock  # noqa: E402
from robot.doors.ros import messages  # noqa: E402

JOINTS = "sensor_msgs/msg/JointState"


class Graph:
    """The other end: a Zenoh router without a key, as `rmw_zenohd` is one, with somebody who listens there."""

    def __init__(self, port: int) -> None:
        config = zenoh.Config()
        for name, value in {
            "mode": "router",
            "listen/endpoints": [f"tcp/127.0.0.1:{port}"],
            "scouting/multicast/enabled": False,
        }.items():
            config.insert_json5(name, json.dumps(value))
        self.session = zenoh.open(config)
        self.port = port
        self.tokens: set[str] = set()
        self.got: dict[str, list[Any]] = defaultdict(list)  # samples by key expression
        self.types = get_typestore(Stores.ROS2_JAZZY)
        self._liveliness = self.session.liveliness().declare_subscriber("@ros2_lv/**", self._note, history=True)
        self._all = self.session.declare_subscriber("0/bowlby/**", lambda one: self.got[str(one.key_expr)].append(one))

    def _note(self, sample: Any) -> None:
        key = str(sample.key_expr)
        (self.tokens.add if sample.kind == zenoh.SampleKind.PUT else self.tokens.discard)(key)

    def read(self, topic: str, kind: str) -> list[Any]:
        """What came on a topic, by the library's own reader."""
        found = [samples for key, samples in self.got.items() if key.startswith(f"0/bowlby/{topic}/")]
        return [self.types.deserialize_cdr(one.payload.to_bytes(), kind) for several in found for one in several]

    def answers(self) -> list[dict[str, Any]]:
        return [json.loads(one.data) for one in self.read("answer", messages.STRING)]

    def put(self, topic: str, kind: str, data: bytes) -> None:
        package, _, name = kind.split("/")
        self.session.put(f"0/bowlby/{topic}/{package}::msg::dds_::{name}_/{self.types.hash_rihs01(kind)}", data)

    def say(self, text: str) -> None:
        made = self.types.types[messages.STRING](data=text)
        self.put("say", messages.STRING, bytes(self.types.serialize_cdr(made, messages.STRING)))

    def look(self, x: float, y: float, z: float) -> None:
        made = self.types.types[messages.POINT](x=x, y=y, z=z)
        self.put("look", messages.POINT, bytes(self.types.serialize_cdr(made, messages.POINT)))

    def close(self) -> None:
        self.session.close()


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


@pytest.fixture
def port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@pytest.fixture
def graph(port: int) -> Iterator[Graph]:
    with closing(Graph(port)) as made:
        yield made


def settings(port: int, **network: Any) -> Config:
    return Config().changed("network", ros=f"tcp://127.0.0.1:{port}", **network)


@contextmanager
def puppet(port: int) -> Iterator[tuple[RosDoor, Callable[..., None]]]:
    """The door alone, with ticks given by hand."""
    asked, clock = Everything(), ManualClock()
    with closing(RosDoor(settings(port), asked, clock)) as door:
        n = 0

        def beat(scene: dict[str, Any] | None = None, **fields: Any) -> None:
            nonlocal n
            n += 1
            clock.sleep_until(n * 0.02)
            made: Tick = tick(n, asked)._replace(**fields)
            door.see(made._replace(scene=made.scene._replace(**(scene or {}))))

        yield door, beat


def test_it_is_a_node_with_its_topics_and_goes_when_it_closes(graph: Graph) -> None:
    with puppet(graph.port) as (door, _):
        until(lambda: len(graph.tokens) == 8, "a node, five publishers, two subscribers")
        until(lambda: door.health().condition is Condition.OK, "it is well")
        kinds = sorted(token.split("/")[5] for token in graph.tokens)
        assert kinds == ["MP"] * 5 + ["MS"] * 2 + ["NN"]
        assert len({token.split("/")[2] for token in graph.tokens}) == 1
        assert "/bowlby" in words(door.health().reason)
    until(lambda: not graph.tokens, "it has gone")


def test_it_tells_joints_words_and_presence(graph: Graph) -> None:
    with puppet(graph.port) as (_, beat):
        until(lambda: len(graph.tokens) == 8, "it is there")
        heard, said = Utterance(0.0, "Guten Tag — é"), Speech(1, "Hello.")
        beat(percepts=(heard,), voice=(said,), scene={"alone_since": None})
        until(lambda: bool(graph.read("present", messages.BOOL)), "presence")
        beat(scene={"alone_since": 0.0})
        until(lambda: len(graph.read("present", messages.BOOL)) == 2, "a change")
        joints = graph.read("joint_states", JOINTS)
        assert joints[0].name == list(Pose._fields)
        assert len(joints[0].position) == len(Pose._fields)
        assert joints[0].header.stamp.sec > 0
        assert [one.data for one in graph.read("heard", messages.STRING)] == ["Guten Tag — é"]
        assert [one.data for one in graph.read("said", messages.STRING)] == ["Hello."]
        assert [one.data for one in graph.read("present", messages.BOOL)] == [True, False]
        numbers = [
            int.from_bytes(one.attachment.to_bytes()[:8], "little")
            for key, several in graph.got.items()
            if "/joint_states/" in key
            for one in several
        ]
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.slow
def test_what_comes_from_there_passes_the_guard(graph: Graph) -> None:
    with HomeRobot() as robot:
        clock = robot.session.robot.context.clock
        with closing(RosDoor(settings(graph.port), robot.controls, clock)) as door:
            robot.session.robot.loop.watch(door)
            until(lambda: len(graph.tokens) == 8, "it is there")
            asked: tuple[Callable[[], None], ...] = (
                lambda: graph.say("The soup is ready."),
                lambda: graph.say("I love you. Please do not leave me."),
                lambda: graph.look(1.0, 0.5, 0.2),
                lambda: graph.look(math.nan, 0.0, 0.0),
                lambda: graph.say(""),
                lambda: graph.put("say", messages.STRING, b"\x00\x01\x00\x00\xff\xff\xff\xff"),
                lambda: graph.put("look", messages.POINT, b"no"),
            )
            for count, ask in enumerate(asked, 1):
                ask()
                until(lambda count=count: len(graph.answers()) >= count, f"{count} answers")  # type: ignore[misc]
            graph.put("say", messages.STRING, b"\x00" * 1_000_000)  # nobody reads it
            told = graph.answers()
    done = [intent for one in robot.ticks for intent in one.done]
    said = [intent.text for intent in done if isinstance(intent, Say) and intent.cause.value == "ROS 2"]
    assert said == ["The soup is ready."]
    looks = [intent for intent in done if isinstance(intent, Look) and intent.cause.value == "ROS 2"]
    assert looks[0].yaw == pytest.approx(math.atan2(0.5, 1.0))
    assert [one["event_type"] for one in told] == ["done", "refused", "done", *["refused"] * 4]
    assert told[1]["duty"] == 4
    assert told[1]["why"].startswith("duty 4 does not allow it: ")
    assert all(one["why"] for one in told[3:])
    assert "The soup is ready." in [one.data for one in graph.read("said", messages.STRING)]


def test_a_flood_is_refused_and_the_rest_goes_on(graph: Graph) -> None:
    with puppet(graph.port) as (_, beat):
        until(lambda: len(graph.tokens) == 8, "it is there")

        def refused() -> bool:
            for n in range(300):
                graph.look(1.0, n / 300, 0.0)
            return any("fast" in one["why"] for one in graph.answers())

        until(refused, "too fast")
        beat(percepts=(Utterance(0.0, "still here"),))
        until(lambda: bool(graph.read("heard", messages.STRING)), "it goes on")


def test_a_router_that_goes_and_comes_back_is_a_node_less_and_more(port: int) -> None:
    with puppet(port) as (door, _):
        until(lambda: door.health().condition is Condition.LESSER, "nobody answers")
        assert "rmw_zenohd" in words(door.health().remedy)
        for _ in range(2):
            with closing(Graph(port)) as graph:
                until(lambda graph=graph: len(graph.tokens) == 8, "it is there")  # type: ignore[misc]
                until(lambda: door.health().condition is Condition.OK, "it is well")
            until(lambda: door.health().condition is Condition.LESSER, "it is away")


def test_the_doctor_tries_it(graph: Graph) -> None:
    assert ros(Config().network).condition is Condition.OFF
    assert ros(settings(graph.port).network).condition is Condition.OK


@pytest.mark.parametrize("address", ["udp://here", "tcp://", "tcp://me@here", "tcp://here:0", "tcp://here/x", "here"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ConfigError, match="write tcp://HOST:7447"):
        parse(Config, f'[network]\nros = "{address}"\n', "bowlby.toml")


def test_who_is_sensed_is_told_that_words_go_there() -> None:
    assert settings(7447).beyond == "sent"


def test_it_is_not_loaded_where_nobody_asks_for_it() -> None:
    script = "import sys, robot.app.build, robot.app.runner; print('rosbags' in sys.modules, 'zenoh' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
