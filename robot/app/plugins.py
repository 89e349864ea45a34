"""What people edit while the robot runs: behaviours, expressions and phrases, loaded from files and loaded again.

`Library` holds what is loaded and, at each `look`, gives what changed since. A broken file is named with its line, and
what was loaded before goes on. `robot.app.watcher` has it look; runs that must repeat have no watcher.
"""

from __future__ import annotations

import logging
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from robot.app.added_phrases import AddedPhrases
from robot.app.behavior_loader import BehaviorSource, executed, imported, merged, personal_sources, shipped_sources
from robot.app.file_stamps import stamps_in
from robot.core.condition import Condition, Health
from robot.core.errors import BehaviorError, BowlbyError, ConfigError
from robot.decide.behavior import DUTIFUL
from robot.decide.configured import check_known, configured
from robot.decide.oversight import Oversight
from robot.express import keyframes
from robot.health.brought_languages import broken as broken_languages
from robot.loop.renewal import Renewal
from robot.parts import behavior_packages
from robot.parts.registry import data_folders
from robot.sense.language import phrases
from robot.sense.language.brought_phrases import SHELF
from robot.texts.languages import brought
from robot.texts.sentence import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from robot.decide.behavior import Behavior
    from robot.decide.configured import ParameterTables
    from robot.express.keyframes import Expression
    from robot.parts.behavior_packages import BehaviorPackage
    from robot.sense.language.phrases import Phrases
    from robot.texts.sentence import AnyText, Sentence

log = logging.getLogger(__name__)

PACKAGE = "package"  # as a part: behaviours of other people
LOADS_WITHIN_S = 10.0  # a file may bring in a large library


