"""The panels beside the live pictures. Each builds its elements once, then changes only what differs in a tick."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from nicegui.element import Element

from robot.core.condition import Condition
from robot.guard.duties import duties
from robot.page.views.elements import Text, Trend
from robot.page.views.modes import ModeDiagram
from robot.page.views.reasons import causes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.scene import Person
    from robot.core.tick import Tick, Vitals
    from robot.page.server.feed import Feed
    from robot.page.texts import PageTexts

BIDS_SHOWN = 5
MARKS = {Condition.OK: "✓", Condition.LESSER: "▽", Condition.OFF: "–", Condition.FAULT: "✕"}


class Panel(Protocol):
    """A part of the page that is refreshed a few times a second."""

    def show(self, tick: Tick, vitals: Vitals) -> None: ...


def card(title: str, name: str) -> Element:
    """A titled section; use it as a context."""
    section = Element("section").classes(f"card card-{name}").props(f'aria-labelledby="title-{name}"')
    with section:
        Text("h2", title).props(f'id="title-{name}"')
    return section


class Bar:
    """A named value 0..1, for eyes and for screen readers."""

    def __init__(self, name: str, trend: int | None = None) -> None:
        """`trend`: draw the last minute of the live messages' value of that index instead of a bar."""
        self.row = Element("div").classes("bar-row")
        with self.row:
            self._name = Text("span", name, "bar-name")
            self._track = Element("div").classes("bar")
            self._track.props(f'role="meter" aria-valuemin=0 aria-valuemax=1 aria-valuenow=0 aria-label="{name}"')
            with self._track:
                self._fill = Element("div").classes("bar-fill") if trend is None else Trend(trend)
            self._value = Text("span", "", "bar-value")
        self._shown: tuple[str, str, bool] | None = None

    def set(self, value: float, name: str = "", *, strong: bool = False) -> None:
        text = f"{value:.2f}"
        if (text, name, strong) == self._shown:
            return
        self._shown = (text, name, strong)
        self._value.text = text
        if not isinstance(self._fill, Trend):
            self._fill.style(f"width:{value * 100:.0f}%")
            self._fill.classes(add="bar-strong" if strong else "", remove="" if strong else "bar-strong")
        self._track.props(f"aria-valuenow={text}")
        if name:
            self._name.text = name
            self._track.props(f'aria-label="{name}"')

    def recall(self, points: Sequence[tuple[float, float]]) -> None:
        """Have the trend begin with these."""
        if isinstance(self._fill, Trend):
            self._fill.run_method("recall", points)


class WhyPanel:
    """The mode, the winning behaviour, its causes in words, and what else was bid."""

    def __init__(self, words: PageTexts) -> None:
        self._words = words
        with card(words("why"), "why"):
            self._modes = ModeDiagram(words)
            with Element("p").classes("deed").props('aria-live="polite"'):
                self._deed = Text("strong", "")
            self._causes = Text("p", "", "causes")
            Text("h3", words("bids"))
            with Element("div").classes("bids"):
                self._bids = [Bar("–") for _ in range(BIDS_SHOWN)]

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        words, decision = self._words, tick.decision
        self._modes.show(decision.mode)
        self._deed.text = words.behavior(decision.behavior) if decision.behavior else words("nothing").capitalize()
        causes = causes_of(decision, words)
        self._causes.text = words.because("; ".join(causes)) if causes else ""
        best = sorted(decision.bids, key=lambda bid: -bid.desire)[:BIDS_SHOWN]
        for bar in self._bids[len(best) :]:
            bar.row.set_visibility(False)
        for bar, bid in zip(self._bids, best, strict=False):
            bar.row.set_visibility(True)
            bar.set(bid.desire, words.behavior(bid.behavior), strong=bid.behavior == decision.behavior)


