"""Both ends of the line agree, byte for byte, and frames survive what a line does to them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_bridge import table
from firmware_bridge.framing import Decoder, encode
from firmware_bridge.header import header
from firmware_bridge.wire import Wire
from robot.core.body_frame import BodyFrame, Eyes, Light, Pose
from robot.core.errors import ProtocolError
from tests.support.rig import ONE, Rig

if TYPE_CHECKING:
    from firmware_bridge.message import Message

ROOT = Path(__file__).parents[2]
PAYLOAD = st.binary(min_size=1, max_size=table.MAX_DECODED - 3)


def test_the_header_is_made_from_the_table() -> None:
    assert (ROOT / "hardware/firmware/core/messages.h").read_text() == header()


def test_the_shipped_firmware_was_built_from_this_table() -> None:
    rig = Rig()
    rig.say(table.IDENTIFY.pack())
    identity = rig.last(table.IDENTITY)
    assert identity["protocol"] == table.PROTOCOL
    assert identity["table"] == table.TABLE
    assert identity["servos"] == table.CHANNELS


def test_ids_are_unique_and_every_message_fits_a_frame() -> None:
    assert len(table.BY_ID) == len(table.MESSAGES)
    assert all(message.size + 4 + 2 * table.CHANNELS <= table.MAX_DECODED for message in table.MESSAGES)


@pytest.mark.parametrize("message", [m for m in table.MESSAGES if m.to_board], ids=lambda m: m.name)
def test_the_board_knows_every_message_and_its_exact_size(message: Message) -> None:
    rig = Rig()
    body = bytes(message.size)
    rig.say(bytes((message.id,)) + body)
    assert rig.status()["unknown"] == 0
    rig.say(bytes((message.id,)) + body + b"\x77")  # a byte too many begins a message that is cut short
    assert rig.status()["unknown"] == 1
    acknowledged = [row for kind, row in rig.heard if kind is table.ACK]
    assert bool(acknowledged) == message.acknowledged


@given(st.integers(0, 255), PAYLOAD)
def test_a_frame_comes_back_whole(sequence: int, messages: bytes) -> None:
    data = encode(sequence, messages)
    assert data[0] == data[-1] == 0
    assert 0 not in data[1:-1]
    assert Decoder().feed(data) == [messages]


@given(st.lists(PAYLOAD, min_size=1, max_size=4), st.binary(max_size=40), st.data())
def test_frames_are_found_in_any_pieces_after_any_noise(frames: list[bytes], noise: bytes, data: st.DataObject) -> None:
    stream = noise + b"".join(encode(i, messages) for i, messages in enumerate(frames))
    decoder = Decoder()
    got: list[bytes] = []
    while stream:
        cut = data.draw(st.integers(1, len(stream)))
        got += decoder.feed(stream[:cut])
        stream = stream[cut:]
    assert got[-len(frames) :] == frames


@given(PAYLOAD, st.data())
def test_one_wrong_bit_is_always_noticed(messages: bytes, data: st.DataObject) -> None:
    line = bytearray(encode(3, messages))
    bit = data.draw(st.integers(8, len(line) * 8 - 9))
    line[bit // 8] ^= 1 << bit % 8
    assert messages not in Decoder().feed(bytes(line))


def test_gaps_are_counted_and_a_torn_frame_costs_only_itself() -> None:
    decoder = Decoder()
    frames = [encode(i, b"\1abc") for i in range(8)]
    torn = frames[3][:4]
    assert len(decoder.feed(b"".join([frames[0], frames[1], torn, frames[4], frames[7]]))) == 4
    assert decoder.gaps == 4
    assert decoder.crc_errors == 1


@given(st.sampled_from(table.MESSAGES), st.data())
def test_messages_round_trip(message: Message, data: st.DataObject) -> None:
    low = {"u8": 0, "i8": -128, "u16": 0, "u32": 0}
    high = {"u8": 255, "i8": 127, "u16": 0xFFFF, "u32": 0xFFFFFFFF}
    values = [
        data.draw(st.integers(low[one.kind], high[one.kind]))
        for one in message.fields
        for _ in range(data.draw(st.integers(0, one.count)) if one.counted else one.count)
    ]
    packed = message.pack(*values)
    assert packed[0] == message.id
    assert list(message.unpack(packed, 1)) == values


@given(st.tuples(*(st.floats(joint.lower, joint.upper) for joint in ONE.joints)))
def test_a_pose_comes_back_within_a_hundredth_of_a_degree(angles: tuple[float, ...]) -> None:
    wire = Wire(ONE)
    back = wire.pose(wire.positions(Pose(*angles)))
    assert all(abs(a - b) < 0.01 / 57.3 for a, b in zip(back, angles, strict=True))


def test_an_angle_beyond_any_pulse_is_held_and_one_that_is_no_number_is_refused() -> None:
    wire = Wire(ONE)
    frame = BodyFrame(1.0, Pose(base_yaw=1e6, left_ear=-1e6), Eyes(), Light())
    assert len(wire.messages(frame, 0)) == 3 + table.SETPOINT.size + 2 * wire.count + table.EYES.size + table.LIGHT.size
    with pytest.raises(ProtocolError, match="no number"):
        wire.messages(frame._replace(pose=Pose(neck_pitch=float("nan"))), 0)


@given(st.floats(-9, 9), st.floats(-9, 9), st.floats(-9, 9), st.integers(0, 255))
def test_eyes_and_light_always_fit(x: float, lid: float, fill: float, red: int) -> None:
    frame = BodyFrame(0.0, Pose(), Eyes(x=x, lid=lid, colour=(red, 0, 255)), Light(fill=fill), limp=True)
    assert len(Wire(ONE).messages(frame, 0)) == 2 + table.EYES.size + table.LIGHT.size


def test_the_golden_bytes_of_the_specification() -> None:
    """Each row of the README's table: what is sent, and the exact bytes."""
    text = (ROOT / "firmware_bridge/README.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| `([^`]*)` \| `([0-9a-f ]+)` \|$", text, re.MULTILINE)
    assert len(rows) >= 6
    by_name = {message.name: message for message in table.MESSAGES}
    for name, sequence, values, golden in rows:
        numbers = [int(value, 0) for value in values.split()]
        assert encode(int(sequence), by_name[name].pack(*numbers)).hex(" ") == golden, name
