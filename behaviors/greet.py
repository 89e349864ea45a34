"""Notice and greet: somebody came, so it turns to them, brightens, and says hello once.

After a goodbye, in quiet hours, or when it has begun enough talks today, the guard keeps the words back; the turn of
the head and the ears are greeting enough then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.decide.behavior import Behavior, because
from robot.decide.decision import Mode
from robot.intents import Look, Role, Say, Show, Sound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.attend.scene import Person
    from robot.decide.behavior import State
    from robot.intents import Intent

FACING = 0.35
LATENCY_S = 1.0  # the greeting latency of a secure style; the model adds avoidance
AGAIN_AFTER_S = 60.0  # the same person back within a minute is no arrival


class Greet(Behavior):
    """Bids for each newcomer once."""

    name = "greet"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 2.5

    def __init__(self) -> None:
        self._greeted: set[int] = set()
        self._last = -AGAIN_AFTER_S
        self._target: int | None = None

    def desire(self, state: State) -> float:
        if self._target is not None and state.since < self.min_stay_s and not state.first:
            return 0.6
        person = self._newcomer(state)
        return 0.0 if person is None else 0.6

    def act(self, state: State) -> Iterable[Intent]:
        if self._target is None or state.scene.person(self._target) is None:
            person = self._newcomer(state)
            self._target = person.track if person else state.scene.focus
        person = state.scene.person(self._target)
        if person is None:
            return
        cause = because("somebody came", f"person {person.track}", f"arousal {state.feelings.arousal:.2f}")
        yield Look(cause, person=person.track)
        if person.track in self._greeted or state.t - person.since < LATENCY_S:
            return
        self._greeted.add(person.track)
        yield Show(cause, "glad", strength=0.7 + 0.3 * state.feelings.bond)
        if state.t - self._last >= AGAIN_AFTER_S:
            self._last = state.t
            yield Sound(cause, "chirp_greeting")
            first = state.diary.told_robot_on != state.civil.date()
            yield Say(cause, "greet_first_today" if first else "greet_again", role=Role.OPENING)

    def stop(self, state: State) -> None:  # noqa: ARG002 - the signature of all behaviours
        self._target = None

    def _newcomer(self, state: State) -> Person | None:
        return next(
            (p for p in state.scene.people if p.track not in self._greeted and p.facing >= FACING),
            None,
        )
