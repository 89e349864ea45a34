"""Scenes on the shipped images in emulators and on Reachy Mini's own simulations, in step with simulated time."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.bodies import STANDS, Body, Stand
from benchmarks.judge_scenarios import Fate, Journal, Run, judge
from firmware_bridge import table
from robot.app.context import shared_stock
from robot.app.robot import Robot
from robot.config.schema import Config
from robot.core.clock import ManualClock
from robot.core.errors import ConfigError, InputError, PartError
from robot.parts.registry import BODIES, Surroundings, open_part
from sim.board.body import BOARDS
from sim.board.emulated import EmulatedBoard
from sim.board.reachy_line import StepDaemon
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.fault_names import FaultName
from sim.world.happenings import FaultTable, PushTable
from sim.world.options import BoardKind, Bus, Reachy, SightFrom
from tests.support.images import HAVE_AVR, WITHOUT_AVR, avr_images

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with avr_images(tmp_path_factory.mktemp("avr")) as build:
        yield build


@pytest.mark.slow
@pytest.mark.skipif(not HAVE_AVR, reason=WITHOUT_AVR)
def test_a_cable_is_pulled_on_the_avr_and_put_back(images: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.board.emulated.AVR_HOST", images / "simavr-board")
    monkeypatch.setattr("sim.board.emulated.AVR_IMAGE", images / "bowlby-ws2812.elf")
    judged = judge(Run("cable-pulled", Body.AVR, 1))
    assert (judged.fate, judged.missed) == (Fate.passed, ())


@pytest.mark.soak
@pytest.mark.parametrize("body", [Body.PICO, Body.REACHY_MOCKUP, Body.REACHY_MUJOCO])
def test_a_cable_is_pulled_and_put_back(body: Body) -> None:
    if why := body.stand.missing():
        pytest.skip(why)
    judged = judge(Run("cable-pulled", body, 1))
    assert (judged.fate, judged.missed) == (Fate.passed, ())


def test_what_a_scene_asks_for_and_a_body_lacks_is_told_by_name() -> None:
    _, scene = scenarios.load("being-remembered")
    odd = scene.model_copy(
        update={"fault": (FaultTable(at=1.0, name=FaultName.mute_switch),), "push": (PushTable(at=2.0),)}
    )
    bus = STANDS[Body.BUS]
    assert bus.lacks(scene, []) == []
    switch, weight = bus.lacks(odd, ["unplugged"])
    assert "mute switch" in switch
    assert "no weight" in weight
    assert STANDS[Body.MUJOCO].lacks(odd, ["mute switch"]) == []
    assert bus.lesser(scene) == STANDS[Body.REACHY_MOCKUP].lesser(scene) != STANDS[Body.KINEMATIC].lesser(scene) == []


def test_a_scene_that_expects_nothing_is_told_as_such() -> None:
    assert judge(Run("visit", Body.KINEMATIC, 1)).fate is Fate.nothing


@pytest.mark.parametrize("address", ["sim://?board=z80", "sim://?reachy=real"])
def test_boards_and_simulations_that_are_not_there_are_refused(address: str) -> None:
    with pytest.raises(ConfigError, match="cannot do that"):
        open_part(BODIES, address, Surroundings(ManualClock()))


class Program(EmulatedBoard):
    """Some program where an emulator would be."""

    name, remedy = "program://", "write a better one"

    def __init__(self, does: str) -> None:
        super().__init__([sys.executable, "-c", does])


def test_an_emulator_that_dies_is_told_with_its_name_and_what_to_do() -> None:
    board = Program("")
    board._process.wait()
    with pytest.raises(PartError, match="has stopped") as raised:
        board.run(table.FRAME_US)
    assert raised.value.place == "program://"
    assert "it says why" in str(raised.value.remedy)
    board.close()
    board.close()


def test_an_emulator_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.board.emulated.ENDS_S", 0.1)
    board = Program("import time; time.sleep(600)")
    board.close()
    assert board._process.returncode is not None


def test_without_node_the_pico_is_told_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PartError, match="node is not on the PATH") as raised:
        open_part(BODIES, "sim://?board=pico", Surroundings(ManualClock()))
    assert raised.value.place
    assert "install Node.js" in str(raised.value.remedy)
    assert "Node.js is not installed" in STANDS[Body.PICO].missing()


@pytest.mark.parametrize(
    ("does", "told"),
    [("import sys; sys.exit(1)", "has stopped"), ("import time; time.sleep(600)", "has not answered for")],
)
def test_a_simulation_of_the_maker_that_says_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, told: str
) -> None:
    host = tmp_path / "host.py"
    host.write_text(does, encoding="utf-8")
    monkeypatch.setattr("sim.board.reachy_line.PYTHON", Path(sys.executable))
    monkeypatch.setattr("sim.board.reachy_line.HOST", host)
    monkeypatch.setattr("sim.board.reachy_line.ANSWERS_S", 0.2 if "not answered" in told else 20.0)
    line = StepDaemon(Reachy.mockup, lambda _: None)
    with closing(line), pytest.raises(PartError, match=told) as raised:
        line.read(0.02)
    assert (raised.value.place, "it says why" in str(raised.value.remedy)) == ("sim://?reachy=mockup", True)


def test_a_run_that_breaks_is_a_fate_of_its_own_and_no_table_is_lost(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: object) -> None:
        raise PartError("the emulator has died", place="program://")

    monkeypatch.setattr(SimSession, "play_whole", breaks)
    broken = judge(Run("cable-pulled", Body.KINEMATIC, 1))
    assert (broken.fate, broken.told) == (Fate.broke, ("program://: the emulator has died",))
    journal = Journal(["cable-pulled"], [Body.KINEMATIC])
    journal.add(broken)
    assert journal.table().row_count == 1
    assert any(note.startswith("BROKE") and "has died" in note for note in journal.notes())
    assert not journal.figures(1)
    assert json.loads(capsys.readouterr().out)["broke"] == 1


@pytest.mark.parametrize("other", ["board=avr", "physics=mujoco"])
def test_a_reachy_mini_has_no_board_and_no_weight_of_ours(other: str) -> None:
    address = f"sim://?reachy=mockup&{other}"
    with pytest.raises(ConfigError, match="of ours") as raised:
        open_part(BODIES, address, Surroundings(ManualClock()))
    assert (raised.value.place, raised.value.remedy) == (address, f"leave out reachy, or {other.partition('=')[0]}")


def test_another_bodys_description_is_no_reachy_mini() -> None:
    around = Surroundings(ManualClock(), build=Path("bowlby_one"))
    with pytest.raises(ConfigError, match="moves by servos on a board") as raised:
        open_part(BODIES, "sim://?reachy=mockup", around)
    assert (raised.value.place, "leave out" in str(raised.value.remedy)) == ("bowlby_one", True)


@pytest.mark.parametrize(
    "stand", [Stand("", bus=Bus.feetech, board=BoardKind.avr), Stand("", bus=Bus.feetech, reachy=Reachy.mockup)]
)
def test_two_bodies_at_once_are_refused(stand: Stand) -> None:
    _, scene = scenarios.load("visit")
    with pytest.raises(ConfigError, match="different kinds") as raised:
        SimSession("visit", scene, Config(), stand.options(1, SightFrom.truth))
    assert "bus" in raised.value.place
    assert raised.value.remedy


def test_a_session_whose_making_fails_closes_its_robot(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Robot] = []
    close = Robot.close

    def told(robot: Robot) -> None:
        closed.append(robot)
        close(robot)

    monkeypatch.setattr(Robot, "close", told)
    _, scene = scenarios.load("visit")
    odd = scene.model_copy(update={"fault": (FaultTable(at=1.0, name=FaultName.mute_switch),)})
    options = STANDS[Body.BUS].options(1, SightFrom.truth)
    with pytest.raises(InputError, match="cannot befall"):
        SimSession("visit", odd, Config(), options, shared_stock())
    assert len(closed) == 1


def test_no_emulator_is_begun_for_a_body_that_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    monkeypatch.setitem(BOARDS, BoardKind.avr, lambda: begun.append(0))
    around = Surroundings(ManualClock(), build=Path("reachy_mini"))
    with pytest.raises(PartError, match="no masses are described"):
        open_part(BODIES, "sim://?board=avr&physics=mujoco", around)
    assert not begun


def test_a_simulation_begins_without_what_drives_a_reachy_mini() -> None:
    told = "import sys, sim.run.session; print([name for name in sys.modules if name.startswith('hardware.reachy')])"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
