"""The faults by name, as scenario files, the page and tests ask for them."""

from __future__ import annotations

from enum import StrEnum


class FaultName(StrEnum):
    """What may break."""

    unplugged = "unplugged"
    noisy_line = "noisy line"
    low_voltage = "low voltage"
    board_reset = "board reset"
    brown_out = "brown-out"
    stalled_servo = "stalled servo"
    mute_switch = "mute switch"
    dark_room = "dark room"
    dark_camera = "dark camera"
    frozen_camera = "frozen camera"
    deaf_microphone = "deaf microphone"
    no_speaker = "no speaker"
    slow_processor = "slow processor"
    clock_jump = "clock jump"
    full_disk = "full disk"


AT_ONCE = frozenset({FaultName.board_reset, FaultName.brown_out})  # over as soon as they have begun
