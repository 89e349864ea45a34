"""Every control of the page is pressed in a real browser and its effect seen; one that is in no table fails here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from robot.page.texts import PageTexts, language_names
from robot.page.views.layout import PageKind
from robot.page.views.workbench import SPEEDS
from tests.support.browser import chromium, opened
from tests.support.heart import beating
from tests.support.noted_controls import Everything, Plays
from tests.support.page_inventory import controls, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

    from tests.support.heart import Heart
    from tests.support.noted_controls import OneStage

    Press = Callable[[Locator], object]

pytestmark = pytest.mark.slow

READY = "document.querySelector('ul.health li') !== null"
FAKE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def asked() -> Everything:
    return Everything(scenes=Plays())


@pytest.fixture(scope="module")
def heart(asked: Everything) -> Iterator[Heart]:
    """A page with all that a page can have, open to the network as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("robot.page.server.entry.own_address", lambda: "192.0.2.7")
        with beating(asked, lan=True) as heart:
            yield heart


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium(*FAKE) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, heart: Heart) -> Iterator[Page]:
    with opened(browser, heart.url, width=1000, height=450, patience_ms=15_000) as (page, trouble):
        yield page
    assert trouble == []


def click(one: Locator) -> None:
    one.click()


class Hand:
    """Presses, and sees what it brings about."""

    def __init__(self, page: Page, asked: Everything, words: PageTexts) -> None:
        self.page, self.asked, self.words = page, asked, words

    def changes(self, read: Callable[[], object], act: Press = click) -> Press:
        """What the robot was asked is other than before."""

        def press(one: Locator) -> None:
            before = read()
            act(one)
            until(self.page, lambda: read() != before)

        return press

    def shows(self, place: str) -> Press:
        def press(one: Locator) -> None:
            one.click()
            expect(self.page.locator(place)).to_be_visible()

        return press

    def hides(self, place: str) -> Press:
        def press(one: Locator) -> None:
            one.click()
            expect(self.page.locator(place)).to_be_hidden()

        return press

    def becomes(self, attribute: str, value: str) -> Press:
        def press(one: Locator) -> None:
            one.click()
            expect(one).to_have_attribute(attribute, value)

        return press

    def leads(self, path: str) -> Press:
        def press(one: Locator) -> None:
            here = self.page.url
            one.click()
            self.page.wait_for_url(path)
            self.page.goto(here)
            self.page.wait_for_function(READY)

        return press

    def asks_first(self, name: str, /, **values: str) -> Press:
        """The first press asks, the second does it."""

        def press(one: Locator) -> None:
            before = list(self.asked.keepsakes.kept)
            one.click()
            sure = self.page.get_by_role("button", name=self.words(name, **values))
            expect(sure).to_be_visible()
            assert self.asked.keepsakes.kept == before
            sure.click()
            until(self.page, lambda: self.asked.keepsakes.kept != before)
            expect(sure).to_have_count(0)  # the list is drawn anew

        return press

    def forgets(self, name: str) -> Press:
        def press(one: Locator) -> None:
            self.changes(lambda: len(self.asked.keepsakes.kept))(one)
            expect(self.page.get_by_role("button", name=self.words("forget", name=name))).to_have_count(0)

        return press

    def asks(self, one: Locator) -> None:
        one.click()
        expect(one).to_have_text(self.words("forget_sure"))

    def enters(self, line: Locator) -> None:
        line.fill("a")
        line.press("Enter")

    def sends(self, one: Locator) -> None:
        self.page.get_by_label(self.words("say")).fill("b")
        one.click()

    def downloads(self, one: Locator) -> None:
        with self.page.expect_download():
            one.click()

    def focuses(self, one: Locator) -> None:
        one.focus()
        expect(one).to_be_focused()

    def turns_dark(self, one: Locator) -> None:
        self.changes(lambda: self.page.evaluate(GROUND))(one)
        self.changes(lambda: self.page.evaluate(GROUND))(one)

    def tunes(self, line: Locator) -> None:
        """A value, one that is refused, one that is no number, and back to the file's; in place, at once."""
        line.click()
        words, attend = self.words, self.page.locator("details", has_text="attend")
        form = attend.locator("form").first
        field, wrong, file = form.locator("input"), form.get_by_role("alert"), form.locator("span.note").last
        put = form.get_by_role("button", name=words("parameter_set_name", name="desire"))
        field.fill("0.2")
        put.click()
        expect(file).to_have_text(words("parameter_now", value="0.2", file="0.35"))
        for value, reason in (("1.5", "less than or equal to 1"), ("much", "a valid number")):
            field.fill(value)
            put.click()
            expect(wrong).to_contain_text(reason)
            expect(field).to_have_value(value)
        expect(file).to_have_text(words("parameter_now", value="0.2", file="0.35"))
        attend.get_by_role("button", name=words("parameters_reset")).click()
        expect(file).to_have_text(words("parameter_file"))
        expect(field).to_have_value("0.35")
        expect(wrong).to_be_hidden()
        line.click()

    def moves(self, stage: OneStage) -> Press:
        def press(scene: Locator) -> None:
            before = stage.anna.x

            def moved() -> bool:
                scene.press("ArrowUp")  # until somebody is drawn, nobody can be moved
                return stage.anna.x != before

            until(self.page, moved)

        return press

    def opens(self, line: Locator) -> None:
        line.press("Enter")
        expect(line.locator("..")).to_have_attribute("open", "")
        line.press("Enter")


