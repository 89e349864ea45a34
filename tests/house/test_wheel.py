"""What is installed: a small wheel that holds all that the robot needs, and from which everything works."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.imports import HOUSE, ROOMS
from tests.support.simulation import play

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BYTES = 3_000_000
UV = Path(sys.executable).with_name("uv")
NEEDED = (
    *(
        "robot/core/words/*.toml",
        "behaviors/phrases/*.toml",
        "behaviors/expressions/*.toml",
        "robot/texts/**/*.po",
        "robot/guard/**/*.toml",
    ),
    *("robot/guard/crisis/data/*.npz", "robot/page/web/*.js", "robot/page/web/*.css", "sim/scenarios/**/*.toml"),
    *(
        "hardware/firmware/built/*.bin",
        "hardware/firmware/built/*.uf2",
        "hardware/firmware/built/*.wasm",
        "hardware/body/*.toml",
    ),
    *("robot/sense/**/*.txt", "robot/sense/**/*.toml", "robot/sense/language/data/*"),
    *("sim/studies/*.toml", "sim/gallery/*.toml"),
)
KINDS = {".py", ".toml", ".po", ".npz", ".onnx", ".js", ".css", ".bin", ".uf2", ".wasm", ".md", ".txt", ".svg"}
INSTALLS = "hardware/host/"  # what installs it as a service, from the house it lies in
MEETING = ("sim", "first-meeting", "--headless", "--fast", "--seed", "7", "--senses", "truth")
BARE = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")  # what would let the checkout be seen

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(("make", "-C", HOUSE, "wheel", f"INTO={folder}"), check=True, timeout=120)
    (made,) = folder.glob("*.whl")
    return made


def test_it_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size <= MOST_BYTES


def test_it_holds_what_the_robot_needs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    for pattern in NEEDED:
        needed = {str(path.relative_to(HOUSE)) for path in HOUSE.glob(pattern)}
        assert needed, pattern
        assert needed <= held
    for room in ROOMS:
        modules = {str(path.relative_to(HOUSE)) for path in (HOUSE / room).rglob("*.py")}
        assert {name for name in modules if not name.startswith(INSTALLS)} <= held
    assert {name.partition("/")[0] for name in held} == set(ROOMS)
    strange = [name for name in held if Path(name).suffix not in KINDS and Path(name).name != "py.typed"]
    assert strange == []
    assert [name for name in held if name.startswith(INSTALLS)] == []
    assert [
        name for name in held if re.search(r"(^|/)(tests?|train(ing)?|fuzz|examples|__pycache__)(/|\.)", name)
    ] == []


class Installed:
    """The command of a wheel, run in a folder of its own and with a home of its own."""

    def __init__(self, folder: Path, command: Sequence[str | Path], **more: str) -> None:
        self.folder = folder
        self._command = command
        own = {name: str(folder / name.lower()) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
        own |= {name: str(folder / name.lower()) for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME")}
        kept = {name: value for name, value in os.environ.items() if name not in BARE}
        self.environment = kept | own | {"COLUMNS": "200"} | more

    def start(self, *words: str) -> subprocess.Popen[str]:
        command = [*self._command, *words]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, expect: int = 0) -> str:
        """What it printed."""
        with self.start(*words) as process:
            out, error = process.communicate(timeout=120)
        assert process.returncode == expect, error + out
        return out

    def meeting(self) -> str:
        """The digest of the first meeting."""
        self.run(*MEETING, "--report", "report.json", "--record", "meeting.mcap")
        report = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))
        assert all(line["passed"] for line in report["expectations"])
        return str(report["digest"])


@pytest.fixture(scope="module")
def checkout() -> str:
    """The digest of the first meeting, as it is here."""
    return play("first-meeting", seed=7).digest


def test_unpacked_it_lives_through_the_first_meeting_as_the_checkout_does(
    wheel: Path, tmp_path: Path, checkout: str
) -> None:
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    where = "import robot, sim, behaviors; print(robot.__file__, sim.__file__, behaviors.__file__)"
    python = Installed(tmp_path, (sys.executable, "-c", where), PYTHONPATH=str(unpacked))
    assert all(Path(path).is_relative_to(unpacked) for path in python.run().split())
    assert Installed(tmp_path, (sys.executable, "-m", "robot"), PYTHONPATH=str(unpacked)).meeting() == checkout


@pytest.mark.soak
def test_in_an_empty_environment_everything_works_from_it(wheel: Path, tmp_path: Path, checkout: str) -> None:
    def uv(*words: str | Path) -> None:
        subprocess.run((UV, *words), cwd=tmp_path, check=True, timeout=600)

    python = tmp_path / "venv" / "bin" / "python"
    uv("venv", "-q", "-p", sys.executable, tmp_path / "venv")
    pins = HOUSE / "constraints" / "run.txt"
    uv("pip", "install", "-q", "--python", python, "--require-hashes", "-r", pins)
    uv("pip", "install", "-q", "--python", python, "--no-deps", wheel)
    bowlby = Installed(tmp_path, (python.with_name("bowlby"),))

    assert "doctor" in bowlby.run("--help")
    assert "first-meeting" in bowlby.run("sim", "--list")
    assert bowlby.meeting() == checkout
    assert bowlby.run("replay", "meeting.mcap").startswith("the same")
    with bowlby.start("doctor", "--json") as doctor:
        parts = json.loads(doctor.communicate(timeout=120)[0])  # it may find fault with the machine, not with itself
    assert parts
    bowlby.run("say", "Hello.", "--out", "hello.wav")
    assert (tmp_path / "hello.wav").stat().st_size > 10_000
    assert "Recogniser" in bowlby.run("hear", "hello.wav")
    bowlby.run("express", "glad", "--strip", "glad.png")
    assert (tmp_path / "glad.png").read_bytes().startswith(b"\x89PNG")
    assert Path(bowlby.run("behavior", "new", "mine").split()[0]).is_file()
    assert "mine" in bowlby.run("behavior", "list")

    with bowlby.start("sim", "visit", "--senses", "truth", "--no-browser") as page:
        assert page.stderr is not None
        said = ""
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/", said)):
            line = page.stderr.readline()
            assert line, said
            said += line
        with urllib.request.urlopen(found.group(), timeout=30) as answer:  # noqa: S310 - on this machine
            assert b"Bowlby" in answer.read()
        page.send_signal(signal.SIGINT)
        page.communicate(timeout=60)
