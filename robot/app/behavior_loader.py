"""Finds behaviours: every module of every package under the entry points `bowlby.behaviors`, and a personal folder.

Of other people's packages those alone are looked into that passed their checks (`robot/parts/behavior_packages.py`).

A file can be loaded again while the robot runs: its code runs afresh in a new module, and only when all of it went well
does that module take the old one's place.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
import traceback
from operator import itemgetter
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from robot.core.errors import BehaviorError
from robot.decide.behavior import DUTY_BOUND, Behavior
from robot.parts.behavior_packages import admitted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from robot.parts.behavior_packages import BehaviorPackage

NO_BEHAVIORS = ("_", "test_", "conftest")
PERSONAL = "bowlby_personal"  # modules of the personal folder are called bowlby_personal.NAME


class BehaviorSource(NamedTuple):
    """A file that may hold behaviours, and the name of its module."""

    path: Path
    module: str
    guest: bool = False  # of another package than this one

    @property
    def personal(self) -> bool:
        return self.module.startswith(f"{PERSONAL}.")


def shipped_sources() -> list[BehaviorSource]:
    """The modules of every installed package of behaviours that may be loaded, this one's first."""
    return [source for package in admitted() for source in sources_of(package)]


def sources_of(package: BehaviorPackage) -> list[BehaviorSource]:
    """The modules of one package, without running any; but for tests and what begins with _."""
    places = package.folders
    found = []
    for info in sorted(pkgutil.iter_modules(map(str, places)), key=lambda info: info.name):
        if not info.name.startswith(NO_BEHAVIORS):
            path = next((p for f in places if (p := f / f"{info.name}.py").exists()), places[0] / f"{info.name}.py")
            found.append(BehaviorSource(path, f"{package.module}.{info.name}", guest=not package.own))
    return found


def personal_sources(folder: Path) -> list[BehaviorSource]:
    """The Python files of a person's own folder but for tests; none when there is no such folder."""
    if not folder.is_dir():
        return []
    names = sorted(
        path for path in folder.glob("*.py") if path.stem.isidentifier() and not path.stem.startswith(NO_BEHAVIORS)
    )
    return [BehaviorSource(path, f"{PERSONAL}.{path.stem}") for path in names]


def load_behaviors() -> list[Behavior]:
    """One instance of each installed behaviour, by name. Raises BehaviorError that names file and line."""
    found = merged({source: imported(source) for source in shipped_sources()})
    return [found[name] for name in sorted(found)]


def merged(behaviors: Mapping[BehaviorSource, list[Behavior]]) -> dict[str, Behavior]:
    """All by name; a personal one takes the place of an installed one. Raises BehaviorError for two of one name, and
    for one that would stand in for what answers somebody in need.
    """
    owner: dict[str, BehaviorSource] = {}
    found: dict[str, Behavior] = {}
    for source, several in sorted(
        behaviors.items(), key=lambda item: (item[0].personal, item[0].guest, item[0].module)
    ):
        for behavior in several:
            other = owner.get(behavior.name)
            if other is not None and other.personal == source.personal:
                raise BehaviorError(
                    f"two behaviours are called {behavior.name!r}",
                    place=str(source.path),
                    remedy=f"the other is in {other.path}",
                )
            if other is not None and behavior.name in DUTY_BOUND:
                raise BehaviorError(
                    f"{behavior.name!r} answers somebody in need, and no other file may stand in for it",
                    place=str(source.path),
                    remedy="give yours another name",
                )
            owner[behavior.name] = source
            found[behavior.name] = behavior
    return found


def imported(source: BehaviorSource) -> list[Behavior]:
    """The behaviours of an installed module, imported as usual. Raises BehaviorError."""
    try:
        module = importlib.import_module(source.module)
    except (Exception, SystemExit) as error:  # whatever a stranger's file raises is told with its line
        raise _with_line(error, source.path) from error
    return _made(module, source)


def executed(source: BehaviorSource) -> list[Behavior]:
    """The behaviours of a file as it is now, run afresh. Raises BehaviorError; then the old module stays in place."""
    module = ModuleType(source.module)
    module.__file__ = str(source.path)
    module.__package__ = source.module.rpartition(".")[0]
    before = sys.modules.get(source.module)
    sys.modules[source.module] = module  # dataclasses look their module up
    try:
        code = compile(source.path.read_bytes(), str(source.path), "exec")
        exec(code, module.__dict__)  # noqa: S102 - a behaviour's file is code that its owner put there to be run
        return _made(module, source)
    except (Exception, SystemExit) as error:  # as above; an exit would end the robot
        if before is None:
            del sys.modules[source.module]
        else:
            sys.modules[source.module] = before
        raise _with_line(error, source.path) from error


def _made(module: ModuleType, source: BehaviorSource) -> list[Behavior]:
    kinds = [
        kind
        for _, kind in sorted(vars(module).items(), key=itemgetter(0))
        if isinstance(kind, type) and kind.__module__ == source.module and issubclass(kind, Behavior)
    ]
    whole = [kind for kind in kinds if not inspect.isabstract(kind)]
    for kind in kinds:
        lacking = [] if hasattr(kind, "name") else ["name"]
        if not whole:  # a base of others may be abstract, but not all that a file has
            lacking += sorted(kind.__abstractmethods__)
        if lacking and (kind in whole or not whole):
            raise BehaviorError(
                f"the behaviour {kind.__name__} has no {' and no '.join(lacking)}",
                place=f"{source.path}:{inspect.getsourcelines(kind)[1]}",
                remedy="`bowlby behavior new` writes a file to compare with",
            )
    try:
        return [kind() for kind in whole]
    except Exception as error:  # as above
        raise _with_line(error, source.path) from error


def _with_line(error: BaseException, path: Path) -> BehaviorError:
    """Any error of a behaviour's file, with the line where it happened."""
    if isinstance(error, BehaviorError):
        return error
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == str(path) else None
    if line is None:
        frames = traceback.extract_tb(error.__traceback__)
        line = next((frame.lineno for frame in reversed(frames) if frame.filename == str(path)), None)
    what = error.msg if isinstance(error, SyntaxError) else f"{type(error).__name__}: {error}"
    return BehaviorError(f"cannot be loaded: {what}", place=f"{path}:{line}" if line else str(path), remedy="mend it")
