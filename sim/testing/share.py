"""`bowlby share`: a behaviour of one's own as a package that others install with pip."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from robot.app.behavior_loader import PERSONAL, executed, personal_sources
from robot.core import toml_text
from robot.core.errors import InputError
from robot.core.typed_toml import near

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from robot.decide.behavior import Behavior

PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "0.1.0"
description = {about}
readme = "README.md"
requires-python = ">=3.11"
dependencies = ["bowlby"]

[project.optional-dependencies]
test = ["pytest"]

[project.entry-points."bowlby.behaviors"]
{behavior} = "{module}"

[tool.hatch.build.targets.wheel]
packages = ["{module}"]
"""
README = """\
# {title}

{about}

A behaviour for the companion robot Bowlby, with the phrases and motions that it needs, and its tests.

    pip install ./{name}
    bowlby behavior check {module}

Until `bowlby behavior check` has passed on your machine, your robot leaves it out, and says so. Its own tests run with
`pytest {module}/tests`.
"""
OWN_TEST = '''\
"""What every behaviour must do: load, run in company and alone, and raise nothing."""

from {module} import {behavior}


def test_it_lives_through_a_visit(bowlby):
    {adds}
    ada = bowlby.person("Ada", x=1.2)
    bowlby.forward(seconds=30)
    ada.says("Goodbye")
    bowlby.forward(seconds=5)
    ada.leaves()
    bowlby.forward(seconds=30)
    assert {names} <= {{one.name for one in bowlby.session.robot.loop.steps.mind.behaviors}}
'''
TESTS = ("test_*.py", "*_test.py")  # as pytest finds them
FOR_ALL_TESTS = "conftest.py"


class Packed(NamedTuple):
    """What was written."""

    folder: Path
    module: str
    files: tuple[str, ...]  # within the folder


def pack(name: str, personal: Path, out: Path) -> Packed:
    """Write the package of a behaviour in the folder `personal` into a new folder of `out`. Raises InputError, and
    BehaviorError where the robot could not load it.
    """
    mine = {one.path.stem: one for one in personal_sources(personal)}
    if name not in mine:
        remedy = near(name, mine) if mine else "`bowlby behavior new` writes one"
        raise InputError(f"there is no behaviour {name!r} of yours", place=str(personal), remedy=remedy)
    source = mine[name].path
    code = _read(source)
    tree = _tree(code, source)
    _alone(tree, source, name)
    behaviors = executed(mine[name])
    if not behaviors:
        raise InputError("it has no class of a behaviour", place=str(source), remedy="`bowlby behavior new` writes one")
    names = _strings(tree)
    module, project = f"bowlby_{name}", f"bowlby-{name.replace('_', '-')}"
    about = (ast.get_docstring(tree) or f"{name}.").partition("\n")[0]
    files = {
        "pyproject.toml": PROJECT.format(name=project, module=module, behavior=name, about=_quoted(about)),
        "README.md": README.format(name=project, module=module, title=name.replace("_", " ").capitalize(), about=about),
        f"{module}/__init__.py": f'"""{about}"""\n' if '"' not in about else "",
        f"{module}/{name}.py": code,
    }
    for kind_of, wanted in (("expressions", _expressions), ("phrases", _phrases)):
        for path in sorted((personal / kind_of).glob("*.toml")):
            text = _read(path)
            if wanted(path, text, names, name):
                files[f"{module}/{kind_of}/{path.name}"] = text
    tests = _tests(personal, name, module) or {f"test_{name}.py": _own_test(behaviors, name, module)}
    files |= {f"{module}/tests/{file}": text for file, text in tests.items()}
    return _write(out / project, module, files)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"it cannot be read: {error}", place=str(path), remedy="mend it") from error


def _tree(code: str, path: Path) -> ast.Module:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise InputError(f"it is no Python: {error}", place=f"{path}:{line}", remedy="mend it") from error


def _alone(tree: ast.Module, path: Path, name: str) -> None:
    """Raises InputError where it needs another file of the same folder than NAME.py."""
    for sibling in sorted(_siblings(tree, path.parent) - {name}):
        raise InputError(
            f"it imports {sibling}.py beside it", place=str(path), remedy="put both into one file, or share both"
        )


def _tests(personal: Path, name: str, module: str) -> dict[str, str]:
    """Its own tests, however they are called: test_NAME.py, and whatever else imports it."""
    found = {}
    for path in sorted({path for pattern in TESTS for path in personal.glob(pattern)}):
        text = _read(path)
        tree = _tree(text, path)
        if path.stem == f"test_{name}" or name in _siblings(tree, personal):
            _alone(tree, path, name)
            found[path.name] = _moved(text, name, module)
    shared = personal / FOR_ALL_TESTS
    if found and shared.is_file():
        text = _read(shared)
        _alone(_tree(text, shared), shared, name)
        found[shared.name] = _moved(text, name, module)
    return found


def _own_test(behaviors: list[Behavior], name: str, module: str) -> str:
    adds = "\n    ".join(f"bowlby.add({name}.{type(one).__name__}())" for one in behaviors)
    names = ", ".join(_quoted(one.name) for one in behaviors)
    return OWN_TEST.format(module=module, behavior=name, adds=adds, names=f"{{{names}}}")


def _strings(tree: ast.Module) -> frozenset[str]:
    return frozenset(
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _siblings(tree: ast.Module, personal: Path) -> set[str]:
    """What of the same folder it imports."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= set(node.module.split(".")[:2]) if node.module.startswith(PERSONAL) else {node.module}
    return {name for name in found if (personal / f"{name}.py").is_file()}


def _expressions(path: Path, text: str, names: frozenset[str], behavior: str) -> bool:  # noqa: ARG001 - as `_phrases`
    """Whether it shows this expression."""
    return path.stem in names


def _phrases(path: Path, text: str, names: frozenset[str], behavior: str) -> bool:
    """Whether a file of phrases is its own: of its name, or with something that it says or answers."""
    tables = toml_text.loads(text, str(path))
    keys = {
        key
        for part in ("said", "heard")
        for table in _dicts(tables.get(part))
        if isinstance(table, dict)
        for key in table
    }
    return path.stem == behavior or not names.isdisjoint(keys)


def _dicts(table: object) -> Iterable[object]:
    return table.values() if isinstance(table, dict) else ()


def _moved(test: str, name: str, module: str) -> str:
    """A test with the behaviour imported from where it is now."""
    test = re.sub(rf"(?m)^(\s*)from {name} import\b", rf"\1from {module}.{name} import", test)
    return re.sub(rf"(?m)^(\s*)import {name}\b(?!\.)", rf"\1from {module} import {name}", test)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _write(folder: Path, module: str, files: dict[str, str]) -> Packed:
    if folder.exists():
        raise InputError("there is such a folder already", place=str(folder), remedy="move it, or name another --out")
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"it cannot be written: {error.strerror}", place=str(folder)) from error
    return Packed(folder, module, tuple(files))
