"""The owner's view: few things, large and in words, for somebody who lives with the robot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui.element import Element

from robot.page.views.album import Album
from robot.page.views.because import HeldTold, WhyTold
from robot.page.views.elements import Text
from robot.page.views.hours import HoursPanel
from robot.page.views.invite import invitation
from robot.page.views.lend import lend_bar
from robot.page.views.limp import LimpPanel
from robot.page.views.need import NeedPanel
from robot.page.views.panels import HealthPanel
from robot.page.views.switches import NowPanel
from robot.page.views.talk import TalkPanel

if TYPE_CHECKING:
    from robot.core.tick import Tick, Vitals
    from robot.page.server.served import Served
    from robot.page.texts import PageTexts
    from robot.page.views.panels import Panel


def home(words: PageTexts, page: Served, *, owner: bool) -> list[Panel]:
    """Build it; gives what must be kept fresh."""
    feed = page.feed
    offered = page.controls
    with Element("div").classes("page home"):
        panels: list[Panel] = [RobotState(words)]
        lend_bar(words, page.controls, owner=owner)
        with Element("div").classes("column-wide"):
            panels += [
                NeedPanel(words),
                LimpPanel(words, page.controls if owner else None),
                NowPanel(words, feed, offered.senses if owner else None),
                TalkPanel(words, feed, page.controls if owner else None),
                WhyTold(words, feed),
                HeldTold(words, feed),
            ]
        with Element("div").classes("column-side"):
            if owner and offered.keepsakes is not None:
                Album(words, offered.keepsakes)
            if owner and offered.quiet_hours is not None:
                HoursPanel(words, offered.quiet_hours)
            panels.append(HealthPanel(words, plain=True))
            if owner and page.access.lan:
                invitation(words, page)
    return panels


class RobotState:
    """One large line: how it is, and what it does."""

    def __init__(self, words: PageTexts) -> None:
        self._words = words
        self._line = Text("p", "", "state")

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        words, decision = self._words, tick.decision
        mode = words(f"mode_{decision.mode}")
        self._line.text = f"{mode} · {words.behavior(decision.behavior)}" if decision.behavior else mode
