"""The hand on a recording: play, hold, step, hurry, a bar to go to any moment, and what happened when."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.element import Element

from robot.page.views.elements import WEB, Text
from robot.page.views.panels import card

if TYPE_CHECKING:
    from nicegui.events import GenericEventArguments

    from robot.core.tick import Tick, Vitals
    from robot.page.playback_api import Timeline
    from robot.page.texts import PageTexts
    from robot.recording.index import Mark

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
MOMENTS_LISTED = 400
INTO_VIEW = """{
    const now = getHtmlElement(%d), list = now.closest("ol");
    list.scrollTop = now.offsetTop - list.offsetTop - list.clientHeight / 2;
}"""
KINDS = ("words", "mode", "fault")


class Scrubber(Element, component=WEB / "scrubber.js", esm={"bowlby-page": str(WEB)}):
    """The bar; it follows the live line, and tells `seek` with a moment of robot time."""

    def __init__(self, words: PageTexts, timeline: Timeline) -> None:
        super().__init__()
        start = timeline.start
        self._props["start"] = start
        self._props["length"] = round(max(timeline.end - start, 0.1), 2)
        self._props["label"] = words("moment")
        self._props["spoken"] = words.raw("moment_spoken")
        self._props["marks"] = [(round(mark.t - start, 2), mark.kind) for mark in timeline.marks]


class PlayerPanel:
    """Obeyed by the player's own thread within a beat."""

    def __init__(self, words: PageTexts, timeline: Timeline) -> None:
        self._words, self._timeline = words, timeline
        self._t = timeline.start
        with card(words("player"), "player"):
            bar = Scrubber(words, timeline)
            with Element("p").classes("legend").props('aria-hidden="true"'):
                for kind in KINDS:
                    Text("span", words(f"mark_{kind}"), f"mark-{kind}")
            with Element("div").classes("choices"):
                self._play = Text("button", "", "button button-strong").props('type="button"')
                for name, ticks in (("step_back", -1), ("step", 1)):
                    self._button(name).on("click", lambda ticks=ticks: timeline.step(ticks), [])
                for name, way in (("mark_before", -1), ("mark_next", 1)):
                    self._button(name).on("click", lambda way=way: self._to_mark(way), [])
                with Element("div").classes("segmented").props(f'role="group" aria-label="{words("speed")}"'):
                    self._speeds = {speed: Text("button", f"{speed:g}×") for speed in SPEEDS}
        bar.on("seek", self._seek)
        self._play.on("click", lambda: timeline.pause(yes=not timeline.paused), [])
        for speed, button in self._speeds.items():
            button.on("click", lambda speed=speed: timeline.set_speed(speed), [])

    def _button(self, name: str) -> Text:
        return Text("button", self._words(name), "button").props('type="button"')

    def _seek(self, event: GenericEventArguments) -> None:
        match event.args:
            case float() | int() as t if math.isfinite(t):
                self._timeline.seek(float(t))

    def _to_mark(self, way: int) -> None:
        """The nearest mark on that side, if there is one."""
        apart = 0.05
        times = [mark.t for mark in self._timeline.marks if (mark.t - self._t) * way > apart]
        if times:
            self._timeline.seek(min(times, key=lambda t: abs(t - self._t)))

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        self._t = tick.t
        self._play.text = self._words("play" if self._timeline.paused else "hold")
        for speed, button in self._speeds.items():
            button.props(f'type="button" aria-pressed="{str(speed == self._timeline.speed).lower()}"')


class Moments:
    """What happened when, as a list to go to; the last that was is marked."""

    def __init__(self, words: PageTexts, timeline: Timeline) -> None:
        marks = timeline.marks
        self._listed = marks[:MOMENTS_LISTED]
        self._buttons: list[Text] = []
        self._now: Text | None = None
        with card(words("moments"), "moments"):
            if not marks:
                Text("p", words("moments_none"), "note")
            with Element("ol").classes("moments").props(f'tabindex="0" aria-label="{words("moments")}"'):
                for mark in self._listed:
                    with Element("li"):
                        button = Text("button", moment(mark, timeline.start, words), f"moment mark-{mark.kind}")
                        button.props('type="button"').on("click", lambda t=mark.t: timeline.seek(t), [])
                    self._buttons.append(button)
            if len(marks) > MOMENTS_LISTED:
                Text("p", words("moments_more", shown=MOMENTS_LISTED, all=len(marks)), "note")

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        past = sum(mark.t <= tick.t + 0.01 for mark in self._listed)
        now = self._buttons[past - 1] if past else None
        if now is self._now:
            return
        if self._now is not None:
            self._now.props(remove="aria-current")
        if now is not None:
            now.props('aria-current="true"')
            ui.run_javascript(INTO_VIEW % now.id)
        self._now = now


def moment(mark: Mark, start: float, words: PageTexts) -> str:
    """A mark in words: “0:14 Person: Hello”."""
    minutes, seconds = divmod(int(mark.t - start), 60)
    text = words.words(mark.text)
    match mark.kind:
        case "mode":
            told = words(f"mode_{mark.subject}")
        case "fault":
            part = words.sense(mark.subject).capitalize()
            told = f"{part}{words('colon')} {text or words('well_again')}"
        case _ if mark.subject == "sound":
            told = f"♪ {words.sound(text)}"
        case _:
            who = "who_then" if mark.subject == "person" else "who_robot"
            told = f"{words(who)}{words('colon')} {text}"
    return f"{minutes}:{seconds:02d} {told}"
