"""Reachy Mini's shape by its maker's description (URDF): which meshes hang on what moves, where, and how that turns.

What is drawn is what stands on the foot, the turning body, the head and the two antennas, as they are when every joint
is at 0: it looks straight ahead then. The six legs are left out, whose joints close rings that nobody here solves. So
is what it has many of, screws and motors, which nobody sees. A description comes from another program and is believed
in nothing: numbers are finite and near, names are plain, and there are not more of each than it can have.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from math import cos, isfinite, sin
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import ParseError, fromstring

import numpy as np

from robot.core.errors import DeviceError
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

log = logging.getLogger(__name__)

LONGEST = 1 << 20  # bytes; the true one has 130,000
MOST = 500  # of its links, of its joints and of its pictures each
FARTHEST_M = 1.0
MANY = 3  # more of one mesh are screws, motors and balls
MESH = re.compile(r"(?:.{0,200}/)?([A-Za-z0-9_]{1,80}\.stl)")
DOCTYPE = re.compile(r"<!(?!--)")  # an entity or a document type, and no comment
BODY, HEAD, CAMERA, LEFT, RIGHT = "yaw_body", "head_frame", "camera_frame", "left_antenna", "right_antenna"
GREY = (0.5, 0.5, 0.5, 1.0)


class DrawnMesh(NamedTuple):
    """A mesh as it is drawn. `moves`: on what it hangs; `at`: (4, 4), from its own frame into that one's."""

    moves: str
    mesh: str
    at: np.ndarray
    colour: tuple[float, float, float, float]


class Hinge(NamedTuple):
    """What an antenna turns about, in the head's frame, m."""

    at: tuple[float, float, float]
    axis: tuple[float, float, float]


class Described(NamedTuple):
    """Foot and body in the base frame, the head and what hangs on it in the head's, whose axes are ours. `camera_m`:
    of the camera above the head's point.
    """

    pieces: tuple[DrawnMesh, ...]
    left: Hinge
    right: Hinge
    camera_m: float


def read(urdf: str) -> Described:
    """Raises DeviceError for what is no description of a Reachy Mini."""
    robot = _parsed(urdf)
    links, joints = robot.findall("link"), robot.findall("joint")
    if max(len(links), len(joints)) > MOST:
        raise _odd(f"more than {MOST} links")
    above: dict[str, tuple[str, np.ndarray]] = {}
    named: dict[str, Element] = {}
    for joint in joints:
        child = _link(joint, "child")
        if child in above:
            raise _odd(f"link {child}")
        above[child] = _link(joint, "parent"), _place(joint.find("origin"))
        named[joint.get("name", "")] = joint
    head = _link(_named(named, HEAD), "parent")
    holders = {
        _link(_named(named, BODY), "parent"): "foot",
        _link(_named(named, BODY), "child"): "body",
        head: "head",
        _link(_named(named, LEFT), "child"): "left",
        _link(_named(named, RIGHT), "child"): "right",
    }
    frame = np.linalg.inv(_at(_link(_named(named, HEAD), "child"), above))
    into = {"foot": np.eye(4), "body": np.eye(4), "head": frame, "left": frame, "right": frame}
    pieces = []
    for link in links:
        name = link.get("name", "")
        moves = holders.get(name)
        if moves is not None:
            place = into[moves] @ _at(name, above)
            pieces += [DrawnMesh(moves, mesh, place @ at, colour) for mesh, at, colour in _pictures(link)]
    often = Counter(mesh for link in links for mesh, _, _ in _pictures(link))
    drawn = tuple(piece for piece in pieces if often[piece.mesh] <= MANY)
    hinges = [_hinge(_named(named, name), above, frame) for name in (LEFT, RIGHT)]
    camera = frame @ _at(_link(_named(named, CAMERA), "child"), above)
    return Described(drawn, hinges[0], hinges[1], float(camera[2, 3]))


