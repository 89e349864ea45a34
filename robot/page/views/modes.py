"""The modes as a diagram, drawn from the machine's own transitions, with the live mode filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nicegui.element import Element

from robot.core.decision import Mode
from robot.decide.modes import TRANSITIONS
from robot.page.views.elements import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.page.texts import PageTexts

WIDTH, HEIGHT, UNDER = 420, 150, 142  # UNDER: where what goes round the group runs along
APART = 5.0  # between the two ways of a pair


class Box(NamedTuple):
    """A state's place in the picture."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


GROUPS = {"up": Box(94, 2, 232, 126), "up_alert": Box(102, 58, 216, 62)}
STATES = {
    "boot": Box(0, 50, 74, 30),
    "up_asleep": Box(168, 12, 84, 30),
    "up_alert_awake": Box(110, 74, 82, 30),
    "up_alert_engaged": Box(226, 74, 84, 30),
    "safe": Box(346, 50, 74, 30),
}
PLACES = GROUPS | STATES


class ModeDiagram:
    """The diagram; `show` fills in another mode."""

    def __init__(self, words: PageTexts) -> None:
        self._marks: dict[Mode, Element] = {}
        picture = Element("svg").classes("modes").props(f'viewBox="0 0 {WIDTH} {HEIGHT}" role="list"')
        picture.props(f'aria-label="{words("modes")}"')
        with picture:
            with Element("g").props('aria-hidden="true"'):
                for box in GROUPS.values():
                    _rect(box).classes("mode-group")
                for source, to in ways():
                    line, head = _arrow(source, to)
                    Element("path").classes("mode-way").props(f'd="{line}" data-way="{source}>{to}"')
                    Element("path").classes("mode-head").props(f'd="{head}"')
            for name, box in STATES.items():
                mode = Mode(name.rpartition("_")[2])
                with Element("g").classes(f"mode mode-{mode}").props('role="listitem"') as mark:
                    _rect(box)
                    x, y = box.middle
                    Text("text", words(f"mode_{mode}")).props(f"x={x} y={y + 4.5}")
                self._marks[mode] = mark

    def show(self, live: Mode) -> None:
        for mode, mark in self._marks.items():
            mark.props(add='aria-current="step"') if mode is live else mark.props(remove="aria-current")


def ways() -> Iterator[tuple[str, str]]:
    """Each transition as (from, to)."""
    for transition in TRANSITIONS:
        sources, to = transition["source"], transition["dest"]
        for source in [sources] if isinstance(sources, str) else sources:
            yield source, str(to)


def _rect(box: Box) -> Element:
    return Element("rect").props(f"x={box.x} y={box.y} width={box.width} height={box.height} rx=9")


def _arrow(source: str, to: str) -> tuple[str, str]:
    """A line and the head at its end as SVG paths, beside the way back where there is one."""
    a, b = PLACES[source], PLACES[to]
    (ax, ay), (bx, by) = a.middle, b.middle
    if {source, to} == {"boot", "safe"}:
        return f"M{ax} {a.y + a.height}V{UNDER}H{bx}V{b.y + b.height + 5}", _head(bx, b.y + b.height + 1, 0, -1)
    if a.x + a.width <= b.x or b.x + b.width <= a.x:
        right = 1 if ax < bx else -1
        y = STATES[source if source in STATES else to].middle[1] + APART * right
        start, end = (a.x + a.width, b.x) if right > 0 else (a.x, b.x + b.width)
        return f"M{start} {y}H{end - 5 * right}", _head(end - right, y, right, 0)
    down = 1 if ay < by else -1
    x = STATES[source if source in STATES else to].middle[0] + APART * down
    start, end = (a.y + a.height, b.y) if down > 0 else (a.y, b.y + b.height)
    return f"M{x} {start}V{end - 5 * down}", _head(x, end - down, 0, down)


def _head(x: float, y: float, right: int, down: int) -> str:
    """An arrow's head whose point is at (x, y)."""
    back_x, back_y, aside_x, aside_y = x - 5 * right, y - 5 * down, 3.2 * down, 3.2 * right
    return f"M{x} {y}L{back_x + aside_x} {back_y + aside_y}L{back_x - aside_x} {back_y - aside_y}z"
