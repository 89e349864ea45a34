"""Play: a small game of peek-a-boo with eyes and ears, when somebody asks for it; it ends by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.decide.behavior import OWN_WORDS, Behavior, because, said
from robot.decide.decision import Mode
from robot.intents import Hold, Look, Say, Show, Sound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.decide.behavior import State
    from robot.intents import Intent

GAME_S = 24.0
ROUND_S = 6.0
HIDE_S = 2.2


class Play(Behavior):
    """Hides its eyes, waits, and finds the person again."""

    name = "play"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 3.0

    def __init__(self) -> None:
        self._until = 0.0
        self._began = 0.0
        self._found = -1.0  # the last round in which it has found them

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is not None and words.intent == "play":
            return OWN_WORDS
        if words is not None or state.diary.farewell_at is not None or state.diary.hushed_at is not None:
            self._until = 0.0
        return 0.65 if state.t < self._until and state.scene.people else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is not None and words.intent == "play":
            self._began, self._until, self._found = state.t, state.t + GAME_S, -1.0
            cause = said(words, "a game was asked for")
            yield Show(cause, "playful")
            yield Say(cause, "answer_play")
            return
        cause = because("playing for", state.t - self._began, "seconds")
        game, phase = divmod(state.t - self._began, ROUND_S)
        if phase < HIDE_S:
            yield Look(cause, yaw=0.0, pitch=-0.3)
            yield Hold(cause, lid=0.0)
            return
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        if game != self._found:
            self._found = game
            yield Show(cause, "peekaboo")
            yield Sound(cause, "chirp_greeting")
