"""The behaviours as a developer may see and change them while the robot runs; nothing is written to a file."""

from __future__ import annotations

from functools import cache
from inspect import getdoc
from typing import TYPE_CHECKING, Any, NamedTuple

from robot.core.decision import Mode
from robot.core.errors import InputError
from robot.core.requests import TuneBehavior
from robot.core.toml_text import short
from robot.core.typed_toml import checked, closest
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from robot.decide.behavior import Behavior, BehaviorConfig
    from robot.decide.mind import Mind
    from robot.texts.sentence import AnyText


class Parameter(NamedTuple):
    """One of a behaviour's parameters, its values as a person would type them."""

    name: str
    about: str
    value: str
    file: str  # the value that its file gives it
    choices: tuple[str, ...]  # empty: anything that its type takes


class BehaviorView(NamedTuple):
    """A behaviour as it is now; `benched` says why it is, empty where it is not."""

    name: str
    about: str
    modes: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    benched: AnyText


class Tuning:
    """Asked from the page's thread; the loop's own takes a change over at the beginning of its next turn."""

    def __init__(self, mind: Mind, ask: Callable[[TuneBehavior], None]) -> None:
        self._mind = mind
        self._ask = ask
        self._asked: dict[str, tuple[Behavior, BehaviorConfig]] = {}

    def read(self) -> list[BehaviorView]:
        benched = self._mind.benched
        return [_view(behavior, benched.get(behavior.name, "")) for behavior in self._mind.behaviors]

    def change(self, behavior: str, parameter: str, value: str) -> None:
        """Raises ConfigError where the typed config refuses the value, InputError for a name that is not known."""
        one = self._called(behavior)
        now = self._latest(one)
        if parameter not in type(now).model_fields:
            known = type(now).model_fields
            told = sentence("doors.no_parameter", behavior=behavior, name=short(parameter))
            raise InputError(told, remedy=_nearest(parameter, known))
        self._put(one, checked(type(now), {**now.model_dump(), parameter: value.strip()}))

    def reset(self, behavior: str) -> None:
        one = self._called(behavior)
        self._put(one, type(one).config)

    def _called(self, name: str) -> Behavior:
        behaviors = {one.name: one for one in self._mind.behaviors}
        if name not in behaviors:
            raise InputError(sentence("doors.no_behavior", name=short(name)), remedy=_nearest(name, behaviors))
        return behaviors[name]

    def _latest(self, behavior: Behavior) -> BehaviorConfig:
        """What was asked for last, which the loop may not have taken over yet; a file that was saved begins anew."""
        of, config = self._asked.get(behavior.name, (None, behavior.config))
        return config if of is behavior else behavior.config

    def _put(self, behavior: Behavior, config: BehaviorConfig) -> None:
        self._asked[behavior.name] = (behavior, config)
        self._ask(TuneBehavior(behavior.name, config.model_dump_json()))


def _nearest(name: str, known: Iterable[str]) -> AnyText:
    """A remedy for a name that is not known: the nearest one, or all."""
    names = list(known)
    close = closest(name, names)
    return sentence("doors.perhaps", name=close) if close else sentence("doors.known_here", names=", ".join(names))


def _view(behavior: Behavior, benched: AnyText) -> BehaviorView:
    modes = tuple(mode.value for mode in Mode if mode in behavior.modes)
    config, file = behavior.config, type(behavior).config
    parameters = tuple(
        Parameter(
            name,
            told.get("description", ""),
            _as_typed(getattr(config, name)),
            _as_typed(getattr(file, name)),
            tuple(map(_as_typed, told.get("enum", (False, True) if told.get("type") == "boolean" else ()))),
        )
        for name, told in _properties(type(config)).items()
    )
    return BehaviorView(behavior.name, _about(type(behavior)), modes, parameters, benched)


@cache
def _about(kind: type[Behavior]) -> str:
    """The first line that its class says of itself."""
    return (getdoc(kind) or "").partition("\n")[0]


@cache
def _properties(config: type[BehaviorConfig]) -> dict[str, Any]:
    return dict(config.model_json_schema().get("properties", {}))


def _as_typed(value: object) -> str:
    """As a person would type it."""
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
