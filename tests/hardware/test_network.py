"""Other machines: over a real network that comes and goes one sees and hears for the robot, and nothing else is lost;
who has no key gets nothing; and a robot says that it is there, or anything at all, only if it was told to.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from threading import Event
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
import zenoh

from hardware.network import fleet, hearing, sight, topics
from hardware.network.fleet import present
from hardware.network.lending import Lending
from hardware.network.line import ServiceLine
from hardware.network.session import EndPoint, connect, key_file, make_key, place, read_key
from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.config.schema import Config
from robot.core.clock import RealClock, nap
from robot.core.errors import ConfigError
from robot.core.messages import Condition, Health
from robot.health.doctor import parts as doctor
from robot.health.doctor.parts import by_address
from robot.memory.memory import Memory
from robot.parts.registry import FLEETS, LISTENERS, SIGHTS, TOPICS, Surroundings, open_part
from robot.recording.topics import PERCEPTS, SCHEMAS
from robot.texts.catalogue import words
from robot.texts.sentence import Sentence, sentence
from tests.support import cable
from tests.support.imports import HOUSE
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from robot.app.robot import Robot
    from robot.parts.protocols import Part
    from robot.parts.registry import PartKind

PATIENCE_S = 60.0
KINDS: tuple[PartKind[Part], ...] = (SIGHTS, LISTENERS, TOPICS, FLEETS)


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


@pytest.fixture
def here() -> Iterator[EndPoint]:
    """A machine that lends, on this one."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        at = EndPoint("127.0.0.1", door.getsockname()[1])
    with Lending(at):
        yield at


class Afar:
    """The robot's end, in its namespace."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert self.read() == "ready"

    def tell(self, word: str) -> None:
        assert self._process.stdin is not None
        print(word, file=self._process.stdin, flush=True)

    def ask(self, word: str) -> Any:
        self.tell(word)
        return self.read()

    def read(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def look_until(self, *, far: bool) -> list[Any]:
        """Every picture on the way to that."""
        seen: list[Any] = []

        def look() -> bool:
            seen.append(self.ask("look"))
            return seen[-1]["far"] is far

        until(look)
        return seen


@pytest.mark.paced
def test_a_network_that_comes_and_goes_costs_no_picture_and_no_word() -> None:
    senses = cable.inside(cable.ROBOT, "-m", "tests.support.far_senses")
    with (
        cable.laid(),
        cable.lending(),
        subprocess.Popen(senses, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE) as process,
    ):
        robot = Afar(process)
        seen = robot.look_until(far=True)
        for own in (False, True):
            seen += [robot.ask("look") for _ in range(5)]
            cable.pull(own=own)
            seen += robot.look_until(far=False)
            cable.plug(own=own)
            seen += robot.look_until(far=True)
        assert robot.ask("far")["far"]
        robot.tell("hear")
        assert robot.read() == "begins"
        nap(1.5)  # amid the sentence
        cable.pull()
        words = robot.read()
        cable.plug()
        assert robot.ask("far")["far"]
        assert process.stdin is not None
        process.stdin.close()
    assert all(one["tracks"] == [1] and one["same_t"] for one in seen), "one person, whoever looked"
    assert max(abs(one["off_deg"][0]) for one in seen) < 1.5, "the head turned all the time"
    assert words["heard"] == ["what_is_your_name"], "begun there, heard to its end here"
    assert not words["far"][-1]


def test_whoever_has_another_key_or_none_gets_nothing(here: EndPoint) -> None:
    kept = key_file().read_text(encoding="ascii")
    assert key_file().stat().st_mode & 0o077 == 0
    session = connect(here)
    assert session is not None
    session.close()
    key_file().write_text("bowlby:a-guess\n", encoding="ascii")
    assert connect(here) is None
    config = zenoh.Config()
    for key, value in {
        "mode": "client",
        "connect/endpoints": [here.endpoint],
        "scouting/multicast/enabled": False,
    }.items():
        config.insert_json5(key, json.dumps(value))
    with pytest.raises(zenoh.ZError):
        zenoh.open(config)
    key_file().write_text(kept, encoding="ascii")


def jpeg(width: int, height: int) -> bytes:
    return cv2.imencode(".jpg", np.zeros((height, width, 3), np.uint8))[1].tobytes()


def png() -> bytes:
    return cv2.imencode(".png", np.zeros((100, 100, 3), np.uint8))[1].tobytes()


@pytest.mark.parametrize(
    ("key", "payload", "attachment"),
    [
        (sight.KEY, b"no JPEG", b"1.0"),
        (sight.KEY, png(), b"1.0"),
        (sight.KEY, jpeg(2, 3), b"1.0"),
        (sight.KEY, jpeg(1, 1), b"1.0"),
        (sight.KEY, jpeg(4000, 40), b"1.0"),
        (sight.KEY, jpeg(640, 480)[:400], b"1.0"),
        (sight.KEY, jpeg(640, 480), b"soon"),
        (f"{hearing.KEY}/somebody", b"", b'{"kind": 1}'),
        (f"{hearing.KEY}/somebody", b"", b"[" * 100_000),
        (f"{hearing.KEY}/somebody", b"", b'[["grammar", "en", [], {}, [], ""], ["sound", 1' + b"0" * 400 + b", 0, 0]]"),
    ],
)
def test_what_is_no_picture_and_no_sound_is_refused_and_the_next_is_answered(
    key: str, payload: bytes, attachment: bytes, here: EndPoint
) -> None:
    session = connect(here)
    assert session is not None
    with session:
        replies = list(session.get(key, payload=payload, attachment=attachment, timeout=5.0))
        assert [reply.ok for reply in replies] == [None]
    line = ServiceLine(here, "far_sight", key, patience_s=1.0, lent="lent", instead="instead", remedy="")
    until(lambda: line.there)
    line.close()


def test_whatever_keeps_a_query_from_being_answered_is_logged_and_the_next_is_answered(
    here: EndPoint, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    session = connect(here)
    assert session is not None
    ask = f"{hearing.KEY}/somebody", json.dumps([["grammar", "en", ["hello"], {}, [], ""]]).encode()

    def no_process(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    with session:
        with monkeypatch.context() as patch:
            patch.setattr("hardware.network.remote_listener.Worker", no_process)
            (refused,) = session.get(ask[0], attachment=ask[1], timeout=5.0)
        assert refused.err is not None
        assert refused.err.payload.to_string() == "BlockingIOError: [Errno 11] Resource temporarily unavailable"
        (answered,) = session.get(ask[0], attachment=ask[1], timeout=5.0)
        assert answered.ok is not None
    assert [record.exc_info is not None for record in caplog.records if record.levelname == "ERROR"] == [True]


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


@pytest.mark.slow
def test_without_an_address_the_library_is_not_even_loaded_and_nobody_can_connect() -> None:
    script = """
