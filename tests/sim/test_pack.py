"""What is packed of somebody's own behaviours: one of them with all that is its own, or nothing and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.core.errors import InputError
from sim.testing.share import pack
from tests.support.tea_package import CODE, GOOD, written

if TYPE_CHECKING:
    from pathlib import Path

HEAD = CODE[CODE.index("class TeaTime") : CODE.index("    modes =")]


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
