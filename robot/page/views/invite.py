"""Lets another device of the network in: a code to scan, for an owner or for a viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.element import Element

from robot.core.errors import PartError
from robot.page.server.access import VisitorRole
from robot.page.server.entry import qr_svg
from robot.page.views.elements import Text
from robot.page.views.panels import card

if TYPE_CHECKING:
    from robot.page.server.served import Served
    from robot.page.texts import PageTexts


def invitation(words: PageTexts, page: Served) -> None:
    """The panel; each press makes a fresh code."""
    with card(words("invite"), "invite"):
        with Element("div").classes("choices"):
            buttons = {role: Text("button", words(f"invite_{role}"), "button") for role in VisitorRole}
        code = Element("div").classes("qr").props(f'role="img" aria-label="{words("invite_note")}"')
        note = Text("p", words("invite_note"), "note")
    code.set_visibility(False)
    note.set_visibility(False)

    def show(role: VisitorRole) -> None:
        code.clear()
        note.set_visibility(True)
        try:
            address = page.invite(role)
        except PartError:
            code.set_visibility(False)
            note.set_text(words("invite_offline"))
            return
        with code:
            ui.html(qr_svg(address), sanitize=False)
        code.set_visibility(True)
        note.set_text(words("invite_note"))

    for role, button in buttons.items():
        button.props('type="button"').on("click", lambda role=role: show(role), [])
