"""Takes the pictures of the README from a running page: `python docs/pictures/take.py http://127.0.0.1:8080/en`.

Start `bowlby sim --no-browser` just before, so that the greeting is in the picture. A second argument is how many times
larger it is drawn before it is reduced, for smooth edges: 2 where the machine has the time.
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
FINE = """(times) => {
    const scene = getElement(document.querySelector(".scene").id.slice(1));
    scene.spare = () => {};
    scene.ratio = times;
    scene.fit();
}"""


TALK = ("My sister is coming on Sunday", "We will bake a cake", "Why did you do that?")
QUALITY = 88


def keep(data: bytes, path: Path, times: int) -> None:
    """Write a picture at its plain size."""
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    small = cv2.resize(picture, None, fx=1 / times, fy=1 / times, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(path), small, [cv2.IMWRITE_WEBP_QUALITY, QUALITY])


def talk(page: Page, line: str) -> None:
    """Type it, and wait for the answer."""
    page.locator("form.line input").fill(line, timeout=PATIENCE_MS)
    page.keyboard.press("Enter")
    page.locator("li.from-person:not(.echo)").filter(has_text=line).wait_for(state="attached", timeout=PATIENCE_MS)
    page.wait_for_timeout(5000)
    page.evaluate("document.activeElement.blur()")


def main(url: str, times: int = 1) -> None:
    here = Path(__file__).parent
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_context(viewport={"width": 1280, "height": 800}, device_scale_factor=times).new_page()
        page.goto(url)
        page.wait_for_function("document.querySelector('.scene canvas').dataset.frames > 3", timeout=PATIENCE_MS)
        page.wait_for_selector("li.from-robot:has-text('robot')", state="attached", timeout=PATIENCE_MS)
        page.wait_for_timeout(2000)
        for line in TALK:
            talk(page, line)
        page.evaluate(FINE, times)
        page.wait_for_timeout(1000)
        keep(page.screenshot(timeout=PATIENCE_MS), here / "page.webp", times)
        phone = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=times, is_mobile=True)
        page = phone.new_page()
        page.goto(f"{url.rpartition('/')[0]}/home/en")
        page.wait_for_function("document.querySelector('.scene canvas').dataset.frames > 3", timeout=PATIENCE_MS)
        talk(page, "Tell me something interesting")
        page.evaluate(FINE, times)
        page.wait_for_timeout(1000)
        keep(page.screenshot(timeout=PATIENCE_MS), here / "phone.webp", times)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
