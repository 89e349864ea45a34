"""`bowlby share`: a behaviour of one's own as a package that others install with pip."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from robot.core import toml_text
from robot.core.errors import InputError
from robot.core.typed_toml import near

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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

    pip install {name}
    bowlby behavior check {module}

Until `bowlby behavior check` has passed on your machine, your robot leaves it out, and says so. Its own tests run with
`pytest {module}/tests`.
"""
OWN_TEST = '''\
"""What every behaviour must do: load, run in company and alone, and raise nothing."""

from {module}.{behavior} import {kind}


def test_it_lives_through_a_visit(bowlby):
    bowlby.add({kind}())
    ada = bowlby.person("Ada", x=1.2)
    bowlby.forward(seconds=30)
    ada.says("Goodbye")
    bowlby.forward(seconds=5)
    ada.leaves()
    bowlby.forward(seconds=30)
    assert "{behavior_name}" in {{one.name for one in bowlby.session.robot.loop.steps.mind.behaviors}}
'''


class Packed(NamedTuple):
    """What was written."""

    folder: Path
    module: str
    files: tuple[str, ...]  # within the folder


def pack(name: str, personal: Path, out: Path) -> Packed:
    """Write the package of a behaviour in the folder `personal` into a new folder of `out`. Raises InputError."""
    source = personal / f"{name}.py"
    if not source.is_file():
        known = [path.stem for path in sorted(personal.glob("*.py")) if not path.stem.startswith(("_", "test_"))]
        remedy = near(name, known) if known else "`bowlby behavior new` writes one"
        raise InputError(f"there is no behaviour {name!r} of yours", place=str(personal), remedy=remedy)
    code = _read(source)
    tree = _tree(code, source)
    kind, behavior_name = _behavior_in(tree, source)
    names = _strings(tree)
    module, project = f"bowlby_{name}", f"bowlby-{name.replace('_', '-')}"
    about = (ast.get_docstring(tree) or f"{name}.").partition("\n")[0]
    files = {
        "pyproject.toml": PROJECT.format(name=project, module=module, behavior=name, about=_quoted(about)),
        "README.md": README.format(name=project, module=module, title=name.replace("_", " ").capitalize(), about=about),
        f"{module}/__init__.py": f'"""{about}"""\n' if '"' not in about else "",
        f"{module}/{name}.py": code,
    }
    for sibling in sorted(_siblings(tree, personal) - {name}):
        raise InputError(
            f"it imports {sibling}.py beside it", place=str(source), remedy="put both into one file, or share both"
        )
    for kind_of, wanted in (("expressions", _expressions), ("phrases", _phrases)):
        for path in sorted((personal / kind_of).glob("*.toml")):
            text = _read(path)
            if wanted(path, text, names, name):
                files[f"{module}/{kind_of}/{path.name}"] = text
    test = personal / f"test_{name}.py"
    files[f"{module}/tests/test_{name}.py"] = (
        _moved(_read(test), name, module)
        if test.is_file()
        else OWN_TEST.format(module=module, behavior=name, kind=kind, behavior_name=behavior_name)
    )
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


def _behavior_in(tree: ast.Module, path: Path) -> tuple[str, str]:
    """The class of the first behaviour, and its name."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                is_name = isinstance(line, ast.Assign) and any(
                    isinstance(target, ast.Name) and target.id == "name" for target in line.targets
                )
                if is_name and isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
                    return node.name, str(line.value.value)
    raise InputError("it has no class with a `name`", place=str(path), remedy="`bowlby behavior new` writes one")


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
            found |= set(node.module.split(".")[:2]) if node.module.startswith("bowlby_personal") else {node.module}
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
    test = re.sub(rf"(?m)^from {name} import", f"from {module}.{name} import", test)
    return re.sub(rf"(?m)^import {name}$", f"from {module} import {name}", test)


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
