"""What the robot remembers of people: to see, to take away, and to have forgotten; all of it, nothing held back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.element import Element

from robot.page.views.album import forgotten
from robot.page.views.elements import Text
from robot.page.views.panels import card

if TYPE_CHECKING:
    from robot.page.api import Keepsakes
    from robot.page.texts import PageTexts
    from robot.texts.sentence import AnyText


class Remembered:
    """Read when asked, not all the time. Forgetting everything asks once more."""

    def __init__(self, words: PageTexts, keepsakes: Keepsakes) -> None:
        self._words, self._keepsakes = words, keepsakes
        with card(words("remembers"), "remembers"):
            with Element("div").classes("choices"):
                show = Text("button", words("remembers_show"), "button").props('type="button"')
                save = Text("button", words("remembers_save"), "button").props('type="button"')
            self._people = Element("ul").classes("people-known")
            self._text = Text("pre", "", "kept").props(f'tabindex="0" aria-label="{words("remembers")}"')
            self._all = Text("button", words("forget_all"), "button button-hush").props('type="button"')
            self._done = Text("p", "", "note").props('role="status"')
        show.on("click", self._show, [])
        save.on("click", self._save, [])
        self._all.on("click", self._forget_all, [])
        self._text.set_visibility(False)
        self._all.set_visibility(False)
        self._sure = False

    def _show(self) -> None:
        self._sure = False
        self._done.text = ""
        self._all.text = self._words("forget_all")
        self._text.text = self._keepsakes.export()
        self._text.set_visibility(True)
        self._all.set_visibility(True)
        self._people.clear()
        with self._people:
            for name in self._keepsakes.people():
                with Element("li"):
                    Text("strong", name)
                    forget = Text("button", self._words("forget", name=name), "button").props('type="button"')
                    forget.on("click", lambda name=name: self._forget(name), [])

    def _save(self) -> None:
        ui.download.content(self._keepsakes.export(), "bowlby-memory.json", "application/json")

    def _forget(self, name: str) -> None:
        self._show_outcome(self._keepsakes.forget(name) or "")

    def _forget_all(self) -> None:
        if not self._sure:
            self._sure = True
            self._all.text = self._words("forget_sure")
            return
        self._show_outcome(self._keepsakes.forget_all())

    def _show_outcome(self, why: AnyText) -> None:
        self._show()
        self._done.text = forgotten(self._words, why)
