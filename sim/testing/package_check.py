"""The shared checks of a package of behaviours, in a process of their own: `-m sim.testing.package_check MODULE`.

Each file loads, nothing takes a name that is taken, phrases and expressions keep the duties, and a scene in each
language (greeted, spoken to, asked what the package understands, touched, left) raises nothing, takes no more time and
memory than there is, and wants nothing that the guard must stop. What is found goes to standard output, in JSON.

Only this package's own faults are told: nothing of other people's is loaded beside it (`behavior_packages.ALONE`), and
a language that is brought is spoken where the package has words in it alone.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from robot.app.behavior_loader import imported, merged, shipped_sources, sources_of
from robot.core import toml_text
from robot.core.errors import BowlbyError
from robot.express import keyframes
from robot.guard.rules.body import flash_never, steadied
from robot.guard.rules.lately import Lately
from robot.guard.rules.rule import Rule
from robot.health.brought_languages import broken
from robot.parts.behavior_packages import OWN, BehaviorPackage
from robot.sense.language.own_phrases import said_names
from robot.texts.catalogue import words
from robot.texts.languages import house, languages
from sim.testing.sim_robot import SimRobot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from robot.app.behavior_loader import BehaviorSource
    from robot.core.tick import Tick
    from robot.decide.behavior import Behavior

# What the guard holds back by the moment, whatever is asked for: who was told, how often it began, who said stop, who
# is near. What flashes is judged by itself (`_Guarded`).
BY_THE_MOMENT = frozenset({1, 2, 7, 8, 11, 15, 16, 18, 22, 23, 34, 35, 36, 38, 41, 42})
FLASHES = Rule(40, flash_never)
HEARD_WITHIN_S = 5.0
LINES = {"en": ("Hello", "How are you?", "Goodbye"), "fr": ("Bonjour", "Comment vas-tu ?", "Au revoir")}


class _Guarded:
    """An observer: what the guard stopped or changed of what these behaviours wanted.

    What would flash after what another behaviour showed is no fault: lights, lids and expressions are held against what
    the same one asked for since it took over.
    """

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._running, self._lately = "", Lately()
        self.found: dict[str, None] = {}

    def see(self, tick: Tick) -> None:
        decision = tick.decision
        if not decision.fresh:
            return
        if decision.behavior != self._running:
            self._running, self._lately = decision.behavior, Lately()
        if decision.behavior not in self._names:
            return
        passed, flashing = steadied(FLASHES, decision.intents, tick.t, self._lately)
        self._lately.note(tick.t, passed)
        judged = (one for one in tick.verdicts if one.duty != FLASHES.duty and one.action != "added")
        for one in (*judged, *flashing):
            if one.duty not in BY_THE_MOMENT:
                told = f"{decision.behavior} breaks duty {one.duty}: {one.intent} was {one.action}"
                self.found[f"{told}, {words(one.reason)}"] = None


class PackageFindings(NamedTuple):
    """What is wrong with a package, in words; nothing where it may run. `names`: what it brings, each with its kind."""

    found: list[str]
    names: list[str]


def check(package: BehaviorPackage) -> PackageFindings:
    """Look at a package."""
    if not package.folders:
        return PackageFindings([f"there is no package {package.module}"], [])
    found: list[str] = []
    made = dict(_loaded(package, found))
    if not made and not found and not any((folder / "phrases").is_dir() for folder in package.folders):
        return PackageFindings([f"{package.module} brings no behaviour and no phrase"], [])
    for folder in package.folders:
        for path in sorted((folder / "expressions").glob("*.toml")):
            try:
                keyframes.read_expression(path)
            except BowlbyError as error:
                found.append(str(error))
    behaviors = [one for several in made.values() for one in several]
    if not found:
        for language in _languages(package):
            found += _played(package, behaviors, language)
    return PackageFindings(list(dict.fromkeys(found)), sorted(_names(package, behaviors)) if not found else [])


def _names(package: BehaviorPackage, behaviors: list[Behavior]) -> Iterator[str]:
    """What no other package may bring too."""
    yield from (f"behaviour {one.name}" for one in behaviors)
    for folder in package.folders:
        yield from (f"expression {path.stem}" for path in (folder / "expressions").glob("*.toml"))
        yield from (f"phrase {key}" for key in said_names(folder / "phrases"))


def _languages(package: BehaviorPackage) -> list[str]:
    """Those of the house, and any other in which it has words."""
    broken()
    told = {code for folder in package.folders for path in _tables(folder) for code in _part(path, "said")}
    return [code for code in languages() if code in house() or code in told]


def _loaded(package: BehaviorPackage, found: list[str]) -> Iterator[tuple[BehaviorSource, list[Behavior]]]:
    mine = sources_of(package)
    all_made = {source: imported(source) for source in shipped_sources() if source not in mine}
    for source in mine:
        try:
            several = imported(source)
            all_made[source] = several
            merged(all_made)
        except BowlbyError as error:
            all_made.pop(source, None)
            found.append(str(error))
        else:
            yield source, several


def _played(package: BehaviorPackage, behaviors: list[Behavior], language: str) -> list[str]:
    names = frozenset(one.name for one in behaviors)
    watch = _Guarded(names)
    try:
        with SimRobot(language=language) as robot:
            robot.judged = names
            robot.session.robot.loop.steps.mind.oversight.judges = True
            for folder in package.folders:
                robot.session.robot.bring(folder)
            for behavior in behaviors:
                robot.add(behavior)
            robot.watch(watch)
            _scene(robot, language, list(_understood(package, language)))
    except BowlbyError as error:
        return [*watch.found, f"{error} (in {language})"]
    return list(watch.found)


def _scene(robot: SimRobot, language: str, understood: list[str]) -> None:
    """What may happen to a robot in a minute and a half, and each thing that the package says it understands."""
    hello, ask, bye = LINES.get(language, LINES["en"])
    robot.forward(seconds=5)
    ada = robot.person("Ada", x=1.2)
    robot.forward(seconds=8)
    for line in (hello, ask, *understood):
        ada.says(line)
        robot.forward(seconds=HEARD_WITHIN_S)
    for pad, seconds in (("back", 0.2), ("head", 0.6), ("head", 2.0)):
        robot.touch(pad, seconds)
        robot.forward(seconds=5)
    ada.walks(x=0.6, y=0.4)
    robot.forward(seconds=10)
    ada.says(bye)
    robot.forward(seconds=6)
    ada.leaves()
    robot.forward(seconds=20)


def _understood(package: BehaviorPackage, language: str) -> Iterator[str]:
    """The first wording of each thing that it understands."""
    for folder in package.folders:
        for path in _tables(folder):
            heard = _part(path, "heard").get(language, {})
            yield from (several[0] if isinstance(several, list) else several for several in heard.values())


def _part(path: Path, part: str) -> dict[str, Any]:
    """[said] or [heard] of a file, by language."""
    return dict(toml_text.loads(toml_text.read_text(path), str(path)).get(part, {}))


def _tables(folder: Path) -> list[Path]:
    return sorted((folder / "phrases").glob("*.toml"))


def main(module: str) -> int:
    """What the package prints goes to standard error, so that nothing but the findings stands on standard output."""
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    json.dump(check(BehaviorPackage(module, f"not {OWN}"))._asdict(), answer)
    answer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
