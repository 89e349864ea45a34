"""What goes to ROS 2 is in the form of `rmw_zenoh`: names, tokens, keys and CDR, as its design and others have them.

No ROS 2 is here: the others are `rosbags` and `zenoh-ros2-sdk`, whose makers run it against ROS 2.
"""

from __future__ import annotations

import pytest

from robot.doors.ros.graph import PUBLISHER, RosNode, RosTopic, attachment, gid, ros_name

pytest.importorskip("rosbags")
pytest.importorskip("xxhash")

from rosbags.typesys import Stores, get_typestore

from robot.doors.ros import messages

# As ROS 2 itself gives it: the example of rmw_zenoh's own docs/design.md.
OF_STRING = "RIHS01_df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18"
SINCE = [store for store in Stores if store.value in {"ros2_iron", "ros2_jazzy", "ros2_kilted"}]


def test_names_are_as_ros_2_allows_them() -> None:
    assert [ros_name(name) for name in ("Bowlby", "Bowlby II", "2 Käse!", "日本")] == [
        "bowlby",
        "bowlby_ii",
        "robot_2_k_se",
        "robot",
    ]


def test_a_type_is_known_by_the_hash_that_ros_2_gives_it() -> None:
    assert messages.topic("said", messages.STRING).type_hash == OF_STRING
    assert SINCE
    for store in SINCE:
        types = get_typestore(store)
        for kind in (messages.STRING, messages.BOOL, messages.JOINTS, messages.POINT):
            assert types.hash_rihs01(kind) == messages.types().hash_rihs01(kind)


def test_tokens_and_keys_are_those_of_the_design() -> None:
    """The example of rmw_zenoh's docs/design.md, but for the namespace that ours has."""
    node = RosNode(2, "8b20917502ee955ac4476e0266340d5c", "talker")
    topic = RosTopic("chatter", "std_msgs/msg/String", OF_STRING)
    assert node.token.split("/") == [
        *("@ros2_lv", "2", "8b20917502ee955ac4476e0266340d5c", "0", "0"),
        *("NN", "%", "%talker", "talker"),
    ]
    assert node.end_token(10, PUBLISHER, topic) == (
        "@ros2_lv/2/8b20917502ee955ac4476e0266340d5c/0/10/MP/%/%talker/talker/%talker%chatter"
        f"/std_msgs::msg::dds_::String_/{OF_STRING}/::,10:,:,:,,"
    )
    assert node.key(topic) == f"2/talker/chatter/std_msgs::msg::dds_::String_/{OF_STRING}"
    told = attachment(7, 123, gid(node.token))
    assert len(told) == 33
    assert (told[:8], told[8:16], told[16]) == ((7).to_bytes(8, "little"), (123).to_bytes(8, "little"), 16)


def test_an_independent_implementation_writes_and_reads_the_same() -> None:
    keyexpr = pytest.importorskip("zenoh_ros2_sdk.keyexpr")
    entity = pytest.importorskip("zenoh_ros2_sdk.entity")
    other = pytest.importorskip("zenoh_ros2_sdk.attachment")
    qos = pytest.importorskip("zenoh_ros2_sdk.qos")
    topic = messages.topic("joint_states", messages.JOINTS)
    node = RosNode(0, "abc", "bowlby")
    theirs = entity.NodeEntity(0, "abc", 0, "bowlby", "/bowlby")
    assert keyexpr.node_liveliness_keyexpr(theirs) == node.token
    kind, name = entity.EntityKind.PUBLISHER, topic.name_of("bowlby")
    lasting = qos.QosProfile.decode("::,10:,:,:,,")
    end = entity.EndpointEntity(theirs, 3, kind, name, topic.dds_type, topic.type_hash, lasting.encode())
    assert keyexpr.endpoint_liveliness_keyexpr(end) == node.end_token(3, PUBLISHER, topic)
    assert keyexpr.topic_keyexpr(0, name, topic.dds_type, topic.type_hash) == node.key(topic)
    told = other.Attachment.from_bytes(attachment(7, 123, gid(node.token)))
    assert (told.sequence_id, told.timestamp_ns, len(told.gid)) == (7, 123, 16)


def test_a_string_is_cdr_as_the_standard_writes_it() -> None:
    assert messages.text("Hé") == b"\x00\x01\x00\x00" + b"\x04\x00\x00\x00" + "Hé".encode() + b"\x00"
    assert messages.truth(True) == b"\x00\x01\x00\x00\x01"
