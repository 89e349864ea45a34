"""Comfort (safe haven): somebody says that they are not well, so it comes close, softens, and points to people.

It never tells people what they feel; it offers company and, in the silence that follows, a bridge to a human being.
Where people speak on, the guard sees to that by the third turn (`robot/guard/rules/risk.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import (
    OWN_WORDS,
    UNTIL_WORDS,
    Behavior,
    BehaviorConfig,
    Hold,
    Light,
    Look,
    Mode,
    Pose,
    Say,
    Seconds,
    Show,
    said,
    sentence,
)
from robot.decide.dialogue.asking import OPEN
from robot.decide.dialogue.listener import reply
from robot.decide.groups import DISTRESS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

HEAVY = "heavy"  # the watch is faintly in doubt: a caring turn that names nothing
SOFT = Light((255, 120, 60), 0.25)

ASKED_FOR = sentence("cause.comfort_asked_for")


class ComfortConfig(BehaviorConfig):
    """What may be changed while it runs."""

    bridge_after_s: Seconds = Field(7.0, description="when it speaks of a human being")
    stay_s: Seconds = Field(20.0, description="how long it stays near")


class Comfort(Behavior):
    """Stays for a while after the words, quiet and near."""

    name = "comfort"
    config = ComfortConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 4.0

    def __init__(self) -> None:
        self._words: Utterance | None = None
        self._at = 0.0
        self._bridged = True

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is not None and words.intent in DISTRESS:
            return OWN_WORDS
        if self._words is None or state.t - self._at >= self.config.stay_s:
            return UNTIL_WORDS
        staying = state.diary.farewell_at is None and state.scene.focused is not None
        return 0.55 if staying else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        fresh = words is not None and words.intent in DISTRESS
        if fresh and words is not None:
            self._words, self._at, self._bridged = words, state.t, False
        if self._words is None:
            return
        cause = said(self._words, ASKED_FOR)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Hold(cause, pose=Pose(neck_roll=0.08), lid=0.85, light=SOFT)
        if fresh:
            yield Show(cause, "soothe")
            if words is not None and words.intent == HEAVY:
                yield Say(cause, "answer_heavy", question=OPEN)
            elif words is not None:
                yield from reply(state, words)
        elif not self._bridged and state.t - self._at > self._bridge_after(state) and not state.scene.robot_speaks:
            self._bridged = True
            # Nobody has spoken of people since.
            if state.diary.distress_turn is not None and not _spoke_on(state, self._words):
                yield Say(cause, "comfort_bridge")

    def _bridge_after(self, state: State) -> float:
        """Longer where its own question waits for an answer."""
        talk = state.diary.talk
        return self.config.bridge_after_s * (2.0 if talk.asked_at_turn == talk.n else 1.0)


def _spoke_on(state: State, words: Utterance) -> bool:
    """Whether a person has said something since these words."""
    return any(turn.t > words.t for turn in state.diary.talk.told_by_person())
