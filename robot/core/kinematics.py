"""Where the head points and what its camera sees: shared by sight, gaze and the simulator.

The head turns about one vertical axis (base yaw and head yaw add), nods on top of that, and tilts last:
rotation = Rz(yaw) * Ry(-pitch) * Rx(roll). Positive roll lifts the left side. The three axes meet in the *pivot*, on
the base's axis at the camera's mounting height, and the optical axis passes through it: turned to the bearing of a
point as seen from the pivot, the camera has the point in the middle, however far it is.

Plain floats, since the loop calls this every tick.
"""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from robot.core.body_description import CameraMount
    from robot.core.body_frame import Pose

Vector = tuple[float, float, float]
Rotation = tuple[float, float, float, float, float, float, float, float, float]  # row by row, base from head

NEAREST_M = 0.05  # what is closer to the camera's plane, or behind it, is not projected


class Bearing(NamedTuple):
    """A direction in the base frame as seen from the pivot, rad."""

    yaw: float
    pitch: float


class Pixel(NamedTuple):
    """A place in a picture; `depth` is the distance along the optical axis, m."""

    u: float
    v: float
    depth: float


def head_rotation(pose: Pose) -> Rotation:
    """The head's rotation in the base frame; its columns are the head's forward, left and up."""
    yaw = pose[0] + pose[3]
    cy, sy = cos(yaw), sin(yaw)
    cp, sp = cos(pose[1]), sin(pose[1])
    cr, sr = cos(pose[2]), sin(pose[2])
    return (
        cy * cp,
        -cy * sp * sr - sy * cr,
        -cy * sp * cr + sy * sr,
        sy * cp,
        -sy * sp * sr + cy * cr,
        -sy * sp * cr - cy * sr,
        sp,
        cp * sr,
        cp * cr,
    )


def bearing_of(x: float, y: float, z: float) -> Bearing:
    """Bearing of a direction or of a point relative to the pivot."""
    return Bearing(atan2(y, x), atan2(z, hypot(x, y)))


def wrap(angle: float) -> float:
    """The same angle in -pi..pi."""
    return (angle + pi) % (2 * pi) - pi


class PinholeView:
    """One picture's pinhole camera: where each pixel looks and where each point falls.

    Pixels count from the middle of the first one; u to the right, v down.
    """

    __slots__ = ("cu", "cv", "eye", "focal", "height", "pivot_z", "rotation", "width")

    def __init__(self, mount: CameraMount, pose: Pose, width: int = 0, height: int = 0) -> None:
        """`width` and `height` of the picture, px; those of the mount when left out."""
        self.width = width or mount.width
        self.height = height or mount.height
        self.focal = mount.focal_px * self.width / mount.width
        self.cu = (self.width - 1) / 2
        self.cv = (self.height - 1) / 2
        self.rotation = r = head_rotation(pose)
        self.pivot_z = mount.height_m
        forward = mount.forward_m
        self.eye: Vector = (r[0] * forward, r[3] * forward, mount.height_m + r[6] * forward)

    def project(self, x: float, y: float, z: float) -> Pixel | None:
        """Where a point of the base frame (m) falls, also outside the picture; None when it is behind the camera."""
        r, (ex, ey, ez) = self.rotation, self.eye
        x, y, z = x - ex, y - ey, z - ez
        depth = r[0] * x + r[3] * y + r[6] * z
        if depth < NEAREST_M:
            return None
        scale = self.focal / depth
        return Pixel(
            self.cu - scale * (r[1] * x + r[4] * y + r[7] * z),
            self.cv - scale * (r[2] * x + r[5] * y + r[8] * z),
            depth,
        )

    def ray(self, u: float, v: float) -> Vector:
        """Unit direction in the base frame into which a pixel looks."""
        left, up = (self.cu - u) / self.focal, (self.cv - v) / self.focal
        n = 1 / sqrt(1 + left * left + up * up)
        r = self.rotation
        return (
            n * (r[0] + r[1] * left + r[2] * up),
            n * (r[3] + r[4] * left + r[5] * up),
            n * (r[6] + r[7] * left + r[8] * up),
        )

    def bearing(self, u: float, v: float, distance: float) -> Bearing:
        """Bearing, from the pivot, of what is seen at a pixel at about `distance` m from the camera.

        The camera sits a few centimetres before the pivot, so a wrong distance costs little: 25 % at 1 m and 40 degrees
        off the optical axis is 0.4 degrees.
        """
        dx, dy, dz = self.ray(u, v)
        ex, ey, ez = self.eye
        return bearing_of(ex + distance * dx, ey + distance * dy, ez - self.pivot_z + distance * dz)

    def at(self, bearing: Bearing, distance: float) -> Pixel | None:
        """Where a point at a bearing and a distance (m) from the pivot falls: the inverse of `bearing`."""
        level = distance * cos(bearing.pitch)
        return self.project(
            level * cos(bearing.yaw), level * sin(bearing.yaw), self.pivot_z + distance * sin(bearing.pitch)
        )

    def angular(self, u: float, v: float, extent: float) -> float:
        """Angle, rad, under which something `extent` px tall at a pixel is seen (small-angle)."""
        return extent / sqrt(self.focal * self.focal + (u - self.cu) ** 2 + (v - self.cv) ** 2)

    def contains(self, u: float, v: float) -> bool:
        return 0 <= u < self.width and 0 <= v < self.height
