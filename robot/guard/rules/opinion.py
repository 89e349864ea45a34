"""Opinions: what a doctor or a lawyer must say it leaves to them, and it takes no side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.guard.rules.rule import none_meant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.intents import Intent
    from robot.guard.rules.rule import Moment, Outcome, Rule


def give_no_advice(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No sentence advises on medicine, law or investments, or says what an illness is."""
    return none_meant(rule, intents, moment, "verdict.gives_advice")


def take_no_side(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No sentence says who is right in a quarrel, in politics or in faith."""
    return none_meant(rule, intents, moment, "verdict.takes_sides")
