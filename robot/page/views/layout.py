"""One visitor's page: the head line, the 3D picture, the talk and the panels."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.element import Element

from robot.page.server.access import VisitorRole
from robot.page.texts import PageTexts
from robot.page.views.behaviors import BehaviorsPanel
from robot.page.views.elements import WEB, SoundSwitch, Text, brand, dark_switch, language_links, more_switch
from robot.page.views.home import home
from robot.page.views.invite import invitation
from robot.page.views.panels import HealthPanel, HeldPanel, InsidePanel, Panel, WhyPanel
from robot.page.views.recording import recorded
from robot.page.views.remembered import Remembered
from robot.page.views.scenes import ScenePanel
from robot.page.views.sensing import Sensing
from robot.page.views.together import together
from robot.page.views.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.tick import Vitals
    from robot.page.server.served import Served
    from robot.page.views.together import Together

REFRESH_S = 0.2
QUICK_S = 0.05  # what must come with the robot's voice


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
    controls = page.controls
    owner = role is VisitorRole.OWNER
    words = PageTexts(language)
    ui.add_css(WEB / "page.css")
    ui.add_body_html(RECALL_DARK)
    timeline = controls.timeline
    if timeline is not None:
        _keep_fresh(page, recorded(words, page, timeline))
        return
    ui.add_css(WEB / "together.css")
    ui.add_body_html(f"<script>{(WEB / 'seen.js').read_text(encoding='utf-8')}</script>")
    sensing = _header(words, page, owner=owner, view=view)
    if words.lacking:
        Text("p", words("language_lacks", n=words.lacking), "note lacks").props('role="note"')
    shown = home(words, page, owner=owner) if view is PageKind.HOME else _bench(words, page, owner=owner)
    _keep_fresh(page, [sensing, *shown.panels], shown.quick, shown.waiting)


def _bench(words: PageTexts, page: Served, *, owner: bool) -> Together:
    with Element("div").classes("page bench"):  # NiceGUI has put a <main> round it
        shown = together(words, page, owner=owner, plain=False)
        with Element("div").classes("panels"):
            with Element("div").classes("column"):
                shown.panels.extend([WhyPanel(words), InsidePanel(words), HealthPanel(words)])
            with Element("div").classes("column"):
                shown.panels.append(HeldPanel(words, page.feed))
                if owner:
                    shown.panels.extend(_for_owners(words, page))
    return shown


def _keep_fresh(
    page: Served, panels: Sequence[Panel], quick: Sequence[Panel] = (), waiting: Text | None = None
) -> None:
    """`quick`: panels that follow the robot's voice; vitals, which cost more, are those that the others last got."""
    vitals: Vitals | None = None

    def refresh() -> None:
        nonlocal vitals
        if page.feed.tick is None:
            return
        if waiting is not None:
            waiting.set_visibility(False)
        vitals = page.controls.vitals()
        show(panels)

    def show(some: Sequence[Panel]) -> None:
        tick = page.feed.tick
        if tick is not None and vitals is not None:
            for panel in some:
                panel.show(tick, vitals)

    refresh()
    show(quick)
    ui.timer(REFRESH_S, refresh)
    if quick:
        ui.timer(QUICK_S, lambda: show(quick))


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


def _header(words: PageTexts, page: Served, *, owner: bool, view: PageKind) -> Sensing:
    controls = page.controls
    simulated = controls.stage is not None
    with Element("header").classes("head"):
        Text("a", words("skip"), "skip").props('href="#talk"')
        brand(words, "robot_in" if simulated else "robot_real", controls.title)
        sensing = Sensing(words, page.feed)
        SoundSwitch(words, answers=owner and simulated)
        if owner:
            hush = Text("button", words("hush"), "button button-hush")
            hush.props(f'type="button" title="{words("hush_hint")}"').on("click", controls.hush, [])
        more_switch(words, "tools")
        with Element("nav").classes("tools").props(f'id="tools" aria-label="{words("view")}"'):
            there = PageKind.BENCH if view is PageKind.HOME else PageKind.HOME
            Text("a", words(there), "button").props(f'href="{there.path(words.language)}"')
            dark_switch(words)
            language_links(words, view.path)
    return sensing
