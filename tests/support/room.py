"""A mind and the scene before it: what is seen and heard is put there by hand, and time passes in ticks."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from robot.core.body_frame import Pose
from robot.core.clock import ManualClock, generator
from robot.core.feelings import Feelings
from robot.core.percepts import Telemetry, Utterance
from robot.core.scene import Scene
from robot.core.voice_commands import Manner
from robot.decide.mind import Mind
from robot.memory.memory import Memory
from tests.support.tables import TABLES

if TYPE_CHECKING:
    from robot.core.decision import Mode
    from robot.core.intents import Intent
    from robot.decide.behavior import Behavior
    from robot.decide.oversight import Oversight

CALM = Feelings()


class Room:
    """What the mind decides is noted in its diary as if the guard had let all of it pass."""

    def __init__(self, *behaviors: Behavior, asleep_after_s: float = 600.0, oversight: Oversight | None = None) -> None:
        self.clock = ManualClock()
        self.memory = Memory(None, self.clock)
        weakref.finalize(self, self.memory.close)  # Python 3.13 warns of databases that are left open
        self.mind = Mind(
            behaviors, self.clock, generator(0), Manner(), self.memory, TABLES, asleep_after_s, oversight=oversight
        )
        self.scene = Scene(body=Telemetry(0.0, Pose(), armed=True))
        self.n = 0
        self.done: list[Intent] = []

    def run(self, seconds: float, **change: object) -> list[str]:
        """Let time pass; the names of the behaviours that ran. What is heard is heard once."""
        names = []
        for _ in range(round(seconds * 50)):
            self.n += 1
            now = self.n * 0.02
            self.clock.sleep_until(now)
            self.scene = self.scene._replace(t=now, **change)  # type: ignore[arg-type]
            decision = self.mind.decide(self.scene, CALM)
            if decision.fresh:
                self.done += decision.intents
                self.mind.note(now, self.clock.civil(), decision.intents)
            names.append(decision.behavior)
            self.scene, change = self.scene._replace(utterances=()), {}
        return names

    def skip(self, seconds: float) -> None:
        """Let time pass in one tick."""
        self.n += round(seconds * 50)
        self.run(0.02)

    def mode(self) -> Mode:
        return self.mind.decide(self.scene, CALM).mode


def words(intent: str, t: float, text: str = "words") -> dict[str, object]:
    return {"utterances": (Utterance(t, text, intent),)}
