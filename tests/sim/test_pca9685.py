"""The simulated PCA9685, by the data sheet of the chip."""

from __future__ import annotations

import math

from sim.board.pca9685 import PRESCALE, Pca9685


def test_the_chip_sleeps_after_power_and_takes_its_prescaler_only_then() -> None:
    chip = Pca9685()
    chip.enable(0, on=True)
    chip.transfer(bytes((0x06, 0, 0, 100, 0)), 10)
    assert not any(chip.widths())
    assert not chip.pulses(1e6)
    chip.transfer(bytes((0x00, 0x20)), 1e6)
    chip.transfer(bytes((PRESCALE, 9)), 1e6 + 10)
    assert chip.registers[PRESCALE] == 0x1E


def test_without_counting_up_a_burst_writes_one_register() -> None:
    chip = Pca9685()
    chip.transfer(bytes((0x06, 1, 2, 3, 4)), 0)
    assert chip.registers[6:11] == bytes((4, 0, 0, 0x10, 0))


def test_new_widths_count_from_the_next_period_and_go_on_for_ever() -> None:
    chip = Pca9685()
    chip.enable(0, on=True)
    for data in ((PRESCALE, 100), (0, 0x20), (0x06, 0, 0, 200, 0)):
        chip.transfer(bytes(data), 0)
    first = chip.pulses(30_000)
    assert [pulse.width for pulse in first] == [round(200 * 101 / 25 * 16)] * len(first)
    chip.transfer(bytes((0x06, 0, 0, 44, 1)), first[-1].cycle / 16 + 400)  # amid a pulse
    later = chip.pulses(1e6)
    assert len(later) > 55
    assert {pulse.width for pulse in later} == {round(300 * 101 / 25 * 16)}


def test_disabling_cuts_a_pulse_and_waking_without_restart_gives_none() -> None:
    chip = Pca9685()
    chip.enable(0, on=True)
    for data in ((PRESCALE, 100), (0, 0x20), (0x06, 0, 0, 200, 0)):
        chip.transfer(bytes(data), 0)
    first = chip.pulses(10_000)[-1].cycle / 16
    second = first + 4096 * chip.count_us
    chip.enable(second + 300, on=False)
    assert [pulse.width for pulse in chip.pulses(1e5)] == [300 * 16]
    chip.enable(1e5, on=True)
    chip.transfer(bytes((0, 0x30)), 1.2e5)
    chip.pulses(1.2e5)
    assert chip.registers[0] & 0x80
    chip.transfer(bytes((0, 0x20)), 1.3e5)
    assert not chip.pulses(1.9e5)
    chip.transfer(bytes((0, 0xA0)), 2e5)
    assert chip.pulses(3e5)
    assert math.isclose(chip.pulses(4e5)[0].width, 200 * chip.count_us * 16, abs_tol=1)


def test_all_channels_are_written_at_once_and_full_on_has_no_end() -> None:
    chip = Pca9685()
    for data in ((0, 0x20), (0xFA, 0, 0x10, 0, 0)):
        chip.transfer(bytes(data), 0)
    chip.enable(0, on=True)
    assert chip.widths() == (round(4096 * chip.count_us * 16),) * 16
