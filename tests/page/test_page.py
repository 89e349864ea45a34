"""The page in a real browser: it shows the robot, carries what a person asks, and lets nothing leave the machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from robot.core.decision import Mode
from robot.page.views.modes import ways
from tests.support.browser import FRAMES, LOADS_MS, OVERLAPS, SCENE, chromium, context_of, opened
from tests.support.heart import beating
from tests.support.noted_controls import Everything
from tests.support.page_robot import ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from tests.support.heart import Heart

pytestmark = pytest.mark.slow

CAMERA = ".camera canvas"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def asked() -> Everything:
    return Everything()


@pytest.fixture(scope="module")
def heart(asked: Everything) -> Iterator[Heart]:
    with beating(asked) as heart:
        yield heart


@pytest.fixture
def visit(browser: Browser, heart: Heart) -> Iterator[BrowserContext]:
    context = context_of(browser, heart.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    context.set_default_navigation_timeout(LOADS_MS)
    yield context
    context.close()


@pytest.fixture(scope="module")
def window(browser: Browser, heart: Heart) -> Iterator[tuple[Page, list[str]]]:
    """One page in English for most tests, live, and what its scripts complain of."""
    with opened(browser, heart.url) as (page, trouble):
        page.goto("/en")
        page.wait_for_function(f"{FRAMES} > 2")
        yield page, trouble


@pytest.fixture
def page(window: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page; a complaint of its scripts fails the test."""
    page, trouble = window
    yield page
    assert trouble == []


def pixels(page: Page, place: str) -> np.ndarray:
    """What is on the screen there: (h, w, 3)."""
    import cv2  # noqa: PLC0415 - only this needs it

    data = np.frombuffer(page.locator(place).screenshot(), np.uint8)
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))


def test_it_says_that_it_is_a_robot_in_simulation(page: Page) -> None:
    expect(page).to_have_title("Bowlby – first-meeting")
    expect(page.get_by_text("This is a robot, in simulation")).to_be_visible()


def test_the_robot_is_drawn_in_3d(page: Page) -> None:
    picture = pixels(page, SCENE)
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 500
    assert picture.std() > 15


def test_the_camera_picture_shows_with_the_face_boxed(page: Page) -> None:
    page.wait_for_function(f"document.querySelector('{CAMERA}').dataset.pictures > 1")
    blue, green, red = pixels(page, CAMERA).astype(int).transpose(2, 0, 1)
    skin = (abs(red - 210) < 25) & (abs(green - 160) < 25) & (abs(blue - 120) < 25)
    frame = (red > 220) & (green > 170) & (blue < 140)  # the box of whoever is in focus
    assert skin.mean() > 0.005
    assert frame.sum() > 100
    expect(page.get_by_text("It sees one person: #3 at middle distance.")).to_be_visible()


def test_mode_and_reason_follow_the_robot(page: Page, heart: Heart) -> None:
    expect(page.locator(".modes [aria-current]")).to_have_text("Engaged")
    expect(page.locator(".causes")).to_have_text("because somebody came: person 3 (arousal 0.12)")
    heart.mode = Mode.ASLEEP
    expect(page.locator(".modes [aria-current]")).to_have_text("Asleep")
    expect(page.locator(".lamp").first).to_have_text("Camera off")
    heart.mode = Mode.ENGAGED
    expect(page.locator(".modes [aria-current]")).to_have_text("Engaged")


def test_every_transition_of_the_modes_is_drawn(page: Page) -> None:
    drawn = page.locator(".mode-way").evaluate_all("all => all.map((one) => one.dataset.way)")
    assert set(drawn) == {f"{source}>{to}" for source, to in ways()}
    assert {"boot>up", "up>safe", "up_alert_awake>up_alert_engaged"} <= set(drawn)
    assert page.locator(".modes .mode").all_text_contents() == ["Starting", "Asleep", "Awake", "Engaged", "Safe"]


def test_the_last_minute_of_the_models_variables_is_drawn(page: Page) -> None:
    page.wait_for_function("[...document.querySelectorAll('.trend')].every((one) => one.dataset.points > 3)")
    assert page.locator(".trend").count() == 3
    expect(page.get_by_role("meter", name="Comfort")).to_have_attribute("aria-valuenow", "0.60")
    assert pixels(page, ".trend >> nth=1").std() > 10


def test_guard_health_and_late_ticks_are_told(page: Page) -> None:
    expect(page.locator("ul.held")).to_contain_text(
        "added: say “I am a robot, not a person.” whoever hears it must know that it is no person (duty 1)"
    )
    expect(page.locator(".condition-fault")).to_contain_text("speaker fault – no sound card")
    expect(page.locator(".condition-fault")).to_contain_text("Remedy: plug one in, or turn the sound on here")
    expect(page.get_by_text("Loop: 1234 ticks, 5 late")).to_be_visible()
    expect(page.get_by_text("Late because of: sensing ×4, elsewhere ×1")).to_be_visible()


