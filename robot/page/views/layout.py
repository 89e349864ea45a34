"""One visitor's page: the head line, the 3D picture, the talk and the panels."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.element import Element

from robot.page.server.access import VisitorRole
from robot.page.texts import PageTexts
from robot.page.views.behaviors import BehaviorsPanel
from robot.page.views.elements import WEB, Scene3D, SoundSwitch, Text, brand, dark_switch, language_links
from robot.page.views.home import home
from robot.page.views.invite import invitation
from robot.page.views.lend import lend_bar
from robot.page.views.panels import CameraPanel, HealthPanel, HeldPanel, InsidePanel, Panel, WhyPanel
from robot.page.views.recording import recorded
from robot.page.views.remembered import Remembered
from robot.page.views.scenes import ScenePanel
from robot.page.views.sensing import Sensing
from robot.page.views.talk import TalkPanel
from robot.page.views.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.page.api import Controls
    from robot.page.server.feed import Feed
    from robot.page.server.served import Served

REFRESH_S = 0.2


class PageKind(StrEnum):
    """The two pages: one to live with, one to look inside."""

    HOME = "home"
    BENCH = "bench"

    def path(self, language: str) -> str:
        return f"/home/{language}" if self is PageKind.HOME else f"/{language}"


# Once NiceGUI's own start, which sets the theme too, is over.
RECALL_DARK = """<script>
  addEventListener("load", () => {
    const kept = localStorage.getItem("bowlby-dark");
    if (kept !== null) Quasar.Dark.set(kept === "true");
  });
</script>"""


def build(page: Served, language: str, role: VisitorRole, view: PageKind) -> None:
    """Build a view for one visitor and keep it fresh while they look; a viewer gets nothing that acts."""
    feed, controls = page.feed, page.controls
    owner = role is VisitorRole.OWNER
    words = PageTexts(language)
    ui.add_css(WEB / "page.css")
    ui.add_body_html(RECALL_DARK)
    timeline = controls.timeline
    if timeline is not None:
        _keep_fresh(page, recorded(words, page, timeline))
        return
    sensing = _header(words, feed, controls, owner=owner, view=view)
    if view is PageKind.HOME:
        panels: list[Panel] = home(words, page, owner=owner)
        _keep_fresh(page, [sensing, *panels])
        return
    with Element("div").classes("page"):  # NiceGUI has put a <main> round it
        lend_bar(words, page.controls, owner=owner)
        with Element("div").classes("column-wide"):
            waiting = _scene(words, controls, owner=owner)
            panels = [
                sensing,
                TalkPanel(words, feed, controls if owner else None),
                HeldPanel(words, feed),
            ]
            if owner:
                panels += _for_owners(words, page)
        with Element("div").classes("column-side"):
            panels += [CameraPanel(words), WhyPanel(words), InsidePanel(words), HealthPanel(words)]

    _keep_fresh(page, panels, waiting)


def _keep_fresh(page: Served, panels: Sequence[Panel], waiting: Text | None = None) -> None:
    def refresh() -> None:
        tick = page.feed.tick
        if tick is None:
            return
        if waiting is not None:
            waiting.set_visibility(False)
        vitals = page.controls.vitals()
        for panel in panels:
            panel.show(tick, vitals)

    refresh()
    ui.timer(REFRESH_S, refresh)


def _for_owners(words: PageTexts, page: Served) -> list[Panel]:
    """What only an owner gets, as far as this robot offers it."""
    offered = page.controls
    panels: list[Panel] = []
    if offered.keepsakes is not None:
        Remembered(words, offered.keepsakes)
    if page.access.lan:
        invitation(words, page)
    if offered.scenes is not None:
        ScenePanel(words, offered.scenes)
    if offered.behaviors is not None:
        panels.append(BehaviorsPanel(words, offered.behaviors))
    if offered.playback or offered.faults or offered.repertoire:
        panels.append(Workbench(words, offered))
    return panels


def _header(words: PageTexts, feed: Feed, controls: Controls, *, owner: bool, view: PageKind) -> Sensing:
    with Element("header").classes("head"):
        Text("a", words("skip"), "skip").props('href="#talk"')
        brand(words, "robot_in" if controls.stage is not None else "robot_real", controls.title)
        sensing = Sensing(words, feed)
        with Element("nav").classes("tools").props(f'aria-label="{words("view")}"'):
            there = PageKind.BENCH if view is PageKind.HOME else PageKind.HOME
            Text("a", words(there), "button").props(f'href="{there.path(words.language)}"')
            SoundSwitch(words)
            dark_switch(words)
            language_links(words, view.path)
            if owner:
                hush = Text("button", words("hush"), "button button-hush")
                hush.props(f'type="button" title="{words("hush_hint")}"').on("click", controls.hush, [])
    return sensing


def _scene(words: PageTexts, controls: Controls, *, owner: bool) -> Text:
    movable = owner and controls.stage is not None
    with Element("section").classes("card card-scene").props('aria-labelledby="title-scene"'):
        with Element("div").classes("scene-head"):
            Text("h2", words("scene")).props('id="title-scene"')
            with Element("div").classes("segmented").props(f'role="group" aria-label="{words("view")}"') as group:
                buttons = {name: Text("button", words(f"view_{name}")) for name in ("room", "robot")}
        scene = Scene3D(words, controls.description, movable=movable)
        Text("p", words("scene_drag") if movable else words("scene_turn"), "note")
        waiting = Text("p", words("waiting"), "waiting")

    def choose(chosen: str) -> None:
        scene.view(chosen)
        for name, button in buttons.items():
            button.props(f'type="button" aria-pressed="{str(name == chosen).lower()}"')

    with group:
        for name, button in buttons.items():
            button.on("click", lambda name=name: choose(name), [])
    choose("room")
    return waiting
