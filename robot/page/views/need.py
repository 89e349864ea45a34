"""Shown while an episode of need is open: whom to call, large, whatever the voice does. No word that was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.page.views.elements import Text
from robot.page.views.panels import card

if TYPE_CHECKING:
    from robot.core.tick import Tick, Vitals
    from robot.page.texts import PageTexts


class NeedPanel:
    """Hidden as long as nobody is in need."""

    def __init__(self, words: PageTexts) -> None:
        self._words = words
        self._card = card(words("need"), "limp").props('role="alert"')
        self._card.set_visibility(False)
        with self._card:
            self._line = Text("p", "", "need-call")

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        need = tick.scene.need
        is_open = need is not None and need.open
        self._card.set_visibility(is_open)
        if need is not None and is_open:
            self._line.text = self._words("need_call", number=need.number)
