"""A study's file, and the runs that it asks for."""

from __future__ import annotations

import hashlib
from functools import reduce
from importlib import resources
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import Field

from robot.app.build import open_library
from robot.config.schema import Config
from robot.core import toml_text, typed_toml
from robot.core.errors import ConfigError, InputError
from robot.core.typed_toml import Table, near
from robot.decide.configured import check_known, configured
from sim.study.measures import measured
from sim.world import scenario as scenarios
from sim.world.options import SightFrom
from sim.world.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from robot.decide.behavior import Behavior
    from robot.decide.configured import ParameterTables

FOLDER = "config.robot.behaviors"
PARAMETERS = "config.behaviors."  # then a behaviour's name, and a parameter's
Value = float | int | str | bool


class PlotTable(Table):
    """[plot]: a measure over a parameter, one line for each value of `by`."""

    x: str
    y: str
    by: str | None = None


class Study(Table):
    """A scene to be played with many seeds and parameters."""

    about: str
    scenario: str = Field(description="a shipped scenario's name, or a file beside this one")
    seeds: int = Field(ge=1, le=1_000_000)
    first_seed: int = Field(0, ge=0)
    seconds: float | None = Field(None, gt=0.0, description="length of a run, instead of the scenario's own")
    senses: SightFrom = SightFrom.truth
    vary: dict[str, Annotated[list[Value], Field(min_length=1)]] = Field(default_factory=dict)
    plot: PlotTable | None = None


class Job(NamedTuple):
    """One run: its number, its seed, and its parameters in the order of the file."""

    number: int
    seed: int
    parameters: tuple[tuple[str, Value], ...]


class Plan(NamedTuple):
    """A study that was read and found whole. It is all that a worker needs, wherever it works."""

    name: str
    study: Study
    scenario: Scenario
    config: Config

    def jobs(self) -> Iterator[Job]:
        """Every combination of parameters with every seed."""
        vary = self.study.vary
        number = 0
        for values in product(*vary.values()):
            for seed in range(self.study.first_seed, self.study.first_seed + self.study.seeds):
                yield Job(number, seed, tuple(zip(vary, values, strict=True)))
                number += 1

    def __len__(self) -> int:
        return reduce(lambda count, values: count * len(values), self.study.vary.values(), self.study.seeds)

    def settings(self, parameters: Mapping[str, Value]) -> tuple[Config, Scenario]:
        """The configuration and the scenario with these parameters. Raises ConfigError, and LookupError, ValueError or
        TypeError where there is no such place.
        """
        config: Any = self.config.model_dump(exclude_unset=True)
        scene: Any = self.scenario.model_dump(exclude_unset=True)
        for path, value in parameters.items():
            kind, _, rest = path.partition(".")
            _put(config if kind == "config" else scene, rest.split("."), value)
        settings = typed_toml.checked(Config, config)
        return settings, typed_toml.checked(Scenario, scene, scenarios.naming(settings.robot.behaviors))

    @property
    def fingerprint(self) -> str:
        """Two studies with the same one have the same runs."""
        study = self.study.model_dump_json(exclude={"about", "plot"})
        text = study + self.scenario.model_dump_json() + self.config.model_dump_json()
        return hashlib.sha256(text.encode()).hexdigest()


