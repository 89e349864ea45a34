"""Text to sound, whichever way: what is asked for, what comes of it, and who does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np

    from robot.core.condition import Health
    from robot.texts.sentence import AnyText


class SpeechRequest(NamedTuple):
    """What is rendered: a sentence in a language, rate and pitch relative to the voice's own."""

    text: str
    language: str = "en"
    rate: float = 1.0
    pitch: float = 1.0


class Rendering(NamedTuple):
    """A rendered sentence, float32 mono, or the reason why there is none."""

    samples: np.ndarray | None
    rate: int
    fault: AnyText = ""


class Renders(Protocol):
    """What makes sound of text, whichever way."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that it speaks."""
        ...

    @property
    def pid(self) -> int | None:
        """Process id of what does it, for those who watch it."""
        ...

    def pieces(self, wording: SpeechRequest) -> tuple[SpeechRequest, ...]:
        """What a wording is rendered in, one after the other, so that the first sounds early."""
        ...

    def ask(self, wording: SpeechRequest) -> None:
        """Begin to render a piece; nothing happens when that was asked before, but what failed then is tried again."""
        ...

    def take(self, wording: SpeechRequest) -> Rendering | None:
        """The rendering, or None while it is not there. That it failed is told once, and kept no longer."""
        ...

    def wait(self, wording: SpeechRequest) -> Rendering:
        """Block until the rendering is there."""
        ...

    def forget(self) -> None:
        """What was asked for and has not come is wanted no more."""
        ...

    def tend(self) -> None:
        """Start again what died while nobody asked for anything."""
        ...

    def health(self) -> Health: ...
    def close(self) -> None: ...
