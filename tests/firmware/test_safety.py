"""What the firmware promises of its servos whatever the host does: real bytes into the real core, pulses watched."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware_bridge import table
from robot.core.clock import generator
from tests.support.rig import ONE, UNITS, WIRE, Rig

if TYPE_CHECKING:
    from firmware_bridge.message import Message

LIMITS = WIRE.limits()[0]
FIRST = LIMITS[: 1 + table.LIMITS.size]


def test_a_board_boots_without_a_pulse_and_will_not_arm_without_limits() -> None:
    rig = Rig()
    rig.run(10)
    assert not any(rig.pulses)
    assert rig.ask(table.ARM.pack(0x3F)) is table.Code.UNLIMITED
    rig.run(50)
    assert not any(rig.pulses)
    assert rig.status()["why"] == table.Why.BOOT


def test_servos_come_on_one_after_the_other_where_they_stand() -> None:
    rig = Rig()
    rig.configure()
    rig.ask(table.ARM.pack(WIRE.mask))
    on = []
    for _ in range(40):
        rig.say(rig.setpoint(*ONE.rest))
        on.append(sum(1 for pulse in rig.pulses if pulse))
    assert sorted(on) == on
    assert on[-1] == 6
    assert all(on.count(n) >= 5 for n in range(2, 6))  # 100 ms apart
    assert max(abs(a - b) for a, b in zip(rig.angles(), ONE.rest, strict=True)) < 1e-4
    rig.watch.check()


def test_a_stream_within_the_limits_is_followed_to_a_sixteenth_of_a_microsecond() -> None:
    rig = Rig()
    rig.arm()
    worst = 0.0
    start = rig.us
    told: tuple[float, ...] = ()
    for _ in range(500):
        t = (rig.us - start) / 1e6
        swing = 1 - math.exp(-t)  # begins gently
        told = tuple(j.rest + swing * 0.2 * math.sin(1.5 * t + 0) * (j.upper - j.rest) for j in ONE.joints)
        rig.say(rig.setpoint(*told))
        error = [abs(a - b) * abs(j.us_per_rad) for a, b, j in zip(rig.angles(), told, ONE.joints, strict=True)]
        worst = max(worst, *error)
    assert worst <= 1 / UNITS
    rig.watch.check()


@pytest.mark.parametrize("phase_us", [1, 3000, 7000, 19_999])
def test_motion_is_smooth_whatever_the_phase_between_host_and_board(phase_us: int) -> None:
    """A host that streams a steady turn gives the same step in every servo frame."""
    rig = Rig()
    rig.arm()
    steps = []
    before = rig.angles()[0]
    for n in range(60):
        angle = min(n * 0.02, 0.8) * 1.0  # rad, at 1 rad/s
        start = rig.us + phase_us - 20_000 * (phase_us > 10_000)
        pulses = [round(ONE.joints[0].pulse_us(angle) * UNITS), *[0] * 7]
        rig.say(table.SETPOINT.pack(max(start, rig.us) if phase_us > 10_000 else start, *pulses))
        steps.append(rig.angles()[0] - before)
        before = rig.angles()[0]
    steady = steps[15:38]
    assert max(steady) - min(steady) < 0.001
    rig.watch.check()


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_hostile_setpoints_never_break_a_limit(seed: int, hold: int) -> None:
    chance = generator(seed)
    rig = Rig()
    rig.arm()
    for n in range(150):
        if n % hold == 0:
            wild = [int(p) for p in chance.integers(0, 65536, 8)]
        rig.say(table.SETPOINT.pack(rig.us, *wild))
    rig.watch.check()


@settings(max_examples=40)
@given(noise=st.lists(st.binary(max_size=200), max_size=20), streaming=st.booleans())
def test_random_bytes_never_move_a_servo(*, noise: list[bytes], streaming: bool) -> None:
    rig = Rig()
    rig.arm()
    for piece in noise:
        rig.raw(piece + b"\0" + (rig.frame(rig.setpoint(*ONE.rest)) if streaming else b""))
    assert max(abs(a - b) for a, b in zip(rig.angles(), ONE.rest, strict=True)) < 1e-3
    rig.watch.check()


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from([m for m in table.MESSAGES if m.to_board]), st.binary(min_size=24, max_size=24)))
)
def test_well_framed_nonsense_never_breaks_a_limit(told: list[tuple[Message, bytes]]) -> None:
    """Good checksums, wrong contents: all but new limits, which would change what is watched."""
    rig = Rig()
    rig.arm(*(joint.upper for joint in ONE.joints))
    for message, body in told:
        if message is not table.LIMITS:
            rig.say(bytes((message.id,)) + body[: message.size])
        rig.say(rig.setpoint(*ONE.rest))
    rig.run(60)
    rig.watch.check()


def test_noise_executes_no_wrong_pulse() -> None:
    """Each byte loses a bit with a chance of one in a thousand: frames are dropped, never misread."""
    chance = generator(7)
    rig = Rig()
    rig.arm()
    worst = 0.0
    frames = 3000
    for n in range(frames):
        angle = 0.3 * math.sin(n * 0.02)
        line = bytearray(rig.frame(rig.setpoint(angle, *ONE.rest[1:]), table.EYES.pack(0, 0, 255, 9, 9, 9, 9, 9)))
        for i in range(len(line)):
            if chance.random() < 1e-3:
                line[i] ^= 1 << int(chance.integers(8))
        rig.raw(bytes(line))
        worst = max(worst, abs(rig.angles()[0] - angle))
    assert worst < 0.03  # a lost setpoint or two of a turn of 0.3 rad/s
    status = rig.status()
    damaged = int(str(status["crc_errors"]))
    assert 0.02 * frames < damaged < 0.07 * frames
    rig.watch.check()


def test_silence_brings_the_body_to_rest_and_limp() -> None:
    rig = Rig()
    away = [joint.upper for joint in ONE.joints]
    rig.arm(*away)
    for _ in range(100):
        rig.say(rig.setpoint(*away))
    rig.run(24)
    assert rig.last(table.POSE)["state"] == table.ServoState.ARMED  # half a second is allowed
    assert max(abs(a - b) for a, b in zip(rig.angles(), away, strict=True)) < 1e-3
    frames = 0
    while any(rig.pulses) and frames < 100:
        poses = rig.angles()
        rig.run(1)
        frames += 1
    assert max(abs(a - b) for a, b in zip(poses, ONE.rest, strict=True)) < 0.01
    assert 45 <= frames <= 55  # about a second
    assert rig.status()["why"] == table.Why.SILENCE
    rig.watch.check()


def test_a_host_that_comes_back_during_rest_takes_over_without_a_jump() -> None:
    rig = Rig()
    away = [0.6 * joint.upper for joint in ONE.joints]
    rig.arm(*away)
    for _ in range(60):
        rig.say(rig.setpoint(*away))
    rig.run(45)
    assert rig.last(table.POSE)["state"] == table.ServoState.RESTING
    assert rig.ask(table.ARM.pack(WIRE.mask)) is table.Code.OK
    for _ in range(80):
        rig.say(rig.setpoint(*away))
    assert max(abs(a - b) for a, b in zip(rig.angles(), away, strict=True)) < 1e-3
    rig.watch.check()


def test_stop_is_at_once_or_gentle() -> None:
    rig = Rig()
    rig.arm(0.5)
    assert rig.ask(table.STOP.pack(table.How.LIMP)) is table.Code.OK
    assert not any(rig.pulses)
    assert rig.ask(table.ARM.pack(WIRE.mask)) is table.Code.OK
    for _ in range(90):
        rig.say(rig.setpoint(0.5, *ONE.rest[1:]))
    assert rig.ask(table.STOP.pack(table.How.REST)) is table.Code.OK
    assert rig.ask(table.STOP.pack(table.How.REST)) is table.Code.OK  # again is the same
    assert any(rig.pulses)
    rig.run(60)
    assert not any(rig.pulses)
    assert rig.status()["why"] == table.Why.ASKED
    rig.watch.check()


def test_going_limp_and_arming_at_once_leaves_a_frame_without_pulses() -> None:
    """Found by fuzzing: a moving servo stopped dead when both came within one servo frame."""
    rig = Rig()
    rig.arm()
    for _ in range(6):
        rig.say(rig.setpoint(1.0, *ONE.rest[1:]))
    rig.say(table.STOP.pack(table.How.LIMP), table.ARM.pack(WIRE.mask))
    assert not any(rig.pulses)
    for _ in range(20):
        rig.say(rig.setpoint(1.0, *ONE.rest[1:]))
    rig.watch.check()


def test_a_stalled_servo_makes_the_body_limp_within_a_tenth_of_a_second() -> None:
    rig = Rig()
    rig.arm(0.5)
    rig.board.inputs(millivolts=3600)
    for _ in range(5):
        rig.say(rig.setpoint(0.5, *ONE.rest[1:]))
    assert not any(rig.pulses)
    assert rig.status()["why"] == table.Why.SAG
    assert rig.ask(table.ARM.pack(WIRE.mask)) is table.Code.SAG
    rig.board.inputs(millivolts=5000)
    rig.run(1)
    assert rig.ask(table.ARM.pack(WIRE.mask)) is table.Code.OK


def test_the_supply_is_watched_before_anybody_has_configured_it() -> None:
    rig = Rig()
    for limits in WIRE.limits():
        assert rig.ask(limits) is table.Code.OK
    rig.board.inputs(millivolts=table.SAG_MV - 1)
    rig.run(1)
    assert rig.ask(table.ARM.pack(WIRE.mask)) is table.Code.SAG
    rig.board.inputs(millivolts=table.SAG_MV)
    rig.run(1)
    assert rig.ask(table.ARM.pack(WIRE.mask)) is table.Code.OK
    for _ in range(20):
        rig.say(rig.setpoint(*ONE.rest))
    rig.board.inputs(millivolts=table.SAG_MV - 1)
    for _ in range(5):
        rig.say(rig.setpoint(*ONE.rest))
    assert not any(rig.pulses)
    assert rig.status()["why"] == table.Why.SAG


def test_a_late_setpoint_is_refused_and_counted() -> None:
    rig = Rig()
    rig.arm()
    pulses = [round(ONE.joints[0].pulse_us(0.5) * UNITS), *[0] * 7]
    for _ in range(20):
        rig.say(table.SETPOINT.pack(rig.us - table.LATE_US - 1, *pulses))
    assert rig.angles()[0] == pytest.approx(0.0, abs=1e-3)
    rig.say(table.SETPOINT.pack(rig.us - table.LATE_US, *pulses))
    rig.say(table.SETPOINT.pack(rig.us, *pulses))
    assert rig.angles()[0] > 0.001
    assert rig.status()["late"] == 20


def test_an_early_setpoint_is_refused_and_counted() -> None:
    rig = Rig()
    rig.arm()
    pulses = [round(ONE.joints[0].pulse_us(0.5) * UNITS), *[0] * 7]
    rest = WIRE.positions(ONE.rest)
    for _ in range(20):
        rig.say(table.SETPOINT.pack(rig.us, *rest), table.SETPOINT.pack(rig.us + table.EARLY_US + 1, *pulses))
    assert rig.angles()[0] == pytest.approx(0.0, abs=1e-3)
    assert rig.status()["early"] == 20


def test_setpoints_that_come_ahead_are_carried_out_at_their_time_and_in_order() -> None:
    rig = Rig()
    rig.arm()
    there = [round(ONE.joints[0].pulse_us(0.02) * UNITS), *[0] * 7]
    rest = WIRE.positions(ONE.rest)
    ahead = [table.SETPOINT.pack(rig.us + n * table.FRAME_US, *pose) for n, pose in ((1, rest), (2, rest), (3, there))]
    rig.say(ahead[2])  # the farthest first, which then counts for nothing
    rig.say(*ahead)
    moved = []
    for _ in range(4):
        moved.append(rig.angles()[0] > 1e-3)
        rig.run(1)
    assert moved == [False, False, True, True]
    assert rig.status()["early"] == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"channel": 8}, table.Code.CHANNEL),
        ({"lower": 499 * 16}, table.Code.RANGE),
        ({"upper": 2501 * 16}, table.Code.RANGE),
        ({"rest": 600 * 16}, table.Code.RANGE),
        ({"speed": 0}, table.Code.RANGE),
        ({"speed": 8001}, table.Code.RANGE),
        ({"acceleration": 9}, table.Code.RANGE),
        ({}, table.Code.OK),
    ],
)
def test_limits_are_checked(change: dict[str, int], code: table.Code) -> None:
    row = dict(zip([f.name for f in table.LIMITS.fields], table.LIMITS.unpack(FIRST, 1), strict=True))
    assert Rig().ask(table.LIMITS.pack(*{**row, **change}.values())) is code


def test_an_armed_servo_keeps_its_limits() -> None:
    rig = Rig()
    rig.arm()
    assert rig.ask(LIMITS) is table.Code.OK  # the same again
    row = list(table.LIMITS.unpack(FIRST, 1))
    row[1] += 1600
    assert rig.ask(table.LIMITS.pack(*row)) is table.Code.ARMED


def test_limits_that_shrink_take_the_servo_inside_before_its_first_pulse() -> None:
    rig = Rig()
    rig.arm(1.2)
    rig.ask(table.STOP.pack(table.How.LIMP))
    row = list(table.LIMITS.unpack(FIRST, 1))
    row[2] = round(ONE.joints[0].pulse_us(0.5) * UNITS)
    assert rig.ask(table.LIMITS.pack(*row)) is table.Code.OK
    rig.ask(table.ARM.pack(WIRE.mask))
    for _ in range(60):
        rig.say(rig.setpoint(1.2))
        assert rig.pulses[0] <= row[2]
