"""Arm, as on a Raspberry Pi: a bare Debian 13 for arm64, set up by the README's words, does what this machine does.

`make check-arm64`, as root. On x86 the kernel runs it by QEMU's emulation of a Cortex-A72 (a Raspberry Pi 4), some
twenty times slower. Both machines are then asked the same: whether the doctor finds all well, what is said in a
recording, who is on a photograph, how a sentence sounds, and what goes to the body in a whole meeting. The Debian is
kept for the next time in the person's cache, or in `--root`; `--fresh` makes it anew. One JSON line a figure.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from platformdirs import user_cache_path

from benchmarks import debian_root
from benchmarks.debian_root import ENVIRONMENT, PROGRAM, SETTINGS
from benchmarks.figures import tell
from robot.core.audio import HEARD_RATE, read_wav, write_wav
from robot.core.clock import stopwatch
from tests.support.voices import in_a_room, joe

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = "python3,make,ca-certificates"  # as the README asks, but for git: the checkout is copied
EMULATED = "cortex-a72"
BINFMT = Path("/proc/sys/fs/binfmt_misc")
RULE = Path("/usr/lib/binfmt.d/qemu-aarch64.conf")
FOLDER = "check"  # in Arm's /root: what both machines are asked about
TASKS = "TASKS"  # stands for it, as either machine sees it
CONFIG = '[robot]\nlanguage = "en"\n[parts]\nbody = "sim://"\ncamera = ""\nears = ""\nspeaker = ""\n'
SENTENCE = "My sister is coming to see me on Sunday."
MEETING = ("sim", "first-meeting", "--headless", "--fast", "--seed", "7", "--senses", "truth", "--report", "-")
SAME_DEG = 0.5
SAME_SOUND = 0.99  # correlation
PATIENCE_S = 3600.0


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def emulate() -> None:
    """Have the kernel run programs for Arm, wherever their files are, by an emulator that it has opened beforehand."""
    if platform.machine() == "aarch64":
        return
    if not RULE.is_file():
        sys.exit("there is no emulator for Arm; remedy: sudo apt-get install qemu-user-binfmt")
    if not (BINFMT / "register").exists():
        subprocess.run(["mount", "-t", "binfmt_misc", "binfmt_misc", BINFMT], check=False)
    if not (BINFMT / "register").exists():
        sys.exit("this kernel runs no other machines' programs; remedy: sudo modprobe binfmt_misc")
    if not (BINFMT / RULE.stem).exists():
        (BINFMT / "register").write_text(RULE.read_text())


class Arm:
    """The other machine; commands run in its checkout."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def run(self, *command: str, codes: frozenset[int] = frozenset({0})) -> str:
        """What it printed on standard output; what it says beside that is seen. Ends the check with any other code."""
        settings = [f"--setenv={name}={text}" for name, text in (SETTINGS | {"QEMU_CPU": EMULATED}).items()]
        container = ["systemd-nspawn", "-q", "--register=no", "--keep-unit", "--as-pid2", "--console=pipe"]
        place = ["--resolv-conf=copy-host", f"--directory={self._root}", f"--chdir={PROGRAM}"]
        whole = [*container, *place, *settings, *command]
        try:
            done = subprocess.run(
                whole, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False, timeout=PATIENCE_S
            )
        except subprocess.TimeoutExpired:
            sys.exit(f"on Arm {' '.join(command)} has not ended after {PATIENCE_S:g} s")
        if done.returncode not in codes:
            sys.exit(f"on Arm {' '.join(command)} ended with {done.returncode}: {done.stdout[-2000:]}")
        return done.stdout

    def bowlby(self, *words: str) -> str:
        """A command of the robot's; 1 is its answer that something is at fault, or was not seen."""
        return self.run(f"{ENVIRONMENT}/bin/bowlby", *words, codes=frozenset({0, 1}))

    def lacking(self) -> set[str]:
        """Libraries that some installed package loads, and that neither a package nor the system brings."""
        environment = self._root / PROGRAM.lstrip("/") / ENVIRONMENT
        libraries = [path for path in environment.rglob("*.so*") if path.is_file()]
        told = subprocess.run(["readelf", "-d", *libraries], capture_output=True, text=True, check=False).stdout
        needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", told))
        return needed - {path.name for path in libraries} - {path.name for path in self._system()}

    def _system(self) -> Iterator[Path]:
        for folder in ("usr/lib", "usr/lib/aarch64-linux-gnu"):
            yield from (self._root / folder).glob("*.so*")