def test_the_bond_is_no_score(page: Page) -> None:
    """Duty 19."""
    assert "bond" not in page.content().lower()


def test_a_typed_line_reaches_the_robot_and_its_answer_is_shown(page: Page, asked: Everything) -> None:
    page.get_by_label("Say something to the robot").fill("hello <b>you</b>")
    page.keyboard.press("Enter")
    expect(page.locator("li.from-person").last).to_contain_text("hello <b>you</b>")
    expect(page.locator("li.from-robot").last).to_contain_text(ANSWER)
    assert asked.said[-1] == "hello <b>you</b>"
    expect(page.get_by_label("Say something to the robot")).to_have_value("")


def test_an_empty_line_is_not_sent(page: Page, asked: Everything) -> None:
    before = len(asked.said)
    page.get_by_label("Say something to the robot").fill("   ")
    page.get_by_role("button", name="Send").click()
    page.get_by_label("Say something to the robot").fill("after")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("li.from-person").last).to_contain_text("after")
    assert asked.said[before:] == ["after"]


def test_quiet_reaches_the_robot(page: Page, asked: Everything) -> None:
    before = asked.hushed
    page.get_by_role("button", name="Quiet").click()
    page.wait_for_timeout(300)
    assert asked.hushed == before + 1


def test_dragging_a_person_moves_them_on_the_stage(page: Page, asked: Everything) -> None:
    assert asked.stage is not None
    asked.stage.moves.clear()
    box = page.locator(SCENE).bounding_box()
    assert box is not None
    x, y = person_on_screen(page)
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()
    page.mouse.move(box["x"] + x - 60, box["y"] + y, steps=6)
    page.mouse.up()
    page.wait_for_timeout(300)
    assert asked.stage.moves
    assert {figure for figure, _, _ in asked.stage.moves} == {"1"}
    assert np.hypot(asked.stage.anna.x - 1.2, asked.stage.anna.y - 0.3) > 0.05


def person_on_screen(page: Page) -> tuple[float, float]:
    """Where the person's head is drawn, by the page's own camera."""
    x, y = page.evaluate("""() => {
        const scene = getElement(document.querySelector(".scene").id.slice(1));
        const [doll] = scene.dolls.values();
        const at = doll.face.clone().project(scene.camera);
        return [(at.x + 1) / 2 * scene.$el.clientWidth, (1 - at.y) / 2 * scene.$el.clientHeight];
    }""")
    return float(x), float(y)


def test_arrow_keys_move_a_person_too(page: Page, asked: Everything) -> None:
    assert asked.stage is not None
    before = asked.stage.anna
    page.locator(SCENE).focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(300)
    assert asked.stage.anna.x == pytest.approx(before.x + 0.1, abs=0.002)


def press(page: Page, name: str) -> Locator:
    button = page.get_by_role("button", name=name, exact=True)
    button.click()
    return button


def test_time_can_be_held_stepped_and_hurried(page: Page, asked: Everything) -> None:
    expect(press(page, "Pause")).to_have_attribute("aria-pressed", "true")
    press(page, "One tick")
    expect(press(page, "4×")).to_have_attribute("aria-pressed", "true")
    assert (asked.playback.paused, asked.playback.steps, asked.playback.speed) == (True, 1, 4.0)
    expect(press(page, "Pause")).to_have_attribute("aria-pressed", "false")


def test_faults_are_switched_and_expressions_played(page: Page, asked: Everything) -> None:
    expect(press(page, "camera dark")).to_have_attribute("aria-pressed", "true")
    assert asked.faults.on == {"camera_dark"}
    expect(press(page, "camera dark")).to_have_attribute("aria-pressed", "false")
    assert asked.faults.on == set()
    press(page, "ears up")
    page.wait_for_timeout(200)
    assert asked.repertoire.shown == ["ears_up"]


def test_memory_can_be_seen_saved_and_forgotten(page: Page, asked: Everything) -> None:
    with page.expect_download() as download:
        press(page, "Save as a file")
    assert '"Ada"' in Path(download.value.path()).read_text(encoding="utf-8")
    press(page, "Show everything")
    expect(page.locator("pre.kept")).to_contain_text('"Ada"')
    press(page, "Forget Ada")
    expect(page.locator("pre.kept")).not_to_contain_text('"Ada"')
    press(page, "Forget everything")
    expect(page.get_by_role("button", name="Really forget everything?")).to_be_visible()
    assert asked.keepsakes.kept == ["Ben"]
    press(page, "Really forget everything?")
    expect(page.locator("pre.kept")).not_to_contain_text('"Ben"')
    assert asked.keepsakes.kept == []


def test_the_view_of_the_room_and_of_the_robot(page: Page) -> None:
    room = pixels(page, SCENE).astype(int)
    expect(press(page, "Robot")).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(500)
    robot = pixels(page, SCENE).astype(int)
    assert abs(room - robot).mean() > 10
    press(page, "Room")


