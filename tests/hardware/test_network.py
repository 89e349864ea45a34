"""Other machines by their addresses: without one nothing is loaded, the doctor names each, and none is waited for."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Event
from typing import TYPE_CHECKING

import pytest

from hardware.network.session import EndPoint, key_file, place
from robot.core.clock import RealClock
from robot.core.condition import Condition, Health
from robot.core.errors import ConfigError
from robot.health.doctor import parts as doctor
from robot.health.doctor.parts import by_address
from robot.parts.registry import FLEETS, LISTENERS, SIGHTS, TOPICS, Surroundings, open_part
from robot.texts.catalogue import words
from robot.texts.sentence import sentence
from tests.support.imports import HOUSE
from tests.support.waiting import until

if TYPE_CHECKING:
    import zenoh

    from robot.parts.protocols import Part
    from robot.parts.registry import PartKind

pytestmark = pytest.mark.usefixtures("household")

PATIENCE_S = 60.0
KINDS: tuple[PartKind[Part], ...] = (SIGHTS, LISTENERS, TOPICS, FLEETS)


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


@pytest.mark.parametrize("address", ["tcp://", "tcp://desk:port", "tcp://desk/path", "udp://desk"])
def test_a_mistake_in_an_address_is_told(address: str) -> None:
    with pytest.raises(ConfigError, match="tcp://HOST:PORT"):
        place(address)
