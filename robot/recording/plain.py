"""The loop's values as plain JSON values and back, to the last bit, and as JSON Schema for whoever opens the file.

A named tuple or dataclass becomes an object of its fields; fields that do not count for equality (pictures, costs) are
left out, and of somebody's face there is only that it was learned. Python writes a float so that reading gives the same
one.
"""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Union, cast, get_args, get_origin, get_type_hints

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Plain = Any  # what `json` takes: None, bool, int, float, str, list, dict
TEMPLATE = "template"  # the numbers by which a face is known
JSON_TYPES = {float: "number", int: "integer", bool: "boolean", str: "string"}


@cache
def names(kind: Any) -> tuple[str, ...] | None:
    """The fields of a named tuple or dataclass that are written; None for another type."""
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind) if field.compare)
    return cast("tuple[str, ...] | None", getattr(kind, "_fields", None))


@cache
def hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, localns={"np": np})


def plain(value: object) -> Plain:
    """The value as JSON has it."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return str(value) if isinstance(value, Enum) else value
    found = names(cast("Any", type(value)))
    if found is not None:
        told = {name: plain(getattr(value, name)) for name in found}
        if told.get(TEMPLATE):
            told[TEMPLATE] = [0.0] * len(told[TEMPLATE])
        return told
    return [plain(one) for one in cast("tuple[object, ...]", value)]


def tagged(value: object) -> Plain:
    """The same with the name of its class in front, for values of several classes in one place."""
    return {"kind": type(value).__name__.lower(), **plain(value)}


@cache
def reader(kind: Any) -> Callable[[Plain], Any]:
    """What makes a value of a type of plain JSON; it may raise KeyError, TypeError or ValueError."""
    if isinstance(kind, type):
        found = names(kind)
        return kind if found is None else _fields_reader(kind, found)
    inner = get_args(kind)
    if get_origin(kind) is tuple:
        if inner[-1] is Ellipsis:
            one = reader(inner[0])
            return lambda data: tuple(map(one, data))
        several = [reader(part) for part in inner]
        return lambda data: tuple(read(part) for read, part in zip(several, data, strict=True))
    if get_origin(kind) in (types.UnionType, Union):
        return _union_reader([part for part in inner if part is not types.NoneType])
    raise TypeError(f"values of {kind} cannot be read")


def _union_reader(parts: list[Any]) -> Callable[[Plain], Any]:
    """One of several types, or none of them: JSON tells plain values apart, and one other type beside them is theirs
    that are none. That one may hold such values in turn, so its reader is made when it is first needed.
    """
    if len(parts) == 1:
        some = reader(parts[0])
        return lambda data: None if data is None else some(data)
    others = [part for part in parts if part not in JSON_TYPES]
    if not others:
        return lambda data: data
    return lambda data: reader(others[0])(data) if isinstance(data, dict) else data


def tagged_reader(*kinds: type) -> Callable[[Plain], Any]:
    """What reads a value that `tagged` wrote, of one of these classes; it may raise as `reader`'s do."""
    by_name = {kind.__name__.lower(): kind for kind in kinds}
    return lambda data: reader(by_name[data["kind"]])(data)


def _fields_reader(kind: Callable[..., Any], found: tuple[str, ...]) -> Callable[[Plain], Any]:
    told = hints(cast("type", kind))
    rows = [(name, reader(told[name])) for name in found]
    return lambda data: kind(**{name: read(data[name]) for name, read in rows})


def schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema of a type; an open object where it is of several classes."""
    if kind in JSON_TYPES:
        return {"type": JSON_TYPES[kind]}
    if isinstance(kind, type):
        if (found := names(kind)) is not None:
            told = hints(kind)
            properties = {name: schema(told[name]) for name in found}
            return {"type": "object", "title": f"bowlby.{kind.__name__}", "properties": properties}
        return {"type": "string"}
    inner = [part for part in get_args(kind) if part not in (Ellipsis, types.NoneType)]
    if get_origin(kind) is tuple:
        return {"type": "array", "items": schema(inner[0])}
    none = {"null"} if types.NoneType in get_args(kind) else set()
    if len(inner) == 1:
        one = schema(inner[0])
        return {**one, "type": sorted({one["type"]} | none)} if none else one
    return {"type": sorted({JSON_TYPES.get(part, "object") for part in inner} | none)}
