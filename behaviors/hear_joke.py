"""Hear a joke: somebody tells one or asks a riddle of their own; the robot does not know it, and hears the answer."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from robot import OWN_WORDS, Mode, Say, Show, VoiceGame, said
from robot.decide.teller import spoke_last
from robot.sense.language.answers import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

AFTER = ("riddle", "joke", "knock_knock", "hear_joke")  # behaviours after which a question may be a riddle
MAY_BE_ONE = frozenset({"unknown", "asks_fact", "asks_homework", "nonsense", "tells_joke"})  # what one is taken for
NO_RIDDLE = frozenset({"give_up", "unsure", "hint", "of_the_joke", "knocks", "asks_of_it"})
OVER_A_RIDDLE = 0.97  # while the robot's own is open: what is asked is no guess at it
OFFERED = "offers_joke"  # under [answers]: one is about to be told
GOT_IT = "got_it"  # under [answers]: whether it was understood
HEARD = ("hear_joke", "knock_knock")  # behaviours that have heard one
LEAST = 4  # words of a riddle that nobody has offered
ASKED_BY = ("asks_why", "asks_how", "asks_what")  # how it begins decides how the robot asks back


class JokePhase(Enum):
    """What is to come."""

    BEGINNING = auto()
    POINT = auto()


class HearJoke(VoiceGame):
    """Listens where one is offered, and asks back where one is asked."""

    name = "hear_joke"
    asked = "tells_joke"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        super().__init__()
        self._phase = JokePhase.BEGINNING

    def wanted(self, state: State, words: Utterance) -> bool:
        answers = state.answers(words)
        if "knocks" in answers or self.game.on:
            return False
        if words.intent == self.asked or OFFERED in answers or _asks_of_it(state, answers):
            return True
        lately = any(spoke_last(state, behavior) for behavior in AFTER)
        long = len(words_of(words.text)) >= LEAST
        return lately and long and words.intent in MAY_BE_ONE and _is_riddle(words, answers)

    def means(self, state: State, words: Utterance) -> bool:
        answers = state.answers(words)
        if self._phase is JokePhase.BEGINNING:
            return _asks(words, answers)
        return not answers.isdisjoint({"guess", "because"})

    def _wish(self, state: State, words: Utterance) -> float:
        wish = super()._wish(state, words)
        return OVER_A_RIDDLE if state.diary.answering == "riddle" and wish == OWN_WORDS else wish

    def begin(self, state: State, words: Utterance) -> Iterable[Intent]:
        answers = state.answers(words)
        if _asks_of_it(state, answers):
            yield Show(said(words), "laugh")
            yield Say(said(words), "joke_got")
        elif _is_riddle(words, answers) or (OFFERED in answers and "?" in words.text):
            yield from self._ask_back(state, words, answers)
        else:
            self._phase = JokePhase.BEGINNING
            yield Show(said(words), "listening", strength=0.6)
            yield self.ask(state, said(words), "answer_tells_joke")

    def play(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        if self._phase is JokePhase.BEGINNING and _asks(words, answers):
            yield from self._ask_back(state, words, answers)
        elif self._phase is JokePhase.POINT and "your_guess" in answers:
            yield self.ask(state, said(words), "joke_no_idea")
        else:
            self.game.end()
            yield Show(said(words), "laugh")
            yield Say(said(words), "joke_heard")

    def _ask_back(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        self._phase = JokePhase.POINT
        kind = next((kind for kind in ASKED_BY if kind in answers), "")
        yield Show(said(words), "thinking", strength=0.6)
        yield self.ask(state, said(words), f"joke_{kind}" if kind else "joke_no_idea")


def _asks_of_it(state: State, answers: frozenset[str]) -> bool:
    """Whether it is asked if it understood what it has just heard."""
    return GOT_IT in answers and any(spoke_last(state, behavior) for behavior in HEARD)


def _asks(words: Utterance, answers: frozenset[str]) -> bool:
    return words.text.rstrip().endswith("?") or not answers.isdisjoint(ASKED_BY)


def _is_riddle(words: Utterance, answers: frozenset[str]) -> bool:
    """Whether it is a question that is not about the talk itself."""
    return _asks(words, answers) and answers.isdisjoint(NO_RIDDLE)