class Library:
    """Loads at its making; a file of this package that is broken then raises BowlbyError, any other is named."""

    def __init__(
        self,
        personal: Path,
        load_phrases: Callable[[], Phrases],
        oversight: Oversight | None = None,
        barred: Mapping[str, AnyText] = MappingProxyType({}),
        parameters: ParameterTables = MappingProxyType({}),
    ) -> None:
        """`oversight`: over the code of the personal files while it is loaded. `barred`: files that are not to be, by
        their names, each with why; until they are saved anew. `parameters`: what the configuration sets, by behaviour;
        raises ConfigError where a behaviour does not take it, or where there is none of that name.
        """
        self._oversight = oversight or Oversight(stuck_s=LOADS_WITHIN_S)
        self._barred = dict(barred)
        self._personal = personal
        self._surprise = ""  # an error that is none of Bowlby's own, at the last save
        self._broken: dict[Path, BowlbyError] = {}
        self._made: dict[BehaviorSource, list[Behavior]] = {}
        self.behaviors: tuple[Behavior, ...] = ()
        self._parameters: ParameterTables = {}  # until all are loaded: a mistake in them is no broken file's
        installed = shipped_sources()
        self._guests = frozenset(source.path.parent for source in installed if source.guest)
        self._take_up({source: imported(source) for source in installed if not source.guest})
        for source in installed:
            if source.guest:
                self._import(source)
        broken_languages()
        self._added = AddedPhrases(load_phrases)
        self._benched = behavior_packages.benched()
        self._expressions: dict[Path, Expression] = {}
        folders = [Path(str(folder)) for folder in data_folders("expressions")]
        self._expression_folders = (*folders, personal / "expressions")
        self._phrase_folders = (
            *(Path(str(folder)) for folder in data_folders("phrases")),
            *(Path(str(folder / SHELF)) for folder in brought().values()),
            personal / "phrases",
        )
        self._seen = stamps_in(self.folders, self._code_folders())
        self._take_in(set(self._seen) - {source.path for source in installed})
        self.phrases = self._all_phrases()
        for path, error in self._broken.items():
            if not path.is_relative_to(personal) and not self._of_guest(path):
                raise error
        self.behaviors = self._behaviors()
        self.expressions = self._by_name()
        self._parameters = parameters
        self._configure(self.behaviors)
        if not self._broken and not self._benched:
            for name in parameters:
                check_known(name, self.behaviors)

    def _take_up(self, made: dict[BehaviorSource, list[Behavior]]) -> None:
        """Go on with these. Raises BehaviorError for two of one name, and ConfigError where one that bids anew does not
        take its parameters.
        """
        self._configure(one for one in merged(made).values() if one not in self.behaviors)
        self._made = made

    def _configure(self, behaviors: Iterable[Behavior]) -> None:
        """Give them the parameters that the configuration sets. Raises ConfigError."""
        for behavior in behaviors:
            if behavior.name in self._parameters:
                behavior.config = configured(type(behavior), self._parameters)

    def _import(self, source: BehaviorSource) -> None:
        """A file of another package: one that is broken, or takes a name that is taken, is named and left out."""
        try:
            self._take_up({**self._made, source: imported(source)})
        except BehaviorError as error:
            self._spoil(source.path, error)

    def _of_guest(self, path: Path) -> bool:
        """Whether a file is of another package: those are as they were when they were checked, and not loaded anew."""
        return not self._guests.isdisjoint(path.parents)

    def health(self) -> list[Health]:
        """One line for each broken file and each package that is not loaded, and one for what nobody foresaw; from any
        thread.
        """
        lines = [
            Health("file", Condition.FAULT, error.text, sentence("health.before_goes_on"), name=path.name)
            for path, error in sorted(self._broken.items())
        ]
        lines += [_benched(package, found) for package, found in self._benched]
        lines += [
            Health("behaviour", Condition.LESSER, _stands_in(name), sentence("health.own_name"), name=name)
            for name in self._standing_in()
        ]
        lines += [
            Health("behaviour", Condition.FAULT, sentence("health.parameters_of_none", name=name), name=name)
            for name in sorted(self._parameters.keys() - {behavior.name for behavior in self.behaviors})
        ]
        if self._surprise:
            reason = sentence("health.save_not_taken_up", error=self._surprise)
            lines.append(Health("files", Condition.FAULT, reason, sentence("health.mend_last_save")))
        return lines

    def _standing_in(self) -> list[str]:
        """The installed behaviours that a personal file has taken the place of."""
        personal = {behavior.name for source, made in self._made.items() if source.personal for behavior in made}
        installed = {behavior.name for source, made in self._made.items() if not source.personal for behavior in made}
        return sorted(personal & installed)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where files that count may lie; not all need exist."""
        return (*self._code_folders(), *self._expression_folders, *self._phrase_folders)

    def bring(self, folder: Path) -> Renewal | None:
        """Take in the phrases and expressions of one more folder, too. Raises BowlbyError for a broken file there."""
        if folder / "phrases" in self._phrase_folders:
            return None
        self._expression_folders = (*self._expression_folders, folder / "expressions")
        self._phrase_folders = (*self._phrase_folders, folder / "phrases")
        renewal = self._look()
        for path, error in self._broken.items():
            if folder in path.parents:
                raise error
        return renewal

    def look(self) -> Renewal | None:
        """What was saved since the last look. Whatever goes wrong is told, and the next look goes on."""
        try:
            return self._look()
        except Exception as error:  # a stranger's file may bring about anything
            surprise = f"{type(error).__name__}: {error}"
            if surprise != self._surprise:
                log.exception("what was saved is not taken up")
            self._surprise = surprise
            return None

    def _look(self) -> Renewal | None:
        try:
            now = stamps_in(self.folders, self._code_folders())
        except OSError as error:
            self._spoil(Path(error.filename), ConfigError(f"cannot be looked at: {error}", place=str(error.filename)))
            return None
        for folder in self.folders:
            self._mend(folder)
        changed = {
            path
            for path in now.keys() | self._seen.keys()
            if now.get(path) != self._seen.get(path) and not self._of_guest(path)
        }
        if not changed:
            return None
        self._seen = now
        renewal = self._renewed(changed)
        self._surprise = ""
        return renewal

    def _renewed(self, changed: set[Path]) -> Renewal | None:
        self._take_in(changed)
        behaviors = expressions = phrases = None
        now = self._behaviors()
        if now != self.behaviors:
            self.behaviors = behaviors = now
        if any(path.parent in self._expression_folders for path in changed):
            self.expressions = expressions = self._by_name()
        said = [path for path in changed if path.parent in self._phrase_folders]
        if said:
            for path in [path for path in self._broken if path.parent in self._phrase_folders]:
                self._mend(path)
            try:
                self.phrases = phrases = self._all_phrases()
            except BowlbyError as error:
                self._spoil(said[0], error)
        renewal = Renewal(behaviors, expressions, phrases)
        if renewal == Renewal():
            return None
        log.info("taken up while running: %s", ", ".join(path.name for path in sorted(changed - self._broken.keys())))
        return renewal

    def _take_in(self, paths: set[Path]) -> None:
        """Load behaviours and expressions from these files, or let go what came from a file that is gone."""
        sources: dict[Path, BehaviorSource] = {}
        if any(path.suffix == ".py" for path in paths):
            sources = {source.path: source for source in (*shipped_sources(), *personal_sources(self._personal))}
        for path in sorted(paths):
            if path.parent in self._phrase_folders:
                continue
            self._mend(path)
            try:
                if path not in self._seen:
                    self._expressions.pop(path, None)
                    self._take_up({source: made for source, made in self._made.items() if source.path != path})
                elif path.suffix == ".toml":
                    self._expressions[path] = self._expression(path)
                elif path in sources:
                    self._take_up({**self._made, sources[path]: self._executed(sources[path])})
            except BowlbyError as error:
                self._spoil(path, error)

    def _executed(self, source: BehaviorSource) -> list[Behavior]:
        """Raises BehaviorError."""
        name = source.path.name
        if why := self._barred.pop(name, ""):
            raise BehaviorError(why, place=str(source.path), remedy=sentence("health.mend_file"))
        self._oversight.beat()
        try:
            return self._oversight.run(name, executed, source)
        except BehaviorError as error:
            if error.place:
                raise
            raise BehaviorError(error.what, place=str(source.path), remedy=sentence("health.mend_file")) from error

    def _all_phrases(self) -> Phrases:
        return self._added.all([path for path in self._seen if path.parent in self._phrase_folders], self._spoil)

    def _expression(self, path: Path) -> Expression:
        namesakes = [other for other in self._expressions if other.name == path.name and other != path]
        for other in namesakes:
            if not path.is_relative_to(self._personal) and not other.is_relative_to(self._personal):
                raise ConfigError(
                    f"two packages bring an expression {path.stem!r}", place=str(path), remedy=f"the other is {other}"
                )
        return keyframes.read_expression(path)

    def _behaviors(self) -> tuple[Behavior, ...]:
        found = merged(self._made)
        return tuple(found[name] for name in sorted(found))

    def _by_name(self) -> dict[str, Expression]:
        """The personal folder stands last: what is there takes the place of what is installed."""
        rank = {folder: number for number, folder in enumerate(self._expression_folders)}
        ordered = sorted(self._expressions.items(), key=lambda item: rank[item[0].parent])
        return {expression.name: expression for _, expression in ordered}

    def _code_folders(self) -> set[Path]:
        return {source.path.parent for source in self._made} | {self._personal}

    def _spoil(self, path: Path, error: BowlbyError) -> None:
        self._broken = {**self._broken, path: error}
        log.error("%s; what was loaded before goes on", error)

    def _mend(self, path: Path) -> None:
        self._broken = {known: error for known, error in self._broken.items() if known != path}


def _stands_in(name: str) -> Sentence:
    return sentence("health.stands_in_for_duties" if name in DUTIFUL else "health.stands_in", name=name)


def _benched(package: BehaviorPackage, found: str) -> Health:
    """Why a package is not loaded, and what mends it."""
    if found:
        reason = sentence("health.package_failed", name=package.module, found=found)
        return Health(PACKAGE, Condition.FAULT, reason, sentence("health.package_tell"), name=package.module)
    reason = sentence("health.package_unchecked", name=package.module)
    remedy = sentence("health.package_check", name=package.module)
    return Health(PACKAGE, Condition.LESSER, reason, remedy, name=package.module)


def check(folder: Path, parameters: ParameterTables = MappingProxyType({})) -> Health:
    """What it can do, the behaviours of the personal `folder` among them, with the parameters that the configuration
    sets. Raises BehaviorError or ConfigError.
    """
    library = Library(folder.expanduser(), phrases.load, parameters=parameters)
    told = library.health()
    broken = [part for part in told if part.condition is Condition.FAULT]
    if told:
        remedies = dict.fromkeys(sentence("health.mend_file") if part.part == "file" else part.remedy for part in told)
        condition = Condition.FAULT if broken else Condition.LESSER
        return Health("behaviours", condition, listed(part.reason for part in told), listed(filter(None, remedies)))
    return Health("behaviours", Condition.OK, ", ".join(behavior.name for behavior in library.behaviors))
