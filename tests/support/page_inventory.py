"""What a person can press, fill or choose on a page, by its name: so that a test can tell what no test presses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.core.clock import stopwatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

MARK = """() => {
    const all = "button, a[href], input, select, summary, [tabindex='0']";
    const ours = (one) => one.closest("header, main") && one.checkVisibility();
    for (const old of document.querySelectorAll("[data-control]")) delete old.dataset.control;
    const seen = [...document.querySelectorAll(all)].filter(ours);
    return seen.map((one, n) => {
        one.dataset.control = n;
        const label = one.labels?.[0]?.querySelector("span, code")?.innerText;
        return (one.ariaLabel || label || one.innerText).replace(/\\s+/g, " ").trim();
    });
}"""
PATIENCE_S = 10.0


class Control(NamedTuple):
    """One control and where it is."""

    name: str
    place: Locator


def controls(page: Page) -> list[Control]:
    """All that are visible now, in their order."""
    return [Control(name, page.locator(f'[data-control="{n}"]')) for n, name in enumerate(page.evaluate(MARK))]


def until(page: Page, true: Callable[[], object]) -> None:
    """Wait for what a press brings about on the robot's side."""
    end = stopwatch() + PATIENCE_S
    while not true():
        assert stopwatch() < end, "nothing came of it"
        page.wait_for_timeout(30)
