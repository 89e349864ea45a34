"""What stands together in view while one talks: the robot, what it sees, whom to call in need, and the talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nicegui.element import Element

from robot.page.views.elements import CameraView, Scene3D, Text
from robot.page.views.lend import lend_bar
from robot.page.views.limp import LimpPanel
from robot.page.views.need import NeedPanel
from robot.page.views.panels import people_in_words
from robot.page.views.talk import TalkPanel

if TYPE_CHECKING:
    from robot.core.tick import Tick, Vitals
    from robot.page.api import Controls
    from robot.page.server.served import Served
    from robot.page.texts import PageTexts
    from robot.page.views.panels import Panel

VIEWS = ("room", "robot")


class Together(NamedTuple):
    """What of it is kept fresh; `quick`: what must follow the robot's voice. `waiting` stands until the first tick."""

    panels: list[Panel]
    quick: list[Panel]
    waiting: Text


def together(words: PageTexts, page: Served, *, owner: bool, plain: bool) -> Together:
    """Build it. `plain`: the robot alone in the picture, and people without their numbers."""
    controls = page.controls if owner else None
    with Element("div").classes("together"), Element("div").classes("together-grid"):
        waiting = _robot(words, page.controls, owner=owner, plain=plain)
        with Element("section").classes("card-camera").props('aria-labelledby="title-camera"'):
            Text("h2", words("camera"), "tile-title").props('id="title-camera"')
            CameraView(words)
        seen = SeenInWords(words, plain=plain)
        lend_bar(words, page.controls, owner=owner)
        with Element("div").classes("talking"):
            need, limp = NeedPanel(words), LimpPanel(words, controls)
            talk = TalkPanel(words, page.feed, controls)
    return Together([seen, limp], [need, talk], waiting)


def _robot(words: PageTexts, controls: Controls, *, owner: bool, plain: bool) -> Text:
    movable = owner and controls.stage is not None and not plain
    with Element("section").classes("card-scene").props('aria-labelledby="title-scene"'):
        Text("h2", words("scene"), "aside").props('id="title-scene"')
        scene = Scene3D(words, controls.description, movable=movable)
        if plain:
            scene.view("face")
        else:
            _choice(words, scene)
            Text("p", words("scene_drag") if movable else words("scene_turn"), "note scene-note")
        return Text("p", words("waiting"), "waiting")


def _choice(words: PageTexts, scene: Scene3D) -> None:
    """The room, or the robot alone; where the picture is small, the robot first."""
    with Element("div").classes("segmented").props(f'role="group" aria-label="{words("view")}"'):
        buttons = {name: Text("button", words(f"view_{name}")) for name in VIEWS}

    def choose(chosen: str) -> None:
        scene.view(chosen)
        for name, button in buttons.items():
            button.props(f'type="button" aria-pressed="{str(name == chosen).lower()}"')

    for name, button in buttons.items():
        button.on("click", lambda name=name: choose(name), [])
    scene.on("small", lambda: choose("robot"), [])
    choose("room")


class SeenInWords:
    """Under the pictures, in words: how it is, and whom it sees."""

    def __init__(self, words: PageTexts, *, plain: bool) -> None:
        self._words, self._plain = words, plain
        with Element("div").classes("seen"):
            self._state = Text("p", "", "state") if plain else None
            self._people = Text("p", words("sees_nobody"), "told")
            Text("p", words("camera_kept"), "note")

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        words = self._words
        self._people.text = people_in_words(tick.scene.people, words, plain=self._plain)
        if self._state is not None:
            self._state.text = words(f"state_{tick.decision.mode}")
