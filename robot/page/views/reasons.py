"""Causes in a person's words: "because somebody came: person 3"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from robot.core.decision import Decision
    from robot.core.intents import Cause
    from robot.page.texts import PageTexts

CAUSES_SHOWN = 3
UNDERSTOOD = "understood as "  # as robot.decide.behavior.said puts it


def causes_of(decision: Decision, words: PageTexts) -> list[str]:
    """The causes of the standing intents, each once, in their order."""
    causes = dict.fromkeys(intent.cause for intent in decision.intents)
    return [in_words(cause, words) for cause in list(causes)[:CAUSES_SHOWN]]


def in_words(cause: Cause, words: PageTexts) -> str:
    value = f"{cause.value:.2f}" if isinstance(cause.value, float) else _told(str(cause.value), words)
    name = words.cause(cause.variable)
    note = f" ({_told(cause.note, words)})" if cause.note else ""
    return f"{name}{words('colon')} {value}{note}" if value else f"{name}{note}"


def _told(text: str, words: PageTexts) -> str:
    """What a person said (in quotation marks) stays as it was said."""
    if text.startswith("“"):
        return text
    taken_for = text.removeprefix(UNDERSTOOD)
    return words.phrases(text) if taken_for == text else f"{words.phrases(UNDERSTOOD)}{words.meaning(taken_for)}"
