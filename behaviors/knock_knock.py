"""Knock-knock: somebody knocks, the robot asks who is there, who that is, and laughs without a sound at the answer."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from robot import OWN_WORDS, Mode, Say, Show, VoiceGame, said
from robot.decide.behavior import SURE_WORDS
from robot.sense.language.answers import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

LONGEST_NAME = 5  # words
TRIMMINGS = " .,!?;:\u2026\"'«»\u201c\u201d"


class KnockPhase(Enum):
    """What is to come."""

    NAME = auto()
    POINT = auto()


class KnockKnock(VoiceGame):
    """Plays its part in somebody's joke."""

    name = "knock_knock"
    asked = "tells_joke"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        super().__init__()
        self._phase = KnockPhase.NAME
        self._who: tuple[str, ...] = ()

    def wanted(self, state: State, words: Utterance) -> bool:
        return "knocks" in state.answers(words)

    def _wish(self, state: State, words: Utterance) -> float:
        wish = super()._wish(state, words)
        return SURE_WORDS if wish == OWN_WORDS and self.wanted(state, words) else wish

    def means(self, state: State, words: Utterance) -> bool:  # noqa: ARG002 - what a point is, no table knows
        line = words_of(words.text)
        if self._phase is KnockPhase.NAME:
            return len(line) <= LONGEST_NAME
        return bool(self._who) and line[: len(self._who)] == self._who

    def begin(self, state: State, words: Utterance) -> Iterable[Intent]:
        self._phase = KnockPhase.NAME
        yield Show(said(words), "curious", strength=0.6)
        yield self.ask(state, said(words), "knock_who")

    def play(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:  # noqa: ARG002
        cause = said(words)
        if self._phase is KnockPhase.NAME and len(words_of(words.text)) <= LONGEST_NAME:
            self._phase, self._who = KnockPhase.POINT, words_of(words.text)
            who = words.text.strip(TRIMMINGS)
            yield Show(cause, "tilt", strength=0.6)
            yield Say(
                cause,
                "knock_name",
                (("name", who[:1].upper() + who[1:]),),
                question=self.game.ask(state.t),
                instead="knock_name_only",
            )
        else:
            self.game.end()
            yield Show(cause, "laugh")
            yield Say(cause, "knock_end")
