"""Reachy Mini's camera, microphones and speaker: they are found by what they are, or said to be missing."""

from __future__ import annotations

from contextlib import closing
from math import atan, degrees, radians, tan
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hardware.reachy.body import reachy_mini
from hardware.reachy.line import where
from hardware.reachy.senses import CARD, RIBBON_KIND, USB, MiniSource, MiniSpeaker, fitted
from robot.core.body_frame import ZERO
from robot.core.clock import RealClock
from robot.core.condition import Condition
from robot.core.errors import DeviceError
from robot.core.kinematics import PinholeView
from robot.parts.registry import CAMERAS, EARS, SPEAKERS, Surroundings, open_part
from robot.texts.catalogue import words
from tests.hardware.test_sound_card import STAND_IN
from tests.support.reachy_media import MediaDaemon
from tests.support.usb_devices import Computer
from tests.support.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from robot.parts.protocols import Part
    from robot.parts.registry import PartKind

AROUND = Surroundings(RealClock())
KINDS: tuple[PartKind[Part], ...] = (CAMERAS, EARS, SPEAKERS)
OLD_CARD, WEBCAM = "2886:001a", "046d:0825"


def trouble_of(computer: Computer) -> DeviceError:
    """What opening the camera of a computer that has no true one says."""
    source = MiniSource(reachy_mini().camera, computer.sys)
    with pytest.raises(DeviceError) as raised:
        source.open()
    return raised.value


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
