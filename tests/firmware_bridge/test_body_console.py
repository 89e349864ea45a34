"""The body's commands, as a person types them, on the simulated board at true speed."""

from __future__ import annotations

import errno
import os
import re
import stat
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from firmware_bridge import recording, table
from firmware_bridge.commands import body, firmware
from firmware_bridge.flash import flash_pico
from firmware_bridge.framing import encode
from firmware_bridge.wire import Wire
from robot.config import places
from robot.core.errors import InputError, LinkError, PartError
from tests.support.rig import ONE

if TYPE_CHECKING:
    from pathlib import Path

    import typer


def run(group: typer.Typer, *words: str) -> str:
    result = CliRunner().invoke(group, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return re.sub(r"\s+", " ", result.output)


def test_show_tells_what_the_board_says_of_itself() -> None:
    told = run(body, "show", "sim://", "--seconds", "0.3")
    assert "wasm, firmware" in told
    assert "supply 5.00 V" in told
    assert "crc_errors 0" in told


def test_move_turns_one_joint_and_refuses_what_lies_beyond_its_limits() -> None:
    told = run(body, "move", "head_yaw", "30", "sim://", "--seconds", "0.3")
    assert "head_yaw 30.0" in told
    assert "base_yaw 0.0" in told
    with pytest.raises(InputError, match="limits are -70 to 70 degrees"):
        run(body, "move", "head_yaw", "71", "sim://")
    with pytest.raises(InputError, match="no joint 'nose'"):
        run(body, "move", "nose", "1", "sim://")


def test_a_recording_is_read_back_printed_and_carried_out_again(tmp_path: Path) -> None:
    file = tmp_path / "line.txt"
    told = run(body, "record", str(file), "sim://", "--seconds", "0.3")
    assert re.search(r"\d+ messages in", told)
    said = list(recording.read(file))
    assert {table.IDENTIFY, table.IDENTITY, table.LIMITS, table.POSE} <= {one.message for one in said}
    assert "> identify" in run(body, "replay", str(file))
    with pytest.raises(InputError, match="moves nothing"):
        run(body, "replay", str(file), "sim://")
    wire = Wire(ONE)
    moves = [wire.positions(ONE.rest._replace(head_yaw=0.01 * n)) for n in range(10)]
    with file.open("a") as out:
        for n, positions in enumerate(moves):
            out.write(f"{9 + n / 50:.3f} > {recorded(n, positions).hex()}\n")
    frames = recording.frames(file, wire)
    assert [round(frame.pose.head_yaw, 2) for frame in frames] == [round(0.01 * n, 2) for n in range(10)]
    assert frames[-1].t == pytest.approx(0.18)
    assert "10 frames carried out" in run(body, "replay", str(file), "sim://")


def recorded(n: int, positions: list[int]) -> bytes:
    return encode(n, table.SETPOINT.pack(n * 20_000, *positions))


@pytest.mark.parametrize(("text", "where"), [("nonsense", "no recording"), ("# bowlby line 2\n1 ? 00", r":2: not")])
def test_a_file_that_is_no_recording_is_told_with_its_line(tmp_path: Path, text: str, where: str) -> None:
    file = tmp_path / "x.txt"
    file.write_text(text)
    with pytest.raises(InputError, match=where):
        run(body, "replay", str(file))


def test_info_names_board_and_version() -> None:
    assert f"protocol {table.PROTOCOL}, table {table.TABLE:08x}" in run(firmware, "info", "sim://")


AVRDUDE = """#!/bin/sh
echo "$@" > {log}
for i in 1 2 3; do printf '##################################################\\n' >&2; done
{end}
"""


def fake_avrdude(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> Path:
    program = tmp_path / "avrdude"
    program.write_text(AVRDUDE.format(log=tmp_path / "log", end=end))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return tmp_path / "log"


def test_flash_gives_avrdude_the_shipped_image_and_shows_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = fake_avrdude(tmp_path, monkeypatch, "exit 0")
    assert "100%" in run(firmware, "flash", "/dev/ttyUSB7", "--lights", "sk9822", "--baud", "57600")
    words = log.read_text()
    assert "-p atmega328p -c arduino -P /dev/ttyUSB7 -b 57600" in words
    assert re.search(r"flash:w:\S+bowlby-sk9822.bin:r", words)


@pytest.mark.parametrize(("language", "why"), [("en", "keeps it restarting"), ("fr", "redémarrer sans fin")])
def test_an_old_boot_loader_is_told_to_give_way_to_optiboot(
    language: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_avrdude(tmp_path, monkeypatch, "exit 0")
    personal = tmp_path / "bowlby.toml"
    personal.write_text(f'[robot]\nlanguage = "{language}"\n', encoding="utf-8")
    monkeypatch.setattr(places, "personal", lambda: personal)
    told = run(firmware, "flash", "/dev/ttyUSB7", "--baud", "57600")
    assert why in told
    assert "Optiboot" in told
    assert "Optiboot" not in run(firmware, "flash", "/dev/ttyUSB7")


def test_a_board_that_does_not_answer_is_told_with_what_to_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_avrdude(tmp_path, monkeypatch, 'echo "avrdude: stk500_getsync(): not in sync: resp=0x00" >&2; exit 1')
    with pytest.raises(LinkError, match=r"not in sync.*try --baud 57600"):
        run(firmware, "flash", "/dev/ttyUSB7")


def test_a_missing_avrdude_and_unknown_lights_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PartError, match="apt-get install avrdude"):
        run(firmware, "flash", "/dev/ttyUSB7")
    with pytest.raises(InputError, match="use one of: ws2812, sk9822"):
        run(firmware, "flash", "/dev/ttyUSB7", "--lights", "candles")


def test_a_pico_is_flashed_by_copying_its_file_and_nothing_else_is_written_to(tmp_path: Path) -> None:
    drive = tmp_path / "media/ada/RPI-RP2"
    drive.mkdir(parents=True)
    with pytest.raises(InputError, match="hold BOOTSEL"):
        flash_pico(root=tmp_path)  # a stick that bears the name only
    (drive / "INFO_UF2.TXT").write_text("UF2 Bootloader v3.0")
    assert flash_pico(root=tmp_path) == drive
    image = (drive / "bowlby-pico.uf2").read_bytes()
    assert len(image) % 512 == 0
    assert "copied to" in run(firmware, "flash", "--pico", "--drive", str(drive))
    with pytest.raises(InputError, match="hold BOOTSEL"):
        run(firmware, "flash", "--pico", "--drive", str(tmp_path))


def test_a_pico_that_restarts_at_its_last_block_is_not_told_as_one_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "INFO_UF2.TXT").write_text("UF2 Bootloader v3.0")

    def vanish(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("os.fsync", vanish)
    with pytest.raises(LinkError, match=r"Input/output error.*where its drive has gone.*`bowlby firmware info`"):
        flash_pico(tmp_path)
