"""One visitor's page: the head line, the 3D picture, the talk and the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.element import Element

from robot.page.access import Role
from robot.page.controls import offers
from robot.page.elements import WEB, Scene3D, SoundSwitch, Text
from robot.page.invite import invitation
from robot.page.panels import CameraPanel, HealthPanel, HeldPanel, InsidePanel, Panel, WhyPanel
from robot.page.remembered import Remembered
from robot.page.sensing import Sensing
from robot.page.talk import TalkPanel
from robot.page.words import LANGUAGES, Words
from robot.page.workbench import Workbench

if TYPE_CHECKING:
    from robot.page.controls import Controls
    from robot.page.feed import Feed
    from robot.page.served import Served

REFRESH_S = 0.2
FACE = (
    '<svg viewBox="0 0 48 48" aria-hidden="true"><path d="M9 15 5 3l11 7zM39 15l4-12-11 7z" fill="#f0906c"/>'
    '<rect x="4" y="8" width="40" height="34" rx="14" fill="#f6f1e8"/><rect x="9" y="14" width="30" height="22" rx="9" '
    'fill="#23272e"/><g fill="#78c8ff"><circle cx="18" cy="25" r="5"/><circle cx="30" cy="25" r="5"/></g></svg>'
)
TOGGLE_DARK = """() => {
  const dark = !document.body.classList.contains("body--dark");
  Quasar.Dark.set(dark);
  localStorage.setItem("bowlby-dark", dark);
}"""
# Once NiceGUI's own start, which sets the theme too, is over.
RECALL_DARK = """<script>
  addEventListener("load", () => {
    const kept = localStorage.getItem("bowlby-dark");
    if (kept !== null) Quasar.Dark.set(kept === "true");
  });
</script>"""


def build(page: Served, language: str, role: Role) -> None:
    """Build the page for one visitor and keep it fresh while they look; a viewer gets nothing that acts."""
    feed, controls = page.feed, page.controls
    owner = role is Role.OWNER
    words = Words(language)
    ui.add_css(WEB / "page.css")
    ui.add_body_html(RECALL_DARK)
    sensing = _header(words, feed, controls, owner=owner)
    with Element("div").classes("page"):  # NiceGUI has put a <main> round it
        with Element("div").classes("column-wide"):
            waiting = _scene(words, controls, owner=owner)
            panels: list[Panel] = [
                sensing,
                TalkPanel(words, feed, controls if owner else None),
                HeldPanel(words, feed),
                HealthPanel(words),
            ]
            if owner:
                panels += _for_owners(words, page)
        with Element("div").classes("column-side"):
            panels += [CameraPanel(words), WhyPanel(words), InsidePanel(words)]

    def refresh() -> None:
        tick = feed.tick
        if tick is None:
            return
        waiting.set_visibility(False)
        vitals = controls.vitals()
        for panel in panels:
            panel.show(tick, vitals)

    refresh()
    ui.timer(REFRESH_S, refresh)


def _for_owners(words: Words, page: Served) -> list[Panel]:
    """What only an owner gets, as far as this robot offers it."""
    offered = offers(page.controls)
    if offered.keepsakes is not None:
        Remembered(words, offered.keepsakes)
    if page.access.lan:
        invitation(words, page)
    if offered.playback or offered.faults or offered.repertoire:
        return [Workbench(words, offered)]
    return []


def _header(words: Words, feed: Feed, controls: Controls, *, owner: bool) -> Sensing:
    with Element("header").classes("head"):
        Text("a", words("skip"), "skip").props('href="#talk"')
        with Element("div").classes("brand"):
            ui.html(FACE, sanitize=False).classes("logo")
            with Element("div"):
                Text("h1", "Bowlby")
                Text("p", words("robot_in" if controls.stage is not None else "robot_real"), "tagline")
            Text("span", controls.title, "tag")
        sensing = Sensing(words, feed)
        with Element("nav").classes("tools").props(f'aria-label="{words("view")}"'):
            SoundSwitch(words)
            dark = Text("button", "◐", "button").props(f'type="button" aria-label="{words("dark")}"')
            dark.on("click", js_handler=TOGGLE_DARK)
            other = next(code for code in LANGUAGES if code != words.language)
            Text("a", LANGUAGES[other], "button").props(
                f'href="/{other}" lang="{other}" hreflang="{other}" title="{words("language")}"'
            )
            if owner:
                hush = Text("button", words("hush"), "button button-hush")
                hush.props(f'type="button" title="{words("hush_hint")}"').on("click", controls.hush, [])
    return sensing


def _scene(words: Words, controls: Controls, *, owner: bool) -> Text:
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