def shipped() -> dict[str, Path]:
    """The studies of the package, by name."""
    folder = Path(str(resources.files("sim") / "studies"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load(name: str, config: Config | None = None) -> Plan:
    """A shipped study by name, or any file; `config`: what its parameters are put into, the robot as shipped when left
    out. Raises InputError, or ConfigError with file, line and key.
    """
    path = shipped().get(name) or Path(name)
    if not path.is_file():
        raise InputError(f"there is no study {name!r}", remedy=f"give a file, or one of: {', '.join(shipped())}")
    text = toml_text.read_text(path)
    study = typed_toml.parse(Study, text, str(path))
    beside = path.parent / study.scenario
    scene = str(beside) if beside.is_file() else study.scenario
    plan = _whole(path.stem, study, scene, config or Config(), lambda key: f"{path}:{_line(text, key)}")
    if study.plot is not None:
        place = f"{path}:{typed_toml.line_of(text, ('plot',))}"
        for axis in (study.plot.x, study.plot.by):
            if axis is not None and axis not in study.vary:
                raise ConfigError(f"plot: {axis!r} is not varied", place=place, remedy=near(axis, study.vary))
        known = measured(plan.scenario)
        if study.plot.y not in known:
            raise ConfigError(f"plot: {study.plot.y!r} is not measured", place=place, remedy=near(study.plot.y, known))
    return plan


def planned(study: Study, config: Config | None = None) -> Plan:
    """The plan of a study that a program made; `config` as above. Raises InputError, or ConfigError with the key."""
    return _whole("study", study, study.scenario, config or Config(), lambda _: "study")


def _whole(name: str, study: Study, scene: str, config: Config, place_of: Callable[[str], str]) -> Plan:
    """The plan, once every value is found to be of use; `place_of`: where a parameter stands, to tell a mistake by."""
    folders = [Path(str(folder)) for folder in study.vary.get(FOLDER, [config.robot.behaviors])]
    plan = Plan(name, study, scenarios.load(scene, folders[0])[1], config)
    varied = [(key, value) for key, values in study.vary.items() for value in values]
    settings = [(key, _settings(plan, key, value, place_of(key))) for key, value in varied]
    parameters = [one for one in settings if one[0].startswith(PARAMETERS)]
    for folder in folders if parameters or config.behaviors else ():
        behaviors = open_library(config.changed("robot", behaviors=folder)).behaviors
        for key, found in parameters:
            _check_parameter(key, found.behaviors, place_of(key), behaviors)
    return plan


def _line(text: str, key: str) -> int:
    """The line, from 1, of a key of [vary], which has dots in it; that of the table where it is written otherwise."""
    lines = text.splitlines()
    found = (number for number, line in enumerate(lines, 1) if line.lstrip(" \"'").startswith(key))
    return next(found, typed_toml.line_of(text, ("vary",)))


def _settings(plan: Plan, key: str, value: Value, place: str) -> Config:
    """The configuration with one parameter. What no run could use is refused, before the first one."""
    if not key.startswith(("config.", "scenario.")):
        raise ConfigError(f"vary.{key!r} is no parameter", place=place, remedy=_beginning(key))
    try:
        return plan.settings({key: value})[0]
    except ConfigError as error:
        raise ConfigError(f"vary.{key!r}: {error.what}", place=place, remedy=error.remedy) from error
    except (LookupError, ValueError, TypeError) as error:
        raise ConfigError(f"vary.{key!r}: there is no such place", place=place, remedy="lists count from 1") from error


def _beginning(key: str) -> str:
    """What mends a key that begins with neither word."""
    first = key.partition(".")[0]
    for kind, model in (("config", Config), ("scenario", Scenario)):
        if first in model.model_fields:
            return f"did you mean {f'{kind}.{key}'!r}?"
    return "begin it with config. or scenario., as in scenario.person.1.look"


def _check_parameter(key: str, tables: ParameterTables, place: str, behaviors: Sequence[Behavior]) -> None:
    """Refuse what none of these behaviours could use."""
    name = key.removeprefix(PARAMETERS).partition(".")[0]
    try:
        check_known(name, behaviors)
        for behavior in behaviors:
            if behavior.name == name:
                configured(type(behavior), tables)
    except ConfigError as error:
        raise ConfigError(f"vary.{key!r}: {error.what}", place=place, remedy=error.remedy) from error


def _put(target: Any, path: list[str], value: Value) -> None:
    """Set the value at a path of keys; numbers count the tables of a list, from 1."""
    for part, following in pairwise(path):
        if isinstance(target, (list, tuple)):
            target = target[int(part) - 1]
        else:
            target = target[part] if following.isdecimal() else target.setdefault(part, {})
    target[path[-1]] = value
