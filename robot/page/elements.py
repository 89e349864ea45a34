"""The page's own building blocks on top of NiceGUI: text with a true HTML tag, and the scripts of the live parts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import nicegui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

if TYPE_CHECKING:
    from robot.description import BodyDescription
    from robot.page.words import Words

WEB = Path(__file__).parent / "web"
THREE = Path(nicegui.__file__).parent / "elements" / "scene" / "dist"  # NiceGUI's own three.js, served by it


class Text(TextElement):
    """Text in an HTML element of any tag."""

    def __init__(self, tag: str, text: str = "", classes: str = "") -> None:
        super().__init__(tag=tag, text=text)
        self.classes(classes)


class Scene3D(Element, component="web/scene3d.js", esm={"bowlby-page": str(WEB), "nicegui-scene": str(THREE)}):
    """The robot and the room in 3D, fed by the live line."""

    def __init__(self, words: Words, body: BodyDescription, *, movable: bool) -> None:
        super().__init__()
        hint = words("scene_drag") if movable else words("scene_turn")
        self._props["label"] = f"{words('scene_label')} {hint}"
        self._props["without"] = words("scene_without")
        self._props["movable"] = movable
        self._props["pivot"] = body.camera.height_m
        self._props["eyes"] = body.eye_range
        self._props["fov"] = body.camera.fov
        self._props["view"] = "room"

    def view(self, name: str) -> None:
        """Show the view "room" or "robot"."""
        self._props["view"] = name
        self.update()


class CameraView(Element, component="web/camera.js", esm={"bowlby-page": str(WEB)}):
    """The camera picture with faces and gaze, fed by the live line."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._props["label"] = words("camera_label")
        self._props["waiting"] = words("camera_none")


class SoundSwitch(Element, component="web/sound.js", esm={"bowlby-page": str(WEB)}):
    """Plays what the robot says in this browser, once a person has turned it on."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._props["labelOn"] = words("sound_on")
        self._props["labelOff"] = words("sound_off")
        self._props["hint"] = words("sound_hint")


class Trend(Element, component="web/trend.js", esm={"bowlby-page": str(WEB)}):
    """One value of the live messages' `f` over the last minute."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self._props["index"] = index
