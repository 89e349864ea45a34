"""A robot of boxes with the joints of Reachy Mini's description, written here; no part of it is the maker's."""

from __future__ import annotations

import json
import struct
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np

from robot.parts import entry_points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pytest

CORNERS = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
QUADS = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))  # seen from outside
GREEN = "0 1 0 1"
JOINTS = """
<joint name="yaw_body" type="revolute"><parent link="foot"/><child link="torso"/>
  <origin xyz="0 0 0.03" rpy="0 0 -1.5707963"/><axis xyz="0 0 1"/></joint>
<joint name="stewart_1" type="revolute"><parent link="torso"/><child link="leg"/>
  <origin xyz="0 0 0.06" rpy="0 0 0"/><axis xyz="0 0 1"/></joint>
<joint name="passive" type="revolute"><parent link="leg"/><child link="skull"/>
  <origin xyz="0 0 0.06" rpy="0 0 1.5707963"/><axis xyz="0 0 1"/></joint>
<joint name="head_frame" type="fixed"><parent link="skull"/><child link="head"/><origin xyz="0 0 0"/></joint>
<joint name="camera_frame" type="fixed"><parent link="skull"/><child link="camera"/><origin xyz="0.04 0 0.05"/></joint>
<joint name="right_antenna" type="revolute"><parent link="skull"/><child link="horn_r"/>
  <origin xyz="0 -0.05 0.07"/><axis xyz="1 0 0"/></joint>
<joint name="left_antenna" type="revolute"><parent link="skull"/><child link="horn_l"/>
  <origin xyz="0 0.05 0.07"/><axis xyz="1 0 0"/></joint>
"""


def box(half: Sequence[float], middle: Sequence[float] = (0.0, 0.0, 0.0)) -> np.ndarray:
    """Twelve triangles, (12, 3, 3)."""
    corners = CORNERS * half + middle
    return np.array([corners[list(part)] for a, b, c, d in QUADS for part in ((a, b, c), (a, c, d))])


def stl(triangles: np.ndarray) -> bytes:
    rows = b"".join(struct.pack("<12fH", 0, 0, 0, *triangle.ravel(), 0) for triangle in triangles)
    return b"solid".ljust(80) + struct.pack("<I", len(triangles)) + rows


def link(name: str, *meshes: str, colour: str = GREEN) -> str:
    pictures = "".join(
        f'<visual><origin xyz="0 0 0" rpy="0 0 0"/><geometry><mesh filename="package://assets/{mesh}"/></geometry>'
        f'<material name="m"><color rgba="{colour}"/></material></visual>'
        for mesh in meshes
    )
    return f'<link name="{name}">{pictures}</link>'


LINKS = (
    link("foot", "foot.stl", colour="0.2 0.2 0.2 1"),
    link("torso", "torso.stl", "kernel.stl", *["screw.stl"] * 5, colour="1 1 1 1"),
    link("leg", "leg.stl"),
    link("skull", "skull.stl"),
    link("horn_l", "horn.stl", colour="0 0 0 1"),
    link("horn_r", "horn.stl", colour="0 0 0 1"),
)
MESHES = {
    "foot.stl": stl(box((0.06, 0.06, 0.01), (0, 0, 0.01))),
    "torso.stl": stl(box((0.08, 0.05, 0.04), (0, 0, 0.05))),
    "kernel.stl": stl(box((0.01, 0.01, 0.01), (0, 0, 0.05))),
    "screw.stl": stl(box((0.2, 0.2, 0.2))),
    "leg.stl": stl(box((0.2, 0.2, 0.2))),
    "skull.stl": stl(box((0.04, 0.07, 0.04), (0, 0, 0.05))),
    "horn.stl": stl(box((0.003, 0.003, 0.06), (0, 0, 0.06))),
}
URDF = f'<?xml version="1.0"?><!-- made --><robot name="boxes">{"".join(LINKS)}{JOINTS}</robot>'
TOLD, MESH = "/api/kinematics/urdf", "/api/kinematics/stl/"


STRANGE = """
def long(address, body):
    return bytes(1 << 21)

def empty(address, body):
    return b""

def unsaid(address, body):
    return b"\\2\\0\\0\\0{}"

def listed(address, body):
    return [1]

def breaking(address, body):
    return 1 / 0
"""


def stranger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of somebody else's, in the folder, that brings figures which are none."""
    info = folder / "strange_figures-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: strange-figures\nVersion: 1\n")
    names = ("long", "empty", "unsaid", "listed", "breaking")
    points = "\n".join(f"{name} = strange_figures:{name}" for name in names)
    (info / "entry_points.txt").write_text(f"[bowlby.figures]\n{points}\n")
    (folder / "strange_figures.py").write_text(STRANGE)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(entry_points, "_every", metadata.entry_points)  # looked up anew


class Model:
    """Where it comes from; a hardware.reachy.figure.Source."""

    name = "daemon"

    def __init__(self, urdf: str = URDF, meshes: Mapping[str, bytes] = MESHES) -> None:
        self._urdf, self.meshes = urdf, dict(meshes)

    def urdf(self) -> str:
        return self._urdf

    def stl(self, name: str) -> bytes:
        return self.meshes[name]

    def files(self) -> dict[str, bytes]:
        """As a daemon serves it."""
        return {TOLD: json.dumps({"urdf": self._urdf}).encode()} | {
            MESH + name: data for name, data in self.meshes.items()
        }
