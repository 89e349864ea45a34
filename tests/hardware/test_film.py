"""Files in the place of a camera: a video at its own times, a picture that stays, a folder that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from hardware.camera import open_file
from robot.core.body_description import CameraMount
from robot.core.body_frame import Pose
from robot.core.clock import ManualClock, RealClock
from robot.core.condition import Condition
from robot.core.errors import InputError
from robot.parts.registry import Surroundings
from robot.sense.sight.sight import Sight
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from pathlib import Path

    from robot.parts.protocols import Picture

AROUND = Surroundings(RealClock(), pose_at=lambda t: Pose(base_yaw=t))


def _video(path: Path, pictures: int) -> None:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 20, (64, 48))
    for k in range(pictures):
        writer.write(np.full((48, 64, 3), 10 * k, np.uint8))
    writer.release()


def _played(path: Path, step: float) -> tuple[list[Picture], str]:
    film = open_file(f"file:{path}", Surroundings(ManualClock()))
    pictures = [picture for tick in range(100) if (picture := film.poll(tick * step)) is not None]
    reason = words(film.health().reason)
    film.close()
    return pictures, reason


def test_a_video_shows_each_picture_at_its_time_then_says_that_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "talk.avi"
    _video(path, 12)
    pictures, reason = _played(path, 0.02)
    assert len(pictures) == 12
    assert pictures[-1].t == pytest.approx(11 / 20, abs=0.02)
    assert reason == "talk.avi has ended after 12 pictures"
    again, _ = _played(path, 0.02)
    assert all((a.image == b.image).all() for a, b in zip(pictures, again, strict=True))  # type: ignore[union-attr]


def test_a_slow_loop_skips_pictures_and_keeps_the_time(tmp_path: Path) -> None:
    path = tmp_path / "talk.avi"
    _video(path, 12)
    pictures, _ = _played(path, 0.2)
    assert len(pictures) == 4
    assert [round(float(picture.image.mean()) / 10) for picture in pictures] == [0, 4, 8, 11]  # type: ignore[union-attr]


def test_a_picture_stays_and_a_folder_ends(tmp_path: Path) -> None:
    for k in range(3):
        cv2.imwrite(str(tmp_path / f"{k}.png"), np.full((48, 64, 3), 50 * k, np.uint8))
    (tmp_path / "3.png").write_bytes(b"no picture")
    assert len(_played(tmp_path / "0.png", 0.1)[0]) == 100
    pictures, reason = _played(tmp_path, 0.1)
    assert len(pictures) == 3
    assert "has ended" in reason


def test_a_picture_that_stays_is_no_camera_that_stands_still(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    cv2.imwrite(str(path), np.arange(64 * 48 * 3, dtype=np.uint8).reshape(48, 64, 3))
    film = open_file(f"file:{path}", Surroundings(ManualClock()))
    sight = Sight(film, CameraMount(64, 48, 1.2, 0.0, 0.0))
    seen = [one for tick in range(150) for one in sight.poll(0.02 * tick)]
    health = sight.health()
    sight.close()
    assert len(seen) > 20
    assert health.condition is Condition.OK
    assert words(health.reason).startswith("shows photo.png")


def test_what_is_no_picture_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "talk.mp4").write_bytes(b"no video")
    (tmp_path / "face.png").write_bytes(b"no picture")
    (tmp_path / "empty").mkdir()
    for name in ("talk.mp4", "face.png", "empty", "nothing.png"):
        with pytest.raises(InputError) as refused:
            open_file(f"file:{tmp_path / name}", AROUND)
        assert words(refused.value.remedy)
        assert name in str(refused.value)
