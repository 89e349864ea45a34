"""Causes in a person's words: "because somebody came: person 3"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from robot.core.decision import Decision
    from robot.page.texts import PageTexts

CAUSES_SHOWN = 3


def causes_of(decision: Decision, words: PageTexts) -> list[str]:
    """The causes of the standing intents, each once, in their order."""
    causes = dict.fromkeys(intent.cause for intent in decision.intents)
    return [cause.words(words.language) for cause in list(causes)[:CAUSES_SHOWN]]
