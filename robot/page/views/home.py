"""The owner's view: few things, large and in words, for somebody who lives with the robot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui.element import Element

from robot.page.views.album import Album
from robot.page.views.because import HeldTold, WhyTold
from robot.page.views.hours import HoursPanel
from robot.page.views.invite import invitation
from robot.page.views.panels import HealthPanel
from robot.page.views.switches import NowPanel
from robot.page.views.together import together

if TYPE_CHECKING:
    from robot.page.server.served import Served
    from robot.page.texts import PageTexts
    from robot.page.views.together import Together


def home(words: PageTexts, page: Served, *, owner: bool) -> Together:
    """Build it; gives what must be kept fresh."""
    offered = page.controls
    with Element("div").classes("page home"):
        shown = together(words, page, owner=owner, plain=True)
        with Element("div").classes("panels"):
            with Element("div").classes("column"):
                shown.panels.extend(
                    [
                        NowPanel(words, page.feed, offered.senses if owner else None),
                        WhyTold(words, page.feed),
                        HeldTold(words, page.feed),
                    ]
                )
            with Element("div").classes("column"):
                if owner and offered.keepsakes is not None:
                    Album(words, offered.keepsakes)
                if owner and offered.quiet_hours is not None:
                    HoursPanel(words, offered.quiet_hours)
                shown.panels.append(HealthPanel(words, plain=True))
                if owner and page.access.lan:
                    invitation(words, page)
    return shown
