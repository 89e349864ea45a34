"""Puts the robot onto a card that Raspberry Pi Imager has written, so that its first start makes a robot of it.

`make first-boot ARGS=/media/me/bootfs`: beside what the Imager set (user, Wi-Fi, language) the card gets this checkout,
packed, and a second part of `user-data`, by which cloud-init has the robot installed. Nobody is asked anything; an
installation that fails, or whose power is cut, is begun again. Standard library only: nothing is installed for it.
"""

from __future__ import annotations

import argparse
import re
import sys
import tarfile
import tomllib
from pathlib import Path
from textwrap import indent

from hardware.host.versions import InstallError, project_files

HOUSE = Path(__file__).resolve().parents[2]
USER_DATA = "user-data"
IMAGERS = "user-data.imager"  # as it was before
PACKED, ANSWERS = "bowlby.tar.gz", "bowlby-answers.toml"
CARD = "/boot/firmware"  # where the system sees these files
SOURCE = "/usr/local/src/bowlby"
UNIT = "bowlby-first-boot.service"
SERVICE = f"""[Unit]
Description=Installs Bowlby from the card
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=oneshot
TimeoutStartSec=infinity
Restart=on-failure
RestartSec=60
Environment=ASSUME_YES=1 HOME=/root
ExecStart=/bin/mkdir -p {SOURCE}
ExecStart=/bin/tar -xzf {CARD}/{PACKED} -C {SOURCE}
ExecStart=/usr/bin/env -C {SOURCE} python3 -B -m hardware.host.install install
ExecStart=-/bin/systemctl stop bowlby.service
ExecStart=-/bin/sh -c '[ ! -e {CARD}/{ANSWERS} ] || /usr/local/bin/bowlby setup --answers {CARD}/{ANSWERS}'
ExecStart=-/bin/systemctl start bowlby.service
ExecStart=/bin/systemctl disable {UNIT}

[Install]
WantedBy=multi-user.target
"""
# What the Imager's part lists is kept: lists are joined, and none of its own settings is replaced.
CLOUD_CONFIG = """#cloud-config
merge_how:
- name: list
  settings: [append]
- name: dict
  settings: [no_replace, recurse_list]
packages: [git, make]
write_files:
- path: /etc/systemd/system/{unit}
  content: |
{service}runcmd:
- [systemctl, daemon-reload]
- [systemctl, enable, --now, --no-block, {unit}]
"""
ARCHIVE = "#cloud-config-archive\n"
PART = "- type: text/cloud-config\n  filename: {name}\n  content: |\n{text}\n"


def write(card: Path, answers: Path | None = None) -> None:
    """Put the robot onto the card's boot partition, mounted at `card`. Raises InstallError. May be repeated.

    `answers`: a file for `bowlby setup --answers`; None: the robot begins with what it comes with.
    """
    user_data = imagers(card)
    if answers is not None:
        try:
            tomllib.loads(answers.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InstallError(f"{answers} cannot be read: {error}; docs/first-day.md shows such a file") from error
        (card / ANSWERS).write_bytes(answers.read_bytes())
    (card / IMAGERS).write_text(user_data, encoding="utf-8")
    pack(card / PACKED)
    (card / USER_DATA).write_text(both_parts(user_data), encoding="utf-8")


def imagers(card: Path) -> str:
    """What the Imager wrote. Raises InstallError when this is no such card, or one that would ask for a keyboard."""
    file = card / (IMAGERS if (card / IMAGERS).is_file() else USER_DATA)
    if not file.is_file() or not (card / "cmdline.txt").is_file():
        raise InstallError(
            f"{card} is no boot partition of Raspberry Pi OS Trixie; write the card with Raspberry Pi Imager, and name "
            "the place where its partition 'bootfs' is mounted"
        )
    text = file.read_text(encoding="utf-8")
    if not text.startswith("#cloud-config"):
        raise InstallError(f"{file} is of another making; write the card with Raspberry Pi Imager again")
    if not re.search(r"(?m)^users?:", text):
        raise InstallError(
            f"{file} names no user, so the first start would ask for one; set user and Wi-Fi in Raspberry Pi Imager, "
            "and write the card again"
        )
    return text


def both_parts(user_data: str) -> str:
    """The Imager's settings and the robot's, for cloud-init to take one after the other."""
    robots = CLOUD_CONFIG.format(unit=UNIT, service=indent(SERVICE, "    "))
    parts = (("imager.yaml", user_data), ("bowlby.yaml", robots))
    return ARCHIVE + "".join(PART.format(name=name, text=indent(text, "    ")) for name, text in parts)


def pack(to: Path) -> None:
    """Lay the project's own files of this checkout into one."""
    with tarfile.open(to, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for path in project_files(HOUSE):
            archive.add(path, path.relative_to(HOUSE))


def main() -> int:
    parser = argparse.ArgumentParser(prog="first_boot.py", description=__doc__)
    parser.add_argument("card", type=Path, help="where the card's boot partition is mounted")
    parser.add_argument("--answers", type=Path, help="a file that answers bowlby setup: docs/first-day.md")
    asked = parser.parse_args()
    try:
        write(asked.card, asked.answers)
    except (InstallError, OSError) as error:
        sys.stderr.write(f"bowlby: {error}\n")
        return 1
    sys.stderr.write("The card is ready: eject it, put it into the Raspberry Pi, and give it power.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
