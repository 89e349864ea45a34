"""Set-up as a newcomer sees it: a fresh clone, `make run`, a served page; then the second start to its first tick.

`python -m benchmarks.bench_setup`; one JSON line a figure. Packages come from the registries into a new cache; system
packages are there already (`./setup.sh` says how long apt takes). The clone holds what is committed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.figures import tell
from robot.core.clock import nap, stopwatch
from tests.support.free_port import free_port

HOUSE = Path(__file__).resolve().parents[1]
SET_UP_S, SECOND_S = 180.0, 4.0
PATIENCE_S = 600.0


def until_served(clone: Path, environment: dict[str, str]) -> float:
    """Seconds from `make run` to the page's first answer; the run is ended by Ctrl-C, as a person would."""
    port = free_port()
    start = stopwatch()
    run = subprocess.Popen(
        ["make", "run", f"ARGS=--no-browser --port {port}"],
        cwd=clone,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,
    )
    try:
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE_S) as answer:
                    assert answer.status == 200
                    return stopwatch() - start
            except (URLError, OSError):
                assert run.poll() is None, "make run ended by itself; its words are above"
                assert stopwatch() - start < PATIENCE_S, "the page was never served"
                nap(0.02)
    finally:
        os.killpg(run.pid, signal.SIGINT)
        run.wait(30)


def until_first_tick(clone: Path, environment: dict[str, str]) -> float:
    """Seconds that a whole run of five ticks takes from `make` to its end; its first tick came before."""
    arguments = "--headless --fast --seconds 0.1"
    start = stopwatch()
    subprocess.run(
        ["make", "run", f"ARGS={arguments}"],
        cwd=clone,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=True,
    )
    return stopwatch() - start


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bowlby-setup-") as folder:
        clone = Path(folder) / "bowlby"
        subprocess.run(["git", "clone", "-q", str(HOUSE), str(clone)], check=True)
        environment = os.environ | {
            "ASSUME_YES": "1",
            "UV_CACHE_DIR": f"{folder}/cache",
            "PIP_NO_CACHE_DIR": "1",
            "XDG_DATA_HOME": f"{folder}/data",
        }
        for inherited in ("VENV", "PYTHON", "MAKEFLAGS", "MAKELEVEL", "ARGS"):  # when run by `make bench`
            environment.pop(inherited, None)
        tell("fresh clone, make run to a served page", until_served(clone, environment), "s", SET_UP_S)
        tell("second make run to a served page", until_served(clone, environment), "s")
        tell("second make run to after its first ticks", until_first_tick(clone, environment), "s", SECOND_S)


if __name__ == "__main__":
    main()
