"""`bowlby study`: a scene thousands of times, over parameters and seeds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from robot.config import schema as configuration
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from rich.console import Console

    from sim.study.definition import Plan
    from sim.study.journal import Journal


def study(
    file: Annotated[str, typer.Argument(help="A study's file (TOML), or the name of a shipped one.")] = "character",
    *,
    out: Annotated[Path | None, typer.Option(help="Results, .csv or .parquet; NAME.csv here when left out.")] = None,
    cores: Annotated[int | None, typer.Option(min=1, help="Processes; all cores when left out.")] = None,
    ray: Annotated[str | None, typer.Option(help="Run on Ray: a cluster's address, or 'local'.")] = None,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what was done of it, and begin anew.")] = False,
) -> None:
    """Play a scene many times, over parameters and seeds, and put what was measured into a table.

    It is the robot of your configuration, with your own behaviours and phrases. Whatever stands there can be varied, a
    behaviour's parameter too.

    A study that was stopped or killed goes on where it was when it is started again, and ends with the same table.

    [bold]bowlby study character[/] plays one that ships; docs/studies.md tells how to write another.
    """
    from sim.study import definition, results  # noqa: PLC0415 - these bring in the whole robot
    from sim.study.journal import Journal  # noqa: PLC0415

    plan = definition.load(file, configuration.load(config))
    out = out or Path(f"{plan.name}.csv")
    results.writer(out)
    journal_path = out.with_suffix(".journal")
    if fresh:
        journal_path.unlink(missing_ok=True)
    say = terminal(stderr=True)
    with Journal(journal_path, plan) as journal:
        if journal.rows:
            say.print(f"{len(journal.rows)} of {len(plan)} runs were done before; it goes on from there.")
        try:
            _play(plan, journal, cores or len(os.sched_getaffinity(0)), ray, say)
        except KeyboardInterrupt:
            say.print(f"{len(journal.rows)} of {len(plan)} runs are done. Start it again to go on.")
            raise
    rows = [journal.rows[number] for number in range(len(plan))]
    results.write(out, rows)
    judged = [row["passed"] for row in rows if "passed" in row]
    met = f"{sum(judged)} met all expectations" if judged else "expectations are judged in whole runs only"
    say.print(Text.assemble(f"{len(rows)} runs in ", (str(out), "bold"), f"; {met}"), soft_wrap=True)
    if plan.study.plot is not None:
        picture = out.with_suffix(".svg")
        results.plot(picture, rows, plan.study.plot, plan.study.about)
        say.print("drawn in", Text(str(picture), "bold"), soft_wrap=True)
    journal_path.unlink()


def _play(plan: Plan, journal: Journal, cores: int, ray: str | None, say: Console) -> None:
    """Do the runs that are not done."""
    from sim.study import engines  # noqa: PLC0415 - as above

    left = [job for job in plan.jobs() if job.number not in journal.rows]
    if not left:
        return
    engine = (
        engines.on_cores(plan, left, min(cores, len(left))) if ray is None else engines.on_ray(plan, left, ray, cores)
    )
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=say, transient=True) as bar:
        task = bar.add_task(plan.name, total=len(plan), completed=len(journal.rows))
        for rows in engine:
            journal.add(rows)
            bar.update(task, completed=len(journal.rows))
