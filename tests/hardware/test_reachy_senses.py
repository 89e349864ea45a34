"""Reachy Mini's camera, microphones and speaker: the daemon lets go of them, they are found, or said to be missing."""

from __future__ import annotations

import socket
from contextlib import closing, suppress
from math import atan, degrees, radians, tan
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hardware.reachy.asking import asked
from hardware.reachy.body import reachy_mini
from hardware.reachy.line import where
from hardware.reachy.senses import CARD, RIBBON_KIND, USB, MiniCamera, MiniEars, MiniSource, MiniSpeaker, fitted
from robot.app.build import build
from robot.app.context import RunContext
from robot.config.schema import Config, PartsTable
from robot.core import typed_toml
from robot.core.body_frame import ZERO
from robot.core.clock import RealClock, nap, stopwatch
from robot.core.condition import Condition
from robot.core.errors import ConfigError, DeviceError, LinkError
from robot.core.kinematics import PinholeView
from robot.parts.registry import CAMERAS, EARS, SPEAKERS, Surroundings, open_part
from robot.texts.catalogue import words
from tests.hardware.test_sound_card import STAND_IN
from tests.support.reachy_media import MediaDaemon
from tests.support.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from robot.parts.protocols import Part
    from robot.parts.registry import PartKind

AROUND = Surroundings(RealClock())
KINDS: tuple[PartKind[Part], ...] = (CAMERAS, EARS, SPEAKERS)
LITE, OLD_CARD, WEBCAM = "38fb:1002", "2886:001a", "046d:0825"


class Computer:
    """What Linux tells of a computer's devices, in files."""

    def __init__(self, folder: Path) -> None:
        self.sys = folder / "sys"
        self._ports = 0
        (self.sys / "class").mkdir(parents=True)

    def camera(self, number: int, identity: str, name: str = "camera", index: int = 0) -> None:
        self._node("video4linux", f"video{number}", identity, {"name": name, "index": str(index)})

    def card(self, number: int, identity: str) -> None:
        self._node("sound", f"card{number}", identity, {})

    def ribbon(self, name: str) -> None:
        node = self.sys / "class/video4linux/v4l-subdev3"
        node.mkdir(parents=True)
        (node / "name").write_text(f"{name}\n")

    def _node(self, kind: str, name: str, identity: str, files: dict[str, str]) -> None:
        self._ports += 1
        usb = self.sys / f"devices/usb1/1-{self._ports}"
        interface = usb / f"1-{self._ports}:1.0"
        interface.mkdir(parents=True)
        for file, value in zip(("idVendor", "idProduct"), identity.split(":"), strict=True):
            (usb / file).write_text(f"{value}\n")
        node = self.sys / f"class/{kind}/{name}"
        node.mkdir(parents=True)
        (node / "device").symlink_to(interface)
        for file, value in files.items():
            (node / file).write_text(f"{value}\n")


def trouble_of(computer: Computer) -> DeviceError:
    """What opening the camera of a computer that has no true one says."""
    source = MiniSource(reachy_mini().camera, computer.sys)
    with pytest.raises(DeviceError) as raised:
        source.open()
    return raised.value


def test_what_is_left_out_beside_a_reachy_mini_of_this_machine_is_its_own() -> None:
    parts = typed_toml.parse(PartsTable, 'body = "reachy://"', "bowlby.toml")
    assert (parts.camera, parts.ears, parts.speaker) == ("reachy://",) * 3
    parts = typed_toml.parse(
        PartsTable, 'body = "reachy://localhost:8001"\nears = ""\nspeaker = "sound:2"', "bowlby.toml"
    )
    assert (parts.camera, parts.ears, parts.speaker) == ("reachy://localhost:8001", "", "sound:2")


def test_elsewhere_and_beside_other_bodies_the_computers_own_are_taken() -> None:
    usual = PartsTable()
    for body in ("reachy://reachy-mini.local", "/dev/ttyACM0", "sim://"):
        assert PartsTable(body=body) == usual.model_copy(update={"body": body})