def _parsed(urdf: str) -> Element:
    if len(urdf) > LONGEST or DOCTYPE.search(urdf):
        raise _odd("a plain URDF")
    try:
        return fromstring(urdf)  # noqa: S314 - without entities, and of a limited length
    except (ParseError, RecursionError, ValueError) as error:
        raise _odd("a plain URDF") from error


def _odd(lacking: str) -> DeviceError:
    log.debug("the maker's description: wrong is %.100s", lacking)
    return DeviceError(sentence("health.figure_no_description"), remedy=sentence("health.reachy_version"))


def _named(joints: Mapping[str, Element], name: str) -> Element:
    if name not in joints:
        raise _odd(f"joint {name}")
    return joints[name]


def _link(joint: Element, end: str) -> str:
    found = joint.find(end)
    if found is None or not found.get("link"):
        raise _odd(f"{end} of {joint.get('name', 'joint')[:40]}")
    return found.get("link", "")


def _numbers(text: str, count: int, most: float = FARTHEST_M) -> list[float]:
    try:
        numbers = [float(word) for word in text.split(maxsplit=count)]
    except ValueError as error:
        raise _odd(f"numbers in {text[:40]!r}") from error
    if len(numbers) != count or not all(isfinite(one) and abs(one) <= most for one in numbers):
        raise _odd(f"{count} numbers in {text[:40]!r}")
    return numbers


def _place(origin: Element | None) -> np.ndarray:
    """(4, 4): roll, pitch and yaw about fixed axes, then the way there, as URDF has it."""
    place = np.eye(4)
    if origin is None:
        return place
    roll, pitch, yaw = _numbers(origin.get("rpy", "0 0 0"), 3, 10.0)
    (a, b), (c, d), (e, f) = ((cos(angle), sin(angle)) for angle in (roll, pitch, yaw))
    place[:3, :3] = [
        [e * c, e * d * b - f * a, e * d * a + f * b],
        [f * c, f * d * b + e * a, f * d * a - e * b],
        [-d, c * b, c * a],
    ]
    place[:3, 3] = _numbers(origin.get("xyz", "0 0 0"), 3)
    return place


def _at(link: str, above: Mapping[str, tuple[str, np.ndarray]]) -> np.ndarray:
    """(4, 4): where a link is when every joint is at 0."""
    place = np.eye(4)
    for _ in range(MOST):
        if link not in above:
            return place
        link, step = above[link]
        place = step @ place
    raise _odd("a chain without rings")


def _pictures(link: Element) -> list[tuple[str, np.ndarray, tuple[float, float, float, float]]]:
    """Mesh, place and colour of each."""
    found = []
    for visual in link.findall("visual")[: MOST + 1]:
        mesh = visual.find("geometry/mesh")
        if mesh is None:
            continue
        name = MESH.fullmatch(mesh.get("filename", ""))
        if name is None or mesh.get("scale") is not None:
            raise _odd("a mesh by a plain name")
        colour = visual.find("material/color")
        red, green, blue, alpha = GREY if colour is None else _numbers(colour.get("rgba", ""), 4)
        found.append((name[1], _place(visual.find("origin")), (abs(red), abs(green), abs(blue), abs(alpha))))
    if len(found) > MOST:
        raise _odd(f"more than {MOST} pictures")
    return found


def _hinge(joint: Element, above: Mapping[str, tuple[str, np.ndarray]], frame: np.ndarray) -> Hinge:
    """Raises DeviceError for an axis without a direction."""
    turned = joint.find("axis")
    axis = np.array(_numbers("" if turned is None else turned.get("xyz", ""), 3))
    length = float(np.linalg.norm(axis))
    if length < 0.1:
        raise _odd(f"axis of {joint.get('name')}")
    at = frame @ _at(_link(joint, "child"), above)
    x, y, z = (float(one) for one in at[:3, :3] @ axis / length)
    return Hinge((float(at[0, 3]), float(at[1, 3]), float(at[2, 3])), (x, y, z))
