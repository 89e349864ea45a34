"""The shared checks of a package of behaviours, in a process of their own: `-m sim.testing.package_check MODULE`.

Each file loads, nothing takes a name that is taken, phrases and expressions keep the duties, and a scene in each
language (greeted, spoken to, asked what the package understands, touched, left) raises nothing, takes no more time and
memory than there is, and wants nothing that the guard must stop. What is found goes to standard output, in JSON.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from robot.app.behavior_loader import imported, merged, shipped_sources, sources_of
from robot.core import toml_text
from robot.core.errors import BowlbyError
from robot.express import keyframes
from robot.health.brought_languages import broken
from robot.parts.behavior_packages import OWN, BehaviorPackage
from robot.texts.catalogue import languages, words
from sim.testing.sim_robot import SimRobot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from robot.app.behavior_loader import BehaviorSource
    from robot.core.tick import Tick
    from robot.decide.behavior import Behavior

# What the guard holds back by the moment, which no package can know: who was told, how often it began, who said stop.
BY_THE_MOMENT = frozenset({1, 2, 7, 8, 11, 15, 16, 18, 22, 23, 35, 36, 41, 42})
HEARD_WITHIN_S = 5.0
LINES = {"en": ("Hello", "How are you?", "Goodbye"), "fr": ("Bonjour", "Comment vas-tu ?", "Au revoir")}


class _Guarded:
    """An observer: what the guard stopped or changed of what these behaviours wanted."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self.found: dict[str, None] = {}

    def see(self, tick: Tick) -> None:
        if tick.decision.fresh and tick.decision.behavior in self._names:
            for one in tick.verdicts:
                if one.action != "added" and one.duty not in BY_THE_MOMENT:
                    told = f"{tick.decision.behavior} breaks duty {one.duty}: {one.intent} was {one.action}"
                    self.found[f"{told}, {words(one.reason)}"] = None


def check(package: BehaviorPackage) -> list[str]:
    """What is wrong with a package, in words; nothing where it may run."""
    if not package.folders:
        return [f"there is no package {package.module}"]
    found: list[str] = []
    made = dict(_loaded(package, found))
    if not made and not found and not any((folder / "phrases").is_dir() for folder in package.folders):
        return [f"{package.module} brings no behaviour and no phrase"]
    for folder in package.folders:
        for path in sorted((folder / "expressions").glob("*.toml")):
            try:
                keyframes.read_expression(path)
            except BowlbyError as error:
                found.append(str(error))
    if not found:
        broken()
        behaviors = [one for several in made.values() for one in several]
        for language in languages():
            found += _played(package, behaviors, language)
    return list(dict.fromkeys(found))


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
    watch = _Guarded(frozenset(one.name for one in behaviors))
    try:
        with SimRobot(language=language) as robot:
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
            heard = toml_text.loads(toml_text.read_text(path), str(path)).get("heard", {}).get(language, {})
            yield from (several[0] if isinstance(several, list) else several for several in heard.values())


def _tables(folder: Path) -> list[Path]:
    return sorted((folder / "phrases").glob("*.toml"))


def main(module: str) -> int:
    """What the package prints goes to standard error, so that nothing but the findings stands on standard output."""
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    json.dump(check(BehaviorPackage(module, f"not {OWN}")), answer)
    answer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