def test_a_body_given_on_the_command_line_brings_its_senses_and_takes_them_along() -> None:
    config = Config().changed("parts", body="reachy://")
    assert config.parts.ears == "reachy://"
    assert config.changed("parts", body="sim://").parts.ears == PartsTable().ears
    assert config.changed("parts", ears="microphone:1").parts.camera == "reachy://"


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


def test_on_another_computer_they_are_not_read_and_that_is_said_with_its_remedy() -> None:
    for kind in KINDS:
        with pytest.raises(DeviceError, match=r"are on reachy-mini\.local") as raised:
            open_part(kind, "reachy://reachy-mini.local", AROUND)
        assert "run Bowlby there" in words(raised.value.remedy)


@pytest.mark.parametrize("identity", sorted(USB))
def test_each_camera_it_was_built_with_is_found_beside_others_and_not_by_its_second_node(
    identity: str, tmp_path: Path
) -> None:
    computer = Computer(tmp_path)
    computer.camera(80, WEBCAM)
    computer.camera(81, identity, index=1)
    computer.camera(82, identity)
    assert "/dev/video82" in words(trouble_of(computer).what)


def test_the_wireless_ones_camera_is_the_one_on_its_ribbon_cable(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    computer.ribbon("imx708_wide 10-001a")
    assert "picamera2" in words(trouble_of(computer).what)


def test_a_computer_without_it_says_what_to_connect(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    computer.camera(0, WEBCAM)
    computer.card(0, WEBCAM)
    computer.ribbon("ov5647 10-0036")
    trouble = trouble_of(computer)
    assert "no Reachy Mini camera" in words(trouble.what)
    assert "USB cable" in words(trouble.remedy)
    with pytest.raises(DeviceError, match="no Reachy Mini sound card"):
        CARD._replace(sys=computer.sys).place()


def test_its_sound_card_is_found_by_what_it_is_and_the_newer_one_first(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    computer.card(0, WEBCAM)
    computer.card(1, OLD_CARD)
    assert CARD._replace(sys=computer.sys).place() == "(hw:1,0)"
    computer.card(12, CARD.identities[0])
    assert CARD._replace(sys=computer.sys).place() == "(hw:12,0)"


@pytest.mark.slow
def test_its_sound_card_is_said_to_be_missing_and_opened_wherever_it_is_plugged_in_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "sounddevice.py").write_text(STAND_IN, encoding="utf-8")
    (tmp_path / "state").write_text("telephone")
    computer = Computer(tmp_path)
    with MediaDaemon() as daemon:
        card = CARD._replace(sys=computer.sys)
        with closing(MiniSpeaker(where(daemon.address), card, AROUND)) as speaker:
            health = speaker.health()
            assert "no Reachy Mini sound card" in words(health.reason)
            assert "USB cable" in words(health.remedy)
            computer.card(7, CARD.identities[0])
            until(lambda: speaker.health().condition is Condition.OK)
            assert (tmp_path / "opened").read_text() == "16000 2 (hw:7,0)"
            assert not daemon.held
        assert daemon.held


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


@pytest.mark.parametrize("kind", [*USB.values(), RIBBON_KIND])
@pytest.mark.parametrize("aside", [-30.0, 12.0, 35.0])
def test_a_point_of_its_picture_is_where_the_body_says_that_its_camera_sees_it(kind: object, aside: float) -> None:
    assert isinstance(kind, type(RIBBON_KIND))
    mount = reachy_mini().camera
    image = np.zeros((kind.height, kind.width, 3), np.uint8)
    u = kind.width / 2 * (1 - tan(radians(aside)) / kind.half)  # to the left is to the left
    image[kind.height // 2 - 8 : kind.height // 2 + 8, round(u) - 8 : round(u) + 8] = 255
    seen = fitted(image, kind.half, mount)
    assert seen.shape[1] == mount.width
    rows, columns = np.nonzero(seen[:, :, 0] > 100)
    view = PinholeView(mount, ZERO, seen.shape[1], seen.shape[0])
    assert degrees(atan((view.cu - columns.mean()) / view.focal)) == pytest.approx(aside, abs=0.4)
    assert view.cv == pytest.approx(rows.mean(), abs=1.0)
