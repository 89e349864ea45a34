"""What the firmware promises with a PCA9685 between it and the servos, by the pulses that this chip makes."""

from __future__ import annotations

import pytest

from firmware_bridge import table
from robot.core.clock import generator
from sim.board.pca9685 import MODE1, PRESCALE
from tests.support.rig import ONE, UNITS
from tests.support.servo_board import ChipRig

HIGH = (15, 3, 9, 12, 0, 7)
LAST_OF_0, OFF = 0x09, 0x10  # register of channel 0 with its full-off bit
SLOW, FAST = 23.0, 27.0  # MHz: the oscillators that people have measured


def swing(rig: ChipRig, frames: int, first: int = 0) -> None:
    """All joints, to and fro, as fast as they may."""
    for n in range(first, first + frames):
        side = 1.0 if n % 100 < 50 else -1.0
        rig.say(rig.setpoint(*(j.rest + side * 0.4 * (j.upper - j.lower) for j in ONE.joints)))


def armed_rig() -> ChipRig:
    rig = ChipRig()
    rig.arm()
    return rig


def test_it_boots_with_the_outputs_disabled_and_sets_the_chip_up_without_a_pulse() -> None:
    rig = ChipRig()
    rig.run(10)
    assert not rig.chip.enabled
    rig.configure()
    rig.run(20)
    assert rig.chip.registers[MODE1] & 0x7F == 0x20
    assert rig.chip.registers[PRESCALE] == 100
    assert not rig.chip.enabled
    assert rig.status()["output"] == table.Output.CHIP
    assert not rig.chip_watch.pulses


@pytest.mark.parametrize("mhz", [SLOW, 25.0, FAST])
@pytest.mark.parametrize("channels", [range(6), HIGH])
def test_no_pulse_of_the_chip_breaks_a_limit_whatever_its_oscillator(mhz: float, channels: tuple[int, ...]) -> None:
    """Neither a position, nor a speed, nor an acceleration; and none is cut, from the first to the last."""
    rig = ChipRig(channels, mhz)
    rig.arm()
    swing(rig, 400)
    rig.run(120)  # silence: rest and limp
    rig.check()
    assert rig.chip_watch.pulses > 6 * 480
    assert rig.chip_watch.fastest > 0.95  # it was driven to its limits
    assert not rig.chip.enabled
    assert not rig.made


def test_an_oscillator_that_is_slower_than_told_leaves_no_step_out() -> None:
    """Nobody measures it: two steps of the tracker must not become one of the servo for that."""
    rig = ChipRig(mhz=SLOW, told_mhz=25.0)
    rig.arm()
    swing(rig, 300)
    rig.check()
    assert rig.chip_watch.pulses > 6 * 300


@pytest.mark.parametrize("told", [25.0, SLOW])
def test_an_oscillator_that_was_measured_gives_true_widths(told: float) -> None:
    rig = ChipRig(mhz=SLOW, told_mhz=told)
    rig.arm()
    assert len(rig.made) >= 6
    for pulse in rig.made:
        joint = ONE.joints[pulse.channel]
        wanted = joint.pulse_us(joint.rest) * told / SLOW
        assert abs(pulse.width / UNITS - wanted) <= rig.chip_watch.grain / UNITS / 2 + 0.1


def test_hostile_setpoints_never_break_a_limit() -> None:
    chance = generator(5)
    rig = armed_rig()
    for n in range(400):
        if n % 7 == 0:
            wild = [int(p) for p in chance.integers(0, 65536, 16)]
        rig.say(table.SETPOINT.pack(rig.us, *wild))
    rig.check()


@pytest.mark.parametrize("how", list(table.How))
def test_stop_ends_the_pulses_whole_and_then_disables_the_outputs(how: table.How) -> None:
    rig = armed_rig()
    swing(rig, 30)
    assert rig.ask(table.STOP.pack(how)) is table.Code.OK
    rig.run(80 if how is table.How.REST else 4)
    assert not rig.made
    assert not rig.chip.enabled
    rig.check()


def test_a_sagging_supply_ends_the_pulses_within_a_tenth_of_a_second() -> None:
    rig = armed_rig()
    rig.board.inputs(millivolts=3600)
    swing(rig, 5)
    swing(rig, 1)
    assert not rig.made
    assert rig.status()["why"] == table.Why.SAG


def test_a_board_that_restarts_lets_the_outputs_go_and_stops_a_chip_that_went_on() -> None:
    rig = armed_rig()
    swing(rig, 10)
    rig.board.restart(table.Reset.WATCHDOG)
    assert not rig.chip.enabled
    before = rig.chip_watch.pulses
    rig.run(5)
    assert rig.chip.registers[LAST_OF_0] != OFF  # it would go on
    rig.configure()
    rig.run(10)
    assert rig.chip.registers[LAST_OF_0] == OFF
    assert rig.chip_watch.pulses == before


def test_a_chip_that_is_missing_is_told_and_nothing_is_armed() -> None:
    rig = ChipRig()
    rig.chip.fitted = False
    rig.configure()
    rig.run(5)
    assert rig.status()["output"] == table.Output.MISSING
    assert rig.ask(table.ARM.pack(rig.wire.mask)) is table.Code.OUTPUT
    rig.run(50)
    assert not rig.chip.enabled
    rig.chip.fitted = True
    rig.run(40)
    assert rig.status()["output"] == table.Output.CHIP
    assert rig.ask(table.ARM.pack(rig.wire.mask)) is table.Code.OK


