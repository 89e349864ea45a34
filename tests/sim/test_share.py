"""A behaviour goes from one person to another as a package, and runs there only once it has passed the checks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from robot.core.errors import BehaviorError
from sim.testing import commands
from sim.testing.package_check import PackageFindings
from sim.testing.share import pack
from tests.support.imports import HOUSE
from tests.support.tea_package import CODE, GOOD, TEA, written

UV = Path(sys.executable).with_name("uv")
PASSED = """
import sys
from robot.parts.behavior_packages import every_package, keep
(package,) = (one for one in every_package() if one.module == sys.argv[1])
keep(package, ())
"""
SCENE = """
about = "Ada taps its back."
duration_s = 12
[[person]]
name = "Ada"
[[person.way]]
at = 1
x = 1.2
[[touch]]
at = 7
pad = "back"
hold_s = 0.2
[[expect]]
what = "says"
text = "tea is ready"
after = 7
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Somebody's own behaviours."""
    return written(tmp_path / "mine")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What pip makes of the package."""
    folder = tmp_path_factory.mktemp("shared")
    packed = pack("tea_time", written(folder / "mine"), folder / "out")
    pins = HOUSE / "constraints" / "build.txt"
    words = ("pip", "install", "-q", "--no-deps", "--target", folder / "site", "--build-constraints", pins)
    subprocess.run((UV, *words, packed.folder), check=True, timeout=120)
    return folder / "site"


class Other:
    """The machine of whoever gets the package: a folder for what pip installs, a state of its own."""

    def __init__(self, folder: Path, installed: Path) -> None:
        self.target, self.folder = folder / "site", folder
        shutil.copytree(installed, self.target)
        own = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("STATE", "CONFIG", "DATA")}
        path = os.pathsep.join((str(self.target), str(HOUSE)))
        self.environment = os.environ | own | {"PYTHONPATH": path, "COLUMNS": "200"}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "robot", *words)

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    def listed(self) -> tuple[set[str], str]:
        """The behaviours that it has, and all that it tells."""
        told = json.loads(self.run("behavior", "list", "--json").stdout)
        return {row["name"] for row in told["behaviors"]}, json.dumps(told)


@pytest.mark.slow  # builds, installs, checks and plays it, as whoever gets it would
def test_it_runs_on_the_other_side_once_it_has_passed_there(installed: Path, tmp_path: Path) -> None:
    other = Other(tmp_path / "other", installed)
    names, told = other.listed()
    assert "tea_time" not in names
    assert "bowlby behavior check bowlby_tea_time" in told

    checked = other.run("behavior", "check")
    assert checked.returncode == 0, checked.stderr
    (other.folder / "scene.toml").write_text(SCENE, encoding="utf-8")
    played = other.run("sim", "scene.toml", "--headless", "--fast", "--senses", "truth", "--report", "-")
    assert json.loads(played.stdout)["expectations"][0]["passed"], played.stderr

    (other.target / "bowlby_tea_time" / "phrases" / "tea.toml").write_text(
        TEA.replace("ready", "hot"), encoding="utf-8"
    )
    names, told = other.listed()
    assert "tea_time" not in names
    assert "bowlby behavior check bowlby_tea_time" in told


SOUP = GOOD.replace("tea_ready", "soup_ready").replace("steam", "stir").replace("TeaTime", "SoupTime")
FAULTY = {  # of another package that had passed here
    "raises": SOUP.replace("tea_time", "soup_time").replace("        return 0.8", "        1 / 0\n        return 0.8"),
    "does not load": "import no_such_module\n",
    "ends the process": "import os\nos._exit(3)\n",
    "takes every moment": SOUP.replace("tea_time", "soup_time").replace(
        "        return 0.8 if", "        return 1.0 if True or"
    ),
}


@pytest.mark.soak  # two packages, checked again and again as on the machine of whoever got them
def test_each_package_is_told_its_own_faults_alone(installed: Path, tmp_path: Path) -> None:
    other = Other(tmp_path / "other", installed)
    soup = other.target / "bowlby_soup_time"
    soup.mkdir()
    (soup / "__init__.py").touch()
    (other.target / "bowlby_soup_time-1.dist-info").mkdir()
    for name, text in {
        "METADATA": "Metadata-Version: 2.1\nName: bowlby-soup-time\nVersion: 1\n",
        "entry_points.txt": "[bowlby.behaviors]\nsoup_time = bowlby_soup_time\n",
    }.items():
        (other.target / "bowlby_soup_time-1.dist-info" / name).write_text(text, encoding="utf-8")
    for how, code in FAULTY.items():
        (soup / "soup_time.py").write_text(code, encoding="utf-8")
        passed = other.python("-c", PASSED, "bowlby_soup_time")  # as if it had been well when it was looked at
        assert passed.returncode == 0, passed.stderr
        checked = other.run("behavior", "check", "bowlby_tea_time")
        assert checked.returncode == 0, (how, checked.stderr)

    (soup / "soup_time.py").write_text(
        CODE.replace("PHRASE", "'farewell'").replace("steam", "nod"), encoding="utf-8"
    )  # its name is taken
    checked = other.run("behavior", "check")
    assert checked.returncode == BehaviorError.exit_code
    told = " ".join(checked.stderr.split())
    assert "bowlby_tea_time has passed" in told
    assert "bowlby_soup_time fails: its behaviour tea_time is in bowlby_tea_time already" in told
    assert "bowlby_tea_time fails" not in told


@pytest.mark.parametrize("found", [[], ["tea_time breaks duty 4"]])
def test_what_fails_its_check_is_not_shared(
    found: list[str], mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_found", lambda *_: PackageFindings(found, []))
    monkeypatch.setattr(commands, "_tested", lambda *_: [])
    settings = tmp_path / "bowlby.toml"
    settings.write_text(f'[robot]\nbehaviors = "{mine}"\n', encoding="utf-8")
    if not found:
        commands.share("tea_time", out=tmp_path / "out", config=settings)
        assert (tmp_path / "out" / "bowlby-tea-time" / "pyproject.toml").is_file()
    else:
        with pytest.raises(BehaviorError, match="left out on the other side"):
            commands.share("tea_time", out=tmp_path / "out", config=settings)
