"""Who does the runs: processes on this machine's cores, or Ray on a cluster. Both give lines in no certain order."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING, Any

from robot.app.context import shared_stock
from robot.core.errors import InputError, PartError
from robot.parts.workers import Worker
from sim.study.definition import Study, load, planned
from sim.study.runs import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from robot.config.schema import Config
    from sim.study.definition import Job, Plan
    from sim.study.runs import Row

WORK = "sim.study.runs:work"
AT_ONCE = 2  # runs handed out together
IN_HAND = 2  # such lists that a worker has, so that it never waits for the next
LOOK_S = 0.02


def batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    rest = iter(jobs)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch


def on_cores(plan: Plan, jobs: Iterable[Job], cores: int) -> Iterator[list[Row]]:
    """On so many processes of this machine. Raises PartError when one fails; they end with whoever started them."""
    waiting = batches(jobs)
    workers = [Worker(WORK, name=f"study-{number}") for number in range(cores)]
    in_hand = dict.fromkeys(workers, 0)
    try:
        for worker in workers:
            worker.send(plan)
            for batch in islice(waiting, IN_HAND):
                worker.send(batch)
                in_hand[worker] += 1
        while any(in_hand.values()):
            for worker in workers:
                if not in_hand[worker]:
                    continue
                worker.wait(LOOK_S)
                for done in worker.receive():
                    in_hand[worker] -= 1
                    for batch in islice(waiting, 1):
                        worker.send(batch)
                        in_hand[worker] += 1
                    yield checked(done)
                if in_hand[worker] and not worker.alive:
                    raise PartError("a process of the study ended by itself", remedy="start it again: it goes on")
    finally:
        for worker in workers:
            worker.close()


def run_study(study: Study | str | Path, cores: int | None = None, config: Config | None = None) -> list[Row]:
    """Every run of a study, in its order, one line of the table each: for programs.

    `study`: a shipped one's name, a file, or one that the program made. `cores`: processes, all cores when left out.
    `config`: what the parameters are put into, the robot as shipped when left out.
    Raises InputError, ConfigError, PartError.
    """
    plan = planned(study, config) if isinstance(study, Study) else load(str(study), config)
    many = min(cores or len(os.sched_getaffinity(0)), len(plan))
    rows = [row for done in on_cores(plan, plan.jobs(), many) for row in done]
    return sorted(rows, key=lambda row: int(row["run"]))


def on_ray(plan: Plan, jobs: Iterable[Job], address: str, cores: int) -> Iterator[list[Row]]:
    """On a Ray cluster, or with the address "local" on this machine's cores by way of Ray. Raises InputError."""
    try:
        import ray  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError("Ray is not installed here", remedy="make doctor EXTRAS=ray") from error
    where: dict[str, Any] = {"num_cpus": cores} if address == "local" else {}
    ray.init(address=address, log_to_driver=False, include_dashboard=False if where else None, **where)
    try:
        shared = ray.put(plan)
        task = ray.remote(_on_ray)
        waiting = [task.remote(shared, batch) for batch in batches(jobs)]
        while waiting:
            done, waiting = ray.wait(waiting)
            yield ray.get(done[0])
    finally:
        ray.shutdown()


def _on_ray(plan: Plan, jobs: list[Job]) -> list[Row]:
    return [run(plan, job, shared_stock()) for job in jobs]


def checked(done: list[Row] | str) -> list[Row]:
    """What a worker sent. Raises PartError when that is a trace."""
    if isinstance(done, str):
        raise PartError(f"a run failed: {done}", place="study", remedy="mend it, and start the study again: it goes on")
    return done
