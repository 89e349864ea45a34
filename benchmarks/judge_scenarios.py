"""Every shipped scenario on each of seven bodies: what was expected and not seen, and what a body lacks, by name.

`make soak` runs it; `make bench` does not, since the long scenes take hours. A table on the terminal as it goes, and
one JSON line a figure. The code is 1 when anything was missed, or a run broke.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table

from benchmarks.bodies import Body, chosen, without
from benchmarks.figures import leave_out, load, tell
from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.core.clock import stopwatch
from robot.core.errors import BowlbyError
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import SightFrom

if TYPE_CHECKING:
    from collections.abc import Iterator

MORE = """\
examples:
  python -m benchmarks.judge_scenarios                              everything: some hours
  python -m benchmarks.judge_scenarios --body avr --body bus        on two of the bodies
  python -m benchmarks.judge_scenarios --scenario cable-pulled      one scene on all of them
  python -m benchmarks.judge_scenarios --body pico --longest 400    not those of half an hour and of three
  python -m benchmarks.judge_scenarios --json > runs.jsonl          each run as a line, for another program

bodies:
"""


class Fate(StrEnum):
    """What became of a run."""

    passed = "passed"
    failed = "failed"
    broke = "broke"  # it ended in an error, which says nothing about the robot's conduct
    lacks = "lacks"  # the body has not what the scene asks for
    long = "long"  # left to who asks for it
    nothing = "nothing"  # the scene expects nothing


UNPLAYED = (Fate.lacks, Fate.long, Fate.nothing)


class Run(NamedTuple):
    """One scenario on one body with one seed."""

    scenario: str
    body: Body
    seed: int


class Judged(NamedTuple):
    """How many things were expected in a run, what of them was not seen, and why else nothing came of it."""

    run: Run
    fate: Fate
    expected: int = 0
    missed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()  # what the body lacks; where it was played, it was played without
    sim_s: float = 0.0
    wall_s: float = 0.0

    def as_json(self) -> str:
        rest = self._asdict()
        return json.dumps(rest.pop("run")._asdict() | rest, ensure_ascii=False)


def judge(run: Run) -> Judged:
    """Play it to its end; an error on the way is its fate."""
    try:
        return _played(run)
    except Exception as error:  # noqa: BLE001 - the others are played all the same
        return _broken(run, error)


def _broken(run: Run, error: BaseException) -> Judged:
    """What a Bowlby error says is whole; another is named."""
    what = str(error) if isinstance(error, BowlbyError) else f"{type(error).__name__}: {error}"
    return Judged(run, Fate.broke, told=(what,))


def _played(run: Run) -> Judged:
    """What a camera makes of light shows in pixels only; all else is told the truth."""
    _, script = scenarios.load(run.scenario)
    stand = run.body.stand
    if not script.expect:
        return Judged(run, Fate.nothing)
    began = stopwatch()
    senses = SightFrom.pixels if script.looked_at else SightFrom.truth
    calm = script.model_copy(update={"fault": ()})  # until it is known whether the body can have its faults
    with SimSession(run.scenario, calm, Config(), stand.options(run.seed, senses), shared_stock()) as session:
        if lacks := stand.lacks(script, session.faults.names()):
            return Judged(run, Fate.lacks, told=tuple(lacks))
        session.faults.plan(script.fault)
        session.play_whole(script.duration_s)
        findings = session.examiner.findings()
    missed = tuple(f"{one.text}: {one.figure}" for one in findings if not one.passed)
    fate = Fate.failed if missed else Fate.passed
    told = tuple(stand.lesser(script))
    return Judged(run, fate, len(findings), missed, told, script.duration_s, stopwatch() - began)


class Journal:
    """What has been judged so far, as a table and as figures; `lines`: each as a line of JSON at once."""

    def __init__(self, names: list[str], bodies: list[Body], *, lines: bool = False) -> None:
        self.names, self.bodies = names, bodies
        self.done: list[Judged] = []
        self._lines = lines

    def add(self, judged: Judged) -> None:
        self.done.append(judged)
        if self._lines:
            print(judged.as_json(), flush=True)

    def of(self, body: Body, name: str = "") -> list[Judged]:
        return [one for one in self.done if one.run.body is body and name in {"", one.run.scenario}]

    def table(self) -> Table:
        table = Table("scenario", *self.bodies, title="expectations seen", box=None)
        for name in sorted(self.names):
            table.add_row(name, *(_cell(self.of(body, name)) for body in self.bodies))
        return table

    def notes(self) -> Iterator[str]:
        """What is missing, by name: what was expected and not seen first."""
        for one in self.done:
            if one.fate is Fate.broke:
                yield _broke(one)
            yield from (f"NO  {one.run.scenario}, {one.run.body}, seed {one.run.seed}: {what}" for what in one.missed)
        for body in self.bodies:
            told: dict[str, list[str]] = {}
            for one in (one for one in self.of(body) if one.fate is not Fate.broke):
                how = one.fate if one.fate in UNPLAYED else "played without"
                for what in one.told:
                    told.setdefault(f"{how}: {what}", []).append(one.run.scenario)
            for what, names in told.items():
                yield f"{body}: {what} ({', '.join(sorted(set(names)))})"
            if lacks := without(body):
                yield f"{body}: its description says: {lacks}"

    def figures(self, seeds: int) -> bool:
        """One a body; whether all that was expected was seen."""
        held = True
        for body in self.bodies:
            mine = self.of(body)
            played = [one for one in mine if one.expected]
            missed, expected = sum(len(one.missed) for one in mine), sum(one.expected for one in mine)
            broke = sum(one.fate is Fate.broke for one in mine)
            seconds = sum(one.sim_s for one in played), sum(one.wall_s for one in played)
            lacking, long, nothing = (_scenes([one for one in mine if one.fate is fate]) for fate in UNPLAYED)
            held &= not broke
            held &= tell(
                f"missed on {body}, {seeds} {'seed' if seeds == 1 else 'seeds'}",
                missed,
                f"of {expected}",
                0,
                played=_scenes(played),
                broke=broke,
                lacking=lacking,
                longer=long,
                expecting_nothing=nothing,
                times_true_speed=round(seconds[0] / seconds[1], 1) if played else 0.0,
                note=load(),
            )
        return held


def _scenes(runs: list[Judged]) -> int:
    return len({one.run.scenario for one in runs})


def _broke(one: Judged) -> str:
    return f"BROKE  {one.run.scenario}, {one.run.body}, seed {one.run.seed}: {'; '.join(one.told)}"


def _cell(runs: list[Judged]) -> str:
    if any(one.fate is Fate.broke for one in runs):
        return "[bold red]broke[/]"
    expected, missed = sum(one.expected for one in runs), sum(len(one.missed) for one in runs)
    if missed:
        return f"[bold red]{expected - missed} of {expected}[/]"
    if expected:
        return f"{expected}" + ("[yellow]*[/]" if any(one.told for one in runs) else "")
    return "" if not runs else {Fate.lacks: "[yellow]lacks[/]"}.get(runs[0].fate, f"[dim]{runs[0].fate}[/]")


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.judge_scenarios",
        description=__doc__,
        epilog=MORE + "".join(f"  {body:<15} {body.stand.told}\n" for body in Body),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--scenario", action="append", help="one of them, again for more; without any, all that ship")
    parser.add_argument("--body", action="append", type=Body, choices=list(Body), help="again for more; without, all")
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help="each scene is played with seeds 1 to N (1)")
    parser.add_argument(
        "--longest",
        type=float,
        default=math.inf,
        metavar="SECONDS",
        help="longer scenes are told and not played",
    )
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes at once (2)")
    parser.add_argument("--json", action="store_true", help="each run as a line of JSON too, in place of the table")
    return parser.parse_args(words)


def _planned(journal: Journal, longest: float, seeds: int) -> list[Run]:
    """What to play, long scenes first: no core waits for one at the end. The journal is told of the rest."""
    scenes = {name: scenarios.load(name)[1] for name in journal.names}
    runs = []
    for name in sorted(scenes, key=lambda name: -scenes[name].duration_s):
        for body in journal.bodies:
            mine = [Run(name, body, seed) for seed in range(1, seeds + 1)]
            if scenes[name].expect and scenes[name].duration_s > longest:
                why = f"longer than {longest:g} s, see --longest"
                for run in mine:
                    journal.add(Judged(run, Fate.long, told=(why,)))
            else:
                runs += mine
    return runs


def _play(runs: list[Run], journal: Journal, jobs: int, say: Console) -> None:
    """In several processes; what is missed is told at once."""
    spawn = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(jobs, spawn, logging.disable, (logging.CRITICAL,)) as pool,
        Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=say) as bar,
    ):
        task = bar.add_task(f"scenarios on {len(journal.bodies)} bodies", total=len(runs))
        plans = {pool.submit(judge, run): run for run in runs}
        for finished in as_completed(plans):
            error = finished.exception()  # its process has died
            judged = finished.result() if error is None else _broken(plans[finished], error)
            journal.add(judged)
            bar.advance(task)
            if judged.fate is Fate.broke:
                bar.console.print(_broke(judged), markup=False, soft_wrap=True)
            for what in judged.missed:
                bar.console.print(f"NO  {' '.join(map(str, judged.run))}: {what}", markup=False, soft_wrap=True)


def main(words: list[str]) -> int:
    asked, say = _asked(words), Console(stderr=True)
    bodies = []
    for body, why in chosen(asked.body).items():
        if why:
            leave_out(f"scenarios on {body}", why)
        else:
            bodies.append(body)
    journal = Journal(asked.scenario or list(scenarios.shipped()), bodies, lines=asked.json)
    _play(_planned(journal, asked.longest, asked.seeds), journal, asked.jobs, say)
    if not asked.json:
        say.print(journal.table())
    for note in journal.notes():
        say.print(note, markup=False, soft_wrap=True)
    return int(not journal.figures(asked.seeds))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
