"""The page of a recording: everything that was then, and plainly said that it is not now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.element import Element

from robot.page.views.elements import WEB, CameraView, Scene3D, Text, brand, dark_switch, language_links
from robot.page.views.panels import HeldPanel, InsidePanel, WhyPanel, card, people_in_words
from robot.page.views.player import Moments, PlayerPanel
from robot.page.views.talk import TalkPanel, TalkTexts
from robot.texts.catalogue import SOURCE

if TYPE_CHECKING:
    from robot.core.tick import Tick, Vitals
    from robot.page.playback_api import Timeline
    from robot.page.server.feed import Feed
    from robot.page.server.served import Served
    from robot.page.texts import PageTexts
    from robot.page.views.panels import Panel

WORDING = TalkTexts(empty="talk_none_then", person="who_then", closed="talk_then")
TREND_S = 60.0


def recorded(words: PageTexts, page: Served, timeline: Timeline) -> list[Panel]:
    """Build it; gives what must be kept fresh."""
    ui.add_css(WEB / "recording.css")
    feed = page.feed
    with Element("header").classes("head"):
        Text("a", words("skip"), "skip").props('href="#talk"')
        brand(words, "recording_of", page.controls.title)
        with Element("nav").classes("tools").props(f'aria-label="{words("view")}"'):
            dark_switch(words)
            language_links(words, lambda code: f"/{code}")
    panels: list[Panel] = [Then(words, timeline)]
    with Element("div").classes("page page-recording"):
        with Element("div").classes("column-wide"):
            with Element("section").classes("card card-scene").props('aria-labelledby="title-scene"'):
                Text("h2", words("scene_then")).props('id="title-scene"')
                Scene3D(words, page.controls.description, movable=False, label="scene_label_then")
                Text("p", words("scene_then_note"), "note")
            panels += [PlayerPanel(words, timeline), TalkPanel(words, feed, None, WORDING), HeldPanel(words, feed)]
        with Element("div").classes("column-side"):
            panels += [
                Moments(words, timeline),
                SeenThen(words, timeline),
                WhyPanel(words),
                FeltThen(words, feed, timeline),
            ]
            holdings(words, timeline)
    return panels


class Then:
    """The line over everything: that it is a recording, and of when."""

    def __init__(self, words: PageTexts, timeline: Timeline) -> None:
        self._begun = timeline.holdings.begun
        with Element("div").classes("then").props('role="note"'):
            Text("strong", words("recording"))
            Text("span", words("recording_note"))
            self._when = Text("span", "", "when")

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        self._when.text = f"{self._begun + timedelta(seconds=tick.t):%Y-%m-%d %H:%M:%S}"


class SeenThen:
    """The camera's picture where it was recorded, and in words whom the robot saw."""

    def __init__(self, words: PageTexts, timeline: Timeline) -> None:
        self._words = words
        with card(words("camera_then"), "camera"):
            if timeline.holdings.pictures:
                CameraView(words, "camera_none_then")
            self._people = Text("p", words("sees_nobody"), "people")
            if not timeline.holdings.pictures:
                Text("p", words("pictures_none"), "note")

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        self._people.text = people_in_words(tick.scene.people, self._words)


class FeltThen(InsidePanel):
    """The model's variables; after a jump, with the minute before it."""

    def __init__(self, words: PageTexts, feed: Feed, timeline: Timeline) -> None:
        super().__init__(words)
        self._feed, self._timeline = feed, timeline
        self._cuts = -1

    def show(self, tick: Tick, vitals: Vitals) -> None:
        super().show(tick, vitals)
        if self._feed.cuts != self._cuts:
            self._cuts = self._feed.cuts
            self.recall(self._timeline.felt_until(tick.t, TREND_S))


def holdings(words: PageTexts, timeline: Timeline) -> None:
    """What the file holds and what it does not."""
    held = timeline.holdings
    minutes, seconds = divmod(round(held.seconds), 60)
    with card(words("holds"), "holds"):
        with Element("dl").classes("facts"):
            for name, told in (
                ("holds_file", held.file),
                ("holds_begun", f"{held.begun:%Y-%m-%d %H:%M}"),
                ("holds_length", words("holds_length_is", m=minutes, s=seconds, ticks=held.ticks)),
                ("holds_words", str(held.words)),
                ("holds_pictures", str(held.pictures) if held.pictures else words("not_recorded")),
                ("holds_sound", words("never_recorded")),
                ("holds_health", words("holds_health_is")),
                ("holds_places", words("holds_places_is")),
            ):
                Text("dt", words(name))
                Text("dd", told)
        if held.trouble:
            with Element("p").classes("trouble"):
                Text("strong", words("holds_early"))
                Text("span", f" {held.trouble}").props(f'lang="{SOURCE}"')
        Text("p", words("holds_private"), "note")
