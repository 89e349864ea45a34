"""Typed TOML: a file becomes a frozen model, and a mistake becomes a message with its line, reason and nearest key.

Shared by the configuration, scenarios and whatever else a person writes by hand.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, NamedTuple, TypeGuard, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from robot.core import toml_text
from robot.core.errors import ConfigError
from robot.core.toml_text import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails


class Table(BaseModel):
    """Base of all tables: no unknown keys, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Table)


def read(model: type[Model], path: Path, context: Mapping[str, object] | None = None) -> Model:
    """Read a file; `context` is for the model's validators. Raises ConfigError with file:line, reason and remedy."""
    return parse(model, toml_text.read_text(path), str(path), context)


class KeyMistakeError(ValueError):
    """What a validator raises to name the key (as a path within its own table) and the remedy."""

    def __init__(self, what: str, path: tuple[str | int, ...] = (), remedy: str = "mend it") -> None:
        super().__init__(what)
        self.what = what
        self.path = path
        self.remedy = remedy


def parse(model: type[Model], text: str, name: str, context: Mapping[str, object] | None = None) -> Model:
    """The model in `text`; `name` stands in messages, `context` is for the model's validators."""
    raw = toml_text.loads(text, name)
    try:
        return model.model_validate(raw, context=context)
    except ValidationError as error:
        mistake = _mistake(model, error)
        raise ConfigError(mistake.what, place=f"{name}:{line_of(text, mistake.path)}", remedy=mistake.remedy) from error


def checked(model: type[Model], values: Mapping[str, object], context: Mapping[str, object] | None = None) -> Model:
    """The model of these values, which may be text; `context` is for its validators. Raises ConfigError with reason and
    remedy, and without a place.
    """
    try:
        return model.model_validate(values, context=context)
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
        return _Mistake(path, f"unknown key {short(_dotted(path))!r}", _nearest(model, path))
    return _Mistake(path, f"{_dotted(path)}: {first['msg'][0].lower()}{first['msg'][1:]}", _remedy(first))


def _dotted(path: tuple[str | int, ...]) -> str:
    return ".".join(f"{part + 1}" if isinstance(part, int) else part for part in path)


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
    return f"{advice}it is {_shown(given)} now"


def _shown(given: object) -> str:
    try:
        return short(repr(given))
    except ValueError:  # Python writes no number of so many digits
        return "a number of more digits than anybody reads"


def _nearest(model: type[BaseModel], path: tuple[str | int, ...]) -> str:
    return near(str(path[-1]), known_keys(model, path[:-1]))


def near(name: str, known: Iterable[str]) -> str:
    """A remedy for a name that is not known: the nearest one, or all."""
    names = list(known)
    close = closest(name, names)
    return f"did you mean {close!r}?" if close else f"known here: {', '.join(names)}"


def closest(name: str, known: Iterable[str]) -> str:
    """The known name that was perhaps meant; empty where there is none."""
    return next(iter(difflib.get_close_matches(short(name), known, n=1, cutoff=0.5)), "")


def known_keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys that the table at `path` may have."""
    held: object = model
    for part in path:
        if isinstance(part, str):  # else it counts the tables of a list
            held = _under(part, _table_in(held))
    table = _table_in(held)
    return list(table.model_fields) if _is_model(table) else []


def _table_in(annotation: object) -> object:
    """The table that a field holds, alone, in a list or as an option: a model, or a dictionary by free names."""
    if _is_model(annotation) or get_origin(annotation) is dict:
        return annotation
    return next((found for inner in get_args(annotation) if (found := _table_in(inner)) is not None), None)


def _under(name: str, table: object) -> object:
    """What a table holds under a name."""
    return table.model_fields[name].annotation if _is_model(table) else get_args(table)[-1]


def _is_model(annotation: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The line, from 1, where the key at `path` stands in a TOML text; the nearest table's line when it is not there.

    Numbers in a path count the `[[tables]]` of a list, from 0.
    """
    wanted = [str(part) for part in path if not isinstance(part, int)]
    counts = tuple(part for part in path if isinstance(part, int))
    best = 1
    seen: dict[tuple[str, tuple[int, ...]], int] = {}  # how often a [[table]] stood, within which of those above it
    table: list[str] = []
    inside = True
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*(\[{1,2})\s*([^\]]+?)\s*\]", line)
        if header:
            name = header.group(2).replace('"', "")
            table = name.split(".")
            indices: tuple[int, ...] = ()
            for depth in range(1, len(table) + 1):
                key = (".".join(table[:depth]), indices)
                if depth == len(table) and header.group(1) == "[[":
                    seen[key] = seen.get(key, -1) + 1
                if key in seen:
                    indices = (*indices, seen[key])
            inside = table == wanted[: len(table)] and indices == counts[: len(indices)]
            if inside:
                best = number
            elif table == wanted and not counts:
                return number  # the table itself is what is wrong
        elif inside:
            given = re.match(r'\s*"?([\w.-]+)"?\s*=', line)
            if given and [*table, *given.group(1).split(".")] == wanted[: len(table) + given.group(1).count(".") + 1]:
                return number
    return best
