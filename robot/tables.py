"""Typed TOML: a file becomes a frozen model, and a mistake becomes a message with its line, reason and nearest key.

Shared by the configuration, scenarios and whatever else a person writes by hand.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from typing import TYPE_CHECKING, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from robot.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Table(BaseModel):
    """Base of all tables: no unknown keys, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Table)


def read(model: type[Model], path: Path) -> Model:
    """Read a file. Raises ConfigError with file:line, reason and remedy."""
    return parse(model, read_text(path), str(path))


def read_text(path: Path) -> str:
    """The text of a file. Raises ConfigError."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"the file cannot be read: {error.strerror}", place=str(path), remedy="check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError("the file is not UTF-8 text", place=str(path), remedy="save it as UTF-8") from error


def parse(model: type[Model], text: str, name: str) -> Model:
    """The model in `text`; `name` stands in messages."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{name}:{line.group(1)}" if line else name
        raise ConfigError(f"this is not TOML: {error}", place=place, remedy="mend the line") from error
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = first["loc"]
        dotted = ".".join(f"{part + 1}" if isinstance(part, int) else part for part in path)
        if first["type"] == "extra_forbidden":
            what, remedy = f"unknown key {dotted!r}", _nearest(model, path)
        else:
            what, remedy = f"{dotted}: {first['msg'][0].lower()}{first['msg'][1:]}", _allowed(first["input"])
        raise ConfigError(what, place=f"{name}:{line_of(text, path)}", remedy=remedy) from error


def _allowed(given: object) -> str:
    return "add it" if isinstance(given, dict) else f"it is {given!r} now"


def _nearest(model: type[BaseModel], path: tuple[str | int, ...]) -> str:
    return near(str(path[-1]), known_keys(model, path[:-1]))


def near(name: str, known: Iterable[str]) -> str:
    """A remedy for a name that is not known: the nearest one, or all."""
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"known here: {', '.join(names)}"


def known_keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys that the table at `path` may have."""
    table = model
    for part in path:
        if isinstance(part, int):
            continue
        inner = _model_in(table.model_fields[part].annotation)
        if inner is None:
            return []
        table = inner
    return list(table.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The table that a field holds, alone, in a list or as an option."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner)) is not None), None)


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The line, from 1, where the key at `path` stands in a TOML text; the nearest table's line when it is not there.

    Numbers in a path count the `[[tables]]` of a list, from 0.
    """
    wanted = [str(part) for part in path if not isinstance(part, int)]
    counts = [part for part in path if isinstance(part, int)]
    best = 1
    seen: dict[str, int] = {}
    table: list[str] = []
    inside = True
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*(\[{1,2})\s*([^\]]+?)\s*\]", line)
        if header:
            name = header.group(2).replace('"', "")
            table = name.split(".")
            if header.group(1) == "[[":
                seen[name] = seen.get(name, -1) + 1
                for deeper in [key for key in seen if key.startswith(name + ".")]:
                    del seen[deeper]
            indices = [seen[key] for key in (".".join(table[: i + 1]) for i in range(len(table))) if key in seen]
            inside = table == wanted[: len(table)] and indices == counts[: len(indices)]
            if inside:
                best = number
        elif inside:
            key = re.match(r'\s*"?([\w.-]+)"?\s*=', line)
            if key and [*table, *key.group(1).split(".")] == wanted[: len(table) + len(key.group(1).split("."))]:
                return number
    return best
