"""“Why did you do that?” and “Why was that held back?”, answered in words from what was decided and judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui.element import Element

from robot.guard.duties import duties
from robot.page.views.elements import Text
from robot.page.views.panels import card
from robot.page.views.reasons import causes_of

if TYPE_CHECKING:
    from robot.core.tick import Tick, Vitals
    from robot.page.server.feed import Feed, ShownDeed
    from robot.page.texts import PageTexts

DEEDS_SHOWN = 4
HELD_SHOWN = 4


class WhyTold:
    """The deed of this moment with its causes as one sentence, and the ones before it."""

    def __init__(self, words: PageTexts, feed: Feed) -> None:
        self._words, self._feed = words, feed
        self._last = -1
        with card(words("why_asked"), "why-told"):
            self._now = Text("p", words("why_none"), "told").props('aria-live="polite"')
            self._before = Text("h3", words("why_before"))
            self._list = Element("ul").classes("deeds")
        self._before.set_visibility(False)

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - deeds come once; the feed keeps them
        deeds = tuple(self._feed.deeds)
        if not deeds or deeds[-1].n == self._last:
            return
        self._last = deeds[-1].n
        self._now.text = self._sentence(deeds[-1])
        earlier = deeds[-1 - DEEDS_SHOWN : -1]
        self._before.set_visibility(bool(earlier))
        self._list.clear()
        with self._list:
            for deed in reversed(earlier):
                Text("li", self._sentence(deed))

    def _sentence(self, deed: ShownDeed) -> str:
        words = self._words
        causes = "; ".join(causes_of(deed.decision, words))
        did = words.behavior(deed.decision.behavior) if deed.decision.behavior else words("nothing").capitalize()
        return f"{did}, {words.because(causes)}."


class HeldTold:
    """What the guard changed or held back, newest first: what it would have been, why, and the duty behind it."""

    def __init__(self, words: PageTexts, feed: Feed) -> None:
        self._words, self._feed = words, feed
        self._last = -1
        with card(words("held_asked"), "held-told"):
            self._none = Text("p", words("held_home_none"), "told")
            self._list = Element("ul").classes("deeds")

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - verdicts come once; the feed keeps them
        held = tuple(self._feed.held)
        if not held or held[-1].n == self._last:
            return
        self._last = held[-1].n
        self._none.set_visibility(False)
        self._list.clear()
        words = self._words
        with self._list:
            for verdict in dict.fromkeys(one.verdict for one in reversed(held[-HELD_SHOWN:])):
                told = duties()[verdict.duty]
                with Element("li"):
                    done = words(f"verdict_{verdict.action}").capitalize()
                    Text("strong", f"{done}{words('colon')} {words.deed(verdict.intent)}")
                    Text("p", f"{words.because(words.words(verdict.reason))}.")
                    Text("p", words.words(told.words), "note")