class InsidePanel:
    """The model's variables. The bond is left out on purpose: it is no score to raise (duty 19)."""

    def __init__(self, words: PageTexts) -> None:
        with card(words("inside"), "inside"):
            names = ("arousal", "comfort", "exploration")
            self._arousal, self._comfort, self._exploration = (Bar(words(name), i) for i, name in enumerate(names))
            Text("p", words("inside_note"), "note")

    def recall(self, felt: Sequence[tuple[float, float, float, float]]) -> None:
        """Draw what was before: (t, arousal, comfort, exploration)."""
        for i, bar in enumerate((self._arousal, self._comfort, self._exploration), 1):
            bar.recall([(one[0], one[i]) for one in felt])

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        self._arousal.set(tick.feelings.arousal)
        self._comfort.set(tick.feelings.comfort)
        self._exploration.set(tick.feelings.exploration)


def people_in_words(people: Sequence[Person], words: PageTexts, *, plain: bool = False) -> str:
    """How many it sees, which track each is, and how far away; `plain`: the names of those whom it knows."""
    if not people:
        return words("sees_nobody")
    if plain:
        each = ", ".join(person.who for person in people if person.who)
    else:
        each = ", ".join(f"#{person.track} {words(f'band_{person.band}')}" for person in people)
    return f"{words('sees', n=len(people))}{words('colon')} {each}." if each else f"{words('sees', n=len(people))}."


class HeldPanel:
    """What the guard changed or stopped, newest first."""

    def __init__(self, words: PageTexts, feed: Feed) -> None:
        self._words, self._feed = words, feed
        self._last = -1
        with card(words("held"), "held"):
            self._none = Text("p", words("held_none"), "note")
            self._list = Element("ul").classes("held")

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - verdicts come once; the feed keeps them
        held = tuple(self._feed.held)
        newest = held[-1].n if held else 0
        if newest == self._last:
            return
        self._last = newest
        self._none.set_visibility(not held)
        self._list.clear()
        with self._list:
            for one in reversed(held[-4:]):
                verdict = one.verdict
                done = self._words(f"verdict_{verdict.action}")
                duty = f"{self._words('duty')} {verdict.duty}"
                with Element("li"):
                    Text("strong", f"{done}{self._words('colon')} {self._words.deed(verdict.intent)}")
                    Text("span", f" {self._words.words(verdict.reason)} ({duty})")
                    told = duties()[verdict.duty]
                    text = self._words.words(told.words)
                    Text("p", f"{text} {told.source}", "note")


class HealthPanel:
    """How each part does, with reason and remedy, and how punctual the loop is."""

    def __init__(self, words: PageTexts, *, plain: bool = False) -> None:
        """`plain`: begin with whether all is well, and leave the loop's figures out."""
        self._words, self._plain = words, plain
        self._shown: object = None
        with card(words("health"), "health"):
            self._sum = Text("p", "", "told").props('role="status"')
            self._sum.set_visibility(plain)
            self._none = Text("p", words("health_none"), "note")
            self._list = Element("ul").classes("health")
            self._ticks = Text("p", "", "note")
            self._blame = Text("p", "", "note")

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - as above
        words = self._words
        if not self._plain:
            self._tell_of_the_loop(vitals)
        if vitals.health == self._shown:
            return
        self._shown = vitals.health
        self._none.set_visibility(not vitals.health)
        count = Counter(line.condition for line in vitals.health)
        ill, lesser = count[Condition.FAULT], count[Condition.LESSER]
        self._sum.text = words("not_well" if ill else "less_well" if lesser else "all_well", count=ill or lesser)
        self._list.clear()
        with self._list:
            for line in vitals.health:
                with Element("li").classes(f"condition-{line.condition}"):
                    Text("span", MARKS[line.condition], "mark").props('aria-hidden="true"')
                    with Element("div"):
                        Text("strong", words.part(line))
                        Text("span", f" {words(f'condition_{line.condition}')} – ")
                        Text("span", words.words(line.reason))
                        if line.remedy:
                            with Element("p").classes("remedy"):
                                Text("span", f"{words('remedy')}{words('colon')} ")
                                Text("span", words.words(line.remedy))

    def _tell_of_the_loop(self, vitals: Vitals) -> None:
        words = self._words
        self._ticks.text = (
            f"{words('loop')}{words('colon')} {words('loop_ticks', ticks=vitals.ticks, late=vitals.late)}"
        )
        blamed = ", ".join(f"{words.step(name)} ×{count}" for name, count in vitals.blamed[:3])
        self._blame.text = words("loop_blame", blamed=blamed) if blamed else ""
