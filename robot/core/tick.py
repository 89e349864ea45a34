"""Everything that one turn of the loop saw, felt, decided and did: what recorder, page and tests read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np

    from robot.core.body_frame import BodyFrame
    from robot.core.condition import Health
    from robot.core.decision import Decision
    from robot.core.feelings import Feelings
    from robot.core.intents import Intent, Verdict
    from robot.core.percepts import Percept
    from robot.core.scene import Scene
    from robot.core.voice_commands import VoiceCommand

STEPS = ("sense", "attend", "feel", "decide", "guard", "express", "act")


class Clip(NamedTuple):
    """Sound that began in this tick, for whoever plays it elsewhere: float32 mono."""

    request: int
    text: str
    samples: np.ndarray
    rate: int


class Tick(NamedTuple):
    """One turn of the loop. Its values are immutable and may be kept, but not the pictures in its percepts."""

    n: int
    t: float
    percepts: tuple[Percept, ...]
    scene: Scene
    feelings: Feelings
    decision: Decision
    done: tuple[Intent, ...]  # what the guard let pass; empty when the decision is not fresh
    verdicts: tuple[Verdict, ...]
    frame: BodyFrame
    voice: tuple[VoiceCommand, ...]
    clips: tuple[Clip, ...]
    late_s: float  # how long after its due moment the tick began
    costs_s: tuple[float, ...]  # real seconds by step, in the order of STEPS; empty when not measured


class Observer(Protocol):
    """Reads each tick; must return at once and change nothing."""

    def see(self, tick: Tick) -> None: ...


class Vitals(NamedTuple):
    """The loop's own condition, for doctor and page."""

    ticks: int
    late: int  # ticks that began more than 5 ms after they were due
    blamed: tuple[tuple[str, int], ...]  # what made them late, by step or "elsewhere", most first
    health: tuple[Health, ...]
