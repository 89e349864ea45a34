"""The talk: what was heard and said, how it was understood, and a line to type."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from nicegui.element import Element

from robot.page.views.composer import LineForm
from robot.page.views.elements import Text
from robot.page.views.meanings import clearly, understood
from robot.page.views.panels import card

if TYPE_CHECKING:
    from robot.core.tick import Tick, Vitals
    from robot.page.api import Controls
    from robot.page.server.feed import Feed, HeardAs, TalkEntry
    from robot.page.texts import PageTexts

GOES_ON_S = 8.0  # the robot's sentences so soon after each other stand together


class TalkTexts(NamedTuple):
    """Texts by name: while nothing was said, who spoke to it, and why nothing can be typed."""

    empty: str = "talk_empty"
    person: str = "who_person"
    closed: str = "viewing"


LIVE = TalkTexts()


class TalkPanel:
    """Shows new lines as they come; old ones leave at the top. What was typed here stands there before it is heard."""

    def __init__(self, words: PageTexts, feed: Feed, controls: Controls | None, wording: TalkTexts = LIVE) -> None:
        """`controls` None: a viewer, who may read and not write."""
        self._words, self._feed, self._wording = words, feed, wording
        self._last = self._cuts = 0
        self._before: TalkEntry | None = None
        self._echoes: deque[tuple[str, Element]] = deque()
        self._sounding: Element | None = None
        self._spoken: dict[int, Element] = {}  # by request of the voice
        self._said: dict[float, PersonsLine] = {}  # by the time of the words
        self._composer: LineForm | None = None
        with card(words("talk"), "talk").props('id="talk"'):
            self._none = Text("p", words(wording.empty), "note talk-empty")
            with Element("div").classes("talk").props(f'role="log" tabindex="0" aria-label="{words("talk")}"'):
                self._list = Element("ol")
            if controls is None:
                Text("p", words(wording.closed), "note")
            else:
                self._composer = LineForm(words, controls, self._echo)

    def _echo(self, text: str) -> None:
        self._none.set_visibility(False)
        with self._list, Element("li").classes("from-person echo").props('aria-hidden="true"') as item:
            Text("span", text, "said")
        self._echoes.append((text, item))

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - lines come once; the feed keeps them
        if self._feed.cuts != self._cuts:
            self._cuts, self._last, self._before = self._feed.cuts, 0, None
            self._spoken.clear()
            self._said.clear()
            self._echoes.clear()
            self._list.clear()
            self._none.set_visibility(True)
        kept = tuple(self._feed.talk)
        self._let_go(sum(line.n <= self._last for line in kept))
        if kept and kept[-1].n > self._last:
            self._take([line for line in kept if line.n > self._last])
        self._mark(tick)

    def _take(self, lines: list[TalkEntry]) -> None:
        self._last = lines[-1].n
        self._none.set_visibility(False)
        for line in lines:
            echo = next((one for one in self._echoes if line.via == "typed" and line.text == one[0]), None)
            if echo is not None:
                self._echoes.remove(echo)
                self._list.remove(echo[1])
            with self._list:
                self._add(line)
            self._before = line

    def _let_go(self, kept: int) -> None:
        """Lines that the feed keeps no longer: they aged, or what they tell of was forgotten."""
        children = self._list.default_slot.children
        gone = children[: max(len(children) - len(self._echoes) - kept, 0)]
        for old in gone:
            self._list.remove(old)
        if gone:
            self._spoken = {request: item for request, item in self._spoken.items() if item not in gone}
            self._said = {t: line for t, line in self._said.items() if line.item not in gone}
            self._none.set_visibility(not kept)

    def _add(self, line: TalkEntry) -> None:
        before, words = self._before, self._words
        with Element("li").classes(f"from-{line.who}") as item:
            if line.taken is not None:
                self._add_words(item, line, line.taken)
                return
            told = "" if line.via == "said" else f" · {words(f'via_{line.via}')}"
            Text("span", words("who_robot") + told, "via")
            Text("span", f"♪ {words.sound(line.text)}" if line.via == "sound" else line.text, "said")
            if line.why:
                Text("span", words.because(words.words(line.why)), "understood")
        if before is not None and (before.who, before.via) == (line.who, line.via) and line.t - before.t < GOES_ON_S:
            item.classes(add="goes-on")
        if line.via == "held":
            item.classes(add="held-back")
        else:
            self._spoken[line.request] = item

    def _add_words(self, item: Element, line: TalkEntry, taken: HeardAs) -> None:
        mended = self._said.get(taken.words.instead) if taken.words.instead is not None else None
        if mended is not None:
            mended.put_right()
        by = taken.words.by
        if by:
            head = self._words("told_by", name=by)
        else:
            via = clearly(taken, self._words) if line.via == "heard" else self._words(f"via_{line.via}")
            head = f"{self._words(self._wording.person)} · {via}"
        self._said[taken.words.t] = PersonsLine(item, self._words, head, taken, self._composer)

    def _mark(self, tick: Tick) -> None:
        """Mark the sentence that sounds now."""
        speaking = tick.scene.speaking
        now = self._spoken.get(speaking.request) if speaking is not None and speaking.active else None
        if now is not self._sounding:
            if self._sounding is not None:
                self._sounding.classes(remove="sounding")
            if now is not None:
                now.classes(add="sounding")
            self._sounding = now


class PersonsLine:
    """What somebody said, how it was understood, and a button to put that right."""

    def __init__(self, item: Element, words: PageTexts, via: str, taken: HeardAs, composer: LineForm | None) -> None:
        """Build it in `item`. `composer` None: a viewer, who puts nothing right."""
        self.item = item
        self._words = words
        Text("span", via, "via")
        Text("span", taken.words.verbatim or words("heard_nothing_clear"), "said")
        with Element("div").classes("understood"):
            self._how = Text("span", understood(taken, words))
            self._mend: Text | None = None
            if composer is not None and taken.words.text:
                self._mend = Text("button", words("meant"), "mend-begin")
                self._mend.props(f'type="button" title="{words("meant_hint")}"')
                self._mend.on("click", lambda: composer.begin(taken), [])

    def put_right(self) -> None:
        """Somebody said what was meant."""
        self.item.classes(add="mended")
        self._how.text = self._words("understood_mended")
        if self._mend is not None:
            self._mend.set_visibility(False)
