"""Safe: the line to the body was lost or came back, and it says so, since nothing else would explain the stillness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import UNTIL_WORDS, Behavior, BehaviorConfig, Mode, Role, Say, Seconds, because, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State


class SafeConfig(BehaviorConfig):
    """What may be changed while it runs."""

    tell_back_s: Seconds = Field(5.0, description="how long it is news that the body is back")


class Safe(Behavior):
    """Runs alone while the body is away, and for a sentence after it is back."""

    name = "safe"
    config = SafeConfig()
    modes = frozenset({Mode.SAFE, Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        self._lost_at: float | None = None
        self._back_at: float | None = None

    def desire(self, state: State) -> float:
        if state.mode is Mode.SAFE:
            if self._lost_at is None:
                self._lost_at = state.t
            return 0.5
        if self._lost_at is not None:
            self._lost_at, self._back_at = None, state.t
        if self._back_at is not None and state.t - self._back_at > self.config.tell_back_s:
            self._back_at = None
        return UNTIL_WORDS if self._back_at is None else 0.8

    def act(self, state: State) -> Iterable[Intent]:
        faults = state.scene.body.faults if state.scene.body is not None else ()
        cause = because("line_lost" if state.mode is Mode.SAFE else "line_back", state.mode.value, listed(faults))
        if state.mode is Mode.SAFE:
            if state.first:
                yield Say(cause, "safe_body_lost", role=Role.NOTICE, interrupt=True)
        elif self._back_at is not None:
            self._back_at = None
            yield Say(cause, "safe_body_back", role=Role.NOTICE)
