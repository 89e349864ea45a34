"""A recording's page in a real browser: every control of it, by hand and by keyboard, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.page.texts import PageTexts
from robot.page.views.player import SPEEDS, moment
from robot.recording.seekable import SeekableRecording
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from tests.support.browser import OVERLAPS, SCENE, chromium, context_of, opened
from tests.support.heart import shown
from tests.support.page_inventory import controls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from robot.core.tick import Tick

pytestmark = pytest.mark.slow

SECONDS = 16.0
UNPLUGGED_S, WELL_S = 12.0, 13.5


class Trouble:
    """Unplugs the body for a while."""

    def __init__(self, session: SimSession) -> None:
        self._faults = session.faults

    def see(self, tick: Tick) -> None:
        if tick.n in {UNPLUGGED_S * 50, WELL_S * 50}:
            self._faults.set("unplugged", on=tick.n == UNPLUGGED_S * 50)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> SeekableRecording:
    """A meeting with pictures, a greeting, and a line that is lost and comes back."""
    path: Path = tmp_path_factory.mktemp("shown") / "meeting.mcap"
    options = Options(SightFrom.pixels, WordsFrom.text, 7, fast=True, fps=5.0, language=None)
    options = options._replace(record=path, record_pictures=True)
    with SimSession("first-meeting", scenarios.load("first-meeting")[1], Config(), options, shared_stock()) as session:
        session.robot.loop.watch(Trouble(session))
        session.headless(SECONDS)
    return SeekableRecording(path)


@pytest.fixture(scope="module")
def url(film: SeekableRecording) -> Iterator[str]:
    with shown(film) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def window(browser: Browser, url: str) -> Iterator[tuple[Page, list[str]]]:
    """One page for most tests, and what its scripts complain of."""
    with opened(browser, url, patience_ms=15_000) as (page, trouble):
        page.goto("/en")
        page.wait_for_function(f"document.querySelector('{SCENE}').dataset.tick !== undefined")
        yield page, trouble


@pytest.fixture
def page(window: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page; a complaint of its scripts fails the test."""
    page, trouble = window
    yield page
    assert trouble == []


@pytest.fixture
def words() -> PageTexts:
    return PageTexts("en")


def tick_shown(page: Page) -> int:
    """The tick that the 3D picture shows."""
    return int(page.evaluate(f"Number(document.querySelector('{SCENE}').dataset.tick)"))


def arrived(page: Page, test: str) -> None:
    """Wait until the tick shown, `n`, passes a test in JavaScript."""
    page.wait_for_function(
        f"(() => {{ const n = Number(document.querySelector('{SCENE}').dataset.tick); return {test}; }})()"
    )


def press(page: Page, name: str) -> Locator:
    button = page.get_by_role("button", name=name, exact=True)
    button.click()
    return button


def go_to(page: Page, words: PageTexts, seconds: float) -> None:
    page.get_by_role("slider", name=words("moment")).fill(str(seconds))
    arrived(page, f"n === {round(seconds * 50)}")


def test_it_says_plainly_that_it_is_a_recording(page: Page, words: PageTexts) -> None:
    expect(page).to_have_title("Bowlby – meeting.mcap")
    note = page.get_by_role("note")
    expect(note).to_contain_text(words("recording"))
    expect(note).to_contain_text(words("recording_note"))
    held = page.get_by_role("region", name=words("holds"))
    expect(held).to_contain_text("meeting.mcap")
    expect(held).to_contain_text(words("never_recorded"))
    expect(page.get_by_text(words("talk_then"))).to_be_visible()
    for name in ("hush", "home"):
        assert page.get_by_text(words(name), exact=True).count() == 0
    assert page.get_by_role("textbox").count() == 0


def test_the_tests_below_press_all_that_there_is(page: Page, words: PageTexts, film: SeekableRecording) -> None:
    names = ("moment", "step_back", "step", "mark_before", "mark_next", "play", "dark", "talk", "moments")
    known = {words(name) for name in names} | {"Français", words("skip"), *(f"{speed:g}×" for speed in SPEEDS)}
    known |= {moment(mark, 0.0, words) for mark in film.index.marks}
    assert {control.name for control in controls(page)} == known


def test_the_bar_goes_to_any_moment_and_all_of_the_page_with_it(page: Page, words: PageTexts) -> None:
    go_to(page, words, 11.0)
    expect(page.locator(".modes [aria-current]")).to_have_text(words("mode_engaged"))
    expect(page.locator("li.from-robot").first).to_be_visible()
    expect(page.locator("ul.held")).to_contain_text(words("verdict_added"))
    expect(page.get_by_text(words("sees", n=1))).to_be_visible()
    expect(page.get_by_role("note")).to_contain_text(":11")
    page.wait_for_function("Number(document.querySelector('.trend').dataset.points) > 30")
    page.locator(".camera").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.camera canvas').dataset.pictures > 0")
    go_to(page, words, 12.8)
    expect(page.locator(".modes [aria-current]")).to_have_text(words("mode_safe"))
    go_to(page, words, 2.0)
    expect(page.locator(".modes [aria-current]")).to_have_text(words("mode_awake"))
    expect(page.locator("li.from-robot")).to_have_count(0)
    expect(page.get_by_text(words("talk_none_then"))).to_be_visible()
    expect(page.get_by_text(words("held_none"))).to_be_visible()
    expect(page.get_by_text(words("sees_nobody"))).to_be_visible()