@pytest.mark.parametrize(
    ("fault", "told"),
    [("unplugged", table.Output.MISSING), ("held", table.Output.HELD), ("restarted", table.Output.MISSING)],
)
def test_a_chip_lost_amid_motion_is_silenced_within_a_tenth_of_a_second_and_regained(
    fault: str, told: table.Output
) -> None:
    rig = armed_rig()
    swing(rig, 30)
    if fault == "restarted":
        rig.chip.power(rig.us)
    rig.chip.fitted, rig.chip.held = fault != "unplugged", fault == "held"
    swing(rig, 5)
    assert not rig.chip.enabled
    rig.chip.pulses(rig.us)
    swing(rig, 5)
    assert not rig.made
    status = rig.status()
    assert status["why"] == table.Why.OUTPUT
    assert status["state"] == table.ServoState.LIMP
    assert status["output"] == told
    rig.chip.fitted, rig.chip.held = True, False
    rig.run(40)
    rig.chip_watch = type(rig.chip_watch)(rig.chip_watch.body)  # the cut ones were the fault's
    rig.arm()
    swing(rig, 60)
    rig.check()
    assert rig.chip_watch.pulses > 6 * 60


def test_one_lost_burst_is_made_up_for_by_no_double_step() -> None:
    rig = armed_rig()
    rig.chip_watch.lag_us += table.FRAME_US
    for n in range(300):
        rig.chip.fitted = n % 11 != 0
        swing(rig, 1, n)
    rig.chip.fitted = True
    assert not rig.chip_watch.wrong, rig.chip_watch.wrong[0]
    assert 0.95 < rig.chip_watch.fastest <= 1.0
    status = rig.status()
    assert status["why"] != table.Why.OUTPUT
    assert status["failed"] == 28


@pytest.mark.parametrize(("often", "of"), [(2, 3), (1, 2)])
def test_a_bus_that_fails_again_and_again_is_lost_though_never_three_times_in_a_row(often: int, of: int) -> None:
    rig = armed_rig()
    for n in range(24):
        rig.chip.fitted = n % of >= often
        swing(rig, 1, n)
        rig.chip.fitted = True
        if not rig.chip.enabled:
            break
    status = rig.status()
    assert status["why"] == table.Why.OUTPUT
    assert status["state"] == table.ServoState.LIMP


def test_a_chip_that_stands_still_is_told_by_the_judge_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    rig = armed_rig()
    swing(rig, 20)
    rig.check()
    monkeypatch.setattr(rig.chip, "transfer", lambda *_: None)
    swing(rig, 20, 20)
    assert any("for too long" in told for told in rig.chip_watch.wrong)


@pytest.mark.parametrize("to", [table.Output.PINS, table.Output.CHIP])
def test_limits_do_not_outlive_a_change_of_what_makes_the_pulses(to: table.Output) -> None:
    """They were those of other servos; and with pins there may be no such channel."""
    rig = ChipRig((15, 3, 9, 12, 0, 7) if to is table.Output.PINS else range(6))
    if to is table.Output.PINS:
        rig.configure()
    limits = (16_000, 32_000, 24_000, 1200, 6000)
    assert rig.ask(table.LIMITS.pack(5, *limits)) is table.Code.OK
    assert rig.ask(table.CONFIGURE.pack(4200, 64, to, 0)) is table.Code.OK
    assert rig.status()["limited"] == 0
    assert rig.ask(table.ARM.pack(1 << 5)) is table.Code.UNLIMITED
    assert rig.ask(table.LIMITS.pack(5, *limits)) is table.Code.OK
    assert rig.ask(table.CONFIGURE.pack(4200, 64, to, 0)) is table.Code.OK  # told the same twice
    assert rig.status()["limited"] == 1 << 5


def test_the_way_of_the_pulses_does_not_change_while_servos_are_armed() -> None:
    rig = armed_rig()
    assert rig.ask(table.CONFIGURE.pack(4200, 64, table.Output.PINS, 0)) is table.Code.ARMED
    assert rig.ask(table.CONFIGURE.pack(4200, 64, table.Output.CHIP, 24_000)) is table.Code.ARMED
    assert rig.ask(rig.wire.configure(4200, 64)) is table.Code.OK
    rig.ask(table.STOP.pack(table.How.LIMP))
    assert rig.ask(table.CONFIGURE.pack(4200, 64, table.Output.PINS, 0)) is table.Code.OK
    assert not rig.chip.enabled


@pytest.mark.parametrize("wrong", [(2, 25_000), (1, 20_999), (1, 30_001)])
def test_no_other_way_and_no_impossible_oscillator_is_taken(wrong: tuple[int, int]) -> None:
    assert ChipRig().ask(table.CONFIGURE.pack(4200, 64, *wrong)) is table.Code.RANGE


def test_there_are_as_many_channels_as_pins_and_sixteen_with_the_chip() -> None:
    rig = ChipRig()
    limits = (16_000, 32_000, 24_000, 1200, 6000)
    assert rig.ask(table.LIMITS.pack(7, *limits)) is table.Code.OK
    assert rig.ask(table.LIMITS.pack(8, *limits)) is table.Code.CHANNEL
    rig.configure()
    assert rig.ask(table.LIMITS.pack(15, *limits)) is table.Code.OK
    assert rig.ask(table.LIMITS.pack(16, *limits)) is table.Code.CHANNEL
    assert len(rig.last(table.POSE)["position"]) == 16  # type: ignore[arg-type]


def test_a_small_body_costs_the_line_no_more_than_its_joints() -> None:
    wire = ChipRig().wire
    assert len(table.SETPOINT.pack(0, *wire.positions(ONE.rest))) == 6 + 2 * 6
    rig = armed_rig()
    assert rig.last(table.POSE)["position"] == tuple(wire.positions(ONE.rest))
