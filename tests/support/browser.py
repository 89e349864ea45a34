"""A real browser before the page, and what several tests look for in it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--autoplay-policy=user-gesture-required"),
)
DRAWING = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
LOADS_MS = 90_000  # for a page, beside other tests
SCENE = ".scene canvas"
FRAMES = f"Number(document.querySelector('{SCENE}')?.dataset.frames || 0)"
# Five pictures a second instead of thirty: without a graphics card, to draw them takes a processor for itself.
UNHURRIED = """
window.requestAnimationFrame = (draw) => setTimeout(() => draw(performance.now()), 200);
window.cancelAnimationFrame = clearTimeout;
"""
# For a page of which only words are looked at: to draw takes longer than all else.
NO_3D = """
const any = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...how) {
    return kind.startsWith("webgl") ? null : any.call(this, kind, ...how);
};
"""
OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll("[class*=card-], header")].map((one) => one.getBoundingClientRect());
    return boxes.some((a, i) => boxes.some((b, k) => k > i &&
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1));
}"""


@contextmanager
def chromium(*flags: str, draws: bool = True) -> Iterator[Browser]:
    """A headless browser, with `flags` beside the usual ones. `draws`: the scene in 3D, which
    keeps a processor busy; without it the page says that it draws none.
    """
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS, *(DRAWING if draws else ("--disable-3d-apis",)), *flags]
        )
        yield browser
        browser.close()


def context_of(browser: Browser, url: str | None = None, **how: Any) -> BrowserContext:
    """What a visitor's browser has for itself, for the site at `url`; its pages draw in 3D unhurriedly."""
    context = browser.new_context(base_url=url, **how)
    context.add_init_script(UNHURRIED)
    return context


@contextmanager
def opened(
    browser: Browser, url: str, *, width: int = 1280, height: int = 900, patience_ms: int = 30_000
) -> Iterator[tuple[Page, list[str]]]:
    """An empty page for the site at `url`, and what its scripts complain of."""
    context = context_of(browser, url, viewport={"width": width, "height": height})
    context.set_default_timeout(patience_ms)
    context.set_default_navigation_timeout(LOADS_MS)
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    yield page, trouble
    context.close()
