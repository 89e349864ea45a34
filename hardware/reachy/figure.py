"""Reachy Mini on the page, by its maker's own model: asked of the daemon, or read from an installed package of theirs.

Nothing of it is kept here. What comes is another program's word: see `description.py` and `mesh.py` for the limits.
"""

from __future__ import annotations

import json
import struct
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from hardware.reachy import description, mesh
from hardware.reachy.asking import asked
from hardware.reachy.line import Where, where
from hardware.reachy.wire import EAR_UPRIGHT
from robot.core.clock import stopwatch
from robot.core.errors import DeviceError, LinkError
from robot.parts.registry import scheme_of
from robot.texts.sentence import both, sentence

if TYPE_CHECKING:
    from hardware.reachy.description import DrawnMesh, Hinge
    from robot.core.body_description import BodyDescription

PACKAGE, FOLDER = "reachy_mini", "descriptions/reachy_mini/urdf"
MESHES = 64  # different ones that are fetched
ALL_OF_THEM, TRIANGLES = 24 << 20, 200_000  # bytes, and of all that is drawn; the true ones have 151,000
WHOLE_S = 20.0  # for a daemon to give all of it
BUDGET = {"foot": 1000, "body": 4000, "head": 5500, "left": 1500, "right": 1500}  # triangles
STAND = {"foot", "body"}  # nobody sees them from below
CLEAR = 0.95  # what is less opaque hides nothing
UNIT_M = 1e-5
LARGEST_M = 0.32  # as far as a place's number reaches


class Source(Protocol):
    """Where the model comes from."""

    name: str

    def urdf(self) -> str:
        """Raises PartError."""
        ...

    def stl(self, name: str) -> bytes:
        """Raises PartError."""
        ...


class FromDaemon:
    """Its HTTP routes."""

    name = "daemon"

    def __init__(self, there: Where) -> None:
        self._there = there
        self._end = stopwatch() + WHOLE_S

    def urdf(self) -> str:
        told = asked(self._there, "/api/kinematics/urdf", end=self._end, longest=2 * description.LONGEST)
        try:
            urdf = json.loads(told)["urdf"]
        except (ValueError, LookupError, TypeError, RecursionError):
            urdf = ""
        return urdf if isinstance(urdf, str) else ""

    def stl(self, name: str) -> bytes:
        return asked(self._there, f"/api/kinematics/stl/{name}", end=self._end, longest=mesh.LONGEST)


class FromPackage:
    """The files of the maker's package, which is not imported."""

    name = "package"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def urdf(self) -> str:
        return self._read("robot.urdf", description.LONGEST).decode("utf-8", "replace")

    def stl(self, name: str) -> bytes:
        return self._read(f"assets/{name}", mesh.LONGEST)

    def _read(self, name: str, longest: int) -> bytes:
        try:
            with (self._folder / name).open("rb") as file:
                return file.read(longest + 1)
        except OSError as error:
            raise DeviceError(sentence("health.figure_no_mesh", name=name, triangles=mesh.MOST)) from error


def open_figure(address: str, body: BodyDescription) -> bytes:
    """By the daemon at the address, or at the usual one for another body's; else by the package. Raises PartError."""
    there = where(address if scheme_of(address) == "reachy" else "reachy://")
    try:
        return figure(FromDaemon(there), body)
    except LinkError as error:
        folder = installed_folder()
        if folder is None:
            raise LinkError(
                both(error.what, sentence("health.figure_no_package")), remedy=sentence("health.reachy_start")
            ) from error
    return figure(FromPackage(folder), body)


def installed_folder() -> Path | None:
    """Where the maker's package has its description, if it is installed beside this one."""
    spec = find_spec(PACKAGE)
    places = [] if spec is None else spec.submodule_search_locations or []
    return next((Path(place) / FOLDER for place in places if (Path(place) / FOLDER).is_dir()), None)


