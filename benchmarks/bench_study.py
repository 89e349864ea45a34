"""A study of 2,000 short runs: on one core, on two, and on two with a kill in the middle. One JSON line a figure."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import tell
from robot.core.clock import nap, stopwatch

RUNS = 2000
STUDY = f"""
about = "Many short runs."
scenario = "first-meeting"
seeds = {RUNS // 4}
seconds = 5.5
[vary]
"config.character.anxiety" = [0.0, 0.4]
"config.character.avoidance" = [0.2, 0.8]
"""


def command(folder: Path, cores: int, out: str) -> list[str]:
    words = [sys.executable, "-m", "robot", "study", str(folder / "many.toml"), "--out", str(folder / out)]
    return [*words, "--cores", str(cores)]


def timed(folder: Path, cores: int, out: str) -> float:
    """Real seconds of a whole study; the cores that it may use are its own."""
    start = stopwatch()
    held = ["taskset", "-c", ",".join(map(str, range(cores)))]
    subprocess.run([*held, *command(folder, cores, out)], check=True, stderr=subprocess.DEVNULL)
    return stopwatch() - start


def broken(folder: Path, out: str) -> int:
    """The same, killed when half is done and started again; how many runs were done at the kill."""
    journal = (folder / out).with_suffix(".journal")
    process = subprocess.Popen(command(folder, 2, out), stderr=subprocess.DEVNULL)
    while not journal.exists() or journal.read_bytes().count(b"\n") < RUNS // 2:
        assert process.poll() is None
        nap(0.1)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    done = journal.read_bytes().count(b"\n") - 1
    subprocess.run(command(folder, 2, out), check=True, stderr=subprocess.DEVNULL)
    return done


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "many.toml").write_text(STUDY, encoding="utf-8")
        two = timed(folder, 2, "two.csv")
        tell(f"{RUNS} short runs on two cores", two, "s")
        one = timed(folder, 1, "one.csv")
        tell(f"{RUNS} short runs on one core", one, "s")
        tell("times faster on two cores", one / two, "", 1.8, least=True)
        whole = (folder / "two.csv").read_bytes()
        same = (folder / "one.csv").read_bytes() == whole
        tell("one core and two give the same table", float(same), "1 is yes", 1.0, least=True)
        done = broken(folder, "broken.csv")
        tell("runs done before the kill", done, "")
        same = (folder / "broken.csv").read_bytes() == whole
        tell("killed and started again gives the same table", float(same), "1 is yes", 1.0, least=True)


if __name__ == "__main__":
    main()
