"""The talk: what was heard and said, and a line to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nicegui.element import Element

from robot.page.views.elements import Text
from robot.page.views.panels import card

if TYPE_CHECKING:
    from nicegui.events import GenericEventArguments

    from robot.core.tick import Tick, Vitals
    from robot.page.api import Controls
    from robot.page.server.feed import Feed, TalkEntry
    from robot.page.texts import PageTexts

LONGEST_LINE = 200


class TalkTexts(NamedTuple):
    """Texts by name: while nothing was said, who spoke to it, and why nothing can be typed."""

    empty: str = "talk_empty"
    person: str = "who_person"
    closed: str = "viewing"


LIVE = TalkTexts()

# The form sends its line as one event and empties itself, so that what is typed meanwhile is never overwritten.
SEND = "(event) => { const box = event.target.elements.line; if (box.value.trim()) emit(box.value); box.value = ''; }"


class TalkPanel:
    """Shows new lines as they come; old ones leave at the top."""

    def __init__(self, words: PageTexts, feed: Feed, controls: Controls | None, wording: TalkTexts = LIVE) -> None:
        """`controls` None: a viewer, who may read and not write."""
        self._words, self._feed, self._wording = words, feed, wording
        self._last = self._cuts = 0
        with card(words("talk"), "talk").props('id="talk"'):
            self._none = Text("p", words(wording.empty), "note")
            self._log = Element("div").classes("talk").props(f'role="log" tabindex="0" aria-label="{words("talk")}"')
            with self._log:
                self._list = Element("ol")
            if controls is None:
                Text("p", words(wording.closed), "note")
            else:
                self._form(controls)

    def _form(self, controls: Controls) -> None:
        def say(event: GenericEventArguments) -> None:
            text = str(event.args).strip()[:LONGEST_LINE]
            if text:
                controls.say(text)

        with Element("form").classes("line").props('autocomplete="off"') as form:
            label = self._words("say")
            Element("input").props(
                f'name="line" type="text" maxlength={LONGEST_LINE} aria-label="{label}" placeholder="{label}"'
                ' enterkeyhint="send" autocomplete="off"'
            )
            Text("button", self._words("send"), "button button-strong").props('type="submit"')
        form.on("submit.prevent", say, js_handler=SEND)

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - lines come once; the feed keeps them
        if self._feed.cuts != self._cuts:
            self._cuts, self._last = self._feed.cuts, 0
            self._list.clear()
            self._none.set_visibility(True)
        lines = [line for line in tuple(self._feed.talk) if line.n > self._last]
        if not lines:
            return
        self._last = lines[-1].n
        self._none.set_visibility(False)
        with self._list:
            for line in lines:
                self._add(line)
        children = self._list.default_slot.children
        for old in children[: max(0, len(children) - (self._feed.talk.maxlen or 0))]:
            self._list.remove(old)
        self._log.run_method("scrollTo", {"top": 1_000_000, "behavior": "smooth"})

    def _add(self, line: TalkEntry) -> None:
        words = self._words
        with Element("li").classes(f"from-{line.who}"):
            who = words(self._wording.person if line.who == "person" else "who_robot")
            Text("span", f"{who} · {words(f'via_{line.via}')}", "via")
            Text("span", f"♪ {words.sound(line.text)}" if line.via == "sound" else line.text, "said")
