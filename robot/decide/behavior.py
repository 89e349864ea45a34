"""What a behaviour is: a name, the modes it may run in, a desire, and intents.

Write one file in `behaviors/` with one subclass of `Behavior`. It is found by itself; every shared test runs on it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import count, takewhile
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, NamedTuple, Protocol

from pydantic import ConfigDict, Field

from robot.core.decision import Mode
from robot.core.feelings import SOMEONE
from robot.core.intents import Cause, Note, Say
from robot.core.typed_toml import Table
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    import numpy as np

    from robot.core.diary import Diary
    from robot.core.feelings import Feelings
    from robot.core.intents import Intent
    from robot.core.percepts import Utterance
    from robot.core.scene import Scene
    from robot.decide.recollection import Recollection
    from robot.decide.store import E, Shelf
    from robot.texts.sentence import AnyText, Sentence

URGENT = 0.9  # a desire from here on takes over at once
QUOTED = 200  # characters of what somebody said, as a cause
DUTY_BOUND = frozenset({"crisis", "emergency"})  # names that no other file may take: what they answer is owed
DUTIFUL = frozenset(
    {"comfort", "converse", "farewell", "introduce", "recall"}
)  # these may be replaced, and that is told
SURE_WORDS = 0.96  # for words that can only be one behaviour's: "sad" is the opposite of "glad", and nobody is
OWN_WORDS = 0.95  # for words that one behaviour alone is made for: before the general answer of `converse`


class Rest(float):
    """No desire, and a promise: none before something is there, as long as the mode is the same. Whoever gives it is
    asked no more until then.
    """

    __slots__ = ()


UNTIL_WORDS: Final = Rest()  # before words wait for an answer, whatever else happens
UNTIL_SOMEBODY: Final = Rest()  # before somebody is seen, heard or felt, or has just left


class Tables(Protocol):
    """The phrase tables as a behaviour may see them: to read alone."""

    @property
    def keys(self) -> tuple[str, ...]: ...

    def has(self, key: str, language: str = "") -> bool: ...

    def variants(self, key: str, language: str) -> tuple[str, ...]: ...

    def needs(self, key: str, language: str) -> frozenset[str]: ...

    def answers(self, text: str, language: str) -> frozenset[str]: ...


class State(NamedTuple):
    """All that a behaviour may know. Nothing here can be changed by it but the random generator's position."""

    t: float
    civil: datetime
    mode: Mode
    scene: Scene
    feelings: Feelings
    diary: Diary
    memory: Recollection
    rng: np.random.Generator
    tables: Tables
    since: float = 0.0  # seconds since this behaviour won
    before: float = -1.0  # `since` at its previous act; negative at the first

    @property
    def partner(self) -> str:
        """Whom it speaks with, by name; empty where it is told by neither face nor word."""
        focused = self.scene.focused
        return focused.who if focused is not None and focused.who else self.diary.partner

    @property
    def whose(self) -> int | None:
        """Whose notes may be told now: those of whom it knows by face or name to be here. Where nobody is known by name
        at all, those of someone, to somebody alone; else nobody's, which is None.
        """
        if self.partner:
            known = self.memory.person(self.partner)
            return None if known is None else known.id
        return SOMEONE if len(self.scene.people) == 1 and not self.diary.ties.household else None

    def wordings(self, phrase: str) -> tuple[str, ...]:
        """All wordings of a phrase in the language spoken now, slots unfilled. Raises ConfigError."""
        return self.tables.variants(phrase, self.diary.manner.language)

    def numbered(self, stem: str) -> tuple[str, ...]:
        """The phrases called `stem_1`, `stem_2` and so on, as far as the language spoken now has them."""
        language = self.diary.manner.language
        return tuple(takewhile(lambda key: self.tables.has(key, language), (f"{stem}_{n}" for n in count(1))))

    def answers(self, words: Utterance) -> frozenset[str]:
        """What words may mean as an answer in a game: names under [answers] of the tables of what is heard."""
        return self.tables.answers(words.text, self.diary.manner.language)

    def passed(self, asked_at: float) -> tuple[Say, ...]:
        """The sentences that were asked for at that robot time, as the guard let them pass; known at the next think."""
        deeds = (deed.intent for deed in self.diary.deeds if deed.t == asked_at)
        return tuple(intent for intent in deeds if isinstance(intent, Say))

    def store(self, shelf: Shelf[E]) -> Mapping[str, E]:
        """What a behaviour's store holds, by key: to read alone; `shelf.keep` and `shelf.drop` make intents."""
        return shelf.read(self.memory)

    @property
    def first(self) -> bool:
        """True in the first act after winning."""
        return self.before < 0.0

    def crossed(self, moment: float) -> bool:
        """True in the one act in which `since` passes `moment` seconds."""
        return self.before < moment <= self.since

    def every(self, period: float) -> bool:
        """True once in each `period` seconds, the first act included."""
        return self.first or self.before // period != self.since // period


