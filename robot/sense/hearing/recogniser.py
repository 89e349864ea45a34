"""What every engine is, that makes text of sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np

FETCH = "bowlby models fetch"  # what brings a model


class RecognisedText(NamedTuple):
    """What was recognised: text ("" when nothing fits) and confidence 0..1."""

    text: str
    confidence: float


NOTHING = RecognisedText("", 0.0)


class Recogniser(Protocol):
    """Takes one utterance after the other: `feed` its sound, then `finish`."""

    name: str
    dictates: bool  # takes any words down, not only phrases that are listed
    unknown_words: tuple[str, ...]
    sentence_s: float  # that a sentence takes here, as far as it was measured; else 0

    def feed(self, samples: np.ndarray) -> None:
        """Sound of the utterance, float32 at 16 kHz."""
        ...

    def pause(self) -> None:
        """It may have ended: what can be worked out ahead may be begun."""
        ...

    def so_far(self) -> RecognisedText:
        """What it is if it has ended at the pause."""
        ...

    def finish(self) -> RecognisedText:
        """The utterance is over."""
        ...

    def drop(self) -> None:
        """It was none: forget it."""
        ...
