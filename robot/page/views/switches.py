"""What it senses at this moment, in words, with a switch for each sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui.element import Element

from robot.page.views.elements import Text
from robot.page.views.panels import card

if TYPE_CHECKING:
    from robot.core.tick import Tick, Vitals
    from robot.page.api import SenseSwitches
    from robot.page.server.feed import Feed
    from robot.page.texts import PageTexts


class NowPanel:
    """What it heard last, and the switches."""

    def __init__(self, words: PageTexts, feed: Feed, senses: SenseSwitches | None) -> None:
        """`senses` None: a viewer, or a robot whose senses cannot be switched."""
        self._words, self._feed, self._senses = words, feed, senses
        self._switches: dict[str, Text] = {}
        with card(words("now"), "now"):
            self._heard = Text("p", words("heard_nothing"), "told")
            if senses is not None:
                self._build(senses)

    def _build(self, senses: SenseSwitches) -> None:
        with Element("div").classes("choices"):
            for name in senses.names():
                self._switches[name] = button = Text("button", "", "button switch")
                button.props('type="button" role="switch"')
                button.on("click", lambda name=name: senses.switch(name, on=name in senses.off()), [])
        Text("p", self._words("switches_note"), "note")

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        self._heard.text = self._last_heard(tick.t)
        if self._senses is None:
            return
        off = self._senses.off()
        for name, button in self._switches.items():
            on = name not in off
            button.text = self._words(f"{name}_on" if on else f"{name}_off")
            button.props(f'aria-checked="{str(on).lower()}"')

    def _last_heard(self, now: float) -> str:
        heard = next((line for line in reversed(tuple(self._feed.talk)) if line.who == "person"), None)
        if heard is None:
            return self._words("heard_nothing")
        minutes = int((now - heard.t) / 60)
        ago = self._words("ago_min", minutes=minutes) if minutes else self._words("ago_now")
        return self._words("heard_last", ago=ago, text=heard.text)
