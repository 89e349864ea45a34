"""The scenario picker: another scenario, seed and language begin a new run on the same page."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browser import chromium, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow


@pytest.fixture
def simulator() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`bowlby sim` as a person starts it, and its page's address."""
    command = ("sim", "visit", "--senses", "truth", "--no-browser", "--seed", "3")
    with subprocess.Popen([sys.executable, "-m", "robot", *command], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = ""
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/", said)):
            line = process.stderr.readline()
            assert line, said
            said += line
        yield process, found.group()
        if process.poll() is None:
            process.kill()


def test_another_scenario_begins_on_the_same_page_in_a_browser_without_3d(
    simulator: tuple[subprocess.Popen[str], str],
) -> None:
    process, url = simulator
    with chromium(draws=False) as browser, opened(browser, url, patience_ms=30_000) as (page, trouble):
        expect.set_options(timeout=30_000)
        page.goto("/")
        expect(page.get_by_text("This browser shows no 3D.")).to_be_visible()
        page.get_by_role("button", name="Robot", exact=True).click()
        picker = page.get_by_role("region", name="Scenario")
        expect(picker.get_by_label("What happens")).to_have_value("visit")
        expect(picker.get_by_label("Seed")).to_have_value("3")
        page.get_by_label("Say something to the robot").fill("what time is it")
        page.keyboard.press("Enter")
        asked = page.locator("li.from-person").filter(has_text="what time is it")
        expect(asked).to_have_count(1)

        picker.get_by_label("What happens").select_option("first-meeting")
        picker.get_by_label("Seed").fill("7")
        picker.get_by_label("Language").select_option("fr")
        picker.get_by_role("button", name="Begin").click()
        expect(picker.get_by_label("What happens")).to_have_value("first-meeting")
        expect(picker.get_by_label("Seed")).to_have_value("7")
        expect(picker.get_by_label("Language")).to_have_value("fr")
        expect(asked).to_have_count(0)

        page.get_by_label("Say something to the robot").fill("bonjour")
        page.keyboard.press("Enter")
        expect(page.locator("li.from-robot").filter(has_text=re.compile("[Bb]onjour|robot")).first).to_be_visible()
        expect.set_options(timeout=5_000)
        assert trouble == []
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
