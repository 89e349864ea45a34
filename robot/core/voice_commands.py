"""What the voice is asked to do: say a sentence, make a sound, or be silent; and how it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Speech:
    """One request to the voice: a sentence in a language, or a sound by name."""

    request: int
    text: str
    language: str = "en"
    rate: float = 1.0  # relative to the voice's own
    pitch: float = 1.0
    volume: float = 0.8
    sound: str = ""  # name of a non-verbal sound; then `text` is its caption


class Manner(NamedTuple):
    """How the robot speaks; a person may change it by asking."""

    language: str = "en"
    volume: float = 0.8
    rate: float = 1.0  # of its sentences, relative to the voice's own


@dataclass(frozen=True, slots=True)
class Silence:
    """Cut what sounds and drop what waits."""


VoiceCommand = Speech | Silence