class Check:
    """What both machines are asked, and how far Arm's answer is from the one here."""

    def __init__(self, arm: Arm, home: Path) -> None:
        self._arm = arm
        self._tasks = home / FOLDER
        self._checkout = home / Path(PROGRAM).name  # Arm's very copy: the one here may be worked on meanwhile
        self.held = True

    def _tell(self, figure: str, value: float, unit: str, bar: float, *, least: bool = False, **more: object) -> None:
        self.held = tell(f"arm64: {figure}", value, unit, bar, least=least, **more) and self.held

    def _there(self, what: str, *words: str) -> tuple[str, float]:
        """Arm's answer, and the seconds that it took."""
        say(f"{what} ...")
        began = stopwatch()
        return self._arm.bowlby(*(word.replace(TASKS, f"/root/{FOLDER}") for word in words)), stopwatch() - began

    def _here(self, *words: str) -> str:
        command = [sys.executable, "-m", "robot", *(word.replace(TASKS, str(self._tasks)) for word in words)]
        environment = os.environ | {"PYTHONPATH": str(self._checkout)}
        return subprocess.run(
            command, cwd=self._checkout, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=600
        ).stdout

    def _both(self, what: str, *words: str) -> tuple[str, str, float]:
        """Arm's answer, that of this machine, and the seconds that Arm took."""
        there, took = self._there(what, *words)
        return there, self._here(*words), took

    def libraries(self) -> None:
        lacking = sorted(self._arm.lacking())
        self._tell("libraries that packages need and nobody brings", len(lacking), "libraries", 0, which=lacking)

    def doctor(self) -> None:
        there, took = self._there("the doctor", "doctor", "--config", f"{TASKS}/bowlby.toml", "--json")
        parts = json.loads(there)["parts"]
        faults = [f"{one['part']}: {one['reason']}" for one in parts if one["condition"] == "fault"]
        lesser = [f"{one['part']}: {one['reason']}" for one in parts if one["condition"] == "lesser"]
        self._tell("parts at fault", len(faults), "parts", 0, of=len(parts), faults=faults, lesser=lesser, seconds=took)

    def hears(self) -> None:
        there, here_, took = self._both("hears a recording", "hear", f"{TASKS}/said.wav", "--json")
        heard, expected = (self._understood(text) for text in (there, here_))
        self._tell("utterances heard otherwise", int(heard != expected), "", 0, heard=heard, seconds=took)

    @staticmethod
    def _understood(text: str) -> list[Any]:
        told = json.loads(text)
        return [told["recogniser"], *((one["text"], one["intent"], one["slots"]) for one in told["utterances"])]

    def sees(self) -> None:
        there, here_, took = self._both("sees a photograph", "see", f"{TASKS}/photograph.png", "--json")
        people, expected = (json.loads(text)["people"] for text in (there, here_))
        apart = 180.0
        if len(people) == len(expected) > 0:
            pairs = zip(people, expected, strict=True)
            apart = max(abs(one[key] - other[key]) for one, other in pairs for key in ("yaw_deg", "pitch_deg"))
        self._tell("faces, directions apart", apart, "deg", SAME_DEG, people=len(people), seconds=took)

    def says(self) -> None:
        _, took = self._there("says a sentence", "say", SENTENCE, "--out", f"{TASKS}/there.wav")
        self._here("say", SENTENCE, "--out", f"{TASKS}/here.wav")
        (there, rate), (expected, rate_here) = (read_wav(self._tasks / f"{one}.wav") for one in ("there", "here"))
        alike = 0.0
        if rate == rate_here and len(there) == len(expected):
            alike = float(np.corrcoef(there, expected)[0, 1])
        self._tell("the voice, likeness", alike, "correlation", SAME_SOUND, least=True, seconds=took)

    def lives(self) -> None:
        there, here_, took = self._both("lives through the first meeting", *MEETING)
        report, expected = json.loads(there), json.loads(here_)
        missed = [one for one in report["expectations"] if not one["passed"]]
        self._tell(
            "expectations missed", len(missed), "", 0, of=len(report["expectations"]), missed=missed, seconds=took
        )
        differs = int(report["digest"] != expected["digest"])
        self._tell("bytes to the body that differ", differs, "", 0, digest=report["digest"], here=expected["digest"])


def lay_tasks(tasks: Path) -> None:
    tasks.mkdir(parents=True, exist_ok=True)
    (tasks / "bowlby.toml").write_text(CONFIG, encoding="utf-8")
    write_wav(tasks / "said.wav", in_a_room([joe(SENTENCE)]), HEARD_RATE)
    (tasks / "photograph.png").write_bytes((files("skimage.data") / "astronaut.png").read_bytes())


def megabytes(folder: Path) -> float:
    """On the disk; what has two names, as packages and their cache have, once."""
    blocks = {(status := path.lstat()).st_ino: status.st_blocks for path in folder.rglob("*")}
    return sum(blocks.values()) * 512 / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=user_cache_path("bowlby") / "arm64", help="where it is kept")
    parser.add_argument("--fresh", action="store_true", help="make it anew")
    asked = parser.parse_args()
    root: Path = asked.root.absolute()
    needed = {"systemd-nspawn": "systemd-container", "mmdebstrap": "mmdebstrap", "readelf": "binutils"}
    debian_root.need(needed)
    emulate()
    if asked.fresh:
        shutil.rmtree(root, ignore_errors=True)
    if not root.is_dir():
        say(f"Debian 13 for arm64, into {root}: some minutes ...")
        began = stopwatch()
        debian_root.make(root, PACKAGES, "arm64")
        tell("arm64: Debian laid out", stopwatch() - began, "s", size_mb=megabytes(root))
    say("the set-up, by the README's words: a quarter of an hour the first time ...")
    began = stopwatch()
    arm = Arm(root)
    debian_root.take_in(root)
    arm.run("make", "run", "ARGS=--list")
    environment = root / PROGRAM.lstrip("/") / ENVIRONMENT
    tell(
        "arm64: set up", stopwatch() - began, "s", size_mb=megabytes(root), of_it_environment_mb=megabytes(environment)
    )
    lay_tasks(root / "root" / FOLDER)
    check = Check(arm, root / "root")
    for step in (check.libraries, check.says, check.sees, check.hears, check.doctor, check.lives):
        step()
    if not check.held:
        sys.exit("Arm does not do what this machine does; the lines above with passed: false say where")
    say("Arm does what this machine does.")


if __name__ == "__main__":
    main()
