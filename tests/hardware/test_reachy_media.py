"""Reachy Mini's daemon lets go of its media for as long as they are used, and nothing waits long for it."""

from __future__ import annotations

import socket
from contextlib import closing, suppress
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from hardware.reachy.asking import asked
from hardware.reachy.body import reachy_mini
from hardware.reachy.line import where
from hardware.reachy.senses import CARD, MiniCamera, MiniEars, MiniSource
from robot.app.build import build
from robot.app.context import RunContext
from robot.config.schema import Config
from robot.core.clock import RealClock, nap, stopwatch
from robot.core.condition import Condition
from robot.core.errors import ConfigError, LinkError
from robot.parts.registry import CAMERAS, EARS, SPEAKERS, Surroundings, open_part
from robot.texts.catalogue import words
from tests.support.reachy_media import MediaDaemon
from tests.support.usb_devices import Computer
from tests.support.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from robot.parts.protocols import Part
    from robot.parts.registry import PartKind

AROUND = Surroundings(RealClock())
KINDS: tuple[PartKind[Part], ...] = (CAMERAS, EARS, SPEAKERS)


def test_the_daemon_lets_go_for_the_first_part_and_has_them_back_behind_the_last() -> None:
    with MediaDaemon() as daemon:
        parts = [open_part(kind, daemon.address, AROUND) for kind in KINDS]
        assert daemon.asked == ["release"]
        for part in (*parts[:2], parts[0]):
            part.close()
        assert daemon.asked == ["release"]
        parts[2].close()
        parts[2].close()
        assert daemon.asked == ["release", "acquire"]
        with closing(open_part(CAMERAS, daemon.address, AROUND)):
            assert not daemon.held
        assert daemon.held


@pytest.mark.parametrize("no_media", [True, False])
def test_what_it_does_not_hold_is_not_asked_for_and_not_given_to_it(no_media: bool) -> None:  # noqa: FBT001
    with MediaDaemon(no_media=no_media) as daemon:
        daemon.held = False
        open_part(CAMERAS, daemon.address, AROUND).close()
        assert daemon.asked == []


def test_what_a_robot_that_was_killed_did_not_give_back_is_given_back_by_the_next() -> None:
    with MediaDaemon() as daemon:
        daemon.take("/api/media/release")
        open_part(CAMERAS, daemon.address, AROUND).close()
        assert daemon.held


def test_a_daemon_that_let_go_and_was_too_slow_to_say_so_has_them_back() -> None:
    with MediaDaemon() as daemon:
        daemon.slow_s = 3.0
        began = stopwatch()
        open_part(CAMERAS, daemon.address, AROUND).close()
        assert stopwatch() - began < 5.0
        assert daemon.held


def test_a_robot_that_cannot_be_built_gives_them_back(tmp_path: Path) -> None:
    with MediaDaemon() as daemon:
        config = Config().changed("parts", body="sim://", camera=daemon.address, ears="", voice="odd://")
        config = config.changed("memory", file=tmp_path / "memory.db")
        with pytest.raises(ConfigError, match="odd://"):
            build(config, RunContext(RealClock()))
        assert daemon.asked == ["release", "acquire"]


@pytest.mark.slow
def test_a_daemon_that_starts_anew_lets_go_anew(tmp_path: Path) -> None:
    source = MiniSource(reachy_mini().camera, Computer(tmp_path).sys)
    with MediaDaemon() as daemon, closing(MiniCamera(where(daemon.address), source, AROUND)) as camera:
        daemon.stop()
        nap(1.5)
        daemon.start()
        assert daemon.held

        def let_go() -> bool:
            camera.poll(0.0)
            camera.health()
            return not daemon.held

        until(let_go)


@pytest.mark.slow
def test_it_is_asked_seldom_as_long_as_no_part_is_at_fault() -> None:
    with MediaDaemon() as daemon, closing(open_part(CAMERAS, daemon.address, AROUND)):
        nap(4.0)
        assert daemon.fetched == ["/api/media/status"]


@pytest.mark.slow
def test_a_daemon_that_cannot_be_asked_is_the_reason_for_as_long_as_the_camera_is_missing(tmp_path: Path) -> None:
    with MediaDaemon() as daemon:
        daemon.status = 500
        source = MiniSource(reachy_mini().camera, Computer(tmp_path).sys)
        with closing(MiniCamera(where(daemon.address), source, AROUND)) as camera:

            def reason() -> str:
                camera.poll(0.0)
                health = camera.health()
                return words(health.reason) if health.condition is Condition.FAULT else ""

            until(lambda: "answers /api/media/status with 500" in reason())
            daemon.status, daemon.answer = 200, b"[]"
            until(lambda: "does not say whether it holds" in reason())
            daemon.answer = b" " * 100_000
            until(lambda: "longer than 65536 bytes" in reason())
            daemon.answer = None
            until(lambda: "no Reachy Mini camera" in reason())
            assert "USB cable" in words(camera.health().remedy)
            assert not daemon.held


@pytest.mark.slow
def test_the_microphone_names_the_daemon_that_holds_its_card(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    with MediaDaemon() as daemon:
        daemon.status = 404
        with closing(MiniEars(where(daemon.address), CARD._replace(sys=computer.sys), AROUND)) as ears:
            until(lambda: "answers /api/media/status with 404" in words(ears.health().reason))
            assert "1.13" in words(ears.health().remedy)


def test_nothing_waits_long_for_a_daemon_that_hangs() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:  # it takes connections, and says nothing
        began = stopwatch()
        parts = [open_part(kind, f"reachy://127.0.0.1:{silent.getsockname()[1]}", AROUND) for kind in KINDS]
        assert stopwatch() - began < 2.5
        for part in parts:
            part.close()
        assert stopwatch() - began < 8.0


def test_an_answer_that_drips_ends_with_its_time() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def drip() -> None:
            line, _ = server.accept()
            with line, suppress(OSError):
                line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while True:
                    line.sendall(b"x")
                    nap(0.05)

        Thread(target=drip, daemon=True).start()
        began = stopwatch()
        with pytest.raises(LinkError, match="does not answer"):
            asked(where(f"reachy://127.0.0.1:{server.getsockname()[1]}"), "/", end=began + 0.5)
        assert stopwatch() - began < 1.5
