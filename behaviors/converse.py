"""Converse: words were said to it, so it answers them, once, and asks again kindly when it did not understand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.decide.behavior import URGENT, Behavior, because
from robot.decide.decision import Mode
from robot.decide.diary import FAREWELLS, HUSHES
from robot.messages import Look, Role, Say, Show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.decide.behavior import State
    from robot.messages import Intent, Utterance

CRISIS = "self_harm"
DISTRESS = frozenset({"i_am_sad", "i_am_lonely", "i_am_scared", "i_am_ill"})  # `comfort` answers these
NOT_HERE = FAREWELLS | HUSHES | DISTRESS
ASK_AGAIN_AFTER_S = 20.0
EMERGENCY = {"en": "988", "fr": "3114"}  # the suicide prevention lines of the US and of France; 112 elsewhere


class Converse(Behavior):
    """Answers what waits for an answer, from the phrase tables alone."""

    name = "converse"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 0.5

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None or words.intent in NOT_HERE:
            return 0.0
        if words.intent == "unknown" and _asked_lately(state):
            return 0.0
        return 1.0 if words.intent == CRISIS else URGENT

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            return
        cause = because("somebody said", f"“{words.text}”", f"understood as {words.intent}")
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        if words.intent == CRISIS:
            line = EMERGENCY.get(words.language, "112")
            yield Say(cause, "crisis", (("line", line),), Role.CRISIS, interrupt=True)
            return
        yield Show(cause, "tilt" if words.intent == "unknown" else "nod", strength=0.6)
        phrase, slots = _phrase(state, words)
        yield Say(cause, phrase, slots)


def _asked_lately(state: State) -> bool:
    """Whether it asked again a moment ago: asking twice would nag."""
    asked = state.diary.asked_again_at
    return asked is not None and state.t - asked < ASK_AGAIN_AFTER_S


def _phrase(state: State, words: Utterance) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The key of the answer and what fills it."""
    match words.intent:
        case "unknown":
            return "not_understood", ()
        case "what_time_is_it":
            return "time_is", (("time", state.civil.strftime("%H:%M")),)
        case "what_day_is_it":
            return "day_is", (("day", state.civil.strftime("%d.%m.%Y")),)
        case "why_did_you_do_that":
            deed = next(reversed(state.diary.deeds), None)
            return "why_because", (("cause", deed.cause if deed else "-"),)
        case "greeting" | "good_morning" if state.diary.told_robot_on != state.civil.date():
            return "greet_first_today", ()
        case _:
            return f"answer_{words.intent}", words.slots
