"""Reads the import statements of the five rooms: who knows whom. Type-only imports count as well."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = ("robot", "behaviors", "firmware_bridge", "hardware", "sim")


@cache
def modules() -> dict[str, Path]:
    """Every module of the rooms, by its dotted name."""
    found = {}
    for room in ROOMS:
        for path in sorted((HOUSE / room).rglob("*.py")):
            parts = path.relative_to(HOUSE).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(module: ast.Module, known: Mapping[str, Path]) -> Iterator[tuple[str, int]]:
    """Dotted names that a module imports, as far as they can be told, each with its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            for name in node.names:
                below = f"{node.module}.{name.name}"
                yield (below if below in known else str(node.module)), node.lineno


@cache
def graph() -> dict[str, dict[str, int]]:
    """For each module of the rooms, the modules of the rooms that it imports, and the line where it does."""
    known = modules()
    return {
        name: {target: line for target, line in imported(tree(path), known) if target in known}
        for name, path in known.items()
    }


def cycles(edges: Mapping[str, Mapping[str, int]]) -> list[list[str]]:
    """Paths that lead back to where they began."""
    done: set[str] = set()
    found: list[list[str]] = []

    def visit(name: str, path: list[str]) -> None:
        if name in path:
            found.append([*path[path.index(name) :], name])
        elif name not in done:
            for target in edges[name]:
                visit(target, [*path, name])
            done.add(name)

    for name in edges:
        visit(name, [])
    return found
