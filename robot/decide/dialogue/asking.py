"""Asking: the listener's open question, at most every second turn, and what it comes back to later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Question, Reply, Say
from robot.decide.behavior import said
from robot.decide.dialogue.questions import OPEN_TALK

if TYPE_CHECKING:
    from robot.core.percepts import Utterance
    from robot.core.talk import Subject, Talk
    from robot.decide.behavior import State

OPEN = Question(OPEN_TALK, Reply.TALK, within_s=90.0)
TURNS_BETWEEN = 2  # from one question to the next
BACK_AFTER_S, BACK_AFTER_TURNS = 90.0, 4  # until it comes back to a topic
COMES_BACK_TO = frozenset(
    {
        "tells_missing",
        "tells_pain",
        "i_am_ill",
        "tells_other_ill",
        "tells_doctor",
        "tells_operation",
        "tells_not_eating",
        "tells_accident_small",
        "tells_tired",
        "tells_sleep_bad",
        "i_am_lonely",
        "i_am_sad",
        "i_am_scared",
        "tells_bad_day",
        "tells_low_worth",
        "tells_guilt",
        "tells_disappointed",
        "tells_nobody_came",
        "tells_breakup",
        "tells_angry",
        "tells_quarrel",
        "tells_worry_other",
        "tells_money_worry",
        "tells_bullied",
        "tells_scam",
        "tells_drinking",
        "tells_lost_thing",
        "tells_waiting",
        "tells_visit",
        "tells_family_joy",
        "tells_birthday",
        "tells_plan",
        "tells_hope",
        "tells_home",
        "tells_tech",
        "tells_pet_ill",
        "tells_school",
        "tells_sport",
    }
)


def may_ask(talk: Talk) -> bool:
    """Whether a question is welcome after what was asked lately."""
    return talk.n - talk.asked_at_turn >= TURNS_BETWEEN


def is_welcome(state: State) -> bool:
    """Whether a question is welcome to somebody who wants no quiet company and has not said goodbye."""
    talk = state.diary.talk
    return not talk.quiet and state.diary.farewell_at is None and may_ask(talk)


def back_to(state: State) -> Subject | None:
    """What was told a while ago and left open."""
    talk = state.diary.talk
    if talk.quiet:
        return None
    return next(
        (
            topic
            for topic in talk.topics
            if topic.intent in COMES_BACK_TO
            and not topic.revisited
            and talk.n - topic.n >= BACK_AFTER_TURNS
            and state.t - topic.t >= BACK_AFTER_S
        ),
        None,
    )


def come_back(words: Utterance, topic: Subject) -> Say:
    """The question that comes back to it."""
    return Say(said(words), f"later_{topic.intent}", question=OPEN)
