"""Two lamps that show whether the robot sees and hears at this moment, by pictures and sound that came; and whether it
understands what it hears.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.element import Element

from robot.core.condition import Condition, Health
from robot.page.views.elements import PICTURES, Text
from robot.sense.hearing.hearing import WAITS
from robot.sense.switches import CAMERA, MICROPHONE
from robot.texts.sentence import Sentence

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
            self._camera = Lamp(PICTURES[CAMERA])
            self._microphone = Lamp(PICTURES[MICROPHONE])

    def show(self, tick: Tick, vitals: Vitals) -> None:
        muted = tick.scene.body is not None and tick.scene.body.muted
        hearing = next((line for line in vitals.health if line.part == "hearing"), None)
        ailment = hearing.ailment if hearing is not None and hearing.ailment in LISTENS else ""
        deaf = hearing is not None and hearing.condition in DEAF and not ailment
        self._light(self._camera, "camera", on=not muted and tick.t - self._feed.looked_at < FRESH_S)
        self._light(self._microphone, "microphone", on=not muted and not deaf, ailment=ailment)
        if hearing is not None and not muted and (word := _waits_for(hearing)):
            self._microphone.light("true", self._words("microphone_waits", word=word))

    def _light(self, lamp: Lamp, name: str, *, on: bool, ailment: str = "") -> None:
        if ailment and on:
            text = self._words("microphone_no_words" if ailment == NO_WORDS else "microphone_phrases_only")
        else:
            text = self._words(f"{name}_on" if on else f"{name}_off")
        lamp.light("partly" if on and ailment else str(on).lower(), text)


def _waits_for(hearing: Health) -> str:
    """The word by which it is to be called before it listens, if there is one."""
    reason = hearing.reason
    return str(dict(reason.gaps)["word"]) if isinstance(reason, Sentence) and reason.key == WAITS else ""


class Lamp:
    """A picture of a sense, and in words whether it is on; where there is little room, for those who hear the page."""

    def __init__(self, picture: str) -> None:
        self._lamp = Element("span").classes("lamp")
        with self._lamp:
            ui.html(picture, sanitize=False, tag="span").classes("lamp-picture")
            self._text = Text("span", "", "long")

    def light(self, on: str, text: str) -> None:
        """`on`: "true", "false" or "partly"."""
        self._text.text = text
        self._lamp.props(f'data-on="{on}" title="{text}"')
