"""A visitor in a real browser, with a camera and a microphone, and a whole robot: it looks at them and answers them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

import pytest
from playwright.sync_api import expect

from robot.app.context import shared_stock
from robot.app.page_controls import RobotControls
from robot.config.schema import Config, HearingTable
from robot.core.percepts import Utterance
from robot.core.voice_commands import Speech
from robot.page.server.server import Page as RobotPage
from robot.parts.browser_media import LoanEnding
from robot.texts.catalogue import words
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from tests.support.browser import chromium, opened
from tests.support.visitor import RIGHT, lending_flags
from tests.support.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.tick import Tick

pytestmark = [pytest.mark.slow, pytest.mark.paced]  # a browser, a robot and a recogniser, all in real time

ASKED = "what_is_your_name"


class Visited:
    """A simulated robot in real time with its page, and what it did."""

    def __init__(self) -> None:
        name, script = scenarios.load("visit")
        config = Config(hearing=HearingTable(engine="pocketsphinx"))  # the lightest: words older than 6 s get no answer
        options = Options(SightFrom.truth, WordsFrom.text, 1, False, 10.0, None, visitors=True)
        self.session = SimSession(name, script.model_copy(update={"person": ()}), config, options, shared_stock())
        self.page = RobotPage(RobotControls(self.session.robot, "visit"), port=0)
        self.heard: list[Utterance] = []
        self.said: list[str] = []
        self.answers: list[str] = []  # what it said once it had understood the question
        self.tick: Tick | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=lambda: self.session.robot.loop.run(1e9, self._stop.is_set))

    def see(self, tick: Tick) -> None:
        self.tick = tick
        self.heard += [one for one in tick.percepts if isinstance(one, Utterance) and one.via == "heard"]
        told = [command.text for command in tick.voice if isinstance(command, Speech)]
        self.said += told
        self.answers += told if any(one.intent == ASKED for one in self.heard) else []

    @property
    def looks_to(self) -> float:
        """Bearing of the focus, once the head has turned to it, rad; 0 before."""
        focus = None if self.tick is None else self.tick.scene.focused
        if focus is None or self.tick is None or abs(self.tick.frame.pose.yaw - focus.yaw) > 0.12:
            return 0.0
        return focus.yaw

    def __enter__(self) -> Self:
        self.page.start()
        assert self.page.wait_ready()
        self.session.robot.loop.watch(self.page)
        self.session.robot.loop.watch(self)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self.page.stop()
        self.session.robot.close()


def test_the_robot_looks_at_the_visitor_and_answers_them_until_they_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "robot.parts.browser_media.SILENT_S", 30.0
    )  # where the tests run a browser may be kept waiting for seconds
    expect.set_options(timeout=30_000)
    with (
        Visited() as robot,
        chromium(*lending_flags(tmp_path, RIGHT), draws=False) as browser,
        opened(browser, robot.page.url, patience_ms=30_000) as (page, trouble),
    ):
        page.goto("/home/en")
        camera = page.get_by_role("button", name="Use my camera")
        camera.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text="The robot sees through your camera.")).to_be_visible()
        until(lambda: robot.looks_to < -0.15)  # to the right
        page.wait_for_function("document.querySelector('.camera canvas').width === 640")
        expect(page.get_by_text("It sees one person")).to_be_visible()

        page.get_by_role("button", name="Use my microphone").click()
        expect(page.get_by_text("The robot hears through your microphone.")).to_be_visible()
        until(lambda: any(one.intent == ASKED for one in robot.heard))
        until(lambda: any("Bowlby" in line for line in robot.answers))

        with opened(browser, robot.page.url, patience_ms=30_000) as (other, _):
            other.goto("/home/fr")
            expect(other.get_by_text("Le robot voit par la caméra d’une personne sur cette machine.")).to_be_visible()
            other.get_by_role("button", name="Arrêter ce micro").click()
            expect(page.get_by_role("button", name="Use my microphone")).to_be_visible()
            assert robot.session.robot.lent.microphone.terms.ending is LoanEnding.STOPPED
        assert trouble == []

        page.close()
        until(lambda: not robot.session.robot.lent.camera.terms.by)
        assert robot.session.robot.lent.camera.terms.ending is LoanEnding.LEFT
        until(lambda: any("camera is gone" in line for line in robot.said))
        sight = robot.session.robot.sight
        assert sight is not None
        until(lambda: words(sight.health().reason).startswith("simulated"))
    expect.set_options(timeout=5_000)
