"""One run of a study, and a process that does many."""

from __future__ import annotations

import logging
import math
import traceback
from typing import TYPE_CHECKING, Any

from robot.app.context import Stock, shared_stock
from robot.core.intents import Say
from sim.run.session import SimSession
from sim.study.measures import MEASURES
from sim.world.options import Options, WordsFrom

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from robot.core.tick import Tick
    from sim.study.definition import Job, Plan

Row = dict[str, Any]  # a line of the results: numbers, texts, truth values


class Meter:
    """An observer that sums up a run."""

    def __init__(self) -> None:
        self._ticks = 0
        self._arousal = self._most = self._comfort = self._exploration = self._bond = 0.0
        self._sentences = self._engaged = 0

    def see(self, tick: Tick) -> None:
        feelings = tick.feelings
        self._ticks += 1
        self._arousal += feelings.arousal
        self._most = max(self._most, feelings.arousal)
        self._comfort += feelings.comfort
        self._exploration += feelings.exploration
        self._bond = feelings.bond
        self._sentences += sum(isinstance(intent, Say) for intent in tick.done)
        self._engaged += tick.decision.mode == "engaged"

    def measures(self) -> Row:
        """In the order of MEASURES; shares and means are over the ticks."""
        n = max(self._ticks, 1)
        values = (
            self._arousal / n,
            self._most,
            self._comfort / n,
            self._exploration / n,
            self._bond,
            self._sentences,
            self._engaged / n,
        )
        return {name: round(value, 9) for name, value in zip(MEASURES, values, strict=True)}


def run(plan: Plan, job: Job, stock: Stock) -> Row:
    """Play it and give its line: parameters, measures, and the figure of every expectation."""
    config, scenario = plan.settings(dict(job.parameters))
    length = plan.study.seconds if plan.study.seconds is not None else scenario.duration_s
    meter = Meter()
    options = Options(senses=plan.study.senses, hears=WordsFrom.text, seed=job.seed, fast=True, fps=None, language=None)
    with SimSession(plan.name, scenario, config, options, stock) as session:
        session.robot.loop.watch(meter)
        session.robot.loop.run(length)
        whole = scenario.expect and math.isclose(length, scenario.duration_s)
        findings = session.examiner.findings() if whole else []
        row: Row = {"run": job.number, "seed": job.seed, **dict(job.parameters), **meter.measures()}
        for number, (expect, finding) in enumerate(zip(scenario.expect, findings, strict=False), 1):
            row[f"expect.{number}.{expect.what}"] = finding.figure
        if findings:
            row["passed"] = all(finding.passed for finding in findings)
        row["digest"] = session.digest
    return row


def work(pipe: Connection) -> None:
    """In a process of its own: take the plan, then lists of jobs; give lists of lines, or a trace of what failed."""
    logging.disable(logging.CRITICAL)
    plan: Plan = pipe.recv()
    while True:
        jobs: list[Job] = pipe.recv()
        try:
            pipe.send([run(plan, job, shared_stock()) for job in jobs])
        except Exception:  # noqa: BLE001 - told to the parent, which ends the study
            pipe.send(f"run {jobs[0].number} or one of the {len(jobs) - 1} after it:\n{traceback.format_exc()}")