def test_the_bar_by_keyboard_and_in_words(page: Page, words: PageTexts) -> None:
    go_to(page, words, 3.0)
    bar = page.get_by_role("slider", name=words("moment"))
    bar.focus()
    keys = {"ArrowRight": 4, "PageUp": 14, "ArrowLeft": 13, "PageDown": 3, "ArrowUp": 4, "Home": 0}
    for key, seconds in keys.items():
        page.keyboard.press(key)
        arrived(page, f"n === {seconds * 50}")
        told = words("moment_spoken").format(m=0, s=seconds, M=0, S=int(SECONDS - 0.02))
        expect(bar).to_have_attribute("aria-valuetext", told)
    page.get_by_role("link", name=words("skip")).press("Enter")
    assert page.url.endswith("#talk")
    bar.press("End")
    arrived(page, f"n > {(SECONDS - 0.2) * 50}")


def test_play_hold_speed_and_steps(page: Page, words: PageTexts) -> None:
    go_to(page, words, 1.0)
    press(page, words("step"))
    arrived(page, "n === 51")
    press(page, words("step_back"))
    press(page, words("step_back"))
    arrived(page, "n === 49")
    for speed in ("0.25×", "0.5×", "2×", "4×"):
        expect(press(page, speed)).to_have_attribute("aria-pressed", "true")
    press(page, words("play"))
    arrived(page, "n > 150")
    press(page, words("hold"))
    expect(page.get_by_role("button", name=words("play"), exact=True)).to_be_visible()
    held = -1
    while held != (held := tick_shown(page)):  # what was on its way still arrives
        page.wait_for_timeout(300)
    assert held < (SECONDS - 1) * 50
    expect(press(page, "1×")).to_have_attribute("aria-pressed", "true")


def test_played_to_its_end_it_holds_and_begins_anew(page: Page, words: PageTexts, film: SeekableRecording) -> None:
    page.get_by_role("slider", name=words("moment")).fill(str(SECONDS - 0.4))
    press(page, words("play"))
    arrived(page, f"n === {len(film) - 1}")
    press(page, words("play"))
    arrived(page, "n < 200")
    press(page, words("hold"))
    expect(page.get_by_role("button", name=words("play"), exact=True)).to_be_visible()


def test_marks_are_drawn_listed_and_gone_to(page: Page, words: PageTexts, film: SeekableRecording) -> None:
    marks = film.index.marks
    assert page.locator(".marks line").count() == len(marks)
    lost = next(mark for mark in marks if mark.kind == "fault")
    listed = page.get_by_role("region", name=words("moments")).get_by_role("button")
    assert listed.count() == len(marks)
    expect(listed.nth(marks.index(lost))).to_have_text("0:12 Body: the line was lost: unplugged")
    listed.nth(marks.index(lost)).click()
    arrived(page, f"n === {lost.position}")
    last = max(i for i, mark in enumerate(marks) if mark.position <= lost.position)
    expect(listed.nth(last)).to_have_attribute("aria-current", "true")
    press(page, words("mark_before"))
    before = [mark for mark in marks if mark.t < lost.t - 0.05][-1]
    arrived(page, f"n === {before.position}")
    page.wait_for_timeout(300)
    press(page, words("mark_next"))
    after = next(mark for mark in marks if mark.t > before.t + 0.05)
    arrived(page, f"n === {after.position}")


def test_the_picture_is_turned_by_hand(page: Page, words: PageTexts) -> None:
    place = "(() => getElement(document.querySelector('.scene').id.slice(1)).camera.position.toArray())()"
    page.locator(SCENE).scroll_into_view_if_needed()
    before = page.evaluate(place)
    box = page.locator(SCENE).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 40, steps=5)
    page.mouse.up()
    page.wait_for_timeout(200)
    assert page.evaluate(place) != before
    assert page.locator(SCENE).get_attribute("aria-label") == f"{words('scene_label_then')} {words('scene_turn')}"


def test_dark_and_in_french(page: Page, words: PageTexts) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    press(page, words("dark"))
    assert page.evaluate(ground) != before
    press(page, words("dark"))
    page.get_by_role("link", name="Français").click()
    french = PageTexts("fr")
    expect(page.get_by_role("note")).to_contain_text(french("recording"))
    go_to(page, french, 11.0)
    press(page, french("step_back"))
    arrived(page, "n === 549")
    press(page, french("play"))
    arrived(page, "n > 570")
    press(page, french("hold"))
    moments = page.get_by_role("region", name=french("moments"))
    expect(moments.get_by_role("button", name=re.compile("0:12 Corps.: la liaison"))).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("note")).to_contain_text(words("recording"))


@pytest.mark.parametrize(("theme", "width", "code"), [("dark", 390, "fr"), ("light", 1280, "en")])
def test_nothing_overlaps_and_axe_finds_no_barrier(
    browser: Browser, url: str, theme: Literal["light", "dark"], width: int, code: str
) -> None:
    context = context_of(browser, url, viewport={"width": width, "height": 844}, color_scheme=theme)
    page = context.new_page()
    page.goto(f"/{code}")
    go_to(page, PageTexts(code), 11.0)
    expect(page.locator("li.from-robot").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not page.evaluate(OVERLAPS)
    violations = Axe().run(page).response["violations"]
    context.close()
    told = [(found["id"], found["impact"], [node["html"] for node in found["nodes"]]) for found in violations]
    assert told == [], "\n".join(map(str, told))
