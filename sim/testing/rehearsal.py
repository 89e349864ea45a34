"""A simulated robot that is told what happens, second by second: what tests of behaviours are written with.

It is the whole robot in a room that is empty until somebody is placed in it, with the truth for a camera and words as
text, in time that passes only when told.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from robot.config.schema import Config
from robot.core.intents import Say, Show
from sim.run.session import SimSession
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario, Step

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.feelings import Feelings
    from robot.core.messages import Pose
    from robot.core.tick import Tick
    from robot.decide.behavior import Behavior

LONGEST_S = 7 * 86400.0
LOOK_S = 0.1
MORNING = "2026-01-05T10:00:00"


class SaidSentence(NamedTuple):
    """Something that the robot said."""

    t: float
    phrase: str
    text: str


class Visitor:
    """Somebody in the room. Places are metres from the robot's base: x before it, y to its left."""

    def __init__(self, rehearsal: Rehearsal, name: str) -> None:
        self._rehearsal = rehearsal
        self.name = name

    def says(self, text: str) -> None:
        """Begin to say something; the robot has heard it about half a second after the last word."""
        self._rehearsal.session.world.say(self.name, text)

    def stands(self, **place: Any) -> None:
        """Be elsewhere at once: `x`, `y`, `z`, `face`, `smile`, `sit`, `eyes_closed`, as in a scenario's `way`."""
        self._rehearsal.session.world.direct(self.name, Step(at=0.0, **place))

    def walks(self, *, pace_m_s: float = 0.8, **place: Any) -> None:
        """Set out for another place."""
        self._rehearsal.session.world.direct(self.name, Step(at=0.0, **place), pace_m_s)

    def leaves(self) -> None:
        """Be gone at once."""
        self._rehearsal.session.world.direct(self.name, Step(at=0.0, leave=True))


class Rehearsal:
    """One robot in its room. Close it when done, or use it in a `with`."""

    def __init__(self, own: Path, *, seed: int = 0, language: str = "en", civil: str = MORNING) -> None:
        """`own`: the folder of personal behaviours to take up; with one that is not there it is as shipped."""
        empty = Scenario.model_validate(
            {"about": "a test", "duration_s": LONGEST_S, "language": language, "civil": datetime.fromisoformat(civil)}
        )
        config = Config.model_validate({"robot": {"behaviors": own}})
        self.session = SimSession(
            "test",
            empty,
            config,
            Options(senses=SightFrom.truth, hears=WordsFrom.text, seed=seed, fast=True, fps=10.0, language=None),
        )
        self.now = 0.0
        self.said: list[SaidSentence] = []
        self.shown: list[tuple[float, str]] = []  # expressions, and when
        self._last: Tick | None = None
        self._visitors: dict[str, Visitor] = {}
        self.session.robot.loop.watch(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.session.robot.close()

    def see(self, tick: Tick) -> None:
        """An observer of the loop, like any other."""
        self._last = tick
        for intent in tick.done:
            if isinstance(intent, Say):
                self.said.append(SaidSentence(tick.t, intent.phrase, intent.text))
            elif isinstance(intent, Show):
                self.shown.append((tick.t, intent.expression))

    def add(self, behavior: Behavior) -> None:
        """Give the robot one more behaviour."""
        self.session.robot.add(behavior)

    def person(self, name: str = "Ada", *, look: int = 1, **place: Any) -> Visitor:
        """Somebody comes in, 2 m in front of the robot unless another place is given (as for `Visitor.stands`)."""
        self.session.world.direct(name, Step(at=0.0, **place), look=look)
        return self._visitors.setdefault(name, Visitor(self, name))

    def touch(self, pad: str = "head", seconds: float = 0.5) -> None:
        """Lay a hand on "head" or "back": under 0.3 s is a tap, from 1 s on a hold, a stroke between."""
        self.session.world.lay_hand(pad, seconds)

    def forward(self, *, seconds: float) -> None:
        """Let so much time pass. A behaviour that raises fails the test."""
        self.now += seconds
        robot = self.session.robot
        robot.loop.run(self.now)
        benched = robot.loop.steps.mind.benched
        assert not benched, f"a behaviour raised: {benched}"  # noqa: S101 - this is for tests

    def says(self, words: str, *, within: float = 0.0) -> bool:
        """Whether the robot has said this phrase, or something with these words in it, or does so `within` seconds."""
        until = self.now + within
        while not self._has_said(words):
            if self.now >= until - 1e-9:
                return False
            self.forward(seconds=min(LOOK_S, until - self.now))
        return True

    def _has_said(self, words: str) -> bool:
        return any(words == one.phrase or words.lower() in one.text.lower() for one in self.said)

    @property
    def tick(self) -> Tick:
        """All of the last tick."""
        assert self._last is not None, "no time has passed: call forward() first"  # noqa: S101 - this is for tests
        return self._last

    @property
    def contacts(self) -> int:
        """How many talks the robot has begun."""
        return len(self.session.robot.loop.steps.mind.diary.openings)

    @property
    def mode(self) -> str:
        return self.tick.decision.mode.value

    @property
    def behavior(self) -> str:
        """The name of the behaviour that runs."""
        return self.tick.decision.behavior

    @property
    def feelings(self) -> Feelings:
        return self.tick.feelings

    @property
    def pose(self) -> Pose:
        """What the joints are asked for, rad."""
        return self.tick.frame.pose
