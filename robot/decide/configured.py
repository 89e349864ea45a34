"""A behaviour's parameters as the configuration sets them: its table `[behaviors.NAME]` over what its file says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.errors import ConfigError
from robot.core.typed_toml import checked, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from robot.decide.behavior import Behavior, BehaviorConfig

    ParameterTables = Mapping[str, Mapping[str, object]]  # by the behaviours' names


def configured(kind: type[Behavior], tables: ParameterTables) -> BehaviorConfig:
    """What a behaviour begins with. Raises ConfigError for a parameter that it has not, or a value that it refuses."""
    file, place = kind.config, f"behaviors.{kind.name}"
    given = tables.get(kind.name, {})
    if given and not type(file).model_fields:
        raise ConfigError("it has no parameters", place=place, remedy="leave them out")
    try:
        return checked(type(file), {**file.model_dump(), **given}) if given else file
    except ConfigError as error:
        raise ConfigError(error.what, place=place, remedy=error.remedy) from error


def check_known(name: str, behaviors: Iterable[Behavior]) -> None:
    """Raise ConfigError for a table of a behaviour that there is not."""
    known = {behavior.name for behavior in behaviors}
    if name not in known:
        raise ConfigError("there is no such behaviour", place=f"behaviors.{name}", remedy=near(name, sorted(known)))
