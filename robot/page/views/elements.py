"""The page's own building blocks on top of NiceGUI: text with a true HTML tag, and the scripts of the live parts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import nicegui
from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from robot.page.texts import language_names
from robot.sense.switches import CAMERA, MICROPHONE
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.body_description import BodyDescription
    from robot.page.texts import PageTexts

WEB = Path(__file__).parents[1] / "web"
SEND_FIELDS = "(event) => emit([...event.target.elements].filter((one) => one.name).map((one) => one.value))"
THREE = Path(nicegui.__file__).parent / "elements" / "scene" / "dist"  # NiceGUI's own three.js, served by it


FACE = (
    '<svg viewBox="0 0 48 48" aria-hidden="true"><path d="M9 15 5 3l11 7zM39 15l4-12-11 7z" fill="#f0906c"/>'
    '<rect x="4" y="8" width="40" height="34" rx="14" fill="#f6f1e8"/><rect x="9" y="14" width="30" height="22" rx="9" '
    'fill="#23272e"/><g fill="#78c8ff"><circle cx="18" cy="25" r="5"/><circle cx="30" cy="25" r="5"/></g></svg>'
)
_PICTURE = (
    '<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round">{}<path class="lamp-off" d="M3 21 21 3"/></svg>'
)
PICTURES = {  # of the senses, struck through where one is off
    CAMERA: _PICTURE.format('<rect x="3" y="6" width="12" height="12" rx="2.5"/><path d="m15 11 6-3.5v9L15 13z"/>'),
    MICROPHONE: _PICTURE.format(
        '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>'
    ),
}
TOGGLE_DARK = """() => {
  const dark = !document.body.classList.contains("body--dark");
  Quasar.Dark.set(dark);
  localStorage.setItem("bowlby-dark", dark);
}"""


TOGGLE_MENU = """(event) => {
  const more = event.currentTarget, menu = document.getElementById("%s");
  const show = (open) => { menu.classList.toggle("open", open); more.setAttribute("aria-expanded", open); };
  if (menu.classList.contains("open")) return show(false);
  show(true);
  const leave = ({ type, key, target }) => {
    if (type === "keydown" ? key !== "Escape" : menu.contains(target) || more.contains(target)) return;
    show(false);
    for (const kind of ["click", "keydown"]) removeEventListener(kind, leave);
  };
  for (const kind of ["click", "keydown"]) addEventListener(kind, leave);
}"""


class Text(TextElement):
    """Text in an HTML element of any tag."""

    def __init__(self, tag: str, text: str = "", classes: str = "") -> None:
        super().__init__(tag=tag, text=text)
        self.classes(classes)


def brand(words: PageTexts, tagline: str, tag: str) -> None:
    """Whose page this is: the name, what it shows, and which one."""
    with Element("div").classes("brand"):
        ui.html(FACE, sanitize=False).classes("logo")
        with Element("div"):
            Text("h1", "Bowlby")
            Text("p", words(tagline), "tagline")
        Text("span", tag, "tag")


def dark_switch(words: PageTexts) -> None:
    dark = Text("button", "◐", "button").props(f'type="button" aria-label="{words("dark")}"')
    dark.on("click", js_handler=TOGGLE_DARK)


def more_switch(words: PageTexts, menu: str) -> None:
    """Where there is little room: opens and closes what else there is, by its id."""
    more = Text("button", "", "button more").props(
        f'type="button" aria-label="{words("more")}" aria-expanded="false" aria-controls="{menu}"'
    )
    more.on("click", js_handler=TOGGLE_MENU % menu)
    with more:
        Text("span", "☰").props('aria-hidden="true"')


def language_links(words: PageTexts, path: Callable[[str], str]) -> None:
    """To the same view in each other language; `path` by language."""
    for code, name in language_names().items():
        if code != words.language:
            Text("a", name, "button").props(
                f'href="{path(code)}" lang="{code}" hreflang="{code}" title="{text("languages.switch", code)}"'
            )


class Scene3D(Element, component=WEB / "scene3d.js", esm={"bowlby-page": str(WEB), "nicegui-scene": str(THREE)}):
    """The robot and the room in 3D, fed by the live line."""

    def __init__(self, words: PageTexts, body: BodyDescription, *, movable: bool, label: str = "scene_label") -> None:
        super().__init__()
        hint = words("scene_drag") if movable else words("scene_turn")
        self._props["label"] = f"{words(label)} {hint}"
        self._props["without"] = words("scene_without")
        self._props["movable"] = movable
        self._props["pivot"] = body.camera.height_m
        self._props["eyes"] = body.eye_range
        self._props["fov"] = body.camera.fov
        ears = body.ears if body.joint("left_ear").fitted or body.joint("right_ear").fitted else ""
        self._props["parts"] = {"pupils": body.pupils, "ears": ears, "light": body.light}
        whose = {
            "daemon": text("health.figure_daemon", words.language),
            "package": text("health.figure_package", words.language),
            "own": words("figure_own"),
        }
        self._props["figure"] = whose if body.figure else None
        self._props["view"] = "room"

    def view(self, name: str) -> None:
        """Show the view "room" or "robot"."""
        self._props["view"] = name
        self.update()


class CameraView(Element, component=WEB / "camera.js", esm={"bowlby-page": str(WEB)}):
    """The camera picture with faces and gaze, fed by the live line."""

    def __init__(self, words: PageTexts, waiting: str = "camera_none") -> None:
        super().__init__()
        self._props["label"] = words("camera_label")
        self._props["waiting"] = words(waiting)


class SoundSwitch(Element, component=WEB / "sound.js", esm={"bowlby-page": str(WEB)}):
    """Plays what the robot says in this browser, once a person has turned it on."""

    def __init__(self, words: PageTexts, *, answers: bool) -> None:
        """`answers`: the first line that is sent turns it on, too, since nothing else makes the robot heard."""
        super().__init__()
        self._props["answers"] = answers
        self._props["labelOn"] = words("sound_on")
        self._props["labelOff"] = words("sound_off")
        self._props["hint"] = words("sound_hint")


class Trend(Element, component=WEB / "trend.js", esm={"bowlby-page": str(WEB)}):
    """One value of the live messages' `f` over the last minute."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self._props["index"] = index
