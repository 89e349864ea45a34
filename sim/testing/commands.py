"""`bowlby share` and `bowlby behavior check`: behaviours from one person to another, checked on both sides."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated
from xml.etree import ElementTree as ET

import typer
from rich.text import Text

from robot.cli.commands.behavior import CONFIG, behavior
from robot.config import schema as configuration
from robot.core.errors import BehaviorError, InputError
from robot.core.typed_toml import near
from robot.parts import behavior_packages
from robot.texts.terminal import terminal
from sim.testing.share import pack

if TYPE_CHECKING:
    from robot.parts.behavior_packages import BehaviorPackage
    from sim.testing.package_check import PackageFindings

PATIENCE_S = 180.0
TESTS_NEED = "pytest"
WHY_LINES = 3  # of a test that fails

__all__ = ["behavior", "check", "share"]


def share(
    name: Annotated[str, typer.Argument(help="Your behaviour, as its file is called.", show_default=False)],
    *,
    out: Annotated[Path, typer.Option(help="Where the package's folder is written.")] = Path(),
    config: Annotated[Path | None, CONFIG] = None,
) -> None:
    """Pack a behaviour of yours with its phrases, motions and tests into a package that others install with pip.

    It is checked first, as it will be on the other side: what fails there need not be sent.
    """
    if not name.isidentifier():
        raise InputError(f"{name!r} is no name of a behaviour", remedy="its name is that of its file, without .py")
    packed = pack(name, configuration.load(config).robot.behaviors.expanduser(), out)
    say = terminal(stderr=True)
    found = _found(packed.module, packed.folder).found or _tested(packed.folder / packed.module, packed.folder)
    for line in found:
        say.print(Text("fails:", "bold red"), line, soft_wrap=True)
    if found:
        shutil.rmtree(packed.folder)
        raise BehaviorError(
            "it would be left out on the other side", place=name, remedy="mend yours, and share it again"
        )
    for file in packed.files:
        say.print(f"  {file}")
    sys.stdout.write(f"{packed.folder}\n")
    passed = Text("passed:", "green")
    say.print(passed, "so `bowlby behavior check` will find it on the other side, too.", soft_wrap=True)
    install = (f"pip install {packed.folder}", "bold")
    say.print(Text.assemble("Others install it with:  ", install, ", or from wherever you put it."), soft_wrap=True)


@behavior.command("check")
def check(
    packages: Annotated[
        list[str] | None, typer.Argument(help="Their Python packages; all that are installed, without.")
    ] = None,
) -> None:
    """Check other people's packages of behaviours; a robot loads those alone that have passed.

    It runs their code, in the simulator: install nothing of people whom you would not let run a program here.
    """
    installed = {one.module: one for one in behavior_packages.every_package() if not one.own}
    wanted = packages or sorted(installed)
    for module in wanted:
        if module not in installed:
            remedy = near(module, installed) if installed else "install it with pip first"
            raise InputError(f"no package of behaviours is called {module!r}", remedy=remedy)
    failed = [module for module in wanted if not _passes(installed[module])]
    if failed:
        raise typer.Exit(BehaviorError.exit_code)


def _passes(package: BehaviorPackage) -> bool:
    say = terminal(stderr=True)
    before = behavior_packages.sum_of(package)
    found, names = _found(package.module)
    found += behavior_packages.taken(package, names)
    by_hand = ""
    if not found:
        found = [line for folder in package.folders for line in _tested(folder)]
        by_hand = shlex.join([TESTS_NEED, *(str(folder / "tests") for folder in package.folders)]) if found else ""
    if behavior_packages.sum_of(package) != before:
        found = [*found, "its own files changed while it was checked"]
    try:
        behavior_packages.keep(package, tuple(found), tuple(names))
    except OSError as error:
        raise InputError(f"what was found cannot be kept: {error}", place=str(behavior_packages.place())) from error
    for line in found:
        say.print(Text(f"{package.module} fails:", "bold red"), line, soft_wrap=True)
    if by_hand:
        say.print("To run its tests by hand: ", Text(by_hand, "bold"), soft_wrap=True)
    if not found:
        told = Text(f"{package.module} has passed:", "green")
        say.print(told, "a robot loads it from its next start on.", soft_wrap=True)
    return not found


def _found(module: str, where: Path | None = None) -> PackageFindings:
    """What the shared checks find, in a process of their own: a stranger's code may end or hold it."""
    from sim.testing.package_check import PackageFindings  # noqa: PLC0415 - brings in the whole simulator

    told = _run("-m", "sim.testing.package_check", module, where=where)
    if isinstance(told, str):
        return PackageFindings([told], [])
    try:
        return PackageFindings(**json.loads(told.stdout))
    except (ValueError, TypeError):
        return PackageFindings([f"its code ended the check (exit code {told.returncode}): {_last(told.stderr)}"], [])


def _tested(folder: Path, where: Path | None = None) -> list[str]:
    """What its own tests find; that they cannot be run here is said, and no fault of theirs."""
    tests = folder / "tests"
    if not tests.is_dir():
        return []
    if find_spec(TESTS_NEED) is None:
        terminal(stderr=True).print(f"Its own tests are not run: {TESTS_NEED} is not installed.", soft_wrap=True)
        return []
    with TemporaryDirectory() as scratch:
        results = Path(scratch) / "results.xml"
        options = ("-q", "-p", "no:cacheprovider", f"--rootdir={tests}", f"--junitxml={results}")
        told = _run("-m", TESTS_NEED, *options, str(tests), where=where)
        if isinstance(told, str):
            return [told]
        if not told.returncode:
            return []
        failed = _failed(results)
    return [f"its own test {one}" for one in failed] or [f"its own tests: {_last(told.stdout)}"]


def _failed(results: Path) -> list[str]:
    """Each test that failed, with the first lines of why; nothing where pytest did not come so far."""
    if not results.exists():
        return []
    found = []
    for case in ET.parse(results).iter("testcase"):  # noqa: S314 - pytest's own, of tests that were let run
        for fault in (*case.iter("failure"), *case.iter("error")):
            traced = [line[1:] for line in (fault.text or "").splitlines() if line.startswith("E ")]
            message = (fault.get("message") or "").splitlines()
            why = [line.strip() for line in (traced if fault.tag == "error" else message) if line.strip()]
            place = "::".join(filter(None, (case.get("classname"), case.get("name"))))
            found.append(f"{place}: {'; '.join(why[:WHY_LINES])}")
    return found


def _run(*words: str, where: Path | None) -> subprocess.CompletedProcess[str] | str:
    """A command of this Python, with the packages in `where` before all others and nothing of other people's packages
    loaded by itself; in words where it did not end.
    """
    paths = [str(where.resolve())] if where is not None else []
    paths += [path for path in (os.environ.get("PYTHONPATH"),) if path]
    own = {"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1", behavior_packages.ALONE: "1"}
    try:
        return subprocess.run(
            [sys.executable, *words],
            env=os.environ | own,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"its code did not come back within {PATIENCE_S:.0f} s"


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no word"
