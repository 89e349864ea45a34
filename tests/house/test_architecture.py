"""The house stays as it was built: who may know whom, no circles, one place for time and chance."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

import pytest

from robot.core.errors import BowlbyError
from tests.support.command_line import helped
from tests.support.imports import HOUSE, ROOMS, cycles, graph, imported, modules, tree

if TYPE_CHECKING:
    from pathlib import Path

ALLOWED = {
    "robot": {"robot"},
    "behaviors": {"behaviors", "robot"},
    "firmware_bridge": {"firmware_bridge", "robot"},
    "hardware": {"hardware", "robot"},
    "sim": {"sim", "robot", "firmware_bridge", "hardware"},
}
# Inside robot/, from the ground up: a room imports from its own floor's rooms below it in this order, and never upward.
# The seven steps stand in the order in which values flow through them.
FLOORS = (
    "texts",
    "core",
    "parts",
    "memory",
    "attend",
    "feel",
    "config",
    "decide",
    "sense.language",
    "sense.switches",
    "sense.sight",
    "sense.hearing",
    "express",
    "guard",
    "health",
    "loop",
    "recording",
    "page",
    "doors",
    "app",
    "cli",
    "__main__",
)
GROUPS = (
    *("bodies", "cameras", "ears", "speakers", "behaviors", "commands"),
    *("sights", "listeners", "topics", "fleets"),
)
BY_POSITION = {"Pose"}  # six angles in the order of the channels
SEEDED = {"Generator", "default_rng"}
TIME_AND_CHANCE = {"time", "random", "secrets"}
WALL_CLOCKS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
}


def test_each_room_imports_only_what_its_arrows_allow() -> None:
    known = modules()
    wrong = [
        f"{known[name]}:{line} imports {target}"
        for name, targets in graph().items()
        for target, line in targets.items()
        if target.partition(".")[0] not in ALLOWED[name.partition(".")[0]]
    ]
    assert not wrong


def test_no_room_imports_tests_or_benchmarks() -> None:
    wrong = [
        f"{path}:{line}"
        for path in modules().values()
        for target, line in imported(tree(path), {})
        if target.partition(".")[0] in {"tests", "benchmarks"}
    ]
    assert not wrong


def room_of(module: str) -> str:
    """The room in which a module stands: "robot.sense.sight", "robot.guard", "sim.world", "hardware"."""
    parts = module.split(".")
    deep = 3 if parts[:2] == ["robot", "sense"] else 2
    return ".".join(parts[: min(deep, len(parts) - 1)]) if len(parts) > 1 else module


def test_inside_robot_imports_go_down() -> None:
    height = {f"robot.{name}": floor for floor, name in enumerate(FLOORS)}

    def floor(module: str) -> int:
        found = max((name for name in height if f"{module}.".startswith(f"{name}.")), key=len, default="")
        assert found, f"{known[module]}: give its room a floor in FLOORS"
        return height[found]

    known = modules()
    inside = [name for name in known if name.startswith("robot.") and known[name].name != "__init__.py"]
    wrong = [
        f"{known[name]}:{line} imports {target} from above"
        for name in inside
        for target, line in graph()[name].items()
        if target in inside and floor(target) > floor(name)
    ]
    assert not wrong


def test_no_module_and_no_folder_imports_in_a_circle() -> None:
    edges = graph()
    assert not cycles(edges)
    folders: dict[str, dict[str, int]] = {}
    for name, targets in edges.items():
        mine = folders.setdefault(room_of(name), {})
        mine |= {room_of(target): line for target, line in targets.items() if room_of(target) != room_of(name)}
        for target in targets:
            folders.setdefault(room_of(target), {})
    assert not cycles(folders)


def test_the_rooms_of_the_robot_are_those_of_the_plan() -> None:
    shown = {path.name for path in (HOUSE / "robot").iterdir() if path.name != "__pycache__"}
    assert shown == {name.partition(".")[0] for name in FLOORS} - {"__main__"} | {
        "__init__.py",
        "__main__.py",
        "py.typed",
        "README.md",
    }


def test_no_two_classes_bear_one_name() -> None:
    where: dict[str, list[str]] = {}
    for path in modules().values():
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(f"{path.relative_to(HOUSE)}:{node.lineno}")
    assert {name: places for name, places in where.items() if len(places) > 1} == {}


def test_records_of_more_than_five_fields_are_made_by_keyword() -> None:
    """Positions beyond the fifth tell a reader nothing; a pose alone is six numbers in a known order."""
    trees = {path: tree(path) for path in modules().values()}
    fields = {
        node.name: [
            one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        ]
        for module in trees.values()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
    }
    wrong = [
        f"{path.relative_to(HOUSE)}:{node.lineno} makes {node.func.id} by position"
        for path, module in trees.items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id not in BY_POSITION
        and len(fields.get(node.func.id, ())) > 5
        and len(node.args) > 5
        and not any(isinstance(argument, ast.Starred) for argument in node.args)
    ]
    assert not wrong


def test_only_the_clock_touches_time_and_chance() -> None:
    wrong = []
    for name, path in modules().items():
        if name == "robot.core.clock":
            continue
        module = tree(path)
        wrong += [f"{path}:{line} imports {used}" for used, line in imported(module, {}) if used in TIME_AND_CHANCE]
        for node in ast.walk(module):
            if isinstance(node, ast.Attribute):
                owner = node.value
                last = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
                if (last, node.attr) in WALL_CLOCKS or (last == "random" and node.attr not in SEEDED):
                    wrong.append(f"{path}:{node.lineno} uses {last}.{node.attr}")
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("default_rng") and not node.args:
                wrong.append(f"{path}:{node.lineno} seeds chance by the machine")
    assert not wrong


def test_every_folder_with_code_explains_itself() -> None:
    code = {
        path.relative_to(HOUSE).parts[0] for path in HOUSE.glob("*/**/*.py") if path.parts[len(HOUSE.parts)][0] != "."
    }
    lacking = [name for name in sorted(code) if not (HOUSE / name / "README.md").is_file()]
    assert not lacking


def test_a_folder_lists_its_modules_in_the_readme_of_its_room() -> None:
    """Each module stands in the README nearest above it, by its path from there. Other paths begin at the top of the
    house, and point to a file that is there.
    """
    tops = {path.name for path in HOUSE.iterdir() if path.is_dir()}
    wrong = []
    for readme in sorted(HOUSE.glob("[!.]*/**/README.md")):
        room = readme.parent
        if room.relative_to(HOUSE).parts[0] in {"docs", "tests"} or "node_modules" in room.parts:
            continue
        told = set(re.findall(r"[`\[]([\w/]+\.py)[`\]]", readme.read_text(encoding="utf-8")))
        pointers = {name for name in told if name.partition("/")[0] in tops and (HOUSE / name).is_file()}
        mine = {
            str(path.relative_to(room))
            for path in room.rglob("*.py")
            if path.stem != "__init__" and nearest_readme(path) == readme
        }
        wrong += [f"{readme.relative_to(HOUSE)} does not list {name}" for name in sorted(mine - told)]
        wrong += [f"{readme.relative_to(HOUSE)} lists {name}, which is not there" for name in told - mine - pointers]
    assert not wrong


def nearest_readme(path: Path) -> Path:
    return next(folder / "README.md" for folder in path.parents if (folder / "README.md").is_file())


@pytest.mark.parametrize("group", GROUPS)
def test_every_part_that_is_listed_can_be_loaded(group: str) -> None:
    mine = [entry for entry in entry_points(group=f"bowlby.{group}") if entry.value.partition(".")[0] in ROOMS]
    assert mine
    for entry in mine:
        assert entry.load() is not None, entry


def test_what_is_installed_is_what_the_project_lists() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = {
        EntryPoint(name, value, group)
        for group, entries in project["entry-points"].items()
        for name, value in entries.items()
    }
    installed = {entry for group in project["entry-points"] for entry in entry_points(group=group)}
    assert listed <= installed, "run `make test` again: pyproject.toml has changed since the set-up"


def commands() -> list[str]:
    return sorted(entry.name for entry in entry_points(group="bowlby.commands"))


@pytest.mark.parametrize("command", ["", *commands()])
def test_every_command_explains_itself(command: str) -> None:
    asked = helped(command)
    assert asked.exit_code == 0, asked.output
    assert "Usage:" in asked.stdout
    assert not asked.stderr


def test_errors_carry_their_place_their_remedy_and_an_exit_code() -> None:
    def below(kind: type[BowlbyError]) -> set[type[BowlbyError]]:
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    for kind in below(BowlbyError):
        assert 1 <= kind.exit_code < 126
        assert str(kind("it broke", place="here:3", remedy="mend it")) == "here:3: it broke (mend it)"
