"""The owner’s view in a real browser: what is sensed, why, whom it knows, quiet hours and health; by keyboard too."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from robot.core.condition import Condition, Health
from robot.core.decision import Mode
from robot.texts.sentence import sentence
from tests.support.browser import OVERLAPS, chromium, opened
from tests.support.heart import beating
from tests.support.noted_controls import Everything

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.support.heart import Heart

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium(draws=False) as browser:
        yield browser


@pytest.fixture(scope="module")
def asked() -> Everything:
    return Everything(title="/dev/ttyACM0", stage=None)


@pytest.fixture(scope="module")
def heart(asked: Everything) -> Iterator[Heart]:
    with beating(asked) as heart:
        yield heart


@pytest.fixture(scope="module")
def window(browser: Browser, heart: Heart) -> Iterator[tuple[Page, list[str]]]:
    """One page for most tests, live, and what its scripts complain of."""
    with opened(browser, heart.url) as window:
        yield window


@pytest.fixture
def page(window: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page in English; a complaint of its scripts fails the test."""
    page, trouble = window
    if not page.url.endswith("/home/en"):
        page.goto("/home/en")
    expect(page.locator(".state")).to_have_text("It is in company.")
    yield page
    assert trouble == []


def card(page: Page, title: str) -> str:
    """The words of a section."""
    return page.get_by_role("region", name=title).inner_text()


def test_a_real_robots_page_begins_with_the_owners_view(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".state")).to_be_visible()
    page.get_by_role("link", name="Look inside").click()
    expect(page.locator(".scene")).to_be_visible()
    page.get_by_role("link", name="Home").click()
    expect(page.locator(".state")).to_be_visible()
    assert page.url.endswith("/home/en")


def test_senses_are_told_and_switched_off_and_on_by_keyboard(page: Page, asked: Everything) -> None:
    expect(page.get_by_text("It sees one person.")).to_be_visible()
    for name in ("Camera", "Microphone"):
        switch = page.get_by_role("switch", name=f"{name} on")
        expect(switch).to_have_attribute("aria-checked", "true")
        switch.focus()
        page.keyboard.press("Space")
        expect(page.get_by_role("switch", name=f"{name} off")).to_have_attribute("aria-checked", "false")
        assert asked.senses.out == {name.lower()}
        page.keyboard.press("Enter")
        expect(page.get_by_role("switch", name=f"{name} on")).to_have_attribute("aria-checked", "true")
    assert asked.senses.out == set()


def test_what_was_heard_last_is_told(page: Page) -> None:
    page.get_by_label("Say something to the robot").fill("hello there")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Last heard just now: “hello there”")).to_be_visible()


def test_why_is_answered_in_words_and_so_is_what_was_held_back(page: Page) -> None:
    expect(page.get_by_text("Greets, because somebody came: person 3 (arousal 0.12).")).to_be_visible()
    told = card(page, "Why was that held back?")
    assert "Added: say “I am a robot, not a person.”" in told
    assert "because whoever hears it must know that it is no person." in told


def test_the_quiet_hours_are_set_and_kept(page: Page, asked: Everything) -> None:
    assert page.get_by_label("From", exact=True).input_value() == "21:30"
    page.get_by_label("From", exact=True).fill("20:15")
    page.get_by_label("To", exact=True).fill("06:45")
    page.wait_for_timeout(600)  # what is refreshed meanwhile must not touch what is being typed
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("region", name="Quiet hours").get_by_role("status")).to_have_text("Kept.")
    assert asked.quiet_hours.hours == (time(20, 15), time(6, 45))
    asked.quiet_hours.broken = "the folder is write-protected"
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Set, until the robot is started anew. the folder is write-protected")).to_be_visible()
    asked.quiet_hours.broken = ""


