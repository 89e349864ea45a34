"""Scenarios played in this process, as `bowlby sim NAME --headless --fast` plays them in one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.app.context import shared_stock
from robot.config.schema import Config
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom

if TYPE_CHECKING:
    from sim.run.finding import Finding


class Played(NamedTuple):
    """What was expected, what of it was not seen, and the digest of all bytes on the line to the body."""

    expected: int
    missed: list[str]
    digest: str


def play(name: str, *, seed: int = 0, senses: SightFrom = SightFrom.truth, seconds: float | None = None) -> Played:
    """Play a scenario that ships, or one in a file, to its end or for so many seconds."""
    title, script = scenarios.load(name)
    options = Options(senses, WordsFrom.text, seed, fast=True, fps=None, language=None)
    with SimSession(title, script, Config(), options, shared_stock()) as session:
        session.play(script.duration_s if seconds is None else seconds)
        session.robot.settle()
        findings: list[Finding] = session.examiner.findings()
        return Played(len(findings), [str(one) for one in findings if one.passed is False], session.digest)
