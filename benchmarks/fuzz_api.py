"""The API under calls that its description allows and that it does not, by schemathesis, on a robot that runs.

`python -m benchmarks.fuzz_api [CALLS]`; 10,000 calls when left out, about ten minutes. One JSON line a
figure: faults of the server (of which there are to be none), answers that its description does not allow, late ticks.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from benchmarks.figures import load, tell
from robot.core.clock import nap, stopwatch
from robot.doors.keys import KeyRole
from tests.support.door_robot import DoorRobot

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemathesis import Case

    from robot.core.tick import Vitals

WHOLE = 10_000
NAMES = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
ALONE_S = 10.0
WRONG_EVERY = 10  # calls, one of which comes with a wrong key


def fuzz(url: str, owner: str, calls: int) -> tuple[Counter[int], list[str]]:
    """So many calls, one half as the description allows; what was answered, by status, and what broke that."""
    description: dict[str, Any] = httpx.get(f"{url}/api/v1/openapi.json", trust_env=False).json()
    schema = schemathesis.openapi.from_dict(description)
    load_all_checks()
    checks: list[Any] = CHECKS.get_by_names(NAMES)
    schema.config.base_url = url
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    ways = [(operation, mode) for operation in operations for mode in GenerationMode]
    statuses: Counter[int] = Counter()
    broken: list[str] = []

    def call(case: Case[Any]) -> None:
        good = statuses.total() % WRONG_EVERY
        key = owner if good else "bowlby_wrong"
        response = case.call(headers={"Authorization": f"Bearer {key}"})
        statuses[response.status_code] += 1
        try:
            case.validate_response(response, checks=checks)
        except FailureGroup as error:
            broken.append(f"{case.method} {case.path}: {error}"[:300])

    chosen = settings(
        max_examples=max(calls // len(ways), 1),
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for operation, mode in ways:
        try:
            chosen(given(case=operation.as_strategy(generation_mode=mode))(call))()
        except Unsatisfiable:
            continue  # a call without parameters cannot be made wrongly
    return statuses, broken


def measure(calls: int) -> None:
    """The robot is in this process, who calls it in another, so that only what the robot itself does makes it late."""
    logging.disable(logging.WARNING)
    with TemporaryDirectory() as folder, DoorRobot(Path(folder), company=True) as robot:
        with robot.way.client(KeyRole.OWNER) as client:
            client.tell("It was a good day", wait_s=5.0)  # whatever is loaded with the first line is there
        robot.way.unlimited()
        vitals = robot.session.robot.vitals
        alone = late_percent(vitals, nap, ALONE_S)
        caller = [sys.executable, "-W", "ignore", "-m", "benchmarks.fuzz_api", str(calls)]
        caller += ["--url", robot.way.page.url.rstrip("/")]
        key = {"BOWLBY_KEY": robot.way.keys[KeyRole.OWNER]}
        run = partial(subprocess.run, capture_output=True, text=True, check=True, env={**os.environ, **key})
        began, done = stopwatch(), []
        called = late_percent(vitals, lambda told: done.append(run(told)), caller)
        seconds = stopwatch() - began
    told = json.loads(done[0].stdout)
    unit = f"of {told['calls']} calls"
    tell("faults of the server", told["faults"], unit, 0, answered=told["answered"], note=load())
    tell("answers that are not as described", len(told["broken"]), unit, broken=told["broken"][:20])
    tell("calls a second", told["calls"] / seconds, "1/s")
    tell("late ticks meanwhile", called, "%", note=f"{alone:.2f} % when nobody calls")


def late_percent(vitals: Callable[[], Vitals], do: Callable[[Any], object], what: object) -> float:
    """Of the turns while something is done."""
    before = vitals()
    do(what)
    after = vitals()
    return 100 * (after.late - before.late) / max(after.ticks - before.ticks, 1)


def call_it(url: str, calls: int) -> None:
    """The other process: the caller."""
    statuses, broken = fuzz(url, os.environ["BOWLBY_KEY"], calls)
    faults = sum(number for status, number in statuses.items() if status >= 500 and status != 503)
    answered = {str(status): number for status, number in sorted(statuses.items())}
    print(json.dumps({"calls": statuses.total(), "answered": answered, "faults": faults, "broken": broken}))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz_api", description=__doc__)
    parser.add_argument("calls", type=int, nargs="?", default=WHOLE, help="how many; %(default)s when left out")
    parser.add_argument("--url", help="of a robot that runs, with its owner's key in BOWLBY_KEY: only call that")
    asked = parser.parse_args()
    if asked.url:
        call_it(asked.url, asked.calls)
    else:
        measure(asked.calls)


if __name__ == "__main__":
    main()
