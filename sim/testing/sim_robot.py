"""A simulated robot that is told what happens, second by second: for programs of a few lines, and for tests.

It is the whole robot in a room that is empty until somebody is placed in it, with the truth for a camera and words as
text, in time that passes only when told.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.core.decision import Mode
from robot.core.errors import BehaviorError, InputError
from robot.core.intents import Look, Say, Show
from robot.core.typed_toml import near
from robot.decide.behavior import URGENT, Behavior, because
from robot.sense.language.phrase_files import near as near_phrase
from sim.run.session import SimSession
from sim.world.happenings import Step
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.past import BeforeTable
from sim.world.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from robot.core.body_description import BodyDescription
    from robot.core.body_frame import Pose
    from robot.core.feelings import Feelings
    from robot.core.intents import Intent
    from robot.core.tick import Observer, Tick
    from robot.decide.behavior import State

LONGEST_S = 7 * 86400.0
LOOK_S = 0.1
MORNING = "2026-01-05T10:00:00"
NO_FOLDER = Path(__file__).with_name("no_behaviors")  # is not there: nobody's own behaviours are taken up


class SaidSentence(NamedTuple):
    """Something that the robot said."""

    t: float
    phrase: str
    text: str


class Visitor:
    """Somebody in the room. Places are metres from the robot's base: x before it, y to its left."""

    def __init__(self, robot: SimRobot, name: str) -> None:
        self._world = robot.session.world
        self.name = name

    def says(self, text: str) -> None:
        """Begin to say something; the robot has heard it about half a second after the last word."""
        self._world.say(self.name, text)

    def stands(self, **place: Any) -> None:
        """Be elsewhere at once: `x`, `y`, `z`, `face`, `smile`, `sit`, `eyes_closed`, as in a scenario's `way`."""
        self._world.direct(self.name, Step(at=0.0, **place))

    def walks(self, *, pace_m_s: float = 0.8, **place: Any) -> None:
        """Set out for another place."""
        self._world.direct(self.name, Step(at=0.0, **place), pace_m_s)

    def leaves(self) -> None:
        """Be gone at once."""
        self._world.direct(self.name, Step(at=0.0, leave=True))


class ByHand(Behavior):
    """Does what a program asks for, before anything that the robot wants by itself."""

    name = "by_hand"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 0.0

    def __init__(self) -> None:
        self.gaze: Look | None = None
        self.once: list[Intent] = []

    def desire(self, state: State) -> float:  # noqa: ARG002 - whatever happens
        return URGENT if self.gaze is not None or self.once else 0.0

    def act(self, state: State) -> Iterator[Intent]:  # noqa: ARG002 - as above
        if self.gaze is not None:
            yield self.gaze
        once, self.once = self.once, []
        yield from once


