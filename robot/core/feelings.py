"""What feel gives: the attachment model's variables at this moment."""

from __future__ import annotations

from dataclasses import dataclass

SOMEONE = 0  # the person whose name nobody knows
NEUTRAL = 0.5  # the mood that time alone brings back


@dataclass(frozen=True, slots=True)
class Feelings:
    """Variables of the model, 0..1 but for `who` and `greeting_s`; they are internal numbers, not emotions."""

    arousal: float = 0.0
    comfort: float = 0.0
    exploration: float = 1.0
    bond: float = 0.1  # with `who`
    novelty: float = 0.0
    drive: float = 0.0  # u
    calling: bool = False  # seeks its person, who is away
    reunion: float = 0.0  # R
    threshold: float = 0.55  # theta
    contact: bool = False  # seeks its person, who is here: turns and leans to them until it is calm
    who: int = SOMEONE
    greeting_s: float = 1.0  # how soon it greets
    mood: float = NEUTRAL
    drowsiness: float = 0.0
