"""What is asked for over a line that answers later: wishes judged by the guard, and what became of each.

The API answers within its call (`api/acting.py`); a broker or a topic has no call to answer in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.core.clock import stopwatch
from robot.doors.api.judgement import effect_of
from robot.doors.api.limits import ACTS_AT_ONCE, ACTS_PER_S, WAITING
from robot.doors.api.problems import TURN_S
from robot.doors.keys import KeyRole
from robot.page.server.access import Bucket
from robot.texts.catalogue import words
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.percepts import Wish
    from robot.core.tick import Tick
    from robot.page.api import Controls
    from robot.texts.sentence import AnyText


class WishAnswer(NamedTuple):
    """What became of something that was asked for."""

    event_type: str  # "done" or "refused"
    asked: str  # "say", "hush", "look", or the expression
    duty: int | None = None
    why: str = ""


class Waits(NamedTuple):
    """A wish that no turn has taken up yet."""

    asked: str
    wish: Wish
    until: float


class Asking:
    """Belongs to the thread of the line."""

    def __init__(self, controls: Controls, language: str, tell: Callable[[WishAnswer], None]) -> None:
        self.controls, self.tell = controls, tell
        self._language = language
        self._pace = Bucket(ACTS_AT_ONCE, ACTS_PER_S)
        self._waiting: dict[int, Waits] = {}

    def judge(self, tick: Tick) -> None:
        """Tell what became of the wishes of a turn."""
        for wish in tick.scene.wishes:
            waits = self._waiting.pop(wish.number, None)
            if waits is None:
                continue
            effect = effect_of(tick, wish, self._language, KeyRole.BUILDER)
            if effect.done:
                self.tell(WishAnswer("done", waits.asked))
            else:
                self.tell(WishAnswer("refused", waits.asked, effect.duty, effect.why))

    def give_up(self) -> None:
        """Take back what no turn took up in time."""
        now = stopwatch()
        for number, waits in tuple(self._waiting.items()):
            if now > waits.until:
                self._drop(number)
                self.refuse(waits.asked, sentence("doors.no_turn", seconds=TURN_S))

    def admit(self, asked: str) -> bool:
        """Whether it comes no faster than a robot can do it; else it is refused."""
        admitted = self._pace.take(stopwatch()) and len(self._waiting) < WAITING
        if not admitted:
            self.refuse(asked, sentence("doors.too_fast"))
        return admitted

    def wish(self, asked: str, wish: Wish) -> None:
        """Have a wish judged by the next turn."""
        wishes = self.controls.wishes
        if wishes is None:
            self.refuse(asked, sentence("doors.recording"))
            return
        numbered = wishes.numbered(wish)
        self._waiting[numbered.number] = Waits(asked, numbered, stopwatch() + TURN_S)
        wishes.take(numbered)

    def refuse(self, asked: str, why: AnyText) -> None:
        """Tell that it is not done."""
        self.tell(WishAnswer("refused", asked, why=words(why, self._language)))

    def _drop(self, number: int) -> None:
        del self._waiting[number]
        if self.controls.wishes is not None:
            self.controls.wishes.drop(number)
