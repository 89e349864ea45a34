"""A behaviour goes from one person to another as a package, and runs there only once it has passed the checks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from robot.app.plugins import PACKAGE, Library
from robot.core.condition import Condition
from robot.core.errors import BehaviorError, InputError
from robot.parts import behavior_packages
from robot.parts.behavior_packages import BehaviorPackage
from robot.texts.catalogue import words
from sim.testing import commands
from sim.testing.package_check import PackageFindings, check
from sim.testing.share import pack
from tests.support.imports import HOUSE
from tests.support.tables import TABLES

UV = Path(sys.executable).with_name("uv")
CODE = '''
"""A tap on the back says that the tea is ready."""

from robot import Behavior, Mode, Role, Say, Show, because


class TeaTime(Behavior):
    """Says that the tea is ready to whoever taps its back."""

    name = "tea_time"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def desire(self, state):
        return 0.8 if any(touch.pad == "back" for touch in state.scene.touches) else 0.0

    def act(self, state):
        if state.first:
            yield Show(because("touched", "back"), "steam")
            yield Say(because("touched", "back"), PHRASE)
'''
HEAD = CODE[CODE.index("class TeaTime") : CODE.index("    modes =")]
GOOD = CODE.replace("PHRASE", '"tea_ready"')
TEST = """
from tea_time import TeaTime


def test_a_tap_says_so(bowlby):
    bowlby.add(TeaTime())
    bowlby.person("Ada", x=1.2)
    bowlby.forward(seconds=6)
    bowlby.touch("back", seconds=0.2)
    assert bowlby.says("tea_ready", within=2)
"""
TEA = '[said.en]\ntea_ready = "The tea is ready."\n[said.fr]\ntea_ready = "Le thé est prêt."\n'
OTHER = '[said.en]\nnot_of_it = "Soup."\n[said.fr]\nnot_of_it = "De la soupe."\n'
STEAM = "# A sway.\n[[frame]]\nt = 0.5\nroll = 6\n[[frame]]\nt = 1\n"
FLASH = "# A flash.\n" + "".join(f"[[frame]]\nt = {0.1 * n:.1f}\nlight = {n % 2}\n" for n in range(1, 11))
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


@pytest.fixture(autouse=True)
def nothing_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("bowlby_tea_time")]:
        monkeypatch.delitem(sys.modules, module)


def written(folder: Path) -> Path:
    """A folder of somebody's own behaviours."""
    for name, text in {
        "tea_time.py": GOOD,
        "test_tea_time.py": TEST,
        "other.py": GOOD.replace("tea_time", "other"),
        "phrases/tea.toml": TEA,
        "phrases/soup.toml": OTHER,
        "expressions/steam.toml": STEAM,
        "expressions/unused.toml": STEAM,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Somebody's own behaviours."""
    return written(tmp_path / "mine")


def test_what_is_packed_is_the_behaviour_with_what_it_says_and_shows(mine: Path, tmp_path: Path) -> None:
    packed = pack("tea_time", mine, tmp_path / "out")
    assert set(packed.files) == {
        "pyproject.toml",
        "README.md",
        "bowlby_tea_time/__init__.py",
        "bowlby_tea_time/tea_time.py",
        "bowlby_tea_time/phrases/tea.toml",
        "bowlby_tea_time/expressions/steam.toml",
        "bowlby_tea_time/tests/test_tea_time.py",
    }
    test = (packed.folder / "bowlby_tea_time/tests/test_tea_time.py").read_text(encoding="utf-8")
    assert "from bowlby_tea_time.tea_time import TeaTime" in test
    with pytest.raises(InputError, match="such a folder"):
        pack("tea_time", mine, tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("tea_tim", None, "tea_time"),
        ("tea_time", "class", "no Python"),
        ("tea_time", "import other\n" + GOOD, "other.py"),
        ("tea_time", "pass", "no class"),
    ],
)
def test_what_cannot_be_packed_is_refused_with_its_reason(
    mine: Path, tmp_path: Path, name: str, code: str | None, told: str
) -> None:
    if code is not None:
        (mine / "tea_time.py").write_text(code, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        pack(name, mine, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_behaviour_without_a_test_gets_the_one_that_all_must_pass(mine: Path, tmp_path: Path) -> None:
    (mine / "test_tea_time.py").unlink()
    packed = pack("tea_time", mine, tmp_path / "out")
    test = (packed.folder / "bowlby_tea_time/tests/test_tea_time.py").read_text(encoding="utf-8")
    assert "bowlby.add(tea_time.TeaTime())" in test


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('    name = "tea_time"', '    name: ClassVar[str] = "tea_time"'),
        ('    name = "tea_time"', '    name = f"{TEA}_time"'),
        ("class TeaTime(Behavior)", 'class Kettle:\n    name = "kettle"\n\n\nclass TeaTime(Behavior)'),
        (HEAD, 'class Named(Behavior):\n    name = "tea_time"\n\n\nclass TeaTime(Named):\n'),
    ],
)
def test_a_behaviour_is_what_the_robot_would_load(mine: Path, tmp_path: Path, was: str, now: str) -> None:
    code = GOOD.replace(was, now).replace("\nclass", '\nfrom typing import ClassVar\nTEA = "tea"\n\n\nclass', 1)
    (mine / "tea_time.py").write_text(code, encoding="utf-8")
    (mine / "test_tea_time.py").unlink()
    packed = pack("tea_time", mine, tmp_path / "out")
    test = (packed.folder / "bowlby_tea_time/tests/test_tea_time.py").read_text(encoding="utf-8")
    assert "bowlby.add(tea_time.TeaTime())" in test
    assert '{"tea_time"} <=' in test


