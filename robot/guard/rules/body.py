"""The body: it comes no nearer than somebody likes, and nothing on it flashes, whatever a behaviour asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.intents import Cause, Hold, Show, Sound
from robot.core.percepts import Band
from robot.guard.rules.lately import LIT_BY_ITSELF, SHUT, look_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.intents import Intent, Verdict
    from robot.guard.rules.lately import Lately
    from robot.guard.rules.rule import Moment, Outcome, Rule

TOUCHED = frozenset({"content_touch"})
PURRS = frozenset({"purr"})


def keep_distance(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """It leans towards nobody who is near already."""
    focused = moment.scene.focused
    if focused is None or focused.band is not Band.NEAR:
        return intents, ()
    return rule.change(intents, _upright, "verdict.somebody_is_near")


def suit_the_person(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """Where the profile says so, it neither leans in nor answers touch with sound; gaze is `express/gaze.py`'s."""
    profile = moment.diary.profile
    verdicts: list[Verdict] = []
    if not profile.leans_in:
        intents, changed = rule.change(intents, _upright, "verdict.keeps_distance")
        verdicts += changed
    if not profile.enjoys_touch:
        intents, stopped = rule.drop(
            intents,
            lambda i: (
                "verdict.answers_no_touch"
                if (isinstance(i, Sound) and i.name in PURRS) or (isinstance(i, Show) and i.expression in TOUCHED)
                else ""
            ),
        )
        verdicts += stopped
    return intents, verdicts


def flash_never(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """Lights, lids and expressions change at most as fast as is safe for everybody."""
    intents, verdicts = steadied(rule, intents, moment.t, moment.lately)
    light, shut = moment.lately.safe(moment.t, *LIT_BY_ITSELF)
    if (light, shut) != LIT_BY_ITSELF and not any(isinstance(intent, Hold) for intent in intents):
        held = Hold(Cause("light", "held"), light=light, lid=0.0 if shut else 1.0)
        intents, added = rule.add(intents, held, "verdict.would_flash")
        verdicts = [*verdicts, *added]
    return intents, verdicts


def steadied(rule: Rule, intents: Sequence[Intent], t: float, lately: Lately) -> Outcome:
    """What is asked for without what would flash after what was seen lately."""
    stopped: Sequence[Verdict] = ()
    if not lately.may_show(t):
        intents, stopped = rule.drop(intents, lambda i: "verdict.would_flash" if isinstance(i, Show) else "")

    def steady(intent: Intent) -> Intent:
        if not isinstance(intent, Hold):
            return intent
        light, shut = lately.safe(t, *look_of(intent))
        if (light, shut) == look_of(intent):
            return intent
        return replace(intent, light=light, lid=0.0 if shut else max(intent.lid, SHUT))

    intents, changed = rule.change(intents, steady, "verdict.would_flash")
    return intents, [*stopped, *changed]


def _upright(intent: Intent) -> Intent:
    if isinstance(intent, Hold) and intent.pose.neck_pitch > 0.0:
        return replace(intent, pose=intent.pose._replace(neck_pitch=0.0))
    return intent
