"""What answers an open question: the words that follow it are read as its answer before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Reply

if TYPE_CHECKING:
    from robot.core.intents import Question
    from robot.core.messages import Utterance

YES_NO = frozenset({"yes", "no"})
# What is never an answer in words: it has a claim of its own at any moment.
APART = frozenset(
    {"stop", "quiet", "help", "goodbye", "good_night", "sleep", "self_harm", "self_harm_maybe", "forget_me", "repeat"}
)
PLAIN = 0.9  # confidence from which a question or request stands for itself, whatever was asked
OWN_CLAIM = ("what_", "are_you_", "asks_", "wants_", "do_you_", "who_", "why_", "speak_", "louder", "softer", "slower")


def answers(question: Question, words: Utterance) -> bool:
    """Whether words answer a question."""
    if question.reply is Reply.YES_NO:
        return words.intent in YES_NO
    if words.intent in APART:
        return False
    return not (words.confidence >= PLAIN and words.intent.startswith(OWN_CLAIM))
