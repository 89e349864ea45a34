"""The one gate between what the robot wants and what it does."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from robot.guard.rules import RULES, Moment, QuietHours
from robot.intents import Say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from robot.attend.scene import Scene
    from robot.clock import Clock
    from robot.decide.decision import Decision
    from robot.decide.diary import Diary
    from robot.intents import Intent, Verdict
    from robot.sense.phrases import Phrases

log = logging.getLogger(__name__)


class Guard:
    """Holds each fresh decision against the table of duties, in its order."""

    def __init__(self, clock: Clock, phrases: Phrases, rng: np.random.Generator, quiet_hours: QuietHours) -> None:
        self._clock = clock
        self._phrases = phrases
        self._rng = rng
        self._quiet_hours = quiet_hours

    def renew(self, phrases: Phrases) -> None:
        """Word sentences by these tables from now on."""
        self._phrases = phrases

    def review(self, decision: Decision, scene: Scene, diary: Diary) -> tuple[tuple[Intent, ...], tuple[Verdict, ...]]:
        """What may be done, and what was changed or stopped."""
        moment = Moment(scene.t, self._clock.civil(), scene, diary, self._quiet_hours, decision.behavior)
        intents: Sequence[Intent] = [self._worded(intent, diary) for intent in decision.intents]
        verdicts: list[Verdict] = []
        for rule in RULES:
            intents, found = rule.apply(rule, intents, moment)
            verdicts.extend(found)
        for verdict in verdicts:
            log.info("duty %d %s %s: %s", verdict.duty, verdict.action, verdict.intent, verdict.reason)
        return tuple(self._worded(intent, diary) for intent in intents), tuple(verdicts)

    def _worded(self, intent: Intent, diary: Diary) -> Intent:
        """A sentence with its words, so that what is judged is what will be heard."""
        if isinstance(intent, Say) and not intent.text:
            return replace(
                intent, text=self._phrases.say(intent.phrase, diary.manner.language, self._rng, intent.slots)
            )
        return intent
