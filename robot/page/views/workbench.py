"""For whoever builds or tries the robot: hold and hurry time, bring about faults, play expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui.element import Element

from robot.page.views.elements import Text
from robot.page.views.panels import card

if TYPE_CHECKING:
    from robot.core.tick import Tick, Vitals
    from robot.page.api import Controls, Repertoire
    from robot.page.playback_api import FaultControls, PlaybackControls
    from robot.page.texts import PageTexts

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)


def _pressed(button: Text, *, yes: bool) -> None:
    button.props(f'type="button" aria-pressed="{str(yes).lower()}"')


class Workbench:
    """Only what is offered is shown; nothing of it reaches the body but through the loop."""

    def __init__(self, words: PageTexts, offers: Controls) -> None:
        self._words, self._offers = words, offers
        self._speeds: dict[float, Text] = {}
        self._faults: dict[str, Text] = {}
        with card(words("workbench"), "workbench"):
            if offers.playback is not None:
                self._build_playback(offers.playback)
            if offers.repertoire is not None:
                self._build_repertoire(offers.repertoire)
            if offers.faults is not None:
                self._build_faults(offers.faults)

    def _build_playback(self, playback: PlaybackControls) -> None:
        Text("h3", self._words("time"))
        with Element("div").classes("choices"):
            self._pause = Text("button", self._words("pause"), "button")
            step = Text("button", self._words("step"), "button").props('type="button"')
            with Element("div").classes("segmented").props(f'role="group" aria-label="{self._words("speed")}"'):
                self._speeds = {speed: Text("button", f"{speed:g}×") for speed in SPEEDS}
        self._pause.on("click", lambda: playback.pause(yes=not playback.paused), [])
        step.on("click", playback.step, [])
        for speed, button in self._speeds.items():
            button.on("click", lambda speed=speed: playback.set_speed(speed), [])

    def _build_repertoire(self, repertoire: Repertoire) -> None:
        Text("h3", self._words("expressions"))
        with Element("div").classes("choices"):
            for name in repertoire.names():
                button = Text("button", self._words.expression(name), "button").props('type="button"')
                button.on("click", lambda name=name: repertoire.show(name), [])

    def _build_faults(self, faults: FaultControls) -> None:
        Text("h3", self._words("faults"))
        with Element("div").classes("choices"):
            for name in faults.names():
                self._faults[name] = button = Text("button", self._words.fault(name), "button button-fault")
                button.on("click", lambda name=name: faults.set(name, on=name not in faults.active()), [])

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        playback, faults = self._offers.playback, self._offers.faults
        if playback is not None:
            _pressed(self._pause, yes=playback.paused)
            for speed, button in self._speeds.items():
                _pressed(button, yes=speed == playback.speed)
        if faults is not None:
            active = faults.active()
            for name, button in self._faults.items():
                _pressed(button, yes=name in active)