Desire = Annotated[float, Field(ge=0.0, le=1.0)]
Seconds = Annotated[float, Field(ge=0.0, le=3600.0)]


class BehaviorConfig(Table):
    """A behaviour's parameters, each with a type, bounds, and a description where it is declared."""

    model_config = ConfigDict(allow_inf_nan=False, validate_default=True)


class Behavior(ABC):
    """Base of all behaviours. Instances live as long as the robot runs and may keep state of their own.

    `config` holds the file's values; somebody may put others in their place while it runs, so read it each time.
    """

    name: ClassVar[str]
    config: BehaviorConfig = BehaviorConfig()
    modes: ClassVar[frozenset[Mode]] = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s: ClassVar[float] = 1.0
    leisurely: ClassVar[bool] = False  # while it runs and nobody is there, two thoughts a second are enough
    questions: ClassVar[frozenset[str]] = frozenset()  # its own questions, whose answers are for it

    @abstractmethod
    def desire(self, state: State) -> float:
        """How much this behaviour wants to run now, 0 (not at all) to 1; from URGENT on it takes over at once. One that
        can want nothing before words or somebody gives UNTIL_WORDS or UNTIL_SOMEBODY, and costs nothing meanwhile.
        """

    @abstractmethod
    def act(self, state: State) -> Iterable[Intent]:
        """Intents for now, asked ten times a second (a leisurely one alone twice) and at every event.

        Look and Hold stand until the next act; Show, Say, Sound and Hush are done once each time they are given.
        """

    def takes(self, state: State, question: str, words: Utterance) -> bool:  # noqa: ARG002 - most take what is said
        """Whether words answer an open question of its own, as the diary has it before them; what does not ends the
        question, and is heard as any other.
        """
        return True

    def stop(self, state: State) -> None:  # noqa: B027 - most behaviours have nothing to end
        """Told when another behaviour takes over."""


def because(variable: str, value: float | str | Sentence, note: AnyText = "") -> Cause:
    """A cause, in a form that reads well in a behaviour: `because("alone_for", 12.0)`."""
    return Cause(variable, value, note)


def said(words: Utterance, note: AnyText = "") -> Cause:
    """Words as a cause; the note tells what they were taken for, the intent where it is left out."""
    return Cause("somebody_said", words.verbatim[:QUOTED], note or understood_as(words.intent))


def noted(words: Utterance, cause: Cause) -> Iterator[Note]:
    """Words as a note of whom they name, if anybody."""
    who = dict(words.slots).get("who", "")
    if who:
        yield Note(cause, who, words.text)


def understood_as(intent: str) -> Sentence:
    """What words were taken for."""
    return sentence("cause.understood_as", meaning=sentence(f"names.meaning.{intent}"))


def until_words(behavior: Behavior, base: Callable[..., float]) -> float:
    """The desire of one that has none before words: UNTIL_WORDS, but for a subclass that has another than this `base`
    and may have more to wait for.
    """
    return UNTIL_WORDS if type(behavior).desire is base else 0.0


def attends(scene: Scene) -> Cause:
    """Whom it attends to, and why, as a cause."""
    focus = "" if scene.focus is None else scene.focus
    return Cause("focus", focus, sentence(f"names.attention.{scene.why}"))
