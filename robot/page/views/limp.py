"""Shown while the body waits limp for a person's word: why, what to look at, and the button that is that word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.page.views.elements import Text
from robot.page.views.panels import card

if TYPE_CHECKING:
    from robot.core.tick import Tick, Vitals
    from robot.page.api import Controls
    from robot.page.texts import PageTexts


class LimpPanel:
    """Hidden as long as the body moves."""

    def __init__(self, words: PageTexts, controls: Controls | None) -> None:
        """`controls` None: a viewer, who may read and not act."""
        self._card = card(words("limp"), "limp").props('role="alert"')
        self._card.set_visibility(False)
        with self._card:
            Text("p", words("limp_text"), "told")
            if controls is not None:
                button = Text("button", words("limp_go_on"), "button button-strong").props('type="button"')
                button.on("click", controls.move_again, [])

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        body = tick.scene.body
        self._card.set_visibility(body is not None and body.waits)
