"""Robot, what it sees and the talk in a real browser: in view together while somebody types, and what was misread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from robot.core.percepts import Need, Suggested
from robot.page.texts import PageTexts
from robot.texts.sentence import sentence
from tests.support.browser import FRAMES, NO_3D, OVERLAPS, chromium, context_of
from tests.support.heart import beating
from tests.support.noted_controls import Everything
from tests.support.page_robot import ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.support.heart import Heart

pytestmark = pytest.mark.slow

BOX = "Say something to the robot"
STANDS = (
    ".card-scene .scene",
    ".card-camera .camera",
    ".card-talk",
    "form.line input",
    ".button-hush",
    ".lamp-picture",
)
KEYBOARD = 336  # px that a phone's keyboard takes
# A browser whose keyboard lies over the page, as on an iPhone: what is seen of it grows less, and the page does not.
COVERS = """(height) => {
    Object.defineProperty(visualViewport, "height", { get: () => height });
    visualViewport.dispatchEvent(new Event("resize"));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def asked() -> Everything:
    return Everything(readings=(("tells_missing", 0.6), ("tells_death", 0.2), ("tells_love", 0.05), ("sing", 0.001)))


@pytest.fixture
def heart(asked: Everything) -> Iterator[Heart]:
    with beating(asked) as heart:
        yield heart


def visit(
    browser: Browser, heart: Heart, path: str, width: int, height: int, theme: str = "light", *, draws: bool = True
) -> Page:
    """The page on a screen of this size; one narrower than 500 is a phone's. `draws`: it shows 3D."""
    phone = width < 500
    context = context_of(
        browser,
        heart.url,
        viewport={"width": width, "height": height},
        is_mobile=phone,
        has_touch=phone,
        color_scheme="dark" if theme == "dark" else "light",
    )
    if not draws:
        context.add_init_script(NO_3D)
    context.set_default_timeout(40_000)
    page = context.new_page()
    page.goto(path)
    expect(page.locator(".modes [aria-current], .state").first).not_to_be_empty()
    return page


def stands(page: Page, height: float, *more: str) -> None:
    """The robot is drawn, and all that one looks at while talking is whole within what is seen."""
    page.wait_for_function(f"{FRAMES} > 1")
    for place in (*STANDS, *more):
        box = page.locator(place).first.bounding_box()
        assert box is not None, place
        assert box["width"] >= 16, (place, box)
        assert box["height"] >= 16, (place, box)
        assert box["y"] >= 0, (place, box)
        assert box["y"] + box["height"] <= height + 1, (place, box)


@pytest.mark.parametrize(
    ("path", "width", "height", "theme"),
    [
        ("/en", 390, 844, "light"),
        ("/home/fr", 390, 844, "dark"),
        ("/fr", 1000, 620, "dark"),
        ("/home/en", 1000, 620, "light"),
        ("/en", 1440, 900, "light"),
    ],
)
def test_robot_sight_and_talk_stand_together_and_stay_while_one_types(
    browser: Browser, heart: Heart, path: str, width: int, height: int, theme: Literal["light", "dark"]
) -> None:
    page = visit(browser, heart, path, width, height, theme)
    stands(page, height)
    for line in ("one", "two", "three"):
        page.locator("form.line input").fill(line)
        page.keyboard.press("Enter")
        expect(page.locator("li.from-person .said").last).to_have_text(line)
    expect(page.locator("li.from-robot").last).to_be_in_viewport()
    stands(page, height)
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not page.evaluate(OVERLAPS)
    violations = Axe().run(page).response["violations"]
    page.context.close()
    told = [(found["id"], found["impact"], [node["html"] for node in found["nodes"]]) for found in violations]
    assert told == [], "\n".join(map(str, told))


@pytest.mark.parametrize("path", ["/en", "/home/fr"])
def test_with_the_keyboard_of_a_phone_open_the_number_to_call_stands_there_too(
    browser: Browser, heart: Heart, asked: Everything, path: str
) -> None:
    """Both ways that phones have: the page grows less, or the keyboard lies over it."""
    asked.need = Need(0.0, "crisis", "988")
    page = visit(browser, heart, path, 390, 844)
    call = page.get_by_role("alert").get_by_role("link")
    expect(call).to_have_attribute("href", "tel:988")
    page.locator("form.line input").focus()
    page.set_viewport_size({"width": 390, "height": 844 - KEYBOARD})
    page.wait_for_timeout(300)
    stands(page, 844 - KEYBOARD, ".need-call")
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("scrollTo(0, 400)")  # as an iPhone does, to show the line
    page.evaluate(COVERS, 844 - KEYBOARD)
    page.wait_for_timeout(300)
    stands(page, 844 - KEYBOARD, ".need-call")
    assert page.evaluate("scrollY") == 0
    asked.need = Need(1.0, "")
    expect(call).to_be_hidden()
    page.context.close()


def test_a_line_says_how_it_was_understood_and_another_meaning_is_chosen(
    browser: Browser, heart: Heart, asked: Everything
) -> None:
    words = PageTexts("en")
    page = visit(browser, heart, "/en", 390, 844)
    page.get_by_label(BOX).fill("half a line")
    asked.say("I miss her")
    line = page.locator("li.from-person").filter(has_text="I miss her").first
    expect(line.locator(".understood")).to_contain_text(words("understood", meaning="missing somebody"))
    line.get_by_role("button", name=words("meant")).click()
    asked_for = page.get_by_role("group", name="What did you mean by “I miss her”?")
    choices = [words("meant_cancel"), "that somebody has died", "a love story"]
    expect(asked_for.get_by_role("button")).to_have_text(choices)
    expect(asked_for.get_by_role("button", name=choices[1])).to_be_focused()
    stands(page, 844, ".mend")
    page.keyboard.press("Enter")
    chosen = page.locator("li.from-person").last
    expect(chosen).to_contain_text(words("via_chosen"))
    expect(chosen.locator(".understood")).to_contain_text(choices[1])
    expect(line.locator(".understood")).to_contain_text(words("understood_mended"))
    expect(line.get_by_role("button")).to_have_count(0)
    expect(page.locator("li.from-robot").last).to_contain_text(ANSWER)
    expect(page.get_by_label(BOX)).to_have_value("half a line")
    expect(page.get_by_label(BOX)).to_be_focused()
    before, after = asked.lines
    assert (after.text, after.intent, after.via, after.confidence) == (before.text, "tells_death", "chosen", 1.0)
    page.context.close()


def test_a_line_is_put_right_in_other_words_or_left_as_it_is(browser: Browser, heart: Heart, asked: Everything) -> None:
    words = PageTexts("fr")
    asked.readings = ()
    page = visit(browser, heart, "/home/fr", 390, 844, draws=False)
    box = page.locator("form.line input")
    asked.say("bla")
    begin = page.get_by_role("button", name=words("meant"))
    expect(page.locator("li.from-person .understood")).to_contain_text(words("understood_not"))
    begin.click()
    expect(box).to_be_focused()
    expect(box).to_have_value("bla")
    page.keyboard.press("Escape")
    expect(page.locator(".mend")).to_be_hidden()
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    begin.click()
    expect(box).to_have_value("bla")
    page.wait_for_timeout(200)  # the box is focused in a moment
    page.get_by_role("button", name=words("meant_cancel")).press("Enter")
    expect(page.locator(".mend")).to_be_hidden()
    expect(box).to_be_focused()
    begin.click()
    expect(box).to_have_value("bla")
    box.fill("bonjour")
    page.keyboard.press("Enter")
    expect(page.locator(".mend")).to_be_hidden()
    expect(page.locator("li.from-person .said")).to_have_text(["bla", "bonjour"])
    expect(page.locator("li.from-person").first).to_contain_text(words("understood_mended"))
    assert asked.lines[1].instead is not None
    page.context.close()


def test_words_of_need_are_put_right_in_other_words_alone(browser: Browser, heart: Heart, asked: Everything) -> None:
    words = PageTexts("en")
    asked.readings = (("self_harm", 0.6), ("sing", 0.3))
    page = visit(browser, heart, "/en", 390, 844, draws=False)
    asked.say("a line of a song")
    expect(page.locator("li.from-person .understood")).to_contain_text(words("understood_need"))
    page.get_by_role("button", name=words("meant")).click()
    expect(page.locator(".mend").get_by_role("button")).to_have_text([words("meant_cancel")])
    page.context.close()


def test_what_was_heard_says_how_clearly_and_by_which_program(
    browser: Browser, heart: Heart, asked: Everything
) -> None:
    page = visit(browser, heart, "/en", 390, 844, draws=False)
    for text, clarity in (("hello", 0.93), ("yellow", 0.7), ("jello", 0.41)):
        asked.hear(text, clarity)
    asked.say("good evening", by="kitchen")
    asked.hear("", 0.0)
    vias = page.locator("li.from-person .via")
    expect(vias.nth(0)).to_have_text("You · heard clearly (93 %)")
    expect(vias.nth(1)).to_have_text("You · heard fairly well (70 %)")
    expect(vias.nth(2)).to_have_text("You · heard badly (41 %)")
    expect(vias.nth(3)).to_have_text("The program “kitchen”")
    last = page.locator("li.from-person").last
    expect(last).to_contain_text("(no words that it could make out)")
    expect(last.get_by_role("button")).to_have_count(0)
    page.context.close()


def test_what_a_language_model_would_have_said_is_shown_as_not_said(browser: Browser, heart: Heart) -> None:
    page = visit(browser, heart, "/fr", 390, 844, draws=False)
    why = sentence("verdict.must_know_it_is_no_person")
    heart.suggests.append(Suggested(0.0, 0.0, "I am a human person.", why=why))
    line = page.locator("li.held-back")
    expect(line.locator(".said")).to_have_text("I am a human person.")
    expect(line.locator(".via")).to_have_text("Robot · non dit")
    expect(line.locator(".understood")).to_have_text("parce que qui l’entend doit savoir que ce n’est pas une personne")
    page.context.close()


def test_what_was_typed_stands_there_before_it_is_heard(browser: Browser, heart: Heart, asked: Everything) -> None:
    page = visit(browser, heart, "/en", 1000, 620, draws=False)
    asked.deaf = True
    for line in ("can u hear me?", "are you there?"):
        page.get_by_label(BOX).fill(line)
        page.keyboard.press("Enter")
        expect(page.locator("li.echo").last).to_have_text(line)
    asked.deaf = False
    expect(page.locator("li.echo")).to_have_count(0)
    expect(page.locator("li.from-person .said")).to_have_text(["can u hear me?", "are you there?"])
    page.context.close()


def test_the_menu_of_a_phone_has_what_the_head_has_no_room_for(browser: Browser, heart: Heart) -> None:
    words = PageTexts("en")
    page = visit(browser, heart, "/en", 390, 844, draws=False)
    header = page.locator("header").bounding_box()
    assert header is not None
    assert header["height"] < 60
    more = page.get_by_role("button", name=words("more"))
    for leave in ("Escape", ""):
        more.click()
        expect(page.get_by_role("link", name=words("home"))).to_be_visible()
        if leave:
            page.keyboard.press(leave)
        else:
            page.locator(".card-talk").click(position={"x": 50, "y": 300})
        expect(page.get_by_role("link", name=words("home"))).to_be_hidden()
    more.click()
    page.get_by_role("link", name=words("home")).click()
    expect(page.locator(".state")).to_have_text(words("state_engaged"))
    page.context.close()
