"""Finds behaviours: every module of every package that stands under the entry points `bowlby.behaviors`."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from importlib.metadata import entry_points

from robot.decide.behavior import Behavior
from robot.errors import BehaviorError
from robot.parts import BEHAVIORS


def load_behaviors() -> list[Behavior]:
    """One instance of each behaviour, by name. Raises BehaviorError that names file and line."""
    found: dict[str, Behavior] = {}
    for entry in sorted(entry_points(group=BEHAVIORS), key=lambda entry: entry.value):
        package = importlib.import_module(entry.value)
        for module in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
            for behavior in _in_module(f"{entry.value}.{module}"):
                if behavior.name in found:
                    other = type(found[behavior.name]).__module__
                    raise BehaviorError(
                        f"two behaviours are called {behavior.name!r}", place=module, remedy=f"the other is in {other}"
                    )
                found[behavior.name] = behavior
    return [found[name] for name in sorted(found)]


def _in_module(name: str) -> list[Behavior]:
    try:
        module = importlib.import_module(name)
    except (SyntaxError, ImportError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) else ""
        raise BehaviorError(f"cannot be loaded: {error}", place=f"{name}{line}", remedy="mend the file") from error
    classes = [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Behavior) and kind.__module__ == name and not inspect.isabstract(kind)
    ]
    return [kind() for kind in classes]
