"""The board's end of the line: it leaves reports their room, counts damage, does a frame whole or not at all."""

from __future__ import annotations

from firmware_bridge import table
from firmware_bridge.framing import encode
from tests.support.rig import ONE, WIRE, Rig


def test_questions_without_end_leave_the_reports_their_room() -> None:
    rig = Rig()
    rig.arm()
    for _ in range(20):
        rig.heard.clear()
        full = [rig.frame(table.PING.pack(n) * 17) for n in range(10)]
        rig.raw(rig.frame(rig.setpoint(*ONE.rest)) + b"".join(full))
        assert sum(message is table.POSE for message, _ in rig.heard) == 1
        assert sum(message is table.PONG for message, _ in rig.heard) <= 8
    assert int(str(rig.status()["unsent"])) == 20 * (170 - 8)


def test_what_is_said_twice_in_a_breath_is_answered_once() -> None:
    rig = Rig()
    rig.heard.clear()
    rig.say(table.IDENTIFY.pack() * 89)
    assert sum(message is table.IDENTITY for message, _ in rig.heard) == 1


def test_damage_gaps_and_strangers_are_counted() -> None:
    rig = Rig()
    rig.say(table.PING.pack(1))
    rig.sequence += 3
    rig.say(table.PING.pack(2))
    rig.raw(b"\0abc\0" + b"x" * 300 + b"\0")
    rig.raw(encode(rig.sequence, b"\x77"))
    status = rig.status()
    assert (status["gaps"], status["crc_errors"], status["unknown"]) == (3, 2, 1)


def test_a_frame_is_done_whole_or_not_at_all() -> None:
    rig = Rig()
    rig.say(WIRE.limits()[0] + b"\x77")
    assert rig.status()["limited"] == 0
