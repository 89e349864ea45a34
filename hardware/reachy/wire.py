"""Between the body's values and the daemon's messages: JSON over its WebSocket `/ws/sdk`, as SDK 1.13 speaks it.

A head pose is a matrix of four rows in the base frame, in metres from where the head is when it looks straight ahead;
its axes are ours (x forward, y left, z up). Antennas come right one first; upright is 0, and outwards the left one
counts up and the right one down.
"""

from __future__ import annotations

import json
from math import asin, atan2, isfinite, radians
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from robot.core.body_frame import Pose
from robot.core.kinematics import head_rotation, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

EAR_UPRIGHT = radians(30.0)  # of an ear, where the antenna stands upright
RELATIVE_YAW = radians(80.0)  # beyond this, head against body, no true head is: the legs end at 65
LOWEST_M, HIGHEST_M = -0.075, 0.06  # nor below the one that sleeps (-0.05), nor higher than its legs reach
ENABLED = "enabled"
RUNNING = "running"


class Place(NamedTuple):
    """Where the body is: our pose, and how far the head is before and above its usual place, m."""

    pose: Pose
    x: float = 0.0
    z: float = 0.0


ASLEEP = Place(Pose(0.0, radians(-24.4), 0.0, 0.0, radians(-145.0), radians(-145.0)), -0.021, -0.044)


class DaemonReport(NamedTuple):
    """What the daemon says of itself, once a second."""

    running: bool
    motors: str  # "enabled", "disabled", "gravity_compensation"; "" while it does not know
    error: str
    version: str


class _Backend(BaseModel):
    model_config = ConfigDict(extra="ignore")

    motor_control_mode: str = ""
    error: str | None = None


class _Status(BaseModel):
    model_config = ConfigDict(extra="ignore")

    state: str
    backend_status: _Backend | None = None
    error: str | None = None
    version: str | None = None


def report(message: dict[str, Any]) -> DaemonReport | None:
    """A `daemon_status`; None for one that is none."""
    try:
        status = _Status.model_validate(message)
    except ValidationError:
        return None
    backend = status.backend_status or _Backend()
    error = status.error or backend.error or ""
    return DaemonReport(status.state == RUNNING and not error, backend.motor_control_mode, error, status.version or "?")


def place(joints: Sequence[float], matrix: Sequence[Sequence[float]]) -> Place | None:
    """Where the body is, from `joint_positions` and `head_pose`; None where that cannot be.

    The daemon finds the head's pose from the legs' by going on from the pose before. Once astray, after a target that
    the legs could not reach, it may stay so, and tell of a head that is turned round inside its body.
    """
    try:
        body_yaw, right, left = joints
        (r00, _, _, x), (r10, _, _, _), (r20, r21, r22, z) = (map(float, row) for row in matrix[:3])
    except (TypeError, ValueError):
        return None
    if not all(map(isfinite, (body_yaw, right, left, r00, r10, r20, r21, r22, x, z))):
        return None
    head_yaw = wrap(atan2(r10, r00) - body_yaw)
    if abs(head_yaw) > RELATIVE_YAW or not LOWEST_M < z < HIGHEST_M:
        return None
    pitch, roll = asin(min(max(r20, -1.0), 1.0)), atan2(r21, r22)
    return Place(Pose(body_yaw, pitch, roll, head_yaw, EAR_UPRIGHT - left, EAR_UPRIGHT + right), x, z)


def target(to: Place) -> str:
    """`set_full_target`."""
    r, pose = head_rotation(to.pose), to.pose
    head = [*r[0:3], to.x, *r[3:6], 0.0, *r[6:9], to.z, 0.0, 0.0, 0.0, 1.0]
    right, left = pose.right_ear - EAR_UPRIGHT, EAR_UPRIGHT - pose.left_ear
    return json.dumps(
        {"type": "set_full_target", "head": head, "antennas": [right, left], "body_yaw": pose.base_yaw},
        allow_nan=False,
    )


def motors(*, on: bool) -> str:
    """`set_motor_mode`. When they come on, the daemon first pins every target to where the motors are."""
    return json.dumps({"type": "set_motor_mode", "mode": ENABLED if on else "disabled"})


GUARD_YAW = json.dumps({"type": "set_automatic_body_yaw", "enabled": True})  # it holds head against body to 65 degrees
# What else would turn the head beside us is ended. Only once there was a target: without one, these send the head
# straight up at once.
ALONE = (
    json.dumps({"type": "set_head_tracking", "enabled": False}),
    json.dumps({"type": "set_wobbling", "enabled": False}),
)
SLEEP = json.dumps({"type": "goto_sleep"})
