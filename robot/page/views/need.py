"""Shown while an episode of need is open: whom to call, large, whatever the voice does. No word that was said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from robot.page.views.elements import Text
from robot.page.views.panels import card

if TYPE_CHECKING:
    from robot.core.tick import Tick, Vitals
    from robot.page.texts import PageTexts

DIGITS = re.compile(r"\+?\d[\d ]*")


class NeedPanel:
    """Hidden as long as nobody is in need. On a phone a tap on the number dials it."""

    def __init__(self, words: PageTexts) -> None:
        self._words = words
        self._number = ""
        self._card = card(words("need"), "need").props('role="alert"')
        self._card.set_visibility(False)
        with self._card:
            self._call = Text("a", "", "need-call")

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        need = tick.scene.need
        number = need.number if need is not None and need.open else ""
        if number == self._number:
            return
        self._number = number
        self._card.set_visibility(bool(number))
        self._call.text = self._words("need_call", number=number)
        digits = DIGITS.search(number)
        if digits is None:
            self._call.props(remove="href")
        else:
            self._call.props(f'href="tel:{digits[0].replace(" ", "")}"')