def test_light_and_dark_can_be_switched_and_are_kept(page: Page) -> None:
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    press(page, "Light or dark")
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert before != after
    page.reload()
    page.wait_for_function(f"{FRAMES} > 2")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after
    press(page, "Light or dark")


def test_in_french_and_nothing_is_asked_of_anybody_else(visit: BrowserContext, heart: Heart) -> None:
    page = visit.new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.on("websocket", lambda line: asked_for.append(line.url))
    page.goto("/en")
    page.get_by_role("link", name="Français").click()
    page.wait_for_function(f"{FRAMES} > 2")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_text("Ceci est un robot, en simulation")).to_be_visible()
    expect(page.locator(".causes")).to_have_text("parce que quelqu’un est arrivé : la personne 3 (activation 0.12)")
    expect(page.locator("ul.held strong").first).to_contain_text("ajouté\u00a0: dire « Je suis un robot")
    expect(page.get_by_role("button", name="Silence")).to_be_visible()
    host = heart.url.removeprefix("http://")
    assert len(asked_for) > 5
    assert [url for url in asked_for if host not in url and not url.startswith(("data:", "blob:"))] == []


def test_the_talk_survives_a_reload(page: Page) -> None:
    page.get_by_label("Say something to the robot").fill("remember this")
    page.keyboard.press("Enter")
    expect(page.locator("li.from-person").last).to_contain_text("remember this")
    page.reload()
    page.wait_for_function(f"{FRAMES} > 2")
    expect(page.locator("li.from-person").last).to_contain_text("remember this")


def test_the_answer_to_a_line_sounds_and_can_be_cut(visit: BrowserContext, heart: Heart) -> None:
    page = visit.new_page()
    page.goto("/en")
    expect(page.get_by_role("switch")).to_have_text("Sound off")
    page.get_by_label("Say something to the robot").fill("say something")
    page.keyboard.press("Enter")
    expect(page.get_by_role("switch")).to_have_text("Sound on")
    page.wait_for_function("document.querySelector('[role=switch]').dataset.played > 0")
    page.evaluate("""() => {
        const stop = AudioBufferSourceNode.prototype.stop;
        AudioBufferSourceNode.prototype.stop = function (...when) { window.cut = true; stop.apply(this, when); };
    }""")
    heart.cut = True
    page.wait_for_function("window.cut === true")
    page.wait_for_function("getElement(document.querySelector('[role=switch]').id.slice(1)).playing.size === 0")


def test_whoever_has_turned_the_sound_off_is_not_answered_aloud(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto("/en")
    switch = page.get_by_role("switch")
    for state in ("Sound on", "Sound off"):
        switch.click()
        expect(switch).to_have_text(state)
    page.get_by_label("Say something to the robot").fill("say something")
    page.keyboard.press("Enter")
    expect(page.locator("li.from-robot").last).to_contain_text(ANSWER)
    expect(switch).to_have_text("Sound off")


def test_a_sound_that_was_still_being_decoded_when_it_was_cut_does_not_begin(
    visit: BrowserContext, heart: Heart
) -> None:
    page = visit.new_page()
    page.goto("/en")
    page.get_by_role("switch").click()
    expect(page.get_by_role("switch")).to_have_text("Sound on")
    page.evaluate("""() => {
        const decode = AudioContext.prototype.decodeAudioData;
        AudioContext.prototype.decodeAudioData = async function (bytes) {
            const sound = await decode.call(this, bytes);
            await new Promise((go) => { window.decoded = go; });
            return sound;
        };
    }""")
    page.get_by_label("Say something to the robot").fill("say something")
    page.keyboard.press("Enter")
    page.wait_for_function("window.decoded !== undefined")
    cuts = "getElement(document.querySelector('[role=switch]').id.slice(1)).cuts"
    before = page.evaluate(cuts)
    heart.cut = True
    page.wait_for_function(f"{cuts} > {before}")
    page.evaluate("async () => { window.decoded(); await new Promise((go) => setTimeout(go)); }")
    assert page.evaluate("document.querySelector('[role=switch]').dataset.played ?? 0") == 0


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 1280)])
def test_nothing_overlaps_and_axe_finds_no_barrier(
    browser: Browser, heart: Heart, theme: Literal["light", "dark"], width: int
) -> None:
    """All rules of WCAG 2.2 A and AA and of good practice that a machine can check, on the live page."""
    context = context_of(browser, heart.url, viewport={"width": width, "height": 844}, color_scheme=theme)
    page = context.new_page()
    page.goto("/fr" if theme == "dark" else "/en")
    page.wait_for_function(f"{FRAMES} > 0")
    page.get_by_role("textbox").fill("bonjour")
    page.keyboard.press("Enter")
    expect(page.locator("li.from-robot").last).to_contain_text(ANSWER)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not page.evaluate(OVERLAPS)
    violations = Axe().run(page).response["violations"]
    context.close()
    told = [(found["id"], found["impact"], [node["html"] for node in found["nodes"]]) for found in violations]
    assert told == [], "\n".join(map(str, told))
