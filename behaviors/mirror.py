"""Mirror: only when asked, it tells somebody plainly about their own week with it: time together, people spoken of.

No judgement and no advice. The time is that with whoever was here, and it says so; the people are those of who asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import OWN_WORDS, UNTIL_WORDS, Behavior, BehaviorConfig, Look, Mode, Say, Show, said
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

ASKED = "my_week"


class MirrorConfig(BehaviorConfig):
    """What may be changed while it runs."""

    named: int = Field(4, ge=1, le=10, description="people, at most, in one sentence")


class Mirror(Behavior):
    """Answers “how was my week with you?”."""

    name = "mirror"
    config = MirrorConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def desire(self, state: State) -> float:
        words = state.diary.pending
        return OWN_WORDS if words is not None and words.intent == ASKED else UNTIL_WORDS

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            return
        cause = said(words)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Show(cause, "thinking", strength=0.6)
        ties = state.diary.ties
        if not ties.minutes:
            yield Say(cause, "mirror_nothing")
            return
        mark = text("spoken.decimal_mark", state.diary.manner.language)
        hours = f"{ties.minutes / 60.0:.1f}".replace(".", mark)
        yield Say(cause, "mirror_time", (("hours", hours), ("heavy", str(ties.heavy_days))))
        people = ties.of(state.whose).people
        if people:
            yield Say(cause, "mirror_people", (("people", ", ".join(people[: self.config.named])),))
        else:
            unknown = state.whose is None and not state.diary.partner
            yield Say(cause, "know_whose" if unknown else "mirror_nobody")