def lending(hand: Hand) -> dict[str, Press]:
    """A camera and a microphone of the browser's own making are lent, and taken back."""
    words, lent = hand.words, hand.asked.lending
    camera = hand.changes(lambda: bool(lent.camera.terms.by))
    microphone = hand.changes(lambda: bool(lent.microphone.terms.by))
    return {
        words("lend_use_camera"): camera,
        words("lend_stop_camera"): camera,
        words("lend_use_microphone"): microphone,
        words("lend_stop_microphone"): microphone,
    }


def everywhere(hand: Hand, view: PageKind) -> dict[str, Press]:
    """What both views have, by its name."""
    words, asked = hand.words, hand.asked
    there = PageKind.BENCH if view is PageKind.HOME else PageKind.HOME
    return {
        words("skip"): hand.changes(lambda: hand.page.url, lambda one: one.press("Enter")),
        words(there): hand.leads(f"**{there.path(words.language)}"),
        words("sound_off"): hand.becomes("aria-checked", "true"),
        words("dark"): hand.turns_dark,
        **{
            name: hand.leads(f"**{view.path(code)}")
            for code, name in language_names().items()
            if code != words.language
        },
        words("hush"): hand.changes(lambda: asked.hushed),
        words("talk"): hand.focuses,
        words("say"): hand.changes(lambda: len(asked.said), hand.enters),
        words("send"): hand.changes(lambda: len(asked.said), hand.sends),
        words("meant"): hand.shows(".mend"),
        words("meant_cancel"): hand.hides(".mend"),
        **lending(hand),
        words("remembers_save"): hand.downloads,
        words("invite_owner"): hand.shows(".qr svg"),
        words("invite_viewer"): hand.shows(".qr svg"),
    }


def on_the_bench(hand: Hand) -> dict[str, Press]:
    words, asked = hand.words, hand.asked
    stage, plays = asked.stage, asked.scenes
    assert stage is not None
    assert plays is not None
    pressed = hand.becomes("aria-pressed", "true")
    bids = {"greet": f"0.82 · {words('bids_most')}", "idle": "0.20", "fails": words("benched")}
    lines = {
        f"{words.behavior(view.name)} {view.name} {bids.get(view.name, words('bids_not'))}": hand.opens
        for view in asked.behaviors.read()
    }
    attend = f"{words.behavior('attend')} attend {words('bids_not')}"
    assert attend in lines
    return {
        **everywhere(hand, PageKind.BENCH),
        words("view_robot"): pressed,
        words("view_room"): pressed,
        f"{words('scene_label')} {words('scene_drag')}": hand.moves(stage),
        words("remembers_show"): hand.shows("pre.kept"),
        words("remembers"): hand.focuses,
        words("forget", name="Ada"): hand.forgets("Ada"),
        words("forget", name="Ben"): hand.forgets("Ben"),
        words("forget_all"): hand.asks,
        words("scene_name"): lambda one: one.select_option("first-meeting"),
        words("scene_seed"): lambda one: one.fill("12"),
        words("scene_language"): lambda one: one.select_option("fr"),
        words("scene_begin"): hand.changes(lambda: tuple(plays.played)),
        **lines,
        attend: hand.tunes,
        words("pause"): pressed,
        words("step"): hand.changes(lambda: asked.playback.steps),
        **{f"{speed:g}×": pressed for speed in SPEEDS},
        **{
            words.expression(name): hand.changes(lambda: len(asked.repertoire.shown))
            for name in asked.repertoire.names()
        },
        **{words.fault(name): pressed for name in asked.faults.names()},
    }


def at_home(hand: Hand) -> dict[str, Press]:
    words, asked = hand.words, hand.asked
    off = hand.changes(lambda: len(asked.senses.out))
    return {
        **everywhere(hand, PageKind.HOME),
        words("camera_on"): off,
        words("microphone_on"): off,
        words("forget", name="Ada"): hand.asks_first("forget_one_sure", name="Ada"),
        words("forget", name="Ben"): hand.asks_first("forget_one_sure", name="Ben"),
        words("forget_all"): hand.asks,
        words("hours_from"): lambda one: one.fill("20:15"),
        words("hours_to"): lambda one: one.fill("06:45"),
        words("hours_save"): hand.changes(lambda: asked.quiet_hours.hours),
    }


def after_a_press(words: PageTexts) -> set[str]:
    """What controls are called that were pressed."""
    names = {words(name) for name in ("sound_on", "camera_off", "microphone_off", "forget_sure")}
    return names | {words("forget_one_sure", name=name) for name in ("Ada", "Ben")}


@pytest.mark.parametrize(("view", "code"), [(PageKind.BENCH, "fr"), (PageKind.HOME, "en")])
def test_every_control_does_what_it_says(page: Page, asked: Everything, view: PageKind, code: str) -> None:
    """The tests of the views press nearly all in the other language. What appears by a press is pressed, too."""
    asked.keepsakes.kept = ["Ada", "Ben"]
    page.goto(view.path(code))
    page.wait_for_function(READY)
    hand = Hand(page, asked, PageTexts(code))
    table = on_the_bench(hand) if view is PageKind.BENCH else at_home(hand)
    pressed: set[str] = set()
    while fresh := [one for one in controls(page) if one.name not in pressed | after_a_press(hand.words)]:
        name, place = fresh[0]
        assert name in table, f"no test presses {name!r}"
        table[name](place)
        pressed.add(name)
    assert pressed == set(table)
    if view is PageKind.BENCH:
        assert asked.scenes is not None
        assert asked.scenes.played == [("first-meeting", 12, "fr")]
