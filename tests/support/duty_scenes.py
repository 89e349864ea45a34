"""Plays a scene in which the robot owes somebody something, and tells what it missed."""

from __future__ import annotations

from robot.app.context import shared_stock
from robot.config.schema import Config
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom

AT_ONCE_S = 120.0  # of each scene; `make soak` plays the long ones to their end


def options(seed: int) -> Options:
    return Options(SightFrom.truth, WordsFrom.text, seed, fast=True, fps=10.0, language=None)


def play(name: str, until: float) -> list[str]:
    """What was expected by then and not seen; `name`: of a shipped scene, or a file."""
    _, script = scenarios.load(name)
    due = tuple(expect for expect in script.expect if expect.after < until)
    script = script.model_copy(update={"expect": due})
    with SimSession(name, script, Config(), options(1), shared_stock()) as session:
        session.play(min(until, script.duration_s))
        found = session.examiner.findings()
        return [f"{finding.text}: {finding.figure}" for finding in found if finding.passed is False]
