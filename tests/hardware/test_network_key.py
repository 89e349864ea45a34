"""The household's key: who has another or none gets nothing, and one that is gone for a moment is told."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import pytest
import zenoh

from hardware.network.lending import Lending
from hardware.network.session import EndPoint, connect, key_file, make_key, read_key
from robot.core.clock import RealClock
from robot.core.condition import Condition
from robot.parts.registry import FLEETS, LISTENERS, SIGHTS, TOPICS, Surroundings, open_part
from robot.texts.catalogue import words
from tests.support.waiting import until

if TYPE_CHECKING:
    from robot.parts.protocols import Part
    from robot.parts.registry import PartKind

pytestmark = pytest.mark.usefixtures("household")

KINDS: tuple[PartKind[Part], ...] = (SIGHTS, LISTENERS, TOPICS, FLEETS)


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