def test_all_tests_of_a_behaviour_are_packed_however_they_are_called(mine: Path, tmp_path: Path) -> None:
    (mine / "test_tea_time.py").rename(mine / "test_the_kettle.py")
    (mine / "tea_test.py").write_text("import tea_time as tea\n", encoding="utf-8")
    (mine / "test_other.py").write_text("import other\n", encoding="utf-8")
    (mine / "conftest.py").write_text('"""What all tests share."""\n', encoding="utf-8")
    packed = pack("tea_time", mine, tmp_path / "out")
    tests = {file for file in packed.files if "/tests/" in file}
    assert tests == {f"bowlby_tea_time/tests/{name}.py" for name in ("test_the_kettle", "tea_test", "conftest")}
    moved = (packed.folder / "bowlby_tea_time/tests/tea_test.py").read_text(encoding="utf-8")
    assert "from bowlby_tea_time import tea_time as tea" in moved


def test_a_test_that_needs_another_file_is_refused_with_its_name(mine: Path, tmp_path: Path) -> None:
    (mine / "test_both.py").write_text("import other\nimport tea_time\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"other\.py"):
        pack("tea_time", mine, tmp_path / "out")


DOING = '''
"""Does one thing for a while after each word."""

from robot import Behavior, Hold, Light, Mode, Pose, Show, because


class TeaTime(Behavior):
    """Answers nobody."""

    name = "tea_time"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 0.0
    heard = -9.0

    def desire(self, state):
        if state.scene.utterances:
            self.heard = state.t
        return 0.95 if WHEN else 0.0

    def act(self, state):
        cause = because("heard", "words")
        yield WISH
'''


def doing(wish: str, when: str) -> dict[str, str]:
    """The file of a behaviour that wants this at each thought as long as that is so."""
    return {"tea_time.py": DOING.replace("WISH", wish).replace("WHEN", when)}


A_WHILE = "0.05 < state.t - self.heard < 2"
BROKEN = {
    "phrase": ({"phrases/tea.toml": TEA.replace("The tea is ready.", "I love you, do not leave me.")}, "duty"),
    "words": ({"tea_time.py": CODE.replace("PHRASE", 'text="I love you. Please do not leave me."')}, "breaks duty"),
    "motion": ({"expressions/steam.toml": FLASH}, "duty 40"),
    "raises": ({"tea_time.py": GOOD.replace("if state.first:", "if 1 / 0:")}, "ZeroDivisionError"),
    "slow": ({"tea_time.py": GOOD.replace("    def desire", "    big = 0\n\n    def desire").replace(
        "        return 0.8", "        sum(range(3_000_000))\n        return 0.8")}, "ms"),
    "name": ({"tea_time.py": GOOD.replace('"tea_time"', '"crisis"')}, "crisis"),
    "exit": ({"tea_time.py": "raise SystemExit"}, "SystemExit"),
    "flashes": (doing("Hold(cause, light=Light((255, 0, 90), float(int(state.t * 10) % 2)))", A_WHILE), "duty 40"),
    "fidgets": (doing('Show(cause, "nod")', A_WHILE), "duty 40"),
}  # fmt: skip
FAIR = {
    "nothing": {},
    "nods after another has": doing('Show(cause, "nod")', "0.05 < state.t - self.heard < 0.15"),
    "breathes whenever it may": doing(
        "Hold(cause, light=Light((190, 90, 255), (state.t / 2) % 1 if state.t % 4 < 2 else 1 - (state.t / 2) % 1))",
        "state.t % 1 < 0.7",
    ),
    "leans to whoever is near": doing("Hold(cause, pose=Pose(neck_pitch=0.2))", "state.scene.people"),
}


@pytest.mark.slow  # a scene in two languages each
@pytest.mark.parametrize("how", [*BROKEN, *FAIR])
def test_what_a_check_finds(how: str, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, told = BROKEN[how] if how in BROKEN else (FAIR[how], "")
    for name, text in files.items():
        (mine / name).write_text(text, encoding="utf-8")
    packed = pack("tea_time", mine, tmp_path / "out") if how != "exit" else _bare(tmp_path / "out", files)
    monkeypatch.syspath_prepend(packed if isinstance(packed, Path) else packed.folder)
    found, names = check(BehaviorPackage("bowlby_tea_time", "bowlby-tea-time"))
    if not told:
        assert found == []
        brought = ["expression steam", "phrase tea_ready"] if how == "nothing" else []
        assert names == ["behaviour tea_time", *brought]
    else:
        assert any(told in line for line in found), found


def _bare(folder: Path, files: dict[str, str]) -> Path:
    (folder / "bowlby_tea_time").mkdir(parents=True)
    (folder / "bowlby_tea_time" / "__init__.py").touch()
    for name, text in files.items():
        (folder / "bowlby_tea_time" / name).write_text(text, encoding="utf-8")
    return folder


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


@pytest.mark.slow  # two packages, checked as on the machine of whoever got them
@pytest.mark.parametrize("faults", [["ends the process"], pytest.param([*FAULTY], marks=pytest.mark.soak)])
def test_each_package_is_told_its_own_faults_alone(installed: Path, tmp_path: Path, faults: list[str]) -> None:
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
    for how in faults:
        (soup / "soup_time.py").write_text(FAULTY[how], encoding="utf-8")
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


FAILING = """
def test_the_kettle_sings():
    sung = ["hum"]
    assert sung == ["la"], "no song"
"""


def test_a_test_of_its_own_that_fails_is_named_with_its_reason(tmp_path: Path) -> None:
    folder = _bare(tmp_path, {}) / "bowlby_tea_time"
    (folder / "tests").mkdir()
    (folder / "tests" / "test_tea.py").write_text(FAILING, encoding="utf-8")
    (told,) = commands._tested(folder)
    assert re.search(r"^its own test test_tea::test_the_kettle_sings: AssertionError: no song; assert \['hum'\]", told)
    (folder / "tests" / "test_tea.py").write_text("import no_such_module\n", encoding="utf-8")
    (told,) = commands._tested(folder)
    assert "test_tea: " in told
    assert "No module named 'no_such_module'" in told


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


def test_a_package_that_failed_is_left_out_and_told_with_what_it_broke(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = BehaviorPackage("bowlby_tea_time", "bowlby-tea-time")
    monkeypatch.setattr(behavior_packages, "benched", lambda: ((package, "it breaks duty 4"),))
    (told,) = [part for part in Library(tmp_path, lambda: TABLES).health() if part.part == PACKAGE]
    assert told.condition is Condition.FAULT
    assert "it breaks duty 4" in words(told.reason)
    assert words(told.reason, "fr") != words(told.reason)


def test_what_was_kept_of_a_check_counts_for_those_very_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behavior_packages, "place", lambda: tmp_path / "state" / "checked.json")
    monkeypatch.syspath_prepend(_bare(tmp_path / "out", {"tea_time.py": GOOD}))
    package = BehaviorPackage("bowlby_tea_time", "bowlby-tea-time", "0.1.0")
    assert not behavior_packages.passed(package)
    behavior_packages.keep(package, ())
    assert behavior_packages.passed(package)
    assert not behavior_packages.passed(package._replace(version="0.1.1"))
    (tmp_path / "out" / "bowlby_tea_time" / "more.py").touch()
    assert not behavior_packages.passed(package)
    behavior_packages.keep(package, ("it raises",))
    assert not behavior_packages.passed(package)
    behavior_packages.place().write_text("[1]", encoding="utf-8")
    assert behavior_packages.checked() == {}
