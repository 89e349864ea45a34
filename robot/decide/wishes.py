"""What other programs ask for by a door, as intents: the guard judges them like those of any behaviour.

A bearing is looked at for as long as was asked, or until somebody speaks to the robot, touches it, or is in need.
"""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from robot.core.decision import Mode
from robot.core.intents import BY_PROGRAM, Cause, Look, Role, Say, Show, by_program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.core.intents import Intent
    from robot.core.percepts import Wish
    from robot.decide.behavior import State

MODES = frozenset({Mode.AWAKE, Mode.ENGAGED})  # in which it does what programs ask for, as most behaviours
# The first sentence so soon after somebody's words is an answer. Whatever else it says begins a contact, as duty 15
# counts them: else a program could have it talk without end.
ANSWERS_S = 30.0


class WishTaker:
    """Takes up one wish after another; the mind asks it at each thought."""

    def __init__(self) -> None:
        self._look: Look | None = None
        self._until = 0.0

    def intents(self, state: State) -> tuple[Intent, ...]:
        """What programs want now, to come after what the behaviour wants."""
        scene = state.scene
        if self._look is None and not scene.wishes:
            return ()
        if scene.utterances or scene.touches or scene.in_need or state.mode not in MODES or state.t >= self._until:
            self._look = None
        wanted = [intent for wish in scene.wishes if state.mode in MODES for intent in self._take(wish, state)]
        return tuple(wanted) if self._look is None else (*wanted, self._look)

    def _take(self, wish: Wish, state: State) -> Iterator[Intent]:
        cause = Cause(BY_PROGRAM, wish.by)
        if wish.look_s > 0.0:
            self._look, self._until = Look(cause, yaw=wish.yaw, pitch=wish.pitch), state.t + wish.look_s
        if wish.expression:
            yield Show(cause, wish.expression)
        if wish.text or (wish.phrase and can_say(wish, state)):
            yield Say(cause, wish.phrase, wish.slots, _role(state), text=wish.text)


def can_say(wish: Wish, state: State) -> bool:
    """Whether the tables have its phrase, with no gap that it leaves open."""
    if not state.tables.has(wish.phrase):
        return False
    filled = {name for name, _ in wish.slots}
    return all(filled >= gaps(wording) for wording in state.wordings(wish.phrase))


def gaps(wording: str) -> frozenset[str]:
    """The names of a wording's slots."""
    return frozenset(name for _, name, _, _ in Formatter().parse(wording) if name)


def _role(state: State) -> Role:
    spoken_to = state.diary.spoken_to_at
    if spoken_to is None or state.t - spoken_to > ANSWERS_S:
        return Role.OPENING
    since = (deed.intent for deed in reversed(state.diary.deeds) if deed.t >= spoken_to)
    return Role.OPENING if any(isinstance(one, Say) and by_program(one) for one in since) else Role.ANSWER