class SimRobot:
    """One robot in its room. Close it when done, or use it in a `with`."""

    def __init__(
        self,
        *,
        seed: int = 0,
        language: str = "en",
        civil: str = MORNING,
        senses: str = SightFrom.truth,
        body: Path | str | None = None,
        config: Config | None = None,
        met: float | None = None,
    ) -> None:
        """`civil`: the date and time on the wall when it begins. `senses`: "pixels" paints pictures and looks for the
        faces in them, much slower. `body`: the file that describes it, instead of Bowlby One. `config`: without one it
        is as shipped, without anybody's own behaviours. `met`: so many minutes ago it greeted somebody and told what it
        must; None: today it has met nobody yet. Raises ConfigError.
        """
        empty = Scenario.model_validate(
            {
                "about": "a test",
                "duration_s": LONGEST_S,
                "language": language,
                "civil": datetime.fromisoformat(civil),
                "before": BeforeTable(met=met),
            }
        )
        config = config or Config.model_validate({"robot": {"behaviors": NO_FOLDER}})
        if body is not None:
            config = config.changed("parts", build=Path(body))
        self.session = SimSession(
            "test",
            empty,
            config,
            Options(senses=SightFrom(senses), hears=WordsFrom.text, seed=seed, fast=True, fps=10.0, language=None),
            shared_stock(),
        )
        self.now = 0.0
        self.said: list[SaidSentence] = []
        self.shown: list[tuple[float, str]] = []  # expressions, and when
        self.judged: frozenset[str] | None = None  # the behaviours of which an error is raised; None: all
        self._last: Tick | None = None
        self._visitors: dict[str, Visitor] = {}
        self._by_hand: ByHand | None = None
        self.watch(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Free what it holds; safe to call twice."""
        self.session.robot.close()

    def see(self, tick: Tick) -> None:
        """An observer of the loop, like any other."""
        self._last = tick
        for intent in tick.done:
            if isinstance(intent, Say):
                self.said.append(SaidSentence(tick.t, intent.phrase, intent.text))
            elif isinstance(intent, Show):
                self.shown.append((tick.t, intent.expression))

    @property
    def last(self) -> Tick | None:
        """The tick before this moment; None before the first."""
        return self._last

    def watch(self, observer: Observer) -> None:
        """Let an observer see each tick from now on."""
        self.session.robot.loop.watch(observer)

    def add(self, behavior: Behavior) -> None:
        """Give the robot one more behaviour, with the phrases and expressions that lie beside its file. Raises
        BowlbyError where one of those is broken.
        """
        file = getattr(sys.modules[type(behavior).__module__], "__file__", None)
        if file is not None:
            self.session.robot.bring(Path(file).parent)
        self.session.robot.add(behavior)

    # ------------------------------------------------------------ what happens around it

    def person(self, name: str = "Ada", *, look: int = 1, **place: Any) -> Visitor:
        """Somebody comes in, 2 m in front of the robot unless another place is given (as for `Visitor.stands`)."""
        self.session.world.direct(name, Step(at=0.0, **place), look=look)
        return self._visitors.setdefault(name, Visitor(self, name))

    def touch(self, pad: str = "head", seconds: float = 0.5) -> None:
        """Lay a hand on "head" or "back": under 0.3 s is a tap, from 1 s on a hold, a stroke between."""
        self.session.world.lay_hand(pad, seconds)

    def forward(self, *, seconds: float, until: Callable[[], bool] | None = None) -> bool:
        """Let so much time pass, or less where `until` comes true before; whether it did. Raises BehaviorError when a
        behaviour raised.
        """
        end = self.now + seconds
        while self.now < end - 1e-9:
            if until is not None and until():
                return True
            self._pass(end - self.now if until is None else min(LOOK_S, end - self.now))
        return until is not None and until()

    def _pass(self, seconds: float) -> None:
        self.now += seconds
        loop = self.session.robot.loop
        loop.run(self.now)
        for name, error in loop.steps.mind.benched.items():
            if self.judged is not None and name not in self.judged:
                continue
            raise BehaviorError(f"a behaviour raised {error}", place=name, remedy="mend it")

    # ------------------------------------------------------------ what it is asked to do

    def look(self, *, yaw: float = 0.0, pitch: float = 0.0) -> None:
        """Turn the gaze to a bearing in the base frame, rad, left and up positive, and keep it there until
        `let_go`. Like all that is asked by hand it waits until the robot is awake, and passes the guard.
        """
        self._hand.gaze = Look(because("program", f"{yaw:.2f}, {pitch:.2f}"), None, yaw, pitch)

    def say(self, phrase: str, **slots: str) -> None:
        """Say a phrase of the tables (`behaviors/phrases/`), as an answer; `slots` fill its gaps. Raises InputError
        where there is no such phrase, or a gap is left.
        """
        place, robot = f"say({phrase!r})", self.session.robot
        if not robot.phrases.has(phrase):
            remedy = near_phrase(phrase, robot.phrases.keys) or "`behaviors/phrases/` has those there are, and your own"
            raise InputError(f"no phrase is called {phrase!r}", place=place, remedy=remedy)
        if left := sorted(robot.phrases.needs(phrase, robot.hearing.language) - slots.keys()):
            gaps, filled = ", ".join(f"{{{gap}}}" for gap in left), ", ".join(f'{gap}="…"' for gap in left)
            raise InputError(f"nothing fills {gaps}", place=place, remedy=f"write: say({phrase!r}, {filled})")
        cause = because("program", phrase)
        self._hand.once.append(Say(cause, phrase, tuple(slots.items())))

    def show(self, expression: str, strength: float = 1.0) -> None:
        """Play an expression once (`bowlby express --list`), 0 to 1 strong. Raises InputError where there is none."""
        known = self.session.robot.expressions()
        if expression not in known:
            what = f"no expression is called {expression!r}"
            raise InputError(what, place=f"show({expression!r})", remedy=near(expression, known))
        self._hand.once.append(Show(because("program", expression), expression, strength))

    def let_go(self) -> None:
        """Let the robot look where it wants to again."""
        self._hand.gaze = None

    @property
    def _hand(self) -> ByHand:
        if self._by_hand is None:
            self._by_hand = ByHand()
            self.add(self._by_hand)
        return self._by_hand

    # ------------------------------------------------------------ what came of it

    def says(self, words: str, *, within: float = 0.0) -> bool:
        """Whether the robot has said this phrase, or something with these words in it, or does so `within` seconds."""
        return self._has_said(words) or self.forward(seconds=within, until=lambda: self._has_said(words))

    def _has_said(self, words: str) -> bool:
        return any(words == one.phrase or words.lower() in one.text.lower() for one in self.said)

    @property
    def tick(self) -> Tick:
        """All of the last tick."""
        assert self._last is not None, "no time has passed: call forward() first"  # noqa: S101 - a mistake of the caller
        return self._last

    @property
    def description(self) -> BodyDescription:
        """What its body is made of."""
        return self.session.robot.description

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
