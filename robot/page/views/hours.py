"""The quiet hours, to see and to set."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from nicegui.element import Element

from robot.core.errors import ConfigError
from robot.page.views.elements import SEND_FIELDS, Text
from robot.page.views.panels import card

if TYPE_CHECKING:
    from nicegui.events import GenericEventArguments

    from robot.page.api import QuietHoursSetting
    from robot.page.texts import PageTexts


class HoursPanel:
    """Two times and a button; what came of it is told."""

    def __init__(self, words: PageTexts, hours: QuietHoursSetting) -> None:
        self._words, self._hours = words, hours
        with card(words("hours"), "hours"):
            Text("p", words("hours_note"), "note")
            with Element("form").classes("fields") as form:
                for name, value in zip(("from", "to"), hours.read(), strict=True):
                    with Element("label"):
                        Text("span", words(f"hours_{name}"))
                        Element("input").props(f'type="time" name="{name}" required defaultValue="{value:%H:%M}"')
                Text("button", words("hours_save"), "button button-strong").props('type="submit"')
            self._said = Text("p", "", "note").props('role="status"')
        form.on("submit.prevent", self._take, js_handler=SEND_FIELDS)

    def _take(self, event: GenericEventArguments) -> None:
        try:
            start, end = (time.fromisoformat(str(text)) for text in event.args)
        except (TypeError, ValueError):
            self._said.text = self._words("hours_wrong")
            return
        try:
            self._hours.write(start.replace(tzinfo=None), end.replace(tzinfo=None))
        except ConfigError as error:
            self._said.text = f"{self._words('hours_this_run')} {error}"
            return
        self._said.text = self._words("hours_kept" if self._hours.kept else "hours_this_run")
