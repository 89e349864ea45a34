"""What a check finds wrong with a package is told, keeps the package out, and counts for those very files."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from robot.app.plugins import PACKAGE, Library
from robot.core.condition import Condition
from robot.parts import behavior_packages
from robot.parts.behavior_packages import BehaviorPackage
from robot.texts.catalogue import words
from sim.testing import commands
from sim.testing.package_check import check
from sim.testing.share import pack
from tests.support.tables import TABLES
from tests.support.tea_package import CODE, GOOD, TEA, written

FLASH = "# A flash.\n" + "".join(f"[[frame]]\nt = {0.1 * n:.1f}\nlight = {n % 2}\n" for n in range(1, 11))


@pytest.fixture(autouse=True)
def nothing_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("bowlby_tea_time")]:
        monkeypatch.delitem(sys.modules, module)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Somebody's own behaviours."""
    return written(tmp_path / "mine")


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
