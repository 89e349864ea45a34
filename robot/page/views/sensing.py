"""Two lamps that show whether the robot sees and hears at this moment, by pictures and sound that came."""

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


class Sensing:
    """Camera: a picture was looked at in the last second. Microphone: hearing is neither off, at fault nor muted."""

    def __init__(self, words: PageTexts, feed: Feed) -> None:
        self._words, self._feed = words, feed
        with Element("div").classes("sensing").props(f'role="status" aria-label="{words("sensing")}"'):
            self._camera = Text("span", "", "lamp")
            self._microphone = Text("span", "", "lamp")

    def show(self, tick: Tick, vitals: Vitals) -> None:
        muted = tick.scene.body is not None and tick.scene.body.muted
        deaf = any(line.part == "hearing" and line.condition in DEAF for line in vitals.health)
        self._light(self._camera, "camera", on=not muted and tick.t - self._feed.looked_at < FRESH_S)
        self._light(self._microphone, "microphone", on=not muted and not deaf)

    def _light(self, lamp: Text, name: str, *, on: bool) -> None:
        lamp.text = self._words(f"{name}_on" if on else f"{name}_off")
        lamp.props(f'data-on="{str(on).lower()}"')