import sys
from pathlib import Path
from robot.app.build import build
from robot.app.context import RunContext
from robot.core.clock import RealClock
from robot.config.schema import Config
parts = {"body": "sim://", "camera": "", "ears": "", "speaker": ""}
before = [len(Path(f"/proc/net/{kind}").read_text().splitlines()) for kind in ("tcp", "tcp6", "udp", "udp6")]
with build(Config.model_validate({"parts": parts, "memory": {"file": sys.argv[1]}}), RunContext(RealClock())) as robot:
    for _ in range(50):
        robot.loop.turn()
    after = [len(Path(f"/proc/net/{kind}").read_text().splitlines()) for kind in ("tcp", "tcp6", "udp", "udp6")]
    sys.exit("zenoh" in sys.modules or after != before)
"""
    alone = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
    python = [sys.executable, "-c", script, str(key_file().with_name("memory.db"))]
    subprocess.run([*alone, *python], check=True, timeout=120, cwd=HOUSE)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_doctor_names_each_and_says_what_mends_it(
    kind: PartKind[Part], here: EndPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = Surroundings(RealClock())
    assert by_address(kind, "", around) == Health(kind.name, Condition.OFF, sentence("doctor.nothing_leaves"))
    assert by_address(kind, str(here), around).condition is Condition.OK
    monkeypatch.setattr(doctor, "WATCH_S", 0.1)  # nobody will come
    away = by_address(kind, "tcp://127.0.0.1:1", around)
    assert away.condition is Condition.LESSER
    assert words(away.reason, "fr") != words(away.reason)
    key_file().unlink()
    lacking = by_address(kind, str(here), around)
    assert lacking.condition is Condition.FAULT
    assert "bowlby lend" in words(lacking.remedy)
    monkeypatch.setitem(sys.modules, "zenoh", None)
    missing = by_address(kind, str(here), around)
    assert (missing.condition, words(missing.remedy)) == (
        Condition.FAULT,
        "make install EXTRAS=zenoh on an installed robot, make doctor EXTRAS=zenoh in a checkout",
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_moment_without_the_key_is_said_and_over_once_it_is_back(kind: PartKind[Part]) -> None:
    aside = make_key().with_name("aside")
    with socket.create_server(("127.0.0.1", 0)) as door:
        at = EndPoint("127.0.0.1", door.getsockname()[1])
        opened = open_part(kind, str(at), Surroundings(RealClock()))
        key_file().rename(aside)
        until(lambda: words(opened.health().reason) == "there is no key of this household")
        assert opened.health().condition is Condition.LESSER
    aside.rename(key_file())
    with Lending(at):
        until(lambda: opened.health().condition is Condition.OK)
        opened.close()


def test_a_key_that_was_being_made_when_its_maker_was_killed_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_: int) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("hardware.network.session.unguessable", killed)
        with pytest.raises(KeyboardInterrupt):
            make_key()
    assert not key_file().exists()
    make_key()
    assert len(read_key()) > 40
    assert key_file().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nobody_waits_for_a_goodbye_that_cannot_be_said(
    kind: PartKind[Part], here: EndPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, said = Event(), Event()

    def slow(session: zenoh.Session) -> None:
        gone.wait(PATIENCE_S)
        session.close()
        said.set()

    opened = open_part(kind, str(here), Surroundings(RealClock()))
    until(lambda: opened.health().condition is Condition.OK)
    monkeypatch.setattr("robot.parts.zenoh_line.end", slow)
    opened.close()
    assert not said.is_set()
    gone.set()
    assert said.wait(PATIENCE_S)


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


@pytest.mark.parametrize("address", ["tcp://", "tcp://desk:port", "tcp://desk/path", "udp://desk"])
def test_a_mistake_in_an_address_is_told(address: str) -> None:
    with pytest.raises(ConfigError, match="tcp://HOST:PORT"):
        place(address)
