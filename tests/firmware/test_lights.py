"""Eyes and ring: the pupil goes where it is told, lids close gently, the mute switch shows by the firmware alone."""

from __future__ import annotations

from firmware_bridge import table
from tests.support.rig import Rig


def test_the_mute_switch_shows_in_the_ring_by_the_firmware_alone() -> None:
    rig = Rig()
    rig.run(2)
    led = 128 * 3
    assert rig.board.lights()[led : led + 3] != b"\x40\0\0"
    rig.board.inputs(muted=True)
    rig.run(2)
    assert rig.board.lights()[led : led + 3] == b"\x40\0\0"
    assert rig.status()["muted"] == 1


def show(rig: Rig, frames: int, **change: int) -> bytes:
    row = {"x": 0, "y": 0, "lid": 255, "size": 128, "red": 255, "green": 255, "blue": 255, "brightness": 255, **change}
    for _ in range(frames):
        rig.say(table.EYES.pack(*row.values()), table.LIGHT.pack(255, 255, 255, 255, 128))
    return rig.board.lights()


def brightness(lights: bytes) -> list[int]:
    return list(lights[: 64 * 3 : 3])


def test_the_pupil_goes_where_it_is_told_and_both_eyes_agree() -> None:
    rig = Rig()
    lights = show(rig, 30)
    assert lights[: 64 * 3] == lights[64 * 3 : 128 * 3]
    middle = brightness(lights)
    assert middle == middle[::-1]  # looking straight ahead is symmetric
    left = brightness(show(rig, 30, x=127))
    columns = [sum(left[column::8]) for column in range(8)]
    assert sum(columns[:4]) < sum(columns[4:])  # the robot's left is on the right of who looks at it
    up = brightness(show(rig, 30, y=127))
    rows = [sum(up[8 * row : 8 * row + 8]) for row in range(8)]
    assert sum(rows[:4]) > sum(rows[4:])


def test_a_blink_closes_within_a_tenth_of_a_second_and_never_jumps() -> None:
    rig = Rig()
    show(rig, 30)
    sums = [sum(brightness(show(rig, 1, lid=0))) for _ in range(6)]
    assert sums == sorted(sums, reverse=True)
    assert sums[4] == 0
    assert sums[0] > 0


def test_the_ring_fills_led_by_led_and_breathes_when_alone() -> None:
    rig = Rig()
    ring = show(rig, 30)[128 * 3 :: 3]
    assert [level > 0 for level in ring[:3]] == [True] * 3
    assert list(ring[5:]) == [0, 0, 0]
    glow = []
    for _ in range(250):
        rig.run(1)
        glow.append(rig.board.lights()[128 * 3])
    assert sum(brightness(rig.board.lights())) == 0  # eyes shut
    assert max(glow[50:]) > 1.5 * min(glow[50:])
