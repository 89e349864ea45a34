"""The guard's verdicts on what a program asked for, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from robot.core.decision import Mode
from robot.core.intents import Look, Say, Show, by_program
from robot.decide.wishes import MODES
from robot.doors.answers import Effect, HeldBack
from robot.doors.keys import KeyRole
from robot.guard.duties import duties
from robot.guard.rules.rule import name_of
from robot.texts.catalogue import words
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from robot.core.intents import Intent, Verdict
    from robot.core.percepts import Wish
    from robot.core.tick import Tick


NOT_NOW = {
    Mode.ASLEEP: sentence("doors.asleep"),
    Mode.BOOT: sentence("doors.boot"),
    Mode.SAFE: sentence("doors.safe"),
}


def effect_of(tick: Tick, wish: Wish, language: str, role: KeyRole) -> Effect:
    """What became of a wish in the tick that has it. That somebody is in need is told to an owner alone."""
    asked = [intent for intent in tick.decision.intents if _is_of(intent, wish)]
    names = {name_of(intent) for intent in asked}
    done = [intent for intent in tick.done if _is_of(intent, wish)]
    if not done and tick.scene.lately_in_need and role is not KeyRole.OWNER:
        return Effect(done=False, why=words(sentence("doors.not_now"), language), t=tick.t)
    mine = [one for one in tick.verdicts if one.intent in names or (one.action == "added" and done)]
    stopped = next((one for one in mine if one.action == "stopped"), None)
    added = {one.intent for one in mine if one.action == "added"}
    said = [i.text for i in tick.done if isinstance(i, Say) and (i in done or name_of(i) in added)]
    look = next((intent for intent in done if isinstance(intent, Look)), None)
    return Effect(
        done=bool(done),
        said=said if done else [],
        shown=next((intent.expression for intent in done if isinstance(intent, Show)), None),
        looks=None if look is None else (look.yaw, look.pitch),
        duty=None if done or stopped is None else stopped.duty,
        why="" if done else _why(tick, stopped, language),
        verdicts=[held(one, language) for one in mine],
        t=tick.t,
    )


def _is_of(intent: Intent, wish: Wish) -> bool:
    """Whether it came of this wish; another one's look may stand beside it."""
    if not by_program(intent) or intent.cause.value != wish.by:
        return False
    return isinstance(intent, Look) == (wish.look_s > 0.0)


def _why(tick: Tick, stopped: Verdict | None, language: str) -> str:
    if stopped is not None:
        told = sentence("doors.refused", duty=stopped.duty, reason=stopped.reason, says=duties()[stopped.duty].words)
    elif tick.decision.mode not in MODES:
        told = NOT_NOW[tick.decision.mode]
    else:
        told = sentence("doors.not_known_now")
    return words(told, language)


def held(verdict: Verdict, language: str) -> HeldBack:
    """One verdict, for a program."""
    return HeldBack(
        duty=verdict.duty,
        action=cast("Literal['stopped', 'changed', 'added']", verdict.action),
        what=verdict.intent,
        reason=words(verdict.reason, language),
        duty_says=words(duties()[verdict.duty].words, language),
    )


def each_once(verdicts: Sequence[Verdict], language: str) -> list[HeldBack]:
    """Verdicts that fell again and again, each once."""
    return [held(one, language) for one in dict.fromkeys(verdicts)]
