"""Draws Reachy Mini by its maker's model, in one pose; bodies.py runs it in the environment of its maker's package.

Arguments: the body's targets in JSON, the size in pixels, the .npy file to write: (h, w, 4) uint8, BGR and how
much of each pixel is robot.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("MUJOCO_GL", "egl")

import mujoco
import numpy as np
import reachy_mini
from reachy_mini.kinematics.analytical_kinematics import AnalyticalKinematics

MODEL = Path(reachy_mini.__file__).parent / "descriptions" / "reachy_mini" / "mjcf" / "scene.xml"
SETTLED_S = 3.0
FINE = 3  # drawn so many times larger, then reduced: smooth edges


def main(target: str, size: int, out: str) -> None:
    told = json.loads(target)
    model = mujoco.MjModel.from_xml_path(str(MODEL))
    model.vis.global_.offwidth = model.vis.global_.offheight = size * FINE
    model.vis.headlight.ambient[:] = 0.42
    model.vis.headlight.diffuse[:] = 0.42
    data = mujoco.MjData(model)
    legs = AnalyticalKinematics(automatic_body_yaw=False).ik(np.array(told["head"]), told["body_yaw"])
    data.ctrl[:] = [*legs, *told["antennas"]]
    for _ in range(round(SETTLED_S / model.opt.timestep)):
        mujoco.mj_step(model, data)
    camera = mujoco.MjvCamera()
    camera.lookat, camera.distance, camera.azimuth, camera.elevation = (0.0, 0.0, 0.2), 0.6, 188.0, -6.0
    shown = mujoco.MjvOption()
    shown.sitegroup[:] = 0
    shown.geomgroup[:] = [1, 1, 1, 0, 0, 0]  # without the shapes that it collides by
    renderer = mujoco.Renderer(model, size * FINE, size * FINE)
    renderer.update_scene(data, camera, shown)
    picture = renderer.render()[:, :, ::-1].astype(np.float32)
    renderer.enable_segmentation_rendering()
    seen = renderer.render()[:, :, 0]
    floor = mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_GEOM, "floor")
    robot = ((seen >= 0) & (seen != floor)).astype(np.float32)
    whole = np.concatenate([picture * robot[:, :, None], 255.0 * robot[:, :, None]], axis=2)
    small = whole.reshape(size, FINE, size, FINE, 4).mean(axis=(1, 3))
    np.save(out, small.round().astype(np.uint8))  # already multiplied by how much of it is robot


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
