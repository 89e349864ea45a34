"""A yes or a no that somebody typed."""

from __future__ import annotations

from robot.texts.catalogue import SOURCE, text


def agrees(answer: str, language: str) -> bool | None:
    """Whether it is a yes in the language, or in the source's; None where it is neither a yes nor a no."""
    typed = answer.strip().lower()
    for asked in (language, SOURCE):
        if typed in text("console.yes_words", asked).split():
            return True
        if typed in text("console.no_words", asked).split():
            return False
    return None
