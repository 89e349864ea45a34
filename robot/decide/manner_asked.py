"""How to speak, as somebody asked: louder, slower, in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.language_words import languages_asked_for

if TYPE_CHECKING:
    from robot.core.voice_commands import Manner

VOLUME_STEP = 0.15
RATE_STEP = 0.15
SLOWEST, FASTEST = 0.55, 1.45  # beyond these espeak-ng is hard to follow


def as_asked(manner: Manner, asked: str) -> Manner:
    """The manner after an intent that may ask for another; the same where it does not."""
    match asked:
        case asked if asked in languages_asked_for():
            return manner._replace(language=languages_asked_for()[asked])
        case "louder":
            return manner._replace(volume=min(1.0, manner.volume + VOLUME_STEP))
        case "softer":
            return manner._replace(volume=max(VOLUME_STEP, manner.volume - VOLUME_STEP))
        case "slower":
            return manner._replace(rate=max(SLOWEST, manner.rate - RATE_STEP))
        case "faster":
            return manner._replace(rate=min(FASTEST, manner.rate + RATE_STEP))
        case _:
            return manner
