"""The simulated bus speaks as the makers' manuals say."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from robot.core.errors import InputError
from sim.bus.bus import SimBus
from sim.bus.dynamixel import VELOCITY_UNIT, crc16
from sim.bus.faults import befall
from sim.bus.servo import FREE_SPEED


def say(bus: SimBus, packet: str) -> str:
    return bus.answer(bytes.fromhex(packet)).hex(" ")


def test_feetech_packets_of_the_protocol_manual() -> None:
    bus = SimBus("feetech", [1])
    bus.servos[1].at = 0x0518
    assert say(bus, "ff ff 01 02 01 fb") == "ff ff 01 02 00 fc", "ping"
    assert say(bus, "ff ff 01 04 02 38 02 be") == "ff ff 01 04 00 18 05 dd", "where it stands"
    assert say(bus, "ff ff 01 04 02 38 02 bf") == "", "a wrong sum"
    assert say(bus, "00 ff ff ff 01 02 01 fb") == "ff ff 01 02 00 fc", "after noise"
    assert say(bus, "ff ff 02 02 01 fa") == "", "nobody has this number"


def test_scs_servos_have_their_high_byte_first() -> None:
    bus = SimBus("feetech", [1], "scs")
    assert say(bus, "ff ff 01 04 02 38 02 be") == "ff ff 01 04 00 02 00 f8"


def test_dynamixel_packets_of_the_protocol_manual() -> None:
    bus = SimBus("dynamixel", [1])
    bus.servos[1].at = 166
    read = "ff ff fd 00 01 07 00 02 84 00 04 00 1d 15"
    assert say(bus, read) == "ff ff fd 00 01 08 00 55 00 a6 00 00 00 8c c0"
    assert say(bus, read[:20]) + say(bus, read[20:]) == "ff ff fd 00 01 08 00 55 00 a6 00 00 00 8c c0", "in two parts"
    assert say(bus, "ff ff fd 00 01 03 00 01 19 4e").startswith("ff ff fd 00 01 07 00 55 00 b0 04"), "ping"


def test_a_header_within_an_answer_is_stuffed() -> None:
    bus = SimBus("dynamixel", [1])
    servo = bus.servos[1]
    servo.speed = 0xFD * VELOCITY_UNIT  # its low byte, after a current of -1 mA: ff ff fd
    servo.drive = servo.speed / FREE_SPEED - 1 / 1470
    asked = bytes.fromhex("ff ff fd 00 01 07 00 02 7e 00 06 00")
    said = bus.answer(asked + crc16(asked).to_bytes(2, "little"))
    assert said[9:16].hex(" ") == "ff ff fd fd 00 00 00"


@pytest.mark.parametrize("maker", ["feetech", "dynamixel"])
def test_a_servo_that_is_let_go_or_held_stays_where_it_is(maker: str) -> None:
    bus = SimBus(maker, [1])
    servo = bus.servos[1]
    servo.goal = servo.at + 500
    bus.advance(1.0)
    assert servo.at == 2048.0
    servo.on = servo.held = True
    bus.advance(1.0)
    assert (servo.at, servo.torque) == (2048.0, 1.0)
    servo.held = False
    bus.advance(2.0)
    assert servo.at == pytest.approx(2548.0, abs=1.0)


@pytest.mark.slow  # a process of its own
def test_the_command_says_where_the_bus_is_and_takes_faults() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "robot", "bus", "--faults", "--seconds", "0.3"],
        input="stall 1\ndance\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert re.search(r"a bus is at feetech:///\S+/bus", run.stdout)
    assert re.search(r"no servo of the bus: 'dance'", run.stderr)


def test_faults_befall_the_servos_that_they_name() -> None:
    bus = SimBus("dynamixel", [1, 2])
    for line in ("stall 1", "heat 2 71", "volts 4.1", "silent 2", "overload 1", "noise 1"):
        befall(bus, line)
    one, two = bus.servos.values()
    assert (one.held, one.alerts, one.volts, two.celsius, two.silent) == (True, {"overload"}, 4.1, 71.0, True)
    befall(bus, "well")
    assert (one.held, one.alerts, one.volts, two.celsius, two.silent, bus.noise) == (
        False,
        set(),
        5.0,
        30.0,
        False,
        None,
    )
    for wrong in ("dance", "stall", "stall 9", "heat 1", "volts x"):
        with pytest.raises(InputError, match="befalls no servo"):
            befall(bus, wrong)
