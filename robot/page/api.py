"""What a page may ask of the robot, all of it. The page itself changes nothing: it reads ticks and asks here.

Every call may come from another thread than the loop's and returns at once: what is asked for becomes a request that
the loop carries out before its next turn.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from robot.core.requests import DropWish, KeepQuiet, ShowByHand, SwitchSense, TakeWish
from robot.sense.switches import SENSES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import time
    from pathlib import Path

    from robot.core.body_description import BodyDescription
    from robot.core.percepts import Utterance, Wish
    from robot.core.requests import Request
    from robot.core.tick import Vitals
    from robot.memory.memory import Memory
    from robot.memory.records import Everything
    from robot.page.playback_api import FaultControls, PlaybackControls, ScenarioStage, Scenes, Timeline
    from robot.page.tuning import Tuning
    from robot.parts.browser_media import Lent
    from robot.texts.sentence import AnyText

    Ask = Callable[[Request], None]


class Repertoire:
    """Expressions that the body can play, by name."""

    def __init__(self, names: Callable[[], Sequence[str]], ask: Ask) -> None:
        self._names = names
        self._ask = ask

    def names(self) -> Sequence[str]:
        return self._names()

    def show(self, name: str) -> None:
        """Play one; the guard may hold it back."""
        self._ask(ShowByHand(name))


class PhraseView(NamedTuple):
    """A phrase of the tables: its name, what may stand in its gaps, and its wordings with these open."""

    name: str
    slots: tuple[str, ...]
    wordings: tuple[str, ...]


class WishDesk:
    """What other programs ask for, and what they may name."""

    def __init__(self, ask: Ask, phrases: Callable[[], Mapping[str, PhraseView]]) -> None:
        """`phrases`, by name: those of the tables as they are now, in the language that the robot speaks."""
        self._ask = ask
        self.phrases = phrases
        self._numbers = count(1)

    def numbered(self, wish: Wish) -> Wish:
        """With a number that no other wish has, whichever door it comes by."""
        return replace(wish, number=next(self._numbers))

    def take(self, wish: Wish) -> None:
        """Have it taken up; it comes back as a percept of the tick in which the guard judged it."""
        self._ask(TakeWish(wish))

    def drop(self, number: int) -> None:
        """Have it taken up no more."""
        self._ask(DropWish(number))


class Keepsakes:
    """What is kept of people. Calls may take some milliseconds: they come from a press, not from the loop."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    @property
    def forgettings(self) -> int:
        """Rises whenever something was to be forgotten, be it by voice: the page's talk goes with it."""
        return self._memory.forgettings

    def people(self) -> list[str]:
        """Names of those who agreed to be known."""
        return [person.name for person in self.everything().people]

    def everything(self) -> Everything:
        return self._memory.everything()

    def stored(self, store: str) -> Mapping[str, str]:
        """What a store of a behaviour holds, JSON by key; the same object until something in it changes."""
        return self._memory.stored(store)

    def export(self) -> str:
        """All that is kept, as JSON text."""
        return self.everything().as_json()

    def forget(self, name: str) -> AnyText | None:
        """Why the file has it still; empty when it is gone from there, too; None where nothing was kept of them."""
        return self._still_there() if self._memory.forget_person(name) else None

    def forget_all(self) -> AnyText:
        """Why the file has it still; empty when everything is gone from there, too."""
        self._memory.reset()
        return self._still_there()

    def _still_there(self) -> AnyText:
        self._memory.wait()
        return "" if self._memory.forgotten else self._memory.health().reason


class SenseSwitches:
    """Camera and microphone, as far as this robot has them; off until switched on again, or until its next start."""

    def __init__(self, off: Callable[[], Collection[str]], ask: Ask) -> None:
        self._off = off
        self._ask = ask

    def off(self) -> Collection[str]:
        return self._off()

    def names(self) -> Sequence[str]:
        return SENSES

    def switch(self, name: str, *, on: bool) -> None:
        self._ask(SwitchSense(name, on))


class QuietHoursSetting:
    """The quiet hours, civil time: it begins no talk then. Kept in the configuration, where there is one."""

    def __init__(self, hours: Callable[[], tuple[time, time]], ask: Ask, config: Path | None) -> None:
        self._hours = hours
        self._ask = ask
        self._config = config

    def read(self) -> tuple[time, time]:
        return self._hours()

    @property
    def kept(self) -> bool:
        """Whether a change outlives the run."""
        return self._config is not None

    def write(self, start: time, end: time) -> None:
        """Raises ConfigError when the configuration cannot be written; they hold all the same, until the next start."""
        self._ask(KeepQuiet(start, end))
        if self._config is not None:
            from robot.config.answers import Answers, write_config  # noqa: PLC0415 - brings in tomlkit, 5 MiB

            write_config(self._config, Answers(quiet_from=start, quiet_to=end))


class Controls(ABC):
    """The robot as the page may address it. What one does not offer is None, and the page shows nothing of it."""

    title: str  # which robot this is: the scenario that it plays, or the address of its body
    body_address: str = ""  # of a real robot's body
    stage: ScenarioStage | None = None  # None with a real robot
    playback: PlaybackControls | None = None
    faults: FaultControls | None = None
    scenes: Scenes | None = None
    timeline: Timeline | None = None
    repertoire: Repertoire | None = None
    keepsakes: Keepsakes | None = None
    senses: SenseSwitches | None = None
    quiet_hours: QuietHoursSetting | None = None
    behaviors: Tuning | None = None
    wishes: WishDesk | None = None  # None with a recording
    lending: Lent | None = None  # what visitors may lend, where the robot takes it

    @property
    @abstractmethod
    def description(self) -> BodyDescription: ...

    @abstractmethod
    def vitals(self) -> Vitals: ...

    @abstractmethod
    def say(self, text: str, instead: Utterance | None = None, by: str = "") -> None:
        """A line that a person typed; it enters where recognised words enter. `instead`: what it puts right. `by`: the
        program that tells it in its owner's place.
        """

    @abstractmethod
    def take_as(self, words: Utterance, meaning: str) -> None:
        """What was said meant that: it is taken so, and answered."""

    @abstractmethod
    def hush(self, by: str = "") -> None:
        """Be silent at once and drop what waits to be said; `by`: as above."""

    @abstractmethod
    def move_again(self) -> None:
        """Let a body move again that went limp until a person says so."""
