"""The packages that bring behaviours: this one, and other people's, which must have passed the checks on this machine.

A package of other people is named by its Python module. What `bowlby behavior check` found of it is kept with a sum
over its files; when one of those changes, or Bowlby itself, it has to be checked again. Until then nothing of it is
loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from platformdirs import user_state_path

from robot.core.private_file import write_private
from robot.parts.entry_points import installed

if TYPE_CHECKING:
    from collections.abc import Iterable

BEHAVIORS = "bowlby.behaviors"
OWN = "bowlby"
MADE = "__pycache__"  # Python's own, made anew from the rest
ALONE = "BOWLBY_WITHOUT_PACKAGES"  # set in a check's processes: no other people's package is loaded there


class BehaviorPackage(NamedTuple):
    """One entry point: its module, and the installed package that it is of (name and version)."""

    module: str
    name: str = OWN
    version: str = ""

    @property
    def own(self) -> bool:
        return self.name == OWN

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where its behaviours lie, found without running any of it; none where there is no such package."""
        within = self.module.split(".")[1:]
        return tuple(place for root in self.roots if (place := root.joinpath(*within)).is_dir())

    @property
    def roots(self) -> tuple[Path, ...]:
        """Where all of it lies: the package that its module is in, too."""
        try:
            spec = find_spec(self.module.split(".")[0])
        except (ImportError, ValueError):  # it is not there
            return ()
        places = spec.submodule_search_locations if spec is not None else None
        return tuple(Path(folder) for folder in places or ())


class CheckResult(NamedTuple):
    """What a check found; nothing where it passed. `names`: what it brings, "behaviour tea_time" for one."""

    sum: str
    found: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@cache
def every_package() -> tuple[BehaviorPackage, ...]:
    """All that are installed: this one first, then other people's by module; looked up once a process."""
    found = {
        BehaviorPackage(entry.value, entry.dist.name, entry.dist.version)
        for entry in installed(BEHAVIORS)
        if entry.dist is not None
    }
    return tuple(sorted(found, key=lambda one: (not one.own, one.module)))


def benched() -> tuple[tuple[BehaviorPackage, str], ...]:
    """Other people's that are not loaded, each with the first thing that its check found; empty where none was made."""
    known, loaded = checked(), admitted()
    rows = []
    for one in every_package():
        if one not in loaded:
            last = known.get(one.module)
            rows.append((one, last.found[0] if last is not None and last.found and last.sum == sum_of(one) else ""))
    return tuple(rows)


@cache
def admitted() -> tuple[BehaviorPackage, ...]:
    """Those whose files may be loaded; looked up once a process."""
    return tuple(one for one in every_package() if one.own or (ALONE not in os.environ and passed(one)))


def taken(package: BehaviorPackage, names: Iterable[str]) -> tuple[str, ...]:
    """Which of these names other people's packages that have passed bring already, each told with its package."""
    others = [one for one in every_package() if not one.own and one.module != package.module and passed(one)]
    brought = {name: one.module for one in others for name in checked()[one.module].names}
    return tuple(f"its {name} is in {brought[name]} already" for name in names if name in brought)


def passed(package: BehaviorPackage) -> bool:
    """Whether it has passed the checks as it is now."""
    known = checked().get(package.module)
    try:
        return known is not None and not known.found and known.sum == sum_of(package)
    except OSError:  # a file that nobody may read was not checked
        return False


def sum_of(package: BehaviorPackage) -> str:
    """SHA-256 over Bowlby's version, the package's, and every file of it. Raises OSError."""
    whole = hashlib.sha256(f"{version(OWN)}\n{package.name} {package.version}\n".encode())
    for folder in package.roots:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and MADE not in path.parts):
            whole.update(f"{path.relative_to(folder)}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def place() -> Path:
    """Where it is kept what was checked."""
    return user_state_path(OWN) / "checked_packages.json"


def checked() -> dict[str, CheckResult]:
    """What is kept, by module; nothing where the file is not there or no longer what it was."""
    try:
        rows = json.loads(place().read_text(encoding="utf-8"))
        return {
            module: CheckResult(str(row["sum"]), tuple(map(str, row["found"])), tuple(map(str, row.get("names", ()))))
            for module, row in rows.items()
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def keep(package: BehaviorPackage, found: tuple[str, ...], names: tuple[str, ...] = ()) -> None:
    """Note what a check found, and what the package brings. Raises OSError."""
    rows = {**checked(), package.module: CheckResult(sum_of(package), found, names)}
    told = json.dumps({module: row._asdict() for module, row in sorted(rows.items())}, indent=1)
    place().parent.mkdir(parents=True, exist_ok=True)
    write_private(place(), told.encode())
