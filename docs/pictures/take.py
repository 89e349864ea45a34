"""Takes the pictures of the README from a running page: `python docs/pictures/take.py http://127.0.0.1:8080/en`.

Start `bowlby sim --no-browser` just before, so that the greeting is in the picture. Drawn at twice the size and halved,
for smooth edges.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PATIENCE_MS = 120_000  # without a graphics card this takes its time
FINE = """() => {
    const scene = getElement(document.querySelector(".scene").id.slice(1));
    scene.spare = () => {};
    scene.ratio = 2;
    scene.fit();
}"""


def halve(data: bytes, path: Path) -> None:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    cv2.imwrite(str(path), cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def talk(page: Page, line: str) -> None:
    """Type it, and wait for the answer."""
    page.locator("form.line input").fill(line)
    page.keyboard.press("Enter")
    page.locator("li.from-person:not(.echo)").filter(has_text=line).wait_for()
    page.wait_for_timeout(4000)
    page.evaluate("document.activeElement.blur()")


def main(url: str) -> None:
    here = Path(__file__).parent
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_context(viewport={"width": 1280, "height": 800}, device_scale_factor=2).new_page()
        page.goto(url)
        page.wait_for_function("document.querySelector('.scene canvas').dataset.frames > 3", timeout=PATIENCE_MS)
        page.evaluate(FINE)
        page.wait_for_selector("li.from-robot:has-text('robot')", timeout=PATIENCE_MS)
        page.wait_for_timeout(2000)
        talk(page, "How old are you?")
        halve(page.screenshot(timeout=PATIENCE_MS), here / "page.png")
        page.get_by_role("button", name="Robot", exact=True).click()
        page.add_style_tag(content=".segmented, .scene-note { display: none; }")
        page.wait_for_timeout(1500)
        halve(page.locator(".scene").screenshot(timeout=PATIENCE_MS), here / "robot.png")
        phone = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
        page = phone.new_page()
        page.goto(f"{url.rpartition('/')[0]}/home/en")
        page.wait_for_function("document.querySelector('.scene canvas').dataset.frames > 3", timeout=PATIENCE_MS)
        page.evaluate(FINE)
        talk(page, "My sister is coming on Sunday")
        halve(page.screenshot(timeout=PATIENCE_MS), here / "phone.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
