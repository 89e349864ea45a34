"""One page, and on it one scenario after another: each that is chosen there is a new run of a new robot."""

from __future__ import annotations

import math
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from robot.app.page_controls import RobotControls
from robot.app.runner import Interrupts, at_home, observed, with_page
from robot.app.supervision import supervised
from robot.page.playback_api import SceneView
from robot.texts.catalogue import languages
from robot.texts.terminal import terminal
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.stage import WorldStage

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.app.context import Overseers
    from robot.config.schema import Config
    from robot.health.last_run import LastRun
    from robot.page.server.server import Page
    from sim.world.options import Options
    from sim.world.scenario import Scenario


class ScenarioPlay(NamedTuple):
    """What is to be played: a scenario by name, how, and for how many seconds."""

    name: str
    scenario: Scenario
    options: Options
    seconds: float


class Theatre:
    """The scenarios of the package and the one that it began with; `play` is asked from the page's thread."""

    def __init__(self, play: ScenarioPlay, config: Config, overseers: Overseers, last_run: LastRun) -> None:
        """`last_run`: of this theatre, where a behaviour has ended it."""
        self._overseers, self._last_run = overseers, last_run
        self._now = self._first = play._replace(options=play.options._replace(visitors=True))
        self._next: ScenarioPlay | None = None
        self._config = config

    def names(self) -> list[str]:
        return sorted({self._first.name, *scenarios.shipped()})

    @property
    def current(self) -> SceneView:
        name, scenario, options, _ = self._now
        return SceneView(name, scenario.about, options.seed, options.language or scenario.language)

    def play(self, name: str, seed: int, language: str) -> None:
        """Begin anew. What was chosen on the page is played until something else is, and is not recorded."""
        if name not in self.names() or language not in languages() or seed < 0:
            return
        scenario = self._first.scenario if name == self._first.name else scenarios.load(name)[1]
        options = self._first.options._replace(seed=seed, language=language, record=None, record_pictures=False)
        self._next = ScenarioPlay(name, scenario, options, math.inf)

    def run(self, port: int | None, *, browser: bool, ended: Callable[[SimSession, float], None]) -> int:
        """Play at true speed with the page until the end or Ctrl-C; `ended` is told the last session and its length."""
        with Interrupts().armed() as interrupts, ExitStack() as closing:
            page: Page | None = None
            while True:
                with self._session() as session:
                    controls = self._controls(session)
                    if page is None:
                        page = with_page(session.robot, controls, port=port, browser=browser)
                        closing.callback(page.stop)
                        terminal(stderr=True).print(
                            "The simulated room is at", Text(page.url, "bold"), " (Ctrl-C ends)", soft_wrap=True
                        )
                    else:
                        page.turn_to(controls)
                        observed(session.robot, page)
                    with at_home(session.robot, controls), supervised(self._overseers):
                        session.perform(self._now.seconds, lambda: interrupts() or self._next is not None)
                    if interrupts() or self._next is None:
                        session.robot.settle()
                        ended(session, self._now.seconds)
                        return interrupts.exit_code
                self._now, self._next = self._next, None

    def _session(self) -> SimSession:
        name, scenario, options, _ = self._now
        with supervised(self._overseers):
            return SimSession(name, scenario, self._config, options, overseers=self._overseers, last_run=self._last_run)

    def _controls(self, session: SimSession) -> RobotControls:
        controls = RobotControls(session.robot, session.name, WorldStage(session.world))
        controls.playback, controls.faults = session.playback, session.faults
        controls.scenes = self
        return controls
