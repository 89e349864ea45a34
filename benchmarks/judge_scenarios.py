"""Every shipped scenario on both bodies, kinematic and with physics, with five seeds: what was expected and not seen.

`make soak` runs it; `make bench` does not, since the long scenes take half an hour. A table on the terminal as it goes,
and one JSON line a figure. The code is 1 when anything was missed.

`python -m benchmarks.judge_scenarios [SCENARIO...] [--seeds 5] [--at-most SECONDS] [--jobs 2]`
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import NamedTuple

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table

from benchmarks.figures import tell
from robot.app.context import shared_stock
from robot.config.schema import Config
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, Physics, SightFrom, WordsFrom


class Run(NamedTuple):
    """One scenario on one body with one seed."""

    scenario: str
    physics: Physics
    seed: int


class Judged(NamedTuple):
    """How many things were expected in a run, and what of them was not seen."""

    run: Run
    expected: int
    missed: list[str]


def judge(run: Run) -> Judged:
    """Play it to its end. What a camera makes of light shows in pixels only; all else is told the truth."""
    name, script = scenarios.load(run.scenario)
    senses = SightFrom.pixels if script.looked_at else SightFrom.truth
    options = Options(senses, WordsFrom.text, run.seed, fast=True, fps=None, language=None, physics=run.physics)
    with SimSession(name, script, Config(), options, shared_stock()) as session:
        session.play_whole(script.duration_s)
        findings = session.examiner.findings()
    return Judged(run, len(findings), [f"{one.text}: {one.figure}" for one in findings if not one.passed])


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario", nargs="*", help="some of them; without any, all that expect something")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--at-most", type=float, default=float("inf"), help="leave out scenes longer than this, s")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args(words)
    loaded = {name: scenarios.load(name)[1] for name in asked.scenario or scenarios.shipped()}
    names = [name for name, script in loaded.items() if script.expect and script.duration_s <= asked.at_most]
    names.sort(key=lambda name: -loaded[name].duration_s)  # the long ones first: no core waits for one at the end
    runs = [Run(name, body, seed) for name in names for body in Physics for seed in range(1, asked.seeds + 1)]
    say = Console(stderr=True)
    done: list[Judged] = []
    spawn = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(asked.jobs, spawn, logging.disable, (logging.CRITICAL,)) as pool,
        Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=say) as bar,
    ):
        task = bar.add_task("scenarios on both bodies", total=len(runs))
        for finished in as_completed([pool.submit(judge, run) for run in runs]):
            judged = finished.result()
            done.append(judged)
            bar.advance(task)
            for what in judged.missed:
                bar.console.print(f"NO  {' '.join(map(str, judged.run))}: {what}", markup=False, soft_wrap=True)
    table = Table("scenario", *Physics, title="expectations seen", box=None)
    for name in sorted(names):
        table.add_row(name, *(_seen([one for one in done if one.run[:2] == (name, body)]) for body in Physics))
    say.print(table)
    held = True
    for body in Physics:
        mine = [one for one in done if one.run.physics is body]
        missing = sum(len(one.missed) for one in mine)
        expected = f"of {sum(one.expected for one in mine)}"
        held &= tell(f"missed in {len(names)} scenarios, {asked.seeds} seeds, {body}", missing, expected, 0)
    return int(not held)


def _seen(runs: list[Judged]) -> str:
    expected, missed = sum(one.expected for one in runs), sum(len(one.missed) for one in runs)
    return f"{expected}" if not missed else f"[bold red]{expected - missed} of {expected}[/]"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
