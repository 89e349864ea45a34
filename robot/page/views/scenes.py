"""What the simulator plays, and another scenario, seed or language to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui.element import Element

from robot.page.texts import language_names
from robot.page.views.elements import SEND_FIELDS, Text
from robot.page.views.panels import card
from robot.texts.catalogue import SOURCE

if TYPE_CHECKING:
    from nicegui.events import GenericEventArguments

    from robot.page.playback_api import Scenes
    from robot.page.texts import PageTexts

GREATEST_SEED = 2**31 - 1


class ScenePanel:
    """A form of three fields; the page of every visitor loads anew when the new run begins."""

    def __init__(self, words: PageTexts, scenes: Scenes) -> None:
        self._scenes = scenes
        now = scenes.current
        with card(words("scenes"), "scenes"):
            Text("p", now.about, "note").props(f'lang="{SOURCE}"')
            with Element("form").classes("fields") as form:
                names = {name: name.replace("-", " ") for name in scenes.names()}
                self._select(words("scene_name"), "scene", names, now.name)
                with self._label(words("scene_seed")):
                    Element("input").props(
                        f'type="number" name="seed" min=0 max={GREATEST_SEED} step=1 required defaultValue="{now.seed}"'
                    )
                self._select(words("scene_language"), "language", language_names(), now.language)
                Text("button", words("scene_begin"), "button button-strong").props('type="submit"')
            Text("p", words("scene_note"), "note")
        form.on("submit.prevent", self._play, js_handler=SEND_FIELDS)

    def _label(self, text: str) -> Element:
        label = Element("label")
        with label:
            Text("span", text)
        return label

    def _select(self, label: str, name: str, choices: dict[str, str], chosen: str) -> None:
        with self._label(label), Element("select").props(f'name="{name}"'):
            for value, text in choices.items():
                option = Text("option", text)
                option.props["value"] = value
                if value == chosen:
                    option.props("selected")

    def _play(self, event: GenericEventArguments) -> None:
        match event.args:
            case [str(name), str(seed), str(language)] if seed.isdecimal() and int(seed) <= GREATEST_SEED:
                self._scenes.play(name, int(seed), language)
