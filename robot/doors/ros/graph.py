"""Names in a ROS 2 graph as `rmw_zenoh` writes them: key expressions of topics, liveliness tokens, attachments.

By them ROS 2 finds a topic, lists who publishes and subscribes, and tells messages of one publisher apart
(https://github.com/ros2/rmw_zenoh, docs/design.md). The forms are those since its version 0.6 of April 2025, in ROS 2
Jazzy and later.
"""

from __future__ import annotations

import re
import struct
from typing import NamedTuple

LIVELINESS = "@ros2_lv"
ROOT = "%"  # stands for "/" in one level of a key expression
NODE, PUBLISHER, SUBSCRIBER = "NN", "MP", "MS"
QOS = (
    "::,10:,:,:,,"  # reliable, volatile, the last ten: the defaults of `rclpy`; only what differs from rmw's is written
)
_NO_NAME = re.compile(r"[^a-z0-9]+")
_ATTACHMENT = struct.Struct("<qqB16s")  # sequence number, time in ns, length of the gid, gid


def ros_name(name: str) -> str:
    """A robot's name as ROS 2 allows one: "Bowlby II" is "bowlby_ii"."""
    plain = _NO_NAME.sub("_", name.lower()).strip("_")
    return plain if plain and not plain[0].isdigit() else f"robot_{plain}".rstrip("_")


class RosNode(NamedTuple):
    """A node of its own name in the namespace of that name, in one Zenoh session."""

    domain: int
    session: str
    name: str

    @property
    def token(self) -> str:
        """Its liveliness token."""
        return f"{self._of(0)}/{NODE}/{self._place}"

    def end_token(self, number: int, kind: str, topic: RosTopic) -> str:
        """That of its publisher or subscriber of a topic; each has a number of its own."""
        name = topic.name_of(self.name).replace("/", ROOT)
        return f"{self._of(number)}/{kind}/{self._place}/{name}/{topic.dds_type}/{topic.type_hash}/{QOS}"

    def key(self, topic: RosTopic) -> str:
        """The key expression of a topic's messages."""
        return f"{self.domain}/{topic.name_of(self.name)[1:]}/{topic.dds_type}/{topic.type_hash}"

    def _of(self, number: int) -> str:
        return f"{LIVELINESS}/{self.domain}/{self.session}/0/{number}"

    @property
    def _place(self) -> str:
        return f"{ROOT}/{ROOT}{self.name}/{self.name}"  # no enclave, namespace, name


class RosTopic(NamedTuple):
    """A topic below the robot's namespace, and its type."""

    topic: str  # "joint_states"
    kind: str  # "sensor_msgs/msg/JointState"
    type_hash: str  # RIHS01

    def name_of(self, robot: str) -> str:
        """Fully qualified."""
        return f"/{robot}/{self.topic}"

    @property
    def dds_type(self) -> str:
        """As DDS calls the type: sensor_msgs::msg::dds_::JointState_."""
        package, _, name = self.kind.split("/")
        return f"{package}::msg::dds_::{name}_"


def gid(token: str) -> bytes:
    """By what ROS 2 knows the publisher of that token."""
    import xxhash  # noqa: PLC0415 - an optional extra

    number: int = xxhash.xxh3_128_intdigest(token.encode())
    return number.to_bytes(16, "little")


def attachment(number: int, time_ns: int, publisher: bytes) -> bytes:
    """What goes with a message: its number, from 1, when it was sent, and the gid of its publisher."""
    return _ATTACHMENT.pack(number, time_ns, len(publisher), publisher)
