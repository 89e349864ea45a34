"""A scenario played from a program: as fast as the machine goes, without a page, to a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from robot.app.context import shared_stock
from robot.config.schema import Config
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario

if TYPE_CHECKING:
    from sim.run.session import Report


def play(
    scenario: str | Path | Scenario,
    *,
    seed: int = 0,
    senses: str = SightFrom.truth,
    seconds: float | None = None,
    record: Path | str | None = None,
    config: Config | None = None,
) -> Report:
    """The report of one run, the same that `bowlby sim --headless --fast --report` writes.

    `scenario`: a shipped one's name, a file, or one that the program made. `senses`: "truth" tells where the faces are;
    "pixels" paints pictures and looks for them, much slower. `seconds`: instead of the scenario's own length. `record`:
    a file (MCAP) to record into. Raises ConfigError, or InputError for a scenario or a file that cannot be used.
    """
    settings = config or Config()
    if isinstance(scenario, Scenario):
        name, script = "scenario", scenario
    else:
        name, script = scenarios.load(str(scenario), settings.robot.behaviors)
    length = script.duration_s if seconds is None else seconds
    options = Options(
        senses=SightFrom(senses),
        hears=WordsFrom.text,
        seed=seed,
        fast=True,
        fps=None,
        language=None,
        record=None if record is None else Path(record),
    )
    with SimSession(name, script, settings, options, shared_stock()) as session:
        session.play_whole(length)
        return session.outcome(length)
