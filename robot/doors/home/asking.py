"""What Home Assistant asks for: wishes like those of any program, judged by the guard, and what became of each.

Nothing that stays on the broker counts: it would be done again at every start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from robot.core.clock import stopwatch
from robot.core.messages import Wish
from robot.doors.api.forms import SayForm
from robot.doors.api.judgement import effect_of
from robot.doors.api.limits import ACTS_AT_ONCE, ACTS_PER_S, WAITING
from robot.doors.api.problems import TURN_S
from robot.doors.home.entities import TEXT_CHARACTERS
from robot.doors.keys import KeyRole
from robot.page.server.access import Bucket
from robot.texts.catalogue import words
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from robot.core.tick import Tick
    from robot.page.api import Controls
    from robot.texts.sentence import AnyText

BY = "Home Assistant"


class WishAnswer(NamedTuple):
    """What became of something that was asked for."""

    event_type: str  # "done" or "refused"
    asked: str  # "say", "hush", or the expression
    duty: int | None = None
    why: str = ""


class Waits(NamedTuple):
    """A wish that no turn has taken up yet."""

    asked: str
    wish: Wish
    until: float


class Asking:
    """Belongs to the thread of the broker's line."""

    def __init__(self, controls: Controls, language: str, tell: Callable[[WishAnswer], None]) -> None:
        self._controls, self._language, self._tell = controls, language, tell
        self._pace = Bucket(ACTS_AT_ONCE, ACTS_PER_S)
        self._waiting: dict[int, Waits] = {}

    def say(self, payload: bytes, *, kept: bool) -> None:
        """Have a sentence said."""
        if not self._admit("say", kept=kept):
            return
        try:
            text = SayForm(text=payload.decode("utf-8")).text or ""
        except (UnicodeDecodeError, ValidationError):
            text = ""
        if not text or len(text) > TEXT_CHARACTERS:
            self._refuse("say", sentence("doors.home_no_sentence", most=TEXT_CHARACTERS))
            return
        self._wish("say", Wish(0.0, 0, BY, text=text))

    def press(self, payload: bytes, buttons: Collection[str], *, kept: bool) -> None:
        """Do what a button asks for, one of `buttons`."""
        asked = payload.decode("utf-8", "replace")
        if asked not in buttons:
            self._refuse("press", sentence("doors.home_no_button"))
        elif self._admit(asked, kept=kept):
            if asked == "hush":
                self._controls.hush(BY)
                self._tell(WishAnswer("done", asked))
            else:
                self._wish(asked, Wish(0.0, 0, BY, expression=asked))

    def judge(self, tick: Tick) -> None:
        """Tell what became of the wishes of a turn."""
        for wish in tick.scene.wishes:
            waits = self._waiting.pop(wish.number, None)
            if waits is None:
                continue
            effect = effect_of(tick, wish, self._language, KeyRole.BUILDER)
            if effect.done:
                self._tell(WishAnswer("done", waits.asked))
            else:
                self._tell(WishAnswer("refused", waits.asked, effect.duty, effect.why))

    def give_up(self) -> None:
        """Take back what no turn took up in time."""
        now = stopwatch()
        for number, waits in tuple(self._waiting.items()):
            if now > waits.until:
                self._drop(number)
                self._refuse(waits.asked, sentence("doors.no_turn", seconds=TURN_S))

    def _admit(self, asked: str, *, kept: bool) -> bool:
        if kept:
            self._refuse(asked, sentence("doors.home_kept"))
        elif not self._pace.take(stopwatch()) or len(self._waiting) >= WAITING:
            self._refuse(asked, sentence("doors.too_fast"))
        else:
            return True
        return False

    def _wish(self, asked: str, wish: Wish) -> None:
        wishes = self._controls.wishes
        if wishes is None:
            self._refuse(asked, sentence("doors.recording"))
            return
        numbered = wishes.numbered(wish)
        self._waiting[numbered.number] = Waits(asked, numbered, stopwatch() + TURN_S)
        wishes.take(numbered)

    def _drop(self, number: int) -> None:
        del self._waiting[number]
        if self._controls.wishes is not None:
            self._controls.wishes.drop(number)

    def _refuse(self, asked: str, why: AnyText) -> None:
        self._tell(WishAnswer("refused", asked, why=words(why, self._language)))
