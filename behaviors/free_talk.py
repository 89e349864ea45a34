"""Free talk: what nothing else answers is left to the owner's language model, sentence by sentence.

Each sentence sounds when the one before has, and only if the guard lets it. Where the model is slow, gone or held back
before anything was said, the listener answers instead. A voice, new words or “stop” end it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import Field

from robot import UNTIL_WORDS, Behavior, BehaviorConfig, Look, Mode, Say, Seconds, Show, Sound, VoiceWatch, said
from robot.core.intents import BY_MODEL
from robot.decide.behavior import noted
from robot.decide.dialogue.asking import OPEN, may_ask
from robot.decide.dialogue.consulting import consult, left_to_model
from robot.decide.dialogue.listener import hears_out, reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

ANSWERS = 0.94  # before the listener, after what one behaviour alone is made for
GOES_ON = 0.66  # while it has more to say: a touch or somebody new does not break it off
PAUSE_S = 0.1  # between two sentences, beside the voice's own
LONGEST_S = 12.0  # without a word of the model, whatever it is doing
LATELY = 20  # lines of the talk in which it says nothing twice
THINKS = "hm"


class FreeTalkConfig(BehaviorConfig):
    """What may be changed while it runs."""

    facts: bool = Field(False, description="is asked for facts, too; a small model makes them up")
    thinks_after_s: Seconds = Field(1.2, description="a sound tells that words come, where they take so long")


@dataclass(slots=True)
class _Answer:
    """One answer, as it comes."""

    words: Utterance
    asked_at: float
    waiting: deque[str] = field(default_factory=deque)
    said: list[str] = field(default_factory=list)  # what the guard let pass
    trying: tuple[float, str] | None = None  # said in the last thought: when, and what
    over: bool = False  # nothing more comes
    thought_aloud: bool = False


class FreeTalk(Behavior):
    """Says what a language model suggests."""

    name = "free_talk"
    config = FreeTalkConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 0.5

    def __init__(self) -> None:
        self._voice = VoiceWatch()
        self._answer: _Answer | None = None
        self._silence = 0.0

    def desire(self, state: State) -> float:
        self._silence = self._voice.look(state.scene)
        words, answer = state.diary.pending, self._answer
        if words is not None and (answer is None or words is not answer.words):
            self._answer = None
            return ANSWERS if left_to_model(state, words, facts=self.config.facts) else 0.0
        if answer is None or self._broken_off(state):
            self._answer = None
            return UNTIL_WORDS
        self._take(state, answer)
        return GOES_ON if answer.said else ANSWERS

    def _broken_off(self, state: State) -> bool:
        scene, diary = state.scene, state.diary
        left = bool(scene.departures) and not scene.people
        silent = diary.hushed_at is not None or diary.farewell_at is not None
        return left or silent or scene.in_need or scene.interrupted

    @staticmethod
    def _take(state: State, answer: _Answer) -> None:
        """What came since the last thought, and whether the last sentence passed the guard."""
        for one in state.scene.suggested:
            if one.asked_at != answer.asked_at or answer.over:
                continue
            answer.over = one.last or bool(one.why)
            if one.text and not one.why:
                answer.waiting.append(one.text)
        if answer.trying is not None and answer.trying[0] < state.t:
            at, text = answer.trying
            answer.trying = None
            if any(passed.text == text for passed in state.passed(at)):
                answer.said.append(text)
            else:
                answer.over = True
                answer.waiting.clear()

    def act(self, state: State) -> Iterable[Intent]:
        focus, answer = state.scene.focus, self._answer
        if answer is None:
            words = state.diary.pending
            if words is not None:
                self._answer = _Answer(words, state.t)
                yield from self._ask(state, words)
            return
        cause = said(answer.words, BY_MODEL)
        if focus is not None:
            yield Look(cause, person=focus)
        if answer.trying is None and (not answer.said or self._silence >= PAUSE_S):
            yield from self._go_on(state, answer)

    @staticmethod
    def _ask(state: State, words: Utterance) -> Iterable[Intent]:
        cause = said(words, BY_MODEL)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Show(cause, "thinking", strength=0.5)
        yield consult(state, words)
        yield from noted(words, cause)

    def _go_on(self, state: State, answer: _Answer) -> Iterable[Intent]:
        """The next sentence, a sign that it thinks, or the end."""
        text = self._next(state, answer)
        cause = said(answer.words, BY_MODEL)
        if text:
            answer.trying = (state.t, text)
            if not answer.said:
                yield Show(cause, "nod", strength=0.6)
            yield Say(cause, text=text, question=OPEN if _asks(text) else None)
            self._voice.ask(state.t)
        elif answer.over or (not answer.said and state.t - answer.asked_at > LONGEST_S):
            self._answer = None
            if not answer.said:
                yield from _instead(state._replace(diary=state.diary._replace(pending=answer.words)), answer.words)
        elif not answer.thought_aloud and not answer.said and self._late(state, answer):
            answer.thought_aloud = True
            yield Sound(cause, THINKS)

    def _late(self, state: State, answer: _Answer) -> bool:
        return state.t - answer.asked_at >= self.config.thinks_after_s

    @staticmethod
    def _next(state: State, answer: _Answer) -> str:
        """The next sentence that may be said: none that was said lately, no question behind another."""
        lately = {turn.text for turn in state.diary.talk.turns[-LATELY:]}
        while answer.waiting:
            text = answer.waiting.popleft()
            if text in lately:
                answer.over = True
                answer.waiting.clear()
            elif not (_asks(text) and answer.said and not may_ask(state.diary.talk)):
                return text
        return ""


def _instead(state: State, words: Utterance) -> Iterable[Say]:
    """What is said without a model."""
    if hears_out(state, words):
        return reply(state, words)
    return (Say(said(words), f"answer_{words.intent}", words.slots),)


def _asks(text: str) -> bool:
    return text.rstrip(' »”"\u00a0\u202f').endswith("?")
