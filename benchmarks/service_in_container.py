"""The robot as a service of a fresh Debian 13 under real systemd: installed, killed, hung, updated, removed.

Needs root, mmdebstrap (or the folder of a root that was made before) and systemd-nspawn. Prints one JSON line a figure.
`make bench-service ARGS="--root /var/tmp/trixie"`. How soon it is back is read off systemd's own time stamps, so that
nothing is asked meanwhile that would slow it down. Out of memory is brought about from outside by a version 1 memory
group where the kernel has those; systemd then sees a kill and not the reason, and the robot tells it by the kernel's
own count.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psutil

from benchmarks import debian_root
from benchmarks.debian_root import PROGRAM, SETTINGS
from benchmarks.figures import load, tell
from robot.core.clock import nap, stopwatch

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGES = "systemd,systemd-sysv,udev,dbus,python3,python3-venv,make,git,ca-certificates,procps"
GIVEN_UP_S = 60.0
SETTLED_S = 6.0  # the page has loaded
REPEATS = 5
STAMPS = ("InactiveEnterTimestampMonotonic", "ExecMainStartTimestampMonotonic", "ActiveEnterTimestampMonotonic")
CONFIG = '[robot]\nlanguage = "en"\n[parts]\nbody = "sim://"\ncamera = ""\nears = ""\nspeaker = ""\n'
GLUTTON = '''"""Glutton: asks for 50 MiB at each thought."""

from robot.decide.behavior import Behavior

EATEN = []


class Glutton(Behavior):
    """For a benchmark."""

    name = "glutton"

    def desire(self, state):
        EATEN.append(b"x" * (50 << 20))
        return 0.0

    def act(self, state):
        return ()
'''
MEMORY = Path("/sys/fs/cgroup/memory")


class Back(NamedTuple):
    """Seconds from some harm until systemd saw the end of the robot, started it anew, and was told that it is ready."""

    ended: float
    started: float
    ready: float

    def since_its_end(self) -> Back:
        return Back(0.0, self.started - self.ended, self.ready - self.ended)


class Machine:
    """A booted root; commands run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._nspawn = subprocess.Popen(
            ["systemd-nspawn", "-q", "--register=no", "--keep-unit", "--resolv-conf=copy-host", "-b", "-D", str(root)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not psutil.Process(self._nspawn.pid).children():
            nap(0.1)
        self._init = psutil.Process(self._nspawn.pid).children()[0].pid
        while self.ask("systemctl is-system-running") not in {"running", "degraded"}:
            nap(0.3)

    @property
    def data(self) -> Path:
        return self.root / "var/lib/bowlby"

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        enter = ["nsenter", "-t", str(self._init), "-m", "-u", "-i", "-p", "-C", "--", "/usr/bin/env", "-i"]
        settings = [f"{name}={value}" for name, value in SETTINGS.items()]
        return subprocess.run(
            [*enter, *settings, "sh", "-c", command], capture_output=True, text=True, check=False, timeout=900
        )

    def ask(self, command: str) -> str:
        return self.run(command).stdout.strip()

    def must(self, command: str) -> float:
        """Run it; seconds that it took."""
        began = stopwatch()
        done = self.run(command)
        if done.returncode:
            sys.exit(f"{command}: {done.stdout}\n{done.stderr}")
        return stopwatch() - began

    def robot(self) -> int:
        """The robot's process id, as the machine outside sees it; 0 when the service is not up."""
        if self.ask("systemctl is-active bowlby") != "active":
            return 0
        inner = self.ask("systemctl show -P MainPID bowlby")
        for process in psutil.Process(self._init).children(recursive=True):
            status = Path(f"/proc/{process.pid}/status")
            if status.exists() and f"NSpid:\t{process.pid}\t{inner}\n" in status.read_text():
                return process.pid
        return 0

    def back_after(self, harm: Callable[[int], None]) -> Back:
        """Do harm to the robot's process; how long it took the service to be up again."""
        while not (before := self.robot()):
            nap(0.1)
        nap(SETTLED_S)
        times = self._times()
        began = stopwatch()  # the same clock as systemd's time stamps
        harm(before)
        while (now := self._times()).ready <= times.ready and stopwatch() - began < GIVEN_UP_S:
            nap(1.0)
        if now.ready <= times.ready:
            return Back(GIVEN_UP_S, GIVEN_UP_S, GIVEN_UP_S)
        return Back(now.ended - began, now.started - began, now.ready - began)

    def _times(self) -> Back:
        """When the last run ended, the present one was started, and was ready: s, monotonic; 0 for never."""
        shown = self.ask(f"systemctl show bowlby -p {','.join(STAMPS)}").splitlines()
        rows = dict(line.split("=", 1) for line in shown)
        return Back(*(int(rows[name]) / 1e6 for name in STAMPS))

    def reason(self) -> str:
        log = self.ask("journalctl --namespace=bowlby -o cat -n 200 | grep 'last run' | tail -1")
        return log or "none told"

    def close(self) -> None:
        self._nspawn.terminate()
        self._nspawn.wait()


def hang(pid: int) -> None:
    os.kill(pid, signal.SIGSTOP)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def starve(home: Path, pid: int) -> None:
    """Put the process into a group of 600 MiB, and let one of its behaviours ask for ever more."""
    group = MEMORY / "bowlby-starved"
    group.mkdir(exist_ok=True)
    (group / "memory.limit_in_bytes").write_text(str(600 << 20))
    (group / "cgroup.procs").write_text(str(pid))
    behavior = home / ".config/bowlby/behaviors/glutton.py"
    behavior.parent.mkdir(parents=True, exist_ok=True)
    behavior.write_text(GLUTTON)
    while Path(f"/proc/{pid}").exists():
        nap(0.05)
    behavior.unlink()


def tell_back(harm: str, machine: Machine, times: list[Back]) -> None:
    """The worst, and what the next run says in its log."""
    nap(SETTLED_S)
    worst = max(times, key=lambda back: back.ready)
    parts = f"seen after {worst.ended:.2f} s, started at {worst.started:.2f} s"
    tell(f"{harm}: back, worst of {len(times)}", worst.ready, "s", 5, note=f"{parts}; {load()}; {machine.reason()}")


def lifecycle(machine: Machine) -> None:
    tell("make install, fresh machine", machine.must(f"cd {PROGRAM} && make install"), "s", 300)
    config = machine.data / ".config/bowlby/bowlby.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(CONFIG)
    machine.must("chown -R bowlby: /var/lib/bowlby && systemctl restart bowlby")
    score = machine.ask("systemd-analyze security --no-pager bowlby | tail -1")
    harms(machine)
    machine.must(f"echo '# changed' >>{PROGRAM}/pyproject.toml")
    tell("make install of a newer version (update)", machine.must(f"cd {PROGRAM} && make install"), "s", 300)
    tell("make rollback", machine.must(f"cd {PROGRAM} && make rollback"), "s", 300)
    tell("make uninstall", machine.must(f"cd {PROGRAM} && make uninstall"), "s", 300)
    left = machine.ask("find / -xdev -iname '*bowlby*' -not -path '/root/*' -not -path '/proc/*' -not -path '/sys/*'")
    own = [path for path in left.splitlines() if not path.startswith(("/var/lib/bowlby", "/var/log/journal", "/run"))]
    tell("files left beside the person's own", len(own), "files", 0, note=", ".join(own) or score)
    if not config.exists():
        sys.exit("the person's configuration is gone")


def harms(machine: Machine) -> None:
    """Kill it, stop it, and let it run out of memory."""
    for name, harm in (("killed", kill), ("stopped (the watchdog has to see it)", hang)):
        tell_back(name, machine, [machine.back_after(harm) for _ in range(REPEATS)])
    if MEMORY.is_dir():
        times = [machine.back_after(partial(starve, machine.data)).since_its_end() for _ in range(REPEATS)]
        tell_back("out of memory", machine, times)
        if "ran out of memory" not in machine.reason():
            sys.exit("it does not know that memory ran out")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, help="a Debian root that was made before; it is changed")
    asked = parser.parse_args()
    debian_root.need({"systemd-nspawn": "systemd-container", "mmdebstrap": "mmdebstrap"})
    with tempfile.TemporaryDirectory() as folder:
        root = asked.root or Path(folder) / "root"
        if not root.is_dir():
            debian_root.make(root, PACKAGES)
        debian_root.take_in(root)
        machine = Machine(root)
        try:
            lifecycle(machine)
        finally:
            machine.close()


if __name__ == "__main__":
    main()
