"""The house stays as it was built: who may know whom, no circles, one place for time and chance."""

from __future__ import annotations

import ast
import tomllib
from importlib.metadata import EntryPoint, entry_points

import pytest

from robot.core.errors import BowlbyError
from tests.support.command_line import helped
from tests.support.imports import HOUSE, ROOMS, cycles, graph, imported, modules, tree

ALLOWED = {
    "robot": {"robot"},
    "behaviors": {"behaviors", "robot"},
    "firmware_bridge": {"firmware_bridge", "robot"},
    "hardware": {"hardware", "robot"},
    "sim": {"sim", "robot", "firmware_bridge", "hardware"},
}
# Inside robot/, from the ground up: a module imports from its own room or from a floor below. The seven steps stand in
# the order in which values flow through them.
FLOORS = (
    ("errors",),
    ("audio", "clock", "endure", "installed", "messages", "profile", "tables", "translation", "workers"),
    ("express.sounds", "feel.parameters"),
    ("config", "description", "history", "intents", "lastrun", "lent"),
    ("kinematics", "memory", "parts"),
    ("sense",),
    ("attend",),
    ("feel",),
    ("decide",),
    ("tick",),
    ("guard",),
    ("express",),
    ("library",),
    ("library", "memory.keeper"),
    ("senses",),
    ("pace", "quota"),
    ("loop",),
    ("gauges", "herald", "leap", "notify", "record"),
    ("page",),
    ("app",),
    ("doctor", "replay", "setup", "tuning"),
    ("controls", "showing"),
    ("runner",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
GROUPS = (
    *("bodies", "cameras", "ears", "speakers", "behaviors", "commands"),
    *("sights", "listeners", "topics", "fleets"),
)
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


def test_inside_robot_imports_go_down() -> None:
    floor_of = {name: height for height, names in enumerate(FLOORS) for name in names}

    def room(module: str) -> str:
        """The longest name in FLOORS that a module stands under."""
        rest = module.removeprefix("robot").removeprefix(".")
        return max((name for name in floor_of if f"{rest}.".startswith(f"{name}.")), key=len, default="")

    known = modules()
    wrong = []
    for name, targets in graph().items():
        if not name.startswith("robot."):
            continue
        mine = room(name)
        assert mine, f"{known[name]}: give {name} a floor in FLOORS"
        for target, line in targets.items():
            other = room(target)
            if other and other != mine and floor_of[other] >= floor_of[mine]:
                wrong.append(f"{known[name]}:{line} imports {target} from its own height or above")
    assert not wrong


def test_nothing_imports_in_a_circle() -> None:
    assert not cycles(graph())


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
