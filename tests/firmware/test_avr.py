"""The AVR image on a simulated ATmega328P: what ships is what is here, and it behaves as the core in WebAssembly.

The long runs are in benchmarks/bench_firmware.py.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from firmware_bridge import table
from firmware_bridge.pins import header
from robot.core.body_frame import BodyFrame, Eyes, Light
from robot.core.clock import ManualClock
from robot.core.condition import Condition
from robot.core.errors import PartError
from robot.core.percepts import Telemetry
from robot.parts.registry import BODIES, Surroundings, open_part
from sim.board.body import SimBody
from sim.board.emulated import EmulatedBoard
from tests.support import avr_rig
from tests.support.avr_against_wasm import compare, jitter
from tests.support.images import HAVE_AVR, LIGHTS, ROOT, WITHOUT_AVR, avr_images
from tests.support.rig import ONE, WIRE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MS = avr_rig.MS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HAVE_AVR, reason=WITHOUT_AVR),
]


@pytest.fixture(scope="module", autouse=True)
def images(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Both AVR images and the host program, built afresh."""
    with avr_images(tmp_path_factory.mktemp("avr")) as build:
        yield build


@pytest.mark.parametrize("lights", LIGHTS)
def test_the_image_that_ships_is_rebuilt_to_the_byte(images: Path, lights: str) -> None:
    name = f"bowlby-{lights}.bin"
    assert (images / name).read_bytes() == (ROOT / "hardware/firmware/built" / name).read_bytes(), (
        "run `make -C hardware/firmware` and commit built/"
    )


def test_the_pins_are_made_from_the_pin_table() -> None:
    assert (ROOT / "hardware/firmware/avr/pins.h").read_text() == header()


@pytest.mark.parametrize("lights", LIGHTS)
def test_avr_and_webassembly_give_the_same_pulses_and_lights(lights: str) -> None:
    like = compare(lights, minutes=0.45)  # arming, swaying, hostile jumps, silence, rest and back
    assert like.pulses > 5000
    assert like.worst <= 1
    assert like.pictures > 1300
    assert like.unlike == 0


@pytest.mark.parametrize("lights", LIGHTS)
@pytest.mark.parametrize("line", ["idle", "typical", "saturated"])
def test_pulses_keep_their_width_whatever_the_line_and_the_lights_do(lights: str, line: str) -> None:
    spread = jitter(lights, line, seconds=2)
    assert spread.pulses > 500
    assert spread.us <= 1.5
    assert spread.lost == 0


def test_size_and_stack_keep_their_room(images: Path) -> None:
    text = subprocess.run(["avr-size", "-A", images / "bowlby-ws2812.elf"], capture_output=True, text=True, check=True)
    rows = {line.split()[0]: int(line.split()[1]) for line in text.stdout.splitlines() if line.startswith(".")}
    assert rows[".text"] + rows[".data"] <= 24 * 1024
    assert rows[".data"] + rows[".bss"] <= 1600
    host = avr_rig.Host("ws2812")
    host.boot()
    for n in range(60):
        host.tick(avr_rig.sway(n * 0.02), *avr_rig.life(n * 0.02))
    assert host.status["spare"] >= 200
    assert host.status["load"] <= 60
    host.close()


@pytest.mark.parametrize("reset", list(table.Reset))
def test_the_board_says_why_it_restarted_and_stays_limp(reset: table.Reset) -> None:
    host = avr_rig.Host("sk9822")
    host.boot()
    host.board.restart(reset)
    host.decoder = type(host.decoder)()
    host.run(400 * MS)
    assert host.status["reset"] == reset
    assert host.status["state"] == table.ServoState.LIMP
    assert host.status["limited"] == 0
    assert not host.board.pulses
    host.close()


def test_a_main_loop_that_hangs_is_ended_by_the_watchdog_and_told() -> None:
    host = avr_rig.Host("ws2812")
    host.boot()
    host.board.hang()
    host.run(200 * MS)
    assert host.board.pulses  # the interrupt goes on with the last widths: nothing jumps
    assert not host.board.pictures
    host.decoder = type(host.decoder)()
    host.run(400 * MS)
    host.run(200 * MS)
    assert host.status["reset"] == table.Reset.WATCHDOG
    assert host.status["state"] == table.ServoState.LIMP
    assert not host.board.pulses
    host.close()


def test_pads_mute_switch_and_supply_reach_the_host_through_real_pins() -> None:
    host = avr_rig.Host("ws2812")
    host.boot(arm=False)
    host.board.inputs(pads=2, muted=True, millivolts=4500)
    said = host.run(1500 * MS)
    touches = [row for row in said if row[0] == table.TOUCH.id]
    assert [row[2:] for row in touches] == [(table.Pad.BACK, table.TouchKind.HOLD)]
    assert host.status["muted"] == 1
    assert abs(host.status["millivolts"] - 4500) < 50
    ring = host.board.pictures[-1][1][128 * 3 : 129 * 3]
    assert ring == bytes((0, 64, 0))  # green, red, blue: the mute light, dimmed to the board's maximum
    host.close()


def test_a_sagging_supply_cuts_the_pulses_within_a_tenth_of_a_second() -> None:
    host = avr_rig.Host("ws2812")
    host.boot()
    host.board.inputs(millivolts=3600)
    host.tick(ONE.rest)
    for _ in range(4):
        host.tick(ONE.rest)
    host.tick(ONE.rest)
    assert not host.board.pulses
    host.close()


def test_the_body_client_drives_the_avr_image_by_its_address(images: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.board.emulated.AVR_HOST", images / "simavr-board")
    clock = ManualClock()
    body = open_part(BODIES, f"simavr://{images / 'bowlby-ws2812.elf'}", Surroundings(clock))
    assert isinstance(body, SimBody)
    assert isinstance(body.line.board, EmulatedBoard)
    told: list[Telemetry] = []
    pose = ONE.rest._replace(base_yaw=0.5)
    for n in range(200):
        clock.sleep_until(n * 0.02)
        told += [percept for percept in body.poll(n * 0.02) if isinstance(percept, Telemetry)]
        body.write(BodyFrame(n * 0.02, pose, Eyes(), Light()))
    assert told[-1].armed
    assert abs(told[-1].pose.base_yaw - 0.5) < 0.001
    assert abs(told[-1].t - clock.now()) < 0.03
    assert body.health().condition is Condition.OK
    assert body.status["late"] == 0
    width = [pulse.width for pulse in body.line.board.pulses if pulse.channel == 0]
    assert width[-1] == WIRE.positions(pose)[0]
    body.close()
    body.close()


def test_an_image_that_was_not_built_says_how_to_build_it() -> None:
    with pytest.raises(PartError, match="make -C"):
        open_part(BODIES, "simavr://missing.elf", Surroundings(ManualClock()))
