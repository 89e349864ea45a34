"""The people it knows and what it remembers, in words; to take away, and to have forgotten after one more yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.element import Element

from robot.page.views.elements import Text
from robot.page.views.panels import card

if TYPE_CHECKING:
    from robot.memory.records import Everything, Known, Topic
    from robot.page.api import Keepsakes
    from robot.page.texts import PageTexts
    from robot.texts.sentence import AnyText

DAYS_SHOWN = 7
LOOK_EVERY_S = 5.0


class Album:
    """Read anew every few seconds, and only then: reading goes round the loop."""

    def __init__(self, words: PageTexts, keepsakes: Keepsakes) -> None:
        self._words, self._keepsakes = words, keepsakes
        self._shown: object = None
        self._sure = ""  # whom the next press of the same button forgets; "*" is everything
        with card(words("people_known"), "album"):
            self._list = Element("ul").classes("album")
            self._buttons: list[tuple[str, Text]] = []  # names, and what forgets whoever is called so
            self._rest = Text("p", "", "note")
            with Element("div").classes("choices"):
                save = Text("button", words("remembers_save"), "button").props('type="button"')
                self._all = Text("button", words("forget_all"), "button button-hush").props('type="button"')
            self._done = Text("p", "", "note").props('role="status" tabindex="-1"')
        save.on("click", self._save, [])
        self._all.on("click", lambda: self._forget("*"), [])
        self._look()
        ui.timer(LOOK_EVERY_S, self._look)

    def _look(self) -> None:
        kept = self._keepsakes.everything()
        self._rest.text = self._told_of_the_rest(kept)
        listed = kept.people, kept.topics, kept.faces
        if listed != self._shown:
            self._shown = listed
            self._build(kept)

    def _build(self, kept: Everything) -> None:
        words = self._words
        self._list.clear()
        self._buttons.clear()
        with self._list:
            if not kept.people:
                Text("li", words("people_none"), "told")
            for person in kept.people:
                with Element("li"):
                    self._entry(person, [topic for topic in kept.topics if topic.person == person.id])
                    if any(face[0] == person.id for face in kept.faces):
                        Text("p", words("face_known"))
        self._call_buttons()

    def _call_buttons(self) -> None:
        """Each by what its next press does; none is built anew, or a keyboard would lose it."""
        words = self._words
        self._all.text = words("forget_sure" if self._sure == "*" else "forget_all")
        for name, button in self._buttons:
            button.text = words("forget_one_sure" if self._sure == name else "forget", name=name)

    def _entry(self, person: Known, topics: list[Topic]) -> None:
        words = self._words
        with Element("div").classes("album-head"):
            with Element("div"):
                Text("strong", person.name)
                days = {"day": person.met_at[:10], "yes": person.consented_at[:10]}
                Text("p", words("met", **days), "note")
            forget = Text("button", "", "button").props('type="button"')
            self._buttons.append((person.name, forget))
            forget.on("click", lambda: self._forget(person.name), [])
        for topic in topics:
            faded = topic.detail is None
            Text("p", words("spoke_of_faded" if faded else "spoke_of", about=topic.about, detail=topic.detail or ""))

    def _told_of_the_rest(self, kept: Everything) -> str:
        words = self._words
        days = ", ".join(f"{day[5:]} {minutes:.0f}" for day, minutes in kept.together[-DAYS_SHOWN:])
        told = words("kept_else", events=len(kept.events), counters=len(kept.counters))
        return f"{words('together')}{words('colon')} {days}. {told}" if days else told

    def _save(self) -> None:
        ui.download.content(self._keepsakes.export(), "bowlby-memory.json", "application/json")

    def _forget(self, whom: str) -> None:
        """The first press asks, the second one does it."""
        sure, self._sure = self._sure == whom, "" if self._sure == whom else whom
        self._done.text = ""
        self._call_buttons()
        if sure:
            why = self._keepsakes.forget_all() if whom == "*" else self._keepsakes.forget(whom) or ""
            self._done.text = forgotten(self._words, why)
            ui.run_javascript(f"getHtmlElement({self._done.id}).focus()")  # the button goes
            self._look()


def forgotten(words: PageTexts, why: AnyText) -> str:
    """What to say after forgetting; `why` the file has it still."""
    return words("forgotten_unwritten", why=words.words(why)) if why else words("forgotten")
