"""Teller: the base of behaviours that tell something when asked for it, sentence by sentence, and another on “more”.

Of what is asked to be about something, it tells what speaks of that, or says that it has none, and tells another.
Words or a voice break it off; “go on” takes it up where it was cut. Only a noise, and it goes on by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from robot.core.intents import Look, Say, Show
from robot.decide.behavior import OWN_WORDS, Behavior, BehaviorConfig, Seconds, because, said, until_words
from robot.decide.telling import Telling, ToldPhrases, ToldWording, VoiceWatch
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from robot.core.intents import Cause, Intent
    from robot.core.percepts import Utterance
    from robot.decide.behavior import State

MORE = "more"
TAKEN_UP = 0.93  # what was broken off is taken up again, unless another behaviour has just told something
FADES = 0.02  # of several that were broken off, the last
TELLS = 0.66  # while it tells: a touch or somebody new does not break it off
NODS = frozenset({"laughs", "acknowledges", "surprised", "agrees", "yes"})  # a listener's; it goes on
A_SOUND = 2  # words; what is not understood and no longer is a sound that a listener makes
TAKEN_UP_WITHIN_S = 300.0
OFFER = "offer_"  # a question that offers to tell or play something, with the name of the behaviour that would
NOISE_S = 2.5  # without words after a voice: that was nobody who wanted to say something


def last_sentence(state: State, within_s: float) -> tuple[str, str]:
    """Whose the last sentence was, and its phrase; empty where nothing was said within so long."""
    for deed in reversed(state.diary.deeds):
        if isinstance(deed.intent, Say):
            return (deed.behavior, deed.intent.phrase) if state.t - deed.t < within_s else ("", "")
    return "", ""


def spoke_last(state: State, behavior: str) -> bool:
    """Whether the last sentence, of some minutes at most, was this behaviour's."""
    return last_sentence(state, TAKEN_UP_WITHIN_S)[0] == behavior


def takes_offer(state: State, words: Utterance, behavior: str) -> bool:
    """Whether words are a yes to the offer of what this behaviour does."""
    return words.intent == "yes" and state.diary.answers(OFFER + behavior)


def nods(words: Utterance) -> bool:
    """Whether these are a listener's words, after which a story goes on: "oh", "ha ha"."""
    return words.intent in NODS or (not words.understood and len(words.text.split()) <= A_SOUND)


def goes_on(variable: str, behavior: str) -> Cause:
    """What it still does is the cause: "telling" or "playing"."""
    return because(variable, sentence(f"names.behavior.{behavior}"))


def all_fit(wish: str, texts: Sequence[str], language: str) -> tuple[tuple[int, ...], str]:  # noqa: ARG001
    """The places of the texts that fit a wish, and what it names that none has; here all, whatever is wished."""
    return tuple(range(len(texts))), ""


class TellerConfig(BehaviorConfig):
    """What may be changed while it runs."""

    pause_s: Seconds = Field(0.5, description="silence between two sentences")


class Teller(Behavior):
    """Tells one wording of a phrase at a time."""

    asked: ClassVar[str]  # the intent that asks for it
    gestures: ClassVar[tuple[str, ...]] = ("tilt",)  # expressions that go with its sentences, in turn
    closing: ClassVar[str] = ""  # the expression behind the last sentence
    lacks: ClassVar[str] = ""  # the phrase that says it has none about {theme}
    fitting = staticmethod(all_fit)
    config: TellerConfig = TellerConfig()
    min_stay_s = 1.0

    def __init__(self) -> None:
        self._voice = VoiceWatch()
        self._repertoire = ToldPhrases()
        self._telling: Telling | None = None
        self._on = False
        self._silence = 0.0
        self._cut_at: float | None = None
        self._broken_at = 0.0

    def every(self, state: State) -> list[ToldWording]:
        """All that it can tell; at least one."""
        raise NotImplementedError

    def desire(self, state: State) -> float:
        self._silence = self._voice.look(state.scene)
        words = state.diary.pending
        if words is not None:
            wish = self._wish(state, words)
            if not wish:
                self._break_off(state)
            return wish
        left = bool(state.scene.departures) and not state.scene.people
        if left or state.diary.hushed_at is not None or state.diary.farewell_at is not None:
            self._break_off(state)
        if self._on and state.scene.interrupted:
            self._cut(state)
        return TELLS if self._on else until_words(self, Teller.desire)

    def _wish(self, state: State, words: Utterance) -> float:
        """How much it wants to answer these words."""
        if self._asks(state, words) or (self._on and nods(words)):
            return OWN_WORDS
        if words.intent != MORE or self._telling is None:
            return 0.0
        if self._on or spoke_last(state, self.name):
            return OWN_WORDS
        unfinished = not self._telling.over(state) and state.t - self._broken_at < TAKEN_UP_WITHIN_S
        age = (state.t - self._broken_at) / TAKEN_UP_WITHIN_S
        return TAKEN_UP - FADES * age if unfinished else 0.0

    def _asks(self, state: State, words: Utterance) -> bool:
        """Whether these words ask for one to be told."""
        return words.intent == self.asked or takes_offer(state, words, self.name)

    def _cut(self, state: State) -> None:
        """Somebody's voice cut the sentence that sounded."""
        if self._telling is not None and self._cut_at is None and self._silence == 0.0:
            self._telling.back()
        self._cut_at = state.t

    def _break_off(self, state: State) -> None:
        """Tell no more, and keep the place."""
        if self._on:
            self._cut(state)
            self._on, self._broken_at = False, state.t

    def act(self, state: State) -> Iterable[Intent]:
        if state.scene.focus is not None:
            yield Look(goes_on("telling", self.name), person=state.scene.focus)
        words = state.diary.pending
        if words is not None and self._wish(state, words):
            asks = self._asks(state, words)
            if not asks and state.scene.robot_speaks:
                self._cut(state)
            lacking = ""
            if asks or self._telling is None or self._telling.over(state):
                lacking = self._choose(state, words)
            self._on, self._cut_at = True, None
            if lacking:
                yield Say(said(words), self.lacks, (("theme", lacking),), instead=f"{self.lacks}_that")
                self._voice.ask(state.t)
            else:
                yield from self._sentence(state, words)
        elif self._on and self._goes_on(state):
            yield from self._sentence(state, None)

    def _choose(self, state: State, words: Utterance) -> str:
        """Choose what to tell; what it was asked to be about and nothing is."""
        every = self.every(state)
        texts = [state.wordings(one.phrase)[one.number] for one in every]
        places, lacking = self.fitting(words.text, texts, state.diary.manner.language)
        self._telling = Telling(self._repertoire.choose(state, [every[n] for n in places]))
        return lacking

    def _goes_on(self, state: State) -> bool:
        """Whether the next sentence is due."""
        if self._cut_at is not None:
            if state.scene.voice:
                self._cut_at = state.t
            if state.t - self._cut_at < NOISE_S:
                return False
            self._cut_at = None
            return True
        return self._silence >= self.config.pause_s

    def _sentence(self, state: State, words: Utterance | None) -> Iterable[Intent]:
        """The next sentence with its gesture, or the end."""
        telling = self._telling
        if telling is None:
            return
        cause = goes_on("telling", self.name) if words is None else said(words)
        if telling.over(state):
            self._on = False
            if self.closing:
                yield Show(cause, self.closing, strength=0.7)
            return
        gesture = self.gestures[telling.told % len(self.gestures)]
        if gesture:
            yield Show(cause, gesture, strength=0.6)
        yield telling.next(state, cause)
        self._voice.ask(state.t)
