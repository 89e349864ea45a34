"""`bowlby see FILE` at the front door."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import cv2
import numpy as np
import skimage.data

if TYPE_CHECKING:
    from pathlib import Path

PICTURES = skimage.data.__path__[0]


def _see(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "robot", "see", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_face_is_told_and_drawn(tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    done = _see(f"{PICTURES}/astronaut.png", "--json", "--draw", out)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["pictures"] == 1
    (person,) = told["people"]
    assert person["facing"] > 0.8
    x, y, width, height = person["box"]
    assert x < 222 < x + width
    assert y < 120 < y + height
    drawn, plain = cv2.imread(str(out)), cv2.imread(f"{PICTURES}/astronaut.png")
    assert drawn is not None
    assert plain is not None
    assert drawn.shape == plain.shape
    assert (drawn != plain).any()


def test_a_video_is_followed_and_drawn(tmp_path: Path) -> None:
    photograph = cv2.imread(f"{PICTURES}/astronaut.png")
    assert photograph is not None
    clip, out = tmp_path / "clip.avi", tmp_path / "out.mp4"
    writer = cv2.VideoWriter(str(clip), cv2.VideoWriter.fourcc(*"MJPG"), 10, (384, 384))
    for k in range(0, 100, 5):
        writer.write(np.ascontiguousarray(photograph[:384, k : k + 384]))
    writer.release()
    done = _see(clip, "--json", "--draw", out)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["pictures"] == 20
    assert [person["pictures"] for person in told["people"]] == [19]  # it counts from the second picture on
    assert out.stat().st_size > 1000


def test_nobody_is_an_answer_too_and_no_picture_is_a_mistake(tmp_path: Path) -> None:
    nobody = _see(f"{PICTURES}/coffee.png")
    assert nobody.returncode == 0
    assert "nobody" in nobody.stdout
    (tmp_path / "talk.txt").write_text("no picture")
    wrong = _see(tmp_path / "talk.txt")
    assert wrong.returncode == 2
    assert "neither a picture nor a video" in wrong.stderr.replace("\n", " ")
    assert "Traceback" not in wrong.stderr
