"""The page about the tests and their order are those of the tree."""

from __future__ import annotations

import re

from tests.conftest import LONGEST_FIRST
from tests.support.imports import HOUSE

TESTS = HOUSE / "tests"
PAGE = (TESTS / "README.md").read_text(encoding="utf-8")


def test_the_page_lists_every_module_that_tests_share() -> None:
    assert re.findall(r"(?m)^\| `(\w+\.py)` \|", PAGE.partition("## What they share")[2]) == sorted(
        path.name for path in (TESTS / "support").glob("*.py") if path.name != "__init__.py"
    )


def test_every_file_that_is_begun_first_is_there() -> None:
    files = {"/".join(path.parts[-2:]) for path in TESTS.rglob("test_*.py")}
    assert set(LONGEST_FIRST) <= files


def test_every_folder_is_a_room_or_told_on_the_page() -> None:
    rooms = {path.name for root in (HOUSE, HOUSE / "robot", HOUSE / "hardware") for path in root.iterdir()}
    folders = {path.name for path in TESTS.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert [name for name in sorted(folders - rooms) if f"`{name}/`" not in PAGE] == []