def figure(source: Source, body: BodyDescription) -> bytes:
    """As `robot/parts/figures.py` says. Raises PartError."""
    described = description.read(source.urdf())
    shapes = _shapes(source, described.pieces)
    parts, numbers = [], []
    for moves, budget in BUDGET.items():
        mine = [shape for shape in shapes if shape.piece.moves == moves]
        for colour, coarse in _light(mine, budget, below=moves not in STAND):
            parts.append(
                {"moves": moves, "colour": colour, "corners": len(coarse.corners), "triangles": len(coarse.triangles)}
            )
            numbers += [
                _filled(np.round(coarse.corners / UNIT_M).astype("<i2")),
                _filled(np.round(coarse.normals * 127).astype("i1")),
                _filled(coarse.triangles.astype("<u2")),
            ]
    head = {
        "source": source.name,
        "pivot": [0.0, 0.0, body.camera.height_m - described.camera_m],
        "lens": [body.camera.forward_m, 0.0, described.camera_m],
        "unit": UNIT_M,
        "antennas": {"left": _hinge(described.left, 1.0), "right": _hinge(described.right, -1.0)},
        "parts": parts,
    }
    told = json.dumps(head, allow_nan=False).encode()
    return struct.pack("<I", len(told)) + told + b" " * (-len(told) % 4) + b"".join(numbers)


class _Shape(NamedTuple):
    piece: DrawnMesh
    triangles: np.ndarray


def _shapes(source: Source, pieces: tuple[DrawnMesh, ...]) -> list[_Shape]:
    """Raises PartError, also where there are more or larger ones than it can have."""
    files: dict[str, np.ndarray] = {}
    left = ALL_OF_THEM
    for name in dict.fromkeys(piece.mesh for piece in pieces):
        data = source.stl(name)
        left -= len(data)
        if len(files) == MESHES or left < 0:
            raise _too_large()
        files[name] = mesh.read_stl(data, name)
    if sum(len(files[piece.mesh]) for piece in pieces) > TRIANGLES:
        raise _too_large()
    shapes = [_Shape(piece, files[piece.mesh] @ piece.at[:3, :3].T + piece.at[:3, 3]) for piece in pieces]
    if any(np.abs(shape.triangles).max(initial=0.0) > LARGEST_M for shape in shapes):
        raise _too_large()
    return shapes


def _too_large() -> DeviceError:
    return DeviceError(sentence("health.figure_too_large"), remedy=sentence("health.reachy_version"))


def _light(shapes: list[_Shape], budget: int, *, below: bool) -> list[tuple[tuple[float, ...], mesh.Coarse]]:
    """What is seen of them, colour by colour, coarse enough."""
    if not shapes:
        return []
    found: dict[tuple[float, ...], list[np.ndarray]] = {}
    for clear in (False, True):
        some = [shape for shape in shapes if (shape.piece.colour[3] < CLEAR) == clear and len(shape.triangles)]
        if not some:
            continue
        lengths = [len(shape.triangles) for shape in some]
        outside = mesh.seen(np.concatenate([shape.triangles for shape in some]), below=below)
        for shape, keep in zip(some, np.split(outside, np.cumsum(lengths)[:-1]), strict=True):
            found.setdefault(shape.piece.colour, []).append(shape.triangles[keep])
    merged = {colour: np.concatenate(some) for colour, some in found.items()}
    cell = mesh.cell_for(np.concatenate(list(merged.values())), budget) if merged else mesh.COARSEST_M
    coarse = {colour: mesh.clustered(triangles, cell) for colour, triangles in merged.items()}
    return [(colour, one) for colour, one in coarse.items() if len(one.triangles) and len(one.corners) < 1 << 16]


def _filled(numbers: np.ndarray) -> bytes:
    data = numbers.tobytes()
    return data + bytes(-len(data) % 4)


def _hinge(hinge: Hinge, gain: float) -> dict[str, object]:
    """An upright antenna is at 0. The description's joints turn the other way than the daemon's numbers, as in its
    MuJoCo simulation.
    """
    return {"at": hinge.at, "axis": hinge.axis, "gain": gain, "offset": -gain * EAR_UPRIGHT}
