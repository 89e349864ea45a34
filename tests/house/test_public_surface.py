"""The names for people outside: each is there, costs nothing until it is asked for, and is for people outside."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from robot.cli.commands.behavior import TEMPLATE
from tests.support.imports import HOUSE, modules, tree

if TYPE_CHECKING:
    from pathlib import Path

SURFACES = ("robot", "sim", "hardware")
CLIENT = "robot.doors.client"  # for programs beside a robot: it loads what they need, and nothing of the robot
EXAMPLES = sorted((HOUSE / "examples").glob("*.py"))


def taken(module: ast.Module) -> list[tuple[str, str, int]]:
    """What is imported by name from a surface, or from below one: module, name and line."""
    return [
        (node.module, alias.name, node.lineno)
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] in SURFACES
        for alias in node.names
    ]


@pytest.mark.parametrize("package", SURFACES)
def test_every_name_is_what_its_home_has_and_type_checkers_know_the_same(package: str) -> None:
    surface = importlib.import_module(package)
    assert surface.__all__
    for name in surface.__all__:
        assert getattr(surface, name) is getattr(importlib.import_module(surface.HOME_OF[name]), name)
    for_checkers = {name: home for home, name, _ in taken(tree(HOUSE / package / "__init__.py"))}
    assert for_checkers == surface.HOME_OF
    assert set(surface.__all__) <= set(dir(surface))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = surface.nothing


def test_a_surface_loads_nothing_before_it_is_asked() -> None:
    code = f"import sys, {', '.join(SURFACES)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HOUSE)
    ours = {name for name in done.stdout.split() if name.partition(".")[0] in SURFACES}
    assert ours == set(SURFACES)


def test_inside_the_house_everything_is_imported_by_its_full_path() -> None:
    wrong = [
        f"{path}:{line} takes {name} from {module}"
        for name_of, path in modules().items()
        if not name_of.startswith("behaviors.")  # behaviours are written as other people write theirs
        for module, name, line in taken(tree(path))
        if module in SURFACES and name in importlib.import_module(module).__all__
    ]
    assert not wrong


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_needs_nothing_but_public_names(path: Path) -> None:
    wrong = [f"{module}.{name}" for module, name, _ in taken(tree(path)) if module not in {*SURFACES, CLIENT}]
    assert not wrong


def test_a_new_behaviour_needs_nothing_but_public_names() -> None:
    found = taken(ast.parse(TEMPLATE.format(title="A title", name="a_name", kind="AKind")))
    assert len(found) >= 5
    assert {module for module, *_ in found} == {"robot"}
