"""Sing: it has no words, so it hums one of its tunes with the head swaying; another on “more”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import OWN_WORDS, UNTIL_WORDS, Behavior, Look, Mode, Say, Show, Sound, VoiceWatch, said
from robot.decide.teller import MORE, TELLS, goes_on, spoke_last

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

ASKED = "sing"
TUNES = ("hum", "hum_brother", "hum_star")
SWAY_S = 3.6  # time of the expression


class Sing(Behavior):
    """Announces a tune, and hums it."""

    name = "sing"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 1.0

    def __init__(self) -> None:
        self._voice = VoiceWatch()
        self._silence = 0.0
        self._on = False
        self._next = 0  # tune
        self._swayed = 0.0

    def desire(self, state: State) -> float:
        self._silence = self._voice.look(state.scene)
        words = state.diary.pending
        if words is not None:
            if self._asked(state, words):
                return OWN_WORDS
            self._on = False
        if self._silence > 0.4 or state.diary.hushed_at is not None:
            self._on = False
        return TELLS if self._on else UNTIL_WORDS

    def _asked(self, state: State, words: Utterance) -> bool:
        return words.intent == ASKED or (words.intent == MORE and spoke_last(state, self.name))

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if state.scene.focus is not None:
            yield Look(goes_on("telling", self.name), person=state.scene.focus)
        if words is not None and self._asked(state, words):
            self._on, self._swayed = True, state.t
            self._voice.ask(state.t)
            yield Show(said(words), "sway")
            yield Say(said(words), "song_line")
            yield Sound(said(words), TUNES[self._next])
            self._next = (self._next + 1) % len(TUNES)
        elif self._on and state.t - self._swayed >= SWAY_S:
            self._swayed = state.t
            yield Show(goes_on("telling", self.name), "sway")
