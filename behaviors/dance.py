"""Dance and tricks: a dance to its own humming, or one of the motions that its head and ears can do, when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import (
    OWN_WORDS,
    UNTIL_WORDS,
    Behavior,
    BehaviorConfig,
    Look,
    Mode,
    Say,
    Seconds,
    Show,
    Sound,
    VoiceWatch,
    said,
)
from robot.decide.teller import MORE, TELLS, goes_on, spoke_last

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

ASKED = "wants_dance"
TRICKS = {  # names under [answers], and the expression of each
    "wiggle_ears": "hello_wave_ears",
    "nod": "nod",
    "shake": "disagree",
    "laugh": "laugh",
    "sneeze": "sneeze",
    "dizzy": "dizzy",
    "tilt": "tilt",
}
DANCE = "dance"


class DanceConfig(BehaviorConfig):
    """What may be changed while it runs."""

    dance_s: Seconds = Field(3.0, gt=0.0, description="time of one turn of the dance")
    turns: int = Field(2, ge=1, le=20, description="turns of the dance")


class Dance(Behavior):
    """Does what was named, else something by chance; something else on “more”."""

    name = "dance"
    config = DanceConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 1.0

    def __init__(self) -> None:
        self._voice = VoiceWatch()
        self._silence = 0.0
        self._left = 0  # turns still to be danced
        self._turned = 0.0
        self._motion = ""

    def desire(self, state: State) -> float:
        self._silence = self._voice.look(state.scene)
        words = state.diary.pending
        if words is not None:
            if self._asked(state, words):
                return OWN_WORDS
            self._left = 0
        if state.diary.hushed_at is not None or state.diary.farewell_at is not None:
            self._left = 0
        return TELLS if self._left else UNTIL_WORDS

    def _asked(self, state: State, words: Utterance) -> bool:
        return words.intent == ASKED or (words.intent == MORE and spoke_last(state, self.name))

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        cause = goes_on("telling", self.name)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        if words is not None and self._asked(state, words):
            self._motion = self._choose(state, words)
            dances = self._motion == DANCE
            self._left, self._turned = (self.config.turns if dances else 1), 0.0
            self._voice.ask(state.t)
            yield Say(said(words), "dance_begin" if dances else "trick_begin")
        elif self._left and self._silence > 0.0 and state.t - self._turned >= self.config.dance_s:
            self._left, self._turned = self._left - 1, state.t
            yield Show(cause, self._motion)
            if self._motion == DANCE:
                yield Sound(cause, "hum")

    def _choose(self, state: State, words: Utterance) -> str:
        answers = state.answers(words)
        named = next((motion for name, motion in TRICKS.items() if name in answers), None)
        if named is not None or DANCE in answers:
            return named or DANCE
        others = [motion for motion in (DANCE, *TRICKS.values()) if motion != self._motion]
        return others[int(state.rng.integers(len(others)))]
