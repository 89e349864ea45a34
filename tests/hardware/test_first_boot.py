"""A card that Raspberry Pi Imager wrote gets the robot: what the Imager set stays, and the first start installs it."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml  # type: ignore[import-untyped]

from hardware.host import first_boot
from hardware.host.versions import InstallError, project_files
from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from pathlib import Path

IMAGERS = """#cloud-config
hostname: robot
users:
- name: zoé
  lock_passwd: false
ssh_pwauth: false
runcmd:
- [rfkill, unblock, wifi]
"""


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """The small partition of a card, as the Imager leaves it."""
    (tmp_path / "cmdline.txt").write_text("console=tty1\n")
    (tmp_path / "user-data").write_text(IMAGERS, encoding="utf-8")
    return tmp_path


def parts(card: Path) -> list[Any]:
    text = (card / "user-data").read_text(encoding="utf-8")
    assert text.startswith("#cloud-config-archive\n")
    archive = yaml.safe_load(text)
    assert {part["type"] for part in archive} == {"text/cloud-config"}
    assert all(part["content"].startswith("#cloud-config\n") for part in archive)
    return [yaml.safe_load(part["content"]) for part in archive]


def test_what_the_imager_set_stays_and_lists_are_joined_to_it_also_the_second_time(card: Path) -> None:
    for _ in range(2):
        first_boot.write(card)
        imagers, robots = parts(card)
        assert imagers == yaml.safe_load(IMAGERS)
        assert {"name": "list", "settings": ["append"]} in robots["merge_how"]
        assert not {"users", "ssh_pwauth", "hostname", "timezone", "locale"} & set(robots)


def test_the_first_start_unpacks_this_checkout_and_installs_it_from_there(card: Path, tmp_path: Path) -> None:
    first_boot.write(card)
    _, robots = parts(card)
    (unit,) = robots["write_files"]
    assert unit["path"].rpartition("/")[2] in robots["runcmd"][-1]
    steps = [line.partition("=")[2] for line in unit["content"].splitlines() if line.startswith("ExecStart=")]
    house = tmp_path / "house"
    stands_for = {first_boot.CARD: str(card), first_boot.SOURCE: str(house), "python3": sys.executable}
    made, unpacked, installed = (_with(step, stands_for) for step in steps[:3])
    subprocess.run(made, check=True)
    subprocess.run(unpacked, check=True)
    laid = {path.relative_to(house) for path in house.rglob("*") if path.is_file()}
    assert laid == {path.relative_to(HOUSE) for path in project_files(HOUSE)}
    *program, step = installed
    assert step == "install"
    told = subprocess.run([*program, "--root", tmp_path / "root", "status"], capture_output=True, check=True)
    assert told.stdout.startswith(b"current\tnone\n")


def _with(step: str, stands_for: dict[str, str]) -> list[str]:
    """A step of the unit's, with this machine's places."""
    for old, new in stands_for.items():
        step = re.sub(rf"(?<= ){old}", new, step)
    return step.split()


def test_answers_go_along_and_are_given_to_the_set_up(card: Path, tmp_path: Path) -> None:
    answers = tmp_path / "mine.toml"
    answers.write_text('language = "fr"\n')
    first_boot.write(card, answers)
    assert (card / first_boot.ANSWERS).read_text() == answers.read_text()
    (unit,) = parts(card)[1]["write_files"]
    steps = unit["content"].splitlines()
    (asked,) = [n for n, step in enumerate(steps) if "bowlby setup" in step]
    assert f"bowlby setup --answers {first_boot.CARD}/{first_boot.ANSWERS}" in steps[asked]
    assert steps[asked - 1].endswith("systemctl stop bowlby.service"), "one that runs takes no names"
    assert steps[asked + 1].endswith("systemctl start bowlby.service")


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("cmdline.txt", None, "no boot partition"),
        ("user-data", None, "no boot partition"),
        ("user-data", "#!/bin/sh\n", "of another making"),
        ("user-data", "#cloud-config\nhostname: robot\n# users:\n", "names no user"),
        ("answers.toml", "language = fr\n", "cannot be read"),
    ],
)
def test_what_would_ask_for_a_keyboard_is_refused_and_the_card_is_as_it_was(
    card: Path, file: str, text: str | None, told: str
) -> None:
    if text is None:
        (card / file).unlink()
    else:
        (card / file).write_text(text)
    before = {path: path.read_bytes() for path in card.iterdir()}
    with pytest.raises(InstallError, match=told):
        first_boot.write(card, card / "answers.toml" if file == "answers.toml" else None)
    assert {path: path.read_bytes() for path in card.iterdir()} == before


def test_the_card_holds_a_whole_packed_robot(card: Path) -> None:
    first_boot.write(card)
    with tarfile.open(card / first_boot.PACKED) as archive:
        assert archive.getmember("setup.sh").mode & 0o100
