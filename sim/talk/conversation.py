"""A conversation in writing with a simulated robot: a line in, what it says to it out, as fast as the machine goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from robot.core.intents import Say
from robot.texts.catalogue import words as in_words
from sim.testing.sim_robot import MORNING, SimRobot

if TYPE_CHECKING:
    from robot.config.schema import Config
    from robot.core.percepts import Utterance
    from robot.core.tick import Observer, Tick

GREETS_WITHIN_S = 8.0  # somebody comes in: it greets, or not
ANSWERS_WITHIN_S = 6.0
ENDS_WITHIN_S = 120.0  # a long story
QUIET_S = 1.2  # of silence after its words, before the next line


class SpokenSentence(NamedTuple):
    """What it said, why, and what the guard changed in that moment."""

    text: str
    phrase: str
    behavior: str
    cause: str
    verdicts: tuple[str, ...] = ()


class Exchange(NamedTuple):
    """One line, what it was taken for, and what was said to it. The greeting at the beginning answers no line."""

    line: str
    intent: str
    confidence: float
    slots: dict[str, str]
    readings: tuple[tuple[str, float], ...]
    said: tuple[SpokenSentence, ...]

    @property
    def answer(self) -> str:
        """All that was said to it."""
        return " ".join(sentence.text for sentence in self.said)


class Conversation:
    """Somebody sits before the robot and types. Close it when done, or use it in a `with`."""

    def __init__(
        self,
        *,
        language: str = "en",
        seed: int = 0,
        civil: str = MORNING,
        config: Config | None = None,
        met: float | None = None,
    ) -> None:
        """`met`: as for SimRobot. Raises ConfigError."""
        self.robot = SimRobot(seed=seed, language=language, civil=civil, config=config, met=met)
        self.robot.watch(self)
        self._language = language
        self._said: list[SpokenSentence] = []
        self._taken: Utterance | None = None
        self.come()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.robot.close()

    def see(self, tick: Tick) -> None:
        """An observer of the loop."""
        for words in tick.scene.utterances:
            self._taken = words
            self._language = words.language
        verdicts = tuple(in_words(verdict.reason, self._language) for verdict in tick.verdicts)
        for intent in tick.done:
            if isinstance(intent, Say):
                cause = intent.cause.words(self._language)
                self._said.append(SpokenSentence(intent.text, intent.phrase, tick.decision.behavior, cause, verdicts))

    def greeting(self) -> Exchange:
        """What it says by itself to whoever came in."""
        return self._exchange("", GREETS_WITHIN_S)

    def say(self, line: str) -> Exchange:
        """Type a line, and wait until it has answered and is silent."""
        self.robot.session.robot.hearing.type(line)
        return self._exchange(line, ANSWERS_WITHIN_S)

    def watch(self, observer: Observer) -> None:
        """Let somebody see the ticks from now on."""
        self.robot.watch(observer)

    def come(self) -> None:
        """Somebody sits down before it."""
        self._person = self.robot.person("Ada", x=1.2)

    def leave(self, seconds: float) -> None:
        """They go away for so long."""
        self._person.leaves()
        self.robot.forward(seconds=seconds)
        self._said.clear()

    def wait(self, seconds: float) -> Exchange:
        """Let time pass in silence; what it says meanwhile."""
        self.robot.forward(seconds=seconds)
        return self._exchange("", 0.0)

    def _exchange(self, line: str, within_s: float) -> Exchange:
        self._taken = None
        self.robot.forward(seconds=within_s, until=lambda: bool(self._said))
        if self._said:
            self.robot.forward(seconds=ENDS_WITHIN_S, until=_Quiet(self.robot))
        said, self._said = tuple(self._said), []
        return _as_exchange(line, self._taken, said)


def _as_exchange(line: str, taken: Utterance | None, said: tuple[SpokenSentence, ...]) -> Exchange:
    return Exchange(
        line=line,
        intent="" if taken is None else taken.intent,
        confidence=0.0 if taken is None else taken.confidence,
        slots={} if taken is None else dict(taken.slots),
        readings=() if taken is None else taken.readings,
        said=said,
    )


class _Quiet:
    """True once the robot has been silent for a while."""

    def __init__(self, robot: SimRobot) -> None:
        self._robot = robot
        self._since = robot.now

    def __call__(self) -> bool:
        last = self._robot.last
        if last is None or last.scene.robot_speaks:
            self._since = self._robot.now
        return self._robot.now - self._since >= QUIET_S
