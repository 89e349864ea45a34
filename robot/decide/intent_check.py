"""Checks that what a behaviour wants can be done at all: an intent, each value of the type that its field has.

A stranger's `Look(yaw=nan)` would otherwise end the loop somewhere far from its cause.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

import numpy as np

from robot.core.intents import Intent

LONGEST = 2000  # characters
LARGEST, LARGEST_WHOLE = 1e9, 1 << 53
NUMBERS: tuple[Any, ...] = (float, int, np.floating, np.integer)
WHOLE: tuple[Any, ...] = (int, np.integer)
KINDS = frozenset(get_args(Intent))

Test: TypeAlias = Callable[[Any], bool]


def check_intent(intent: object) -> None:
    """Raises TypeError or ValueError that names the field."""
    kind: Any = type(intent)
    if kind not in KINDS:
        raise TypeError(f"it wants {_shown(intent)}, which is no intent")
    for name, fits in _tests(kind):
        value = getattr(intent, name)
        if not fits(value):
            raise ValueError(f"{kind.__name__}({name}={_shown(value)}) cannot be done")


@cache
def _tests(kind: Any) -> tuple[tuple[str, Test], ...]:
    """A test for each field of a dataclass or named tuple."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else kind._fields
    return tuple((name, _test(hints[name])) for name in names)


def _test(hint: Any) -> Test:
    if get_origin(hint) in {Union, UnionType}:
        return _test_of_union([_test(option) for option in get_args(hint)])
    if get_origin(hint) is tuple:
        return _test_of_tuple(get_args(hint))
    if hint in SIMPLE:
        return SIMPLE[hint]
    if hasattr(hint, "_fields"):
        return _test_of_named_tuple(hint)
    kind = NoneType if hint is None else hint
    return lambda value: isinstance(value, kind)


def _test_of_union(options: list[Test]) -> Test:
    def fits(value: Any) -> bool:
        for option in options:  # noqa: SIM110 - every intent of every thought passes here
            if option(value):
                return True
        return False

    return fits


def _test_of_named_tuple(kind: Any) -> Test:
    def fits(value: Any) -> bool:
        if not isinstance(value, kind):
            return False
        for name, test in _tests(kind):  # noqa: SIM110 - as above
            if not test(getattr(value, name)):
                return False
        return True

    return fits


def _test_of_tuple(inner: tuple[Any, ...]) -> Test:
    if len(inner) == 2 and inner[1] is Ellipsis:
        each = _test(inner[0])
        return lambda value: type(value) is tuple and all(map(each, value))
    tests = [_test(one) for one in inner]
    return lambda value: (
        type(value) is tuple
        and len(value) == len(tests)
        and all(fits(one) for fits, one in zip(tests, value, strict=True))
    )


def _is_number(value: Any) -> bool:
    """Numpy's as well; nan is not less than anything."""
    return isinstance(value, NUMBERS) and type(value) is not bool and bool(abs(value) < LARGEST)


def _is_whole(value: Any) -> bool:
    return isinstance(value, WHOLE) and type(value) is not bool and bool(abs(int(value)) <= LARGEST_WHOLE)


def _is_text(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


SIMPLE: dict[Any, Test] = {float: _is_number, int: _is_whole, str: _is_text}


def _shown(value: object) -> str:
    try:
        return ascii(value)[:60]
    except Exception:  # noqa: BLE001 - a stranger's own __repr__ may raise anything
        return type(value).__name__
