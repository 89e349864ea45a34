"""Draws one moment of one expression on both bodies: `python docs/pictures/bodies.py PYTHON`.

PYTHON is that of an environment with `reachy-mini[mujoco]` in it (docs/reachy-mini.md): the model is its maker's.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import cv2
import numpy as np

from hardware.reachy import wire
from hardware.reachy.wire import Place
from robot.core.clock import ManualClock
from robot.express import keyframes, preview
from robot.express.sketch import BACK, draw
from robot.parts.registry import BODIES, Surroundings, open_part

if TYPE_CHECKING:
    from robot.core.body_frame import BodyFrame

HERE = Path(__file__).parent
EXPRESSION, MOMENT = "curious", 0.7  # s
SIZE = 480


def frame(build: Path | None) -> BodyFrame:
    """What the composer asks of a body at that moment."""
    body = open_part(BODIES, "sim://", Surroundings(ManualClock(), build=build))
    try:
        return preview.at(preview.play(keyframes.load_shipped()[EXPRESSION], body), MOMENT)
    finally:
        body.close()


def main(python: str) -> None:
    one = draw(frame(None), SIZE, SIZE)
    pose = frame(Path("reachy_mini")).pose
    target = json.loads(wire.target(Place(pose)))
    target["head"] = np.reshape(target["head"], (4, 4)).tolist()
    with TemporaryDirectory() as folder:
        out = Path(folder) / "reachy.npy"
        subprocess.run([python, HERE / "reachy.py", json.dumps(target), str(SIZE), out], check=True)
        other = np.load(out).astype(np.float32)
    shade = np.linspace(1.13, 0.93, SIZE, dtype=np.float32)[:, None, None]
    wall = np.clip(255 * np.array(BACK, np.float32) * shade, 0, 255) * np.ones((1, SIZE, 1), np.float32)
    reachy = other[:, :, :3] + wall * (1 - other[:, :, 3:] / 255)
    both = np.concatenate([one, reachy.round().astype(np.uint8)], axis=1)
    cv2.imwrite(str(HERE / "two-bodies.png"), both, [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    main(sys.argv[1])
