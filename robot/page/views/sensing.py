"""Two lamps that show whether the robot sees and hears at this moment, by pictures and sound that came; and whether it
understands what it hears.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui.element import Element

from robot.core.messages import Condition
from robot.page.views.elements import Text

if TYPE_CHECKING:
    from robot.core.tick import Tick, Vitals
    from robot.page.server.feed import Feed
    from robot.page.texts import PageTexts

FRESH_S = 1.0
DEAF = {Condition.OFF, Condition.FAULT}
NO_WORDS = "no_words"
LISTENS = {"phrases_only", NO_WORDS}  # ailments with which sound comes in all the same


class Sensing:
    """Camera: a picture was looked at in the last second. Microphone: hearing is neither off, at fault nor muted; where
    it listens and cannot understand, the lamp is lit, since sound comes in, and says so.
    """

    def __init__(self, words: PageTexts, feed: Feed) -> None:
        self._words, self._feed = words, feed
        with Element("div").classes("sensing").props(f'role="status" aria-label="{words("sensing")}"'):
            self._camera = Text("span", "", "lamp")
            self._microphone = Text("span", "", "lamp")

    def show(self, tick: Tick, vitals: Vitals) -> None:
        muted = tick.scene.body is not None and tick.scene.body.muted
        hearing = next((line for line in vitals.health if line.part == "hearing"), None)
        ailment = hearing.ailment if hearing is not None and hearing.ailment in LISTENS else ""
        deaf = hearing is not None and hearing.condition in DEAF and not ailment
        self._light(self._camera, "camera", on=not muted and tick.t - self._feed.looked_at < FRESH_S)
        self._light(self._microphone, "microphone", on=not muted and not deaf, ailment=ailment)

    def _light(self, lamp: Text, name: str, *, on: bool, ailment: str = "") -> None:
        if ailment and on:
            lamp.text = self._words("microphone_no_words" if ailment == NO_WORDS else "microphone_phrases_only")
        else:
            lamp.text = self._words(f"{name}_on" if on else f"{name}_off")
        lamp.props(f'data-on="{"partly" if on and ailment else str(on).lower()}"')
