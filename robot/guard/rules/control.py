"""Control: stop and quiet work at once, a muted robot begins nothing, and a limp body waits for a person's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Cause, Hush, MoveAgain, Say, Show, Sound, opens, requested
from robot.decide.groups import MOVE_AGAIN
from robot.guard.rules.rule import is_crisis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.intents import Intent
    from robot.guard.rules.rule import Moment, Outcome, Rule

STILL_S = 5.0  # after "stop", no expression is begun


def obey_stop(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """“Stop” and “quiet” silence it in the same tick, until words are understood again; what it plays is cut."""
    diary = moment.diary
    if diary.hushed_at is None:
        return intents, ()
    still = moment.t - diary.hushed_at < STILL_S

    def unwanted(intent: Intent) -> str:
        if requested(intent) and not still:
            return ""  # what was asked for at this moment is no talk that was stopped before
        if isinstance(intent, (Say, Sound)) and not is_crisis(intent):
            return "verdict.told_to_be_quiet"
        return "verdict.told_to_stop" if isinstance(intent, Show) and still else ""

    kept, verdicts = rule.drop(intents, unwanted)
    if diary.hushed_at == moment.t:
        hush = Hush(Cause("told_to_stop", diary.pending.text if diary.pending else "stop"), motion=True)
        return [hush, *kept], [*verdicts, rule.verdict("added", hush, "verdict.silence_at_once")]
    return kept, verdicts


def begin_nothing_muted(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """While the switch has its ears and eyes off, it begins no talk: it could not hear the answer."""
    body = moment.scene.body
    if body is None or not body.muted:
        return intents, ()
    return rule.drop(intents, lambda i: "verdict.muted" if opens(i) else "")


def move_again_by_word(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """A body that was let go again and again gets its servos back only by the words just said."""
    words = moment.diary.pending
    if words is not None and words.intent == MOVE_AGAIN:
        return intents, ()
    return rule.drop(intents, lambda i: "verdict.nobody_let_it_move" if isinstance(i, MoveAgain) else "")
