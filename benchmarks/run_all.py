"""Runs every `bench_*.py`, lets its lines through as they come, and puts them into one table: `benchmarks/results.md`.

Nothing else should run on the machine meanwhile: its load stands in the table's head.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from robot.core.clock import RealClock

HERE = Path(__file__).parent
RESULTS = HERE / "results.md"
VERSIONS = ("bowlby", "numpy", "opencv-python-headless", "onnxruntime", "pocketsphinx", "nicegui", "wasmtime")
COLUMNS = ("figure", "value", "unit", "bar", "passed", "reachy_mini", "ratio", "note")
HEADS = ("figure", "value", "unit", "bar", "met", "Reachy Mini", "ratio", "note")
PASSED = {True: "yes", False: "**no**"}


def run(module: str) -> tuple[list[dict[str, Any]], int]:
    """The lines of one benchmark, and its exit code."""
    rows = []
    with subprocess.Popen([sys.executable, "-m", f"benchmarks.{module}"], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if line.startswith("{"):
                rows.append(json.loads(line))
    return rows, process.returncode


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    """A line (see `benchmarks.figures`) as a row of the table."""
    if "skipped" in row:
        row |= {"value": "left out", "note": row["skipped"]}
    if "passed" in row:
        row |= {"passed": PASSED[row["passed"]]}
    return tuple(str(row.get(name, "")) for name in COLUMNS)


def machine() -> list[str]:
    """What it is measured on."""
    models = (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name"))
    memory = next(int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal"))
    model = next(models, platform.machine())
    return [
        f"- {os.cpu_count()} processors ({model}), {memory / 2**20:.1f} GiB, {platform.platform()}",
        f"- Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in VERSIONS),
        f"- begun {RealClock().civil():%Y-%m-%d %H:%M}, load of the machine at that time {os.getloadavg()[0]:.2f}",
    ]


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines()


def table(title: str, rows: list[tuple[str, ...]]) -> list[str]:
    """Markdown; columns that nothing stands in are left out."""
    used = [i for i in range(len(COLUMNS)) if any(row[i] for row in rows)]
    lines = [[HEADS[i] for i in used], ["---"] * len(used), *([row[i] for i in used] for row in rows)]
    return [f"## {title}", "", *("| " + " | ".join(line) + " |" for line in lines), ""]


def main() -> None:
    out = ["# What it costs", "", "Written by `make bench`. A ratio above 1 is in this robot's favour.", ""]
    out += [*machine(), ""]
    failed = []
    for name in sys.argv[1:] or sorted(path.stem for path in HERE.glob("bench_*.py")):
        rows, code = run(name)
        failed += [name] if code else []
        if rows:
            out += table(name.removeprefix("bench_"), [cells(row) for row in rows])
    if failed:
        out += [f"Ended with an error: {', '.join(failed)}.", ""]
    RESULTS.write_text("\n".join(out), encoding="utf-8")
    sys.stderr.write(f"The table is in {RESULTS}\n")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
