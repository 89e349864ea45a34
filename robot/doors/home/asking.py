"""What Home Assistant asks for: wishes like those of any program, judged by the guard, and what became of each.

Nothing that stays on the broker counts: it would be done again at every start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from robot.core.percepts import Wish
from robot.doors.api.forms import SayForm
from robot.doors.asking import Asking, WishAnswer
from robot.doors.home.entities import TEXT_CHARACTERS
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Collection

BY = "Home Assistant"


class HomeAsking(Asking):
    """Belongs to the thread of the broker's line."""

    def say(self, payload: bytes, *, kept: bool) -> None:
        """Have a sentence said."""
        if not self._admit("say", kept=kept):
            return
        try:
            text = SayForm(text=payload.decode("utf-8")).text or ""
        except (UnicodeDecodeError, ValidationError):
            text = ""
        if not text or len(text) > TEXT_CHARACTERS:
            self.refuse("say", sentence("doors.home_no_sentence", most=TEXT_CHARACTERS))
            return
        self.wish("say", Wish(0.0, 0, BY, text=text))

    def press(self, payload: bytes, buttons: Collection[str], *, kept: bool) -> None:
        """Do what a button asks for, one of `buttons`."""
        asked = payload.decode("utf-8", "replace")
        if asked not in buttons:
            self.refuse("press", sentence("doors.home_no_button"))
        elif self._admit(asked, kept=kept):
            if asked == "hush":
                self.controls.hush(BY)
                self.tell(WishAnswer("done", asked))
            else:
                self.wish(asked, Wish(0.0, 0, BY, expression=asked))

    def _admit(self, asked: str, *, kept: bool) -> bool:
        if kept:
            self.refuse(asked, sentence("doors.home_kept"))
            return False
        return self.admit(asked)