def test_people_are_shown_with_what_was_spoken_of_and_forgotten_after_a_second_yes(
    page: Page, asked: Everything
) -> None:
    told = card(page, "People it knows")
    assert "met on 2026-01-05" in told
    assert "Spoke of sister: she is ill" in told
    assert told.count("It knows this face.") == 1
    assert "Spoke of work; what was said has faded." in told
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    assert '"Ada"' in Path(download.value.path()).read_text(encoding="utf-8")
    page.get_by_role("button", name="Forget Ben").press("Enter")
    page.get_by_role("button", name="Forget Ada").press("Enter")
    expect(page.get_by_role("button", name="Forget Ben")).to_be_visible()
    assert asked.keepsakes.kept == ["Ada", "Ben"]
    expect(page.get_by_role("button", name="Really forget Ada?")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Forgotten.")).to_be_focused()
    assert asked.keepsakes.kept == ["Ben"]
    asked.keepsakes.broken = "the disk is full: 0 KiB are left"
    page.get_by_role("button", name="Forget everything").click()
    page.get_by_role("button", name="Really forget everything?").click()
    expect(page.get_by_text("It knows nobody by name.")).to_be_visible()
    told = "Forgotten, but not deleted from the file yet: the disk is full: 0 KiB are left"
    expect(page.get_by_text(told)).to_be_visible()
    assert asked.keepsakes.kept == []
    asked.keepsakes.broken = ""
    asked.keepsakes.kept = ["Ada", "Ben"]


def test_health_says_how_many_need_care_and_the_remedy(page: Page) -> None:
    told = card(page, "Health")
    assert "Needs your care: 1" in told
    assert "Remedy: plug one in, or turn the sound on here" in told


def test_what_works_less_well_is_not_called_well(page: Page, asked: Everything) -> None:
    health = asked.health
    busy = Health("loop", Condition.LESSER, sentence("health.busy"))
    try:
        asked.health = (health[0], busy)
        expect(page.get_by_text("All works; worth knowing: 1")).to_be_visible()
        asked.health = health[:1]
        expect(page.get_by_text("All is well.")).to_be_visible()
    finally:
        asked.health = health


def test_the_state_line_follows_the_mode(page: Page, heart: Heart) -> None:
    heart.mode = Mode.ASLEEP
    expect(page.locator(".state")).to_have_text("It is asleep.")
    heart.mode = Mode.ENGAGED


@pytest.mark.parametrize(
    ("theme", "width", "path"), [("dark", 390, "/home/fr"), ("light", 390, "/home/en"), ("dark", 1280, "/home/en")]
)
def test_nothing_overlaps_and_axe_finds_no_barrier(
    browser: Browser, heart: Heart, theme: Literal["light", "dark"], width: int, path: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, base_url=heart.url, color_scheme=theme)
    page = context.new_page()
    page.goto(path)
    expect(page.locator(".state")).not_to_be_empty()
    expect(page.locator("ul.deeds strong").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not page.evaluate(OVERLAPS)
    violations = Axe().run(page).response["violations"]
    context.close()
    told = [(found["id"], found["impact"], [node["html"] for node in found["nodes"]]) for found in violations]
    assert told == [], "\n".join(map(str, told))


def test_every_control_can_be_reached_by_the_tab_key(page: Page) -> None:
    kinds = ("button", "input", "a", "[tabindex='0']")
    controls = page.locator(", ".join(f"{kind}:visible" for kind in kinds)).count()
    reached = set()
    for _ in range(3 * controls):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    assert len(reached) >= controls


@pytest.mark.parametrize(
    ("language", "title", "button"),
    [("en", "It does not move", "You can move again"), ("fr", "Il ne bouge pas", "Tu peux bouger")],
)
def test_a_body_that_waits_limp_says_why_and_is_let_go_on_by_a_button(
    page: Page, asked: Everything, language: str, title: str, button: str
) -> None:
    page.goto(f"/home/{language}")
    expect(page.locator(".state")).to_be_visible()
    expect(page.get_by_role("button", name=button)).to_be_hidden()
    before, asked.waits = asked.freed, True
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.get_by_role("button", name=button).click()
    page.wait_for_timeout(300)
    assert asked.freed == before + 1
    asked.waits = False
    expect(page.get_by_role("button", name=button)).to_be_hidden()
