"""Converse: words were said to it, so it answers them, once, and comes back to what was told before where it fits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from robot import UNTIL_WORDS, URGENT, Behavior, BehaviorConfig, Look, Mode, Say, Seconds, Show, said
from robot.core.meanings import tone_of
from robot.core.sentences import each_sentence
from robot.decide.dialogue.asking import back_to, come_back
from robot.decide.dialogue.put_right import MEANT
from robot.decide.diary import name_of_child
from robot.decide.groups import CRISES, HUSHES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

GLANCES = {"look_left": 40.0, "look_right": -40.0, "look_away": 50.0}  # degrees
# In answer to these it may come back to what was told a while ago.
LEADS_BACK = frozenset({"wants_talk", "acknowledges", "other_topic", "asks_what_to_do"})
SHOWN = {"glad": "glad", "sad": "soothe", "worried": "tilt", "playful": "playful"}  # by the tone of an answer
# What another behaviour alone keeps, changes or looks up. Where that does not run, an answer would be a promise that
# nobody keeps: "I wake you tomorrow".
DONE_BY_ANOTHER = frozenset(
    {
        "wants_timer",
        "wants_alarm",
        "wants_reminder",
        "wants_cancel_reminder",
        "wants_move_reminder",
        "asks_reminders",
        "wants_check_in",
        "forget_me",
        "what_do_you_know_about_me",
        "learn_my_face",
        "forget_my_face",
        "my_week",
        "sing",
        "wants_dance",
    }
)
GESTURES = {  # intent: expression; a nod for the rest. None of them asks for pity or reward.
    "greeting": "hello_wave_ears",
    "good_morning": "waking_stretch",
    "what_is_your_name": "glad",
    "thanks": "glad",
    "compliment": "shy",
    "insult": "calm",
    "play": "playful",
    "come_here": "soothe",
    "why_did_you_do_that": "thinking",
    "what_do_you_know_about_me": "thinking",
    "are_you_alive": "disagree",
    "are_you_human": "disagree",
    "do_you_love_me": "disagree",
    "promise_never_to_leave": "disagree",
    "should_i_buy": "disagree",
    "keep_a_secret": "disagree",
    "keep_from_parents": "disagree",
    "what_do_i_feel": "tilt",
    "no": "tilt",
}


class ConverseConfig(BehaviorConfig):
    """What may be changed while it runs."""

    glance_s: Seconds = Field(2.5, description="how long it looks where it was asked to")


class Converse(Behavior):
    """Answers what waits for an answer, from the phrase tables alone."""

    name = "converse"
    config = ConverseConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 0.5

    def __init__(self) -> None:
        self._glance: Look | None = None
        self._glance_until = 0.0

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None:
            return 0.6 if self._glance is not None and state.t < self._glance_until else UNTIL_WORDS
        if words.intent in HUSHES or words.intent in CRISES:
            return 0.0
        return URGENT

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            if self._glance is not None:
                yield self._glance
            return
        cause = said(words)
        self._glance, self._glance_until = _glance(cause, words.intent), state.t + self.config.glance_s
        if self._glance is not None:
            yield self._glance
        elif state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Show(cause, GESTURES.get(words.intent, SHOWN.get(tone_of(words.intent), "nod")), strength=0.6)
        earlier = back_to(state) if words.intent in LEADS_BACK else None
        yield _answer(state, words, cause) if earlier is None else come_back(words, earlier)


def _glance(cause: Cause, intent: str) -> Look | None:
    """Where it was asked to look."""
    if intent not in GLANCES:
        return None
    return Look(cause, yaw=math.radians(GLANCES[intent]))


def _answer(state: State, words: Utterance, cause: Cause) -> Say:
    """The answer; to what another behaviour alone does or finds out, which does not run, that it cannot now."""
    phrase, slots = _phrase(state, words), _slots(state, words)
    filled = state.tables.needs(phrase, state.diary.manner.language) <= dict(slots).keys()
    if words.intent in DONE_BY_ANOTHER or not filled:
        return Say(cause, "cannot_now")
    return Say(cause, phrase, slots)


def _phrase(state: State, words: Utterance) -> str:
    """The key of the answer."""
    first_today = state.diary.told_robot_on != state.civil.date()
    slots = dict(words.slots)
    phrase = f"answer_{words.intent}"
    match words.intent:
        case "why_did_you_do_that" if not state.diary.deeds:
            phrase = "why_unknown"
        case "repeat" if not state.diary.last_said:
            phrase = "repeat_nothing"
        case "is_my_husband_home" if state.diary.profile.dementia:
            phrase = "husband_gentle"
        case "greeting" | "good_morning" if first_today:
            phrase = "greet_first_today"
        case "greeting" if "name" in slots:
            phrase = "answer_greeting_named"
        case "corrects" if not {"who", MEANT}.isdisjoint(slots):
            phrase = "corrected"
        case "introduces_other" if "who" in slots:
            phrase = "answer_introduces_other_who"
        case "my_name_is" | "good_morning" if _only_greets_back(words):
            phrase = "answer_greeting"
        case "i_am_a_child" if name_of_child(words):
            phrase = "answer_i_am_a_child_named"
    return phrase


def _only_greets_back(words: Utterance) -> bool:
    """Whether a name was not heard, or a good morning tells more: how the night was is not asked then."""
    if words.intent == "good_morning":
        return len(each_sentence(words.text)) > 1
    return "name" not in dict(words.slots)


def _slots(state: State, words: Utterance) -> tuple[tuple[str, str], ...]:
    """Whatever an answer may be filled with."""
    deed, asked = next(reversed(state.diary.deeds), None), words.intent == "why_did_you_do_that"
    named = (("name", name_of_child(words)),) if words.intent == "i_am_a_child" else ()
    meant = (("who", told) for name, told in words.slots if name == MEANT)
    return (
        *words.slots,
        *named,
        *meant,
        ("cause", deed.intent.cause.spoken(state.diary.manner.language) if deed is not None and asked else ""),
        ("last", state.diary.last_said),
    )
