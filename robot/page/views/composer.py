"""A line to type; while something is put right, what it may have meant instead stands over it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.element import Element

from robot.page.views.elements import Text
from robot.page.views.meanings import other_meanings

if TYPE_CHECKING:
    from collections.abc import Callable

    from nicegui.events import GenericEventArguments

    from robot.page.api import Controls
    from robot.page.server.feed import HeardAs
    from robot.page.texts import PageTexts

LONGEST_LINE = 200

# The form sends its line as one event and empties itself, so that what is typed meanwhile is never overwritten; the
# list goes to its newest lines.
SEND = """(event) => {
  const box = event.target.elements.line;
  if (box.value.trim()) emit(box.value);
  box.value = "";
  event.target.parentElement.querySelector(".talk").scrollTop = 0;
}"""
# What had been typed before waits until something is put right; then the keyboard is the box's again.
BEGIN = """{ const box = getHtmlElement(%d); box.dataset.draft ??= box.value; box.value = %s; }
setTimeout(() => getHtmlElement(%d)?.focus(), 60);"""
END = """{ const box = getHtmlElement(%d); box.value = box.dataset.draft ?? ""; delete box.dataset.draft;
box.focus(); }"""


class LineForm:
    """Says what was typed, and puts right what was misread."""

    def __init__(self, words: PageTexts, controls: Controls, echo: Callable[[str], None]) -> None:
        """`echo`: told what was typed, to be shown at once."""
        self._words, self._controls, self._echo = words, controls, echo
        self._instead: HeardAs | None = None
        label = words("say")
        self._dock = Element("div").classes("mend").props('role="group" aria-labelledby="title-mend"')
        self._dock.set_visibility(False)
        with Element("form").classes("line").props('autocomplete="off"') as form:
            self._box = Element("input").props(
                f'name="line" type="text" maxlength={LONGEST_LINE} aria-label="{label}" enterkeyhint="send"'
                f' placeholder="{words("type_here")}" autocomplete="off"'
            )
            Text("button", words("send"), "button button-strong").props('type="submit"')
        form.on("submit.prevent", self._say, js_handler=SEND)
        for part in (form, self._dock):
            part.on("keydown.escape", self._end, [])

    def begin(self, taken: HeardAs) -> None:
        """Put this right: choose, or say it anew."""
        words, self._instead = self._words, taken
        self._dock.clear()
        first: Element | None = None
        with self._dock:
            with Element("div").classes("mend-head"):
                Text("p", words("meant_asked", text=taken.words.verbatim), "mend-asked").props('id="title-mend"')
                cancel = Text("button", words("meant_cancel"), "button button-quiet").props('type="button"')
                cancel.on("click", self._end, [])
            with Element("div").classes("choices"):
                for meaning in other_meanings(taken):
                    button = Text("button", words.meaning(meaning), "button").props('type="button"')
                    button.on("click", lambda meaning=meaning: self._choose(meaning), [])
                    first = first or button
            Text("p", words("meant_or_type" if first else "meant_type"), "note")
        self._dock.set_visibility(True)
        focused = self._box if first is None else first
        ui.run_javascript(BEGIN % (self._box.id, json.dumps(taken.words.verbatim), focused.id))

    def _say(self, event: GenericEventArguments) -> None:
        text = str(event.args).strip()[:LONGEST_LINE]
        if not text:
            return
        instead = self._instead
        if instead is None:
            self._controls.say(text)
        else:
            self._controls.say(text, instead.words)
            self._end()
        self._echo(text)

    def _choose(self, meaning: str) -> None:
        if self._instead is not None:
            self._controls.take_as(self._instead.words, meaning)
            self._end()

    def _end(self) -> None:
        if self._instead is None:
            return
        self._instead = None
        self._dock.set_visibility(False)
        ui.run_javascript(END % self._box.id)
