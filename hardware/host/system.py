"""What the installer changes outside the program's own folder: links, user, groups, service. All of it may be repeated.

With a `root` other than / (an image that is being made, or a test) only files are laid out there.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from hardware.host.versions import InstallError, replace_link

USER = "bowlby"
DATA = "var/lib/bowlby"
GROUPS = ("dialout", "video", "audio", "render", "plugdev")  # serial port, camera, sound; those that exist
EXTRAS = "etc/bowlby/extras"
UNIT = "bowlby.service"
BASE = "/opt/bowlby"
INSTALLED = f"{BASE}/current/hardware/host"
LINKS = {  # where the system looks -> the file of the version that runs
    f"etc/systemd/system/{UNIT}": f"{INSTALLED}/{UNIT}",
    "etc/udev/rules.d/60-bowlby.rules": f"{INSTALLED}/60-bowlby.rules",
    "etc/systemd/journald@bowlby.conf": f"{INSTALLED}/journald@bowlby.conf",
    "usr/local/bin/bowlby": f"{INSTALLED}/bowlby",
    f"etc/systemd/system/multi-user.target.wants/{UNIT}": f"/etc/systemd/system/{UNIT}",
}


class System(NamedTuple):
    """A machine, or the folder of one that is being made."""

    root: Path

    @property
    def live(self) -> bool:
        return self.root == Path("/")

    @property
    def base(self) -> Path:
        return self.root / BASE.lstrip("/")

    @property
    def data(self) -> Path:
        return self.root / DATA

    @property
    def extras(self) -> str:
        """The extras that were chosen, for updates to install again."""
        file = self.root / EXTRAS
        return file.read_text(encoding="utf-8").strip() if file.is_file() else ""

    def keep_extras(self, extras: str) -> None:
        file = self.root / EXTRAS
        if extras:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(".new")
            fresh.write_text(f"{extras}\n", encoding="utf-8")
            fresh.replace(file)
        else:
            file.unlink(missing_ok=True)
            with suppress(OSError):  # it is not there, or others keep something in it
                file.parent.rmdir()

    def lay_links(self) -> None:
        """All point into `current`, so that one switch changes them together."""
        for place, target in LINKS.items():
            link = self.root / place
            link.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(link) and not _ours(link, target):
                raise InstallError(f"{link} is there and not of this installation; move it away")
            replace_link(link, target)

    def remove_links(self) -> list[Path]:
        """Remove those that are of this installation; gives what else is in their places, which stays."""
        left = []
        for place, target in reversed(LINKS.items()):
            link = self.root / place
            if _ours(link, target):
                link.unlink()
            elif os.path.lexists(link):
                left.append(link)
        return left

    def make_user(self) -> None:
        """The robot's own user, in the groups of its devices; what it keeps is private to it."""
        if not self.live:
            self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
            return
        if not _there(USER):
            nologin = shutil.which("nologin") or "/usr/sbin/nologin"
            self.run("useradd", "--system", "--user-group", "--home-dir", f"/{DATA}", "--shell", nologin, USER)
        for group in GROUPS:
            if any(one.gr_name == group for one in grp.getgrall()):
                self.run("usermod", "--append", "--groups", group, USER)
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.run("chown", "--recursive", f"{USER}:{USER}", str(self.data))

    def remove_user(self) -> None:
        """Take the user away; its files stay, readable by root alone."""
        if self.live and _there(USER):
            if self.data.exists():
                self.run("chown", "--recursive", "root:root", str(self.data))
            self.run("userdel", USER)

    @property
    def managed(self) -> bool:
        """Whether systemd runs this machine."""
        return self.live and Path("/run/systemd/system").is_dir()

    def start(self) -> bool:
        """Have the service run this version; False when it does not come up."""
        if not self.managed:
            return True
        self.run("systemctl", "daemon-reload")
        self.run("udevadm", "control", "--reload", tolerant=True)
        self.run("udevadm", "trigger", "--subsystem-match=tty", tolerant=True)
        return self.run("systemctl", "restart", UNIT, tolerant=True)

    def stop(self) -> None:
        if self.managed:
            self.run("systemctl", "stop", UNIT, tolerant=True)

    def forget_service(self) -> None:
        if self.managed:
            self.run("systemctl", "daemon-reload")
            self.run("udevadm", "control", "--reload", tolerant=True)

    def run(self, *command: str, tolerant: bool = False) -> bool:
        """Run a command of the system; False (or InstallError) when it fails. Its words are seen."""
        code = subprocess.run(command, check=False).returncode
        if code and not tolerant:
            raise InstallError(f"{' '.join(command)} failed with {code}; its words are above")
        return code == 0


def _ours(link: Path, target: str) -> bool:
    """Whether this is a link that an installation, of whatever version, has laid."""
    to = str(link.readlink()) if link.is_symlink() else ""
    return to == target or to.startswith(f"{BASE}/")


def _there(user: str) -> bool:
    return any(one.pw_name == user for one in pwd.getpwall())
