"""A robot among others: it says that it is there, or anything at all, only if it was told to, and leaves them last."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from hardware.network import fleet, topics
from hardware.network.fleet import present
from hardware.network.session import EndPoint, connect, key_file
from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.config.schema import Config
from robot.core.clock import RealClock
from robot.core.condition import Condition, Health
from robot.memory.memory import Memory
from robot.recording.topics import PERCEPTS, SCHEMAS
from robot.texts.catalogue import words
from tests.support.imports import HOUSE
from tests.support.waiting import until

if TYPE_CHECKING:
    from robot.app.robot import Robot
    from robot.texts.sentence import Sentence

pytestmark = pytest.mark.usefixtures("household")


def robot_called(name: str, **network: str) -> Robot:
    parts = {"body": "sim://", "camera": "", "ears": "", "speaker": ""}
    settings = {"robot": {"name": name}, "parts": parts, "memory": {"file": key_file().with_name(f"{name}.db")}}
    return build(Config.model_validate({**settings, "network": network}), RunContext(RealClock(), stock=shared_stock()))


def line_of(robot: Robot, part: str) -> Health | None:
    return next((line for line in robot.vitals().health if line.part == part), None)


def test_robots_know_of_one_another_only_if_their_owner_says_so(here: EndPoint) -> None:
    where = str(here)
    with (
        robot_called("Pip", fleet=where) as pip,
        robot_called("Léa & co", fleet=where) as lea,
        robot_called("Shy") as shy,
    ):
        robots = (pip, lea, shy)

        def both() -> bool:
            for robot in robots:
                robot.loop.turn()
            return len(present(here)) == 2

        def told() -> Sentence | str:
            line = line_of(pip, "fleet")
            return "" if line is None or line.reason == fleet.ALONE else line.reason

        until(both)
        said = until(told)
        assert words(said) == "it says that it is there; so do: Léa & co"
        assert words(said, "fr") == "il dit qu’il est là ; le disent aussi : Léa & co"
        assert line_of(shy, "fleet") is None
        shown = subprocess.run(
            [sys.executable, "-m", "robot", "fleet", where, "--json"], capture_output=True, text=True, check=False
        )
        assert shown.returncode == 0, shown.stderr
        assert [(one["name"], one["mode"]) for one in json.loads(shown.stdout)] == [
            ("Léa & co", "boot"),
            ("Pip", "boot"),
        ]
        lea.close()
        until(lambda: line_of(pip, "fleet") == Health("fleet", Condition.OK, fleet.ALONE))


def test_what_is_published_is_what_its_schema_says_and_never_a_picture(here: EndPoint) -> None:
    session = connect(here)
    assert session is not None
    got: dict[str, Any] = {}
    with session, robot_called("Pip", topics=str(here)) as pip:
        session.declare_subscriber(
            "bowlby/Pip/**", lambda one: got.setdefault(str(one.key_expr)[10:], json.loads(one.payload.to_bytes()))
        )
        until(lambda: pip.loop.turn() and {"/tick", "/frame", "/percept/telemetry", "/feelings"} <= got.keys())
        (told,) = [reply.ok for reply in session.get("bowlby/Pip/schemas", timeout=5.0)]
        assert told is not None
        schemas = json.loads(told.payload.to_bytes())
    assert schemas == SCHEMAS
    for topic, message in got.items():
        assert message.keys() == schemas[topic]["properties"].keys(), topic
    assert "image" not in schemas["/percept/faces"]["properties"]
    page = (HOUSE / "docs" / "network.md").read_text(encoding="utf-8")
    assert [topic for topic in SCHEMAS if f"`{topic}`" not in page] == []
    assert set(PERCEPTS) <= SCHEMAS.keys()


def test_the_memory_is_safe_before_the_network_is_left_and_all_else_is_closed_whatever_fails(
    here: EndPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def close(_: object) -> None:
        Memory(key_file().with_name("Pip.db"), RealClock()).close()  # nobody holds it any more
        raise RuntimeError("odd")

    robot = robot_called("Pip", topics=str(here), fleet=str(here))
    until(lambda: (line := line_of(robot, "fleet")) and line.condition is Condition.OK)
    with monkeypatch.context() as patch:
        patch.setattr(topics.Topics, "close", close)
        with pytest.raises(RuntimeError, match="odd"):
            robot.close()
    until(lambda: not present(here))
    robot.close()
