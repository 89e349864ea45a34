"""Play: a small game of peek-a-boo with eyes and ears, when somebody asks for it; it ends by itself. Whoever wants any
game is told which there are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pydantic import Field

from robot import (
    OWN_WORDS,
    UNTIL_WORDS,
    Behavior,
    BehaviorConfig,
    Hold,
    Look,
    Mode,
    Say,
    Seconds,
    Show,
    Sound,
    because,
    said,
    sentence,
)
from robot.core.language_words import WordTable, any_of
from robot.decide.dialogue.which_game import WHICH, chosen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

ASKED_FOR = sentence("cause.game_asked_for")


class PlayWords(WordTable, section="play"):
    """[play] of a language's words, a pattern: what wants `any` game, whichever."""

    any: str


@cache
def _any_game() -> re.Pattern[str]:
    return re.compile(any_of(PlayWords, "any")["any"], re.IGNORECASE)


class PlayConfig(BehaviorConfig):
    """What may be changed while it runs."""

    game_s: Seconds = Field(24.0, description="time of a game")
    round_s: Seconds = Field(6.0, gt=0.0, description="time of one round")
    hide_s: Seconds = Field(2.2, description="how long it hides its eyes in a round")


class Play(Behavior):
    """Hides its eyes, waits, and finds the person again."""

    name = "play"
    config = PlayConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 3.0

    def __init__(self) -> None:
        self._until = 0.0
        self._began = 0.0
        self._found = -1.0  # the last round in which it has found them

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is not None and (words.intent == "play" or chosen(state, words, self.name)):
            return OWN_WORDS
        if words is not None or state.diary.farewell_at is not None or state.diary.hushed_at is not None:
            self._until = 0.0
        if state.t >= self._until:
            return UNTIL_WORDS
        return 0.65 if state.scene.people else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        chose = words is not None and chosen(state, words, self.name)
        if words is not None and (words.intent == "play" or chose):
            cause = said(words, ASKED_FOR)
            if _any_game().search(words.text) and not chose:
                self._until = 0.0
                yield Say(cause, WHICH)
                return
            self._began, self._until, self._found = state.t, state.t + self.config.game_s, -1.0
            yield Show(cause, "playful")
            yield Say(cause, "answer_play")
            return
        cause = because("playing_for", round(state.t - self._began))
        game, phase = divmod(state.t - self._began, self.config.round_s)
        if phase < self.config.hide_s:
            yield Look(cause, yaw=0.0, pitch=-0.3)
            yield Hold(cause, lid=0.0)
            return
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        if game != self._found:
            self._found = game
            yield Show(cause, "peekaboo")
            yield Sound(cause, "peekaboo")
