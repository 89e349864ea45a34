"""Typed TOML: a file becomes a frozen model, and a mistake becomes a message with its line, reason and nearest key.

Shared by the configuration, scenarios and whatever else a person writes by hand.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from robot.core.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails


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


class KeyMistakeError(ValueError):
    """What a validator raises to name the key (as a path within its own table) and the remedy."""

    def __init__(self, what: str, path: tuple[str | int, ...] = (), remedy: str = "mend it") -> None:
        super().__init__(what)
        self.what = what
        self.path = path
        self.remedy = remedy


def parse(model: type[Model], text: str, name: str) -> Model:
    """The model in `text`; `name` stands in messages."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), text, name) from error
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        mistake = _mistake(model, error)
        raise ConfigError(mistake.what, place=f"{name}:{line_of(text, mistake.path)}", remedy=mistake.remedy) from error


def checked(model: type[Model], values: Mapping[str, object]) -> Model:
    """The model of these values, which may be text. Raises ConfigError with reason and remedy, and without a place."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        mistake = _mistake(model, error)
        raise ConfigError(mistake.what, remedy=mistake.remedy) from error


class _Mistake(NamedTuple):
    path: tuple[str | int, ...]
    what: str
    remedy: str


def _mistake(model: type[BaseModel], error: ValidationError) -> _Mistake:
    """The first of them."""
    first = error.errors(include_url=False)[0]
    path = first["loc"]
    raised = first.get("ctx", {}).get("error")
    if isinstance(raised, KeyMistakeError):
        path += raised.path
        return _Mistake(path, f"{_dotted(path)}: {raised.what}", raised.remedy)
    if first["type"] == "extra_forbidden":
        return _Mistake(path, f"unknown key {_dotted(path)!r}", _nearest(model, path))
    return _Mistake(path, f"{_dotted(path)}: {first['msg'][0].lower()}{first['msg'][1:]}", _remedy(first))


def _dotted(path: tuple[str | int, ...]) -> str:
    return ".".join(f"{part + 1}" if isinstance(part, int) else part for part in path)


NOT_TOML = (
    ("Cannot overwrite a value", "it is there twice; remove one"),
    ("Cannot declare", "it is there twice; remove one"),
    ("Invalid value", "put words between quotes; numbers, dates, true and false stand without"),
    ("Expected '='", "write: key = value"),
    ("Expected ']", "close the brackets: [table] or [[table]]"),
    ("Unterminated string", "close the quotes"),
    ("Illegal character", "close the quotes at the end of the line"),
)


def _not_toml(told: str, text: str, name: str) -> ConfigError:
    """The parser's words with the line's own, and a remedy."""
    what, _, where = told.partition(" (at ")
    lines = text.splitlines()
    number = re.search(r"line (\d+)", where)
    at = int(number.group(1)) if number else len(lines)
    line = lines[at - 1].strip() if 0 < at <= len(lines) else ""
    remedy = next((remedy for start, remedy in NOT_TOML if what.startswith(start)), "mend the line")
    return ConfigError(f"this is not TOML: {what}: {line}", place=f"{name}:{max(at, 1)}", remedy=remedy)


def _remedy(error: ErrorDetails) -> str:
    """What mends a value that does not fit."""
    kind, given = error["type"], error["input"]
    if kind == "missing":
        return "add it"
    if kind in {"tuple_type", "list_type"}:
        return f"write [[{error['loc'][-1]}]] with two brackets, once for each"
    if kind == "model_type" and isinstance(given, list):
        return f"write [{error['loc'][-1]}] with one bracket, once"
    if kind in {"literal_error", "enum"}:
        allowed = re.findall(r"'([^']+)'", error["msg"])
        return near(str(given), allowed)
    advice = ""
    if kind.startswith(("float_", "int_")):
        advice = "write a number, without quotes; "
    elif kind.startswith(("datetime_", "date_")):
        advice = "write it as 2026-01-05T10:00:00, without quotes; "
    elif kind.startswith("string_type"):
        advice = "put it between quotes; "
    elif kind.startswith("bool_"):
        advice = "write true or false; "
    return f"{advice}it is {given!r} now"


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
            elif table == wanted and not counts:
                return number  # the table itself is what is wrong
        elif inside:
            key = re.match(r'\s*"?([\w.-]+)"?\s*=', line)
            if key and [*table, *key.group(1).split(".")] == wanted[: len(table) + len(key.group(1).split("."))]:
                return number
    return best
