"""The ROS 2 messages of the door, made and read by `rosbags`: CDR, and the hashes by which ROS 2 tells types apart."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from robot.core.body_frame import Pose
from robot.core.errors import DeviceError
from robot.doors.ros.graph import RosTopic
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from rosbags.typesys.store import Typestore

STRING, BOOL = "std_msgs/msg/String", "std_msgs/msg/Bool"
JOINTS, STAMP, HEADER = "sensor_msgs/msg/JointState", "builtin_interfaces/msg/Time", "std_msgs/msg/Header"
POINT = "geometry_msgs/msg/Point"
NS = 1_000_000_000


@cache
def types() -> Typestore:
    """The types as ROS 2 Jazzy has them. Raises DeviceError where the extra is not installed."""
    try:
        import xxhash  # noqa: F401, PLC0415 - of the same optional extra
        from rosbags.typesys import Stores, get_typestore  # noqa: PLC0415
    except ImportError as error:
        raise DeviceError(sentence("health.no_ros"), place="ros", remedy=sentence("health.add_ros")) from error
    return get_typestore(Stores.ROS2_JAZZY)


def topic(name: str, kind: str) -> RosTopic:
    """A topic with the hash of its type. Raises DeviceError as above."""
    return RosTopic(name, kind, types().hash_rihs01(kind))


def text(words: str) -> bytes:
    return _made(STRING, data=words)


def truth(value: bool) -> bytes:  # noqa: FBT001 - a message of nothing else
    return _made(BOOL, data=value)


def joints(pose: Pose, time_ns: int) -> bytes:
    """The angles of all joints, rad, at a civil time."""
    import numpy as np  # noqa: PLC0415 - a type of rosbags' own

    kinds = types().types
    stamp = kinds[STAMP](sec=time_ns // NS, nanosec=time_ns % NS)
    none = np.zeros(0)
    return _made(
        JOINTS,
        header=kinds[HEADER](stamp=stamp, frame_id=""),
        name=list(Pose._fields),
        position=np.array(pose, np.float64),
        velocity=none,
        effort=none,
    )


def read(kind: str, data: bytes) -> Any:
    """A message that came. Raises ValueError for one that is none of this kind."""
    try:
        return types().deserialize_cdr(data, kind)
    except Exception as error:  # what a stranger's bytes bring about is not told by the library
        raise ValueError(f"this is no {kind}: {error}") from error


def _made(kind: str, **fields: Any) -> bytes:
    return bytes(types().serialize_cdr(types().types[kind](**fields), kind))
