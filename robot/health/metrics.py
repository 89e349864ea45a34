"""How the live loop does: rates, what each step costs, late ticks and who caused them, and what the processes take.

An observer keeps the last ten seconds; everything is worked out only when somebody asks.
"""

from __future__ import annotations

import os
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

from robot.core.clock import stopwatch
from robot.core.tick import STEPS
from robot.health.conditions import title
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from robot.core.tick import Tick, Vitals

KEPT = 500  # ticks: ten seconds
PROC = Path("/proc")
HERTZ = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
MIB = 1 << 20


class Gauges:
    """Watches the ticks; asked from the page's thread."""

    def __init__(self, vitals: Callable[[], Vitals]) -> None:
        self._vitals = vitals
        self._ticks: deque[tuple[float, float, tuple[float, ...]]] = deque(maxlen=KEPT)
        self._mode = ""
        self._used: dict[int, tuple[float, float]] = {}  # by process: stopwatch and processor seconds at the last look

    def see(self, tick: Tick) -> None:
        self._ticks.append((stopwatch(), tick.late_s, tick.costs_s))
        self._mode = tick.decision.mode

    def read(self) -> dict[str, Any]:
        """All of it, as JSON would hold it; times in milliseconds, shares in percent of one core."""
        ticks = tuple(self._ticks)
        vitals = self._vitals()
        span = ticks[-1][0] - ticks[0][0] if len(ticks) > 1 else 0.0
        columns = zip(*(costs for _, _, costs in ticks), strict=True)
        steps = {name: _spread(column) for name, column in zip(STEPS, columns, strict=False)}
        return {
            "mode": self._mode,
            "rate_hz": round((len(ticks) - 1) / span, 2) if span else 0.0,
            "ticks": vitals.ticks,
            "late": vitals.late,
            "late_percent": round(100.0 * vitals.late / max(vitals.ticks, 1), 3),
            "blamed": dict(vitals.blamed),
            "lateness_ms": _spread([late for _, late, _ in ticks]),
            "steps_ms": steps,
            "processes": self._processes(),
            "temperature_c": temperature(),
            "parts": [
                {"part": title(part), "condition": part.condition.value, "reason": words(part.reason)}
                for part in vitals.health
            ],
        }

    def _processes(self) -> list[dict[str, Any]]:
        """The robot's own process and those that it has started: name, share of a core since the last look, memory."""
        found = []
        before, self._used = self._used, {}
        for pid in (os.getpid(), *children(os.getpid())):
            try:
                fields = (PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                name = (PROC / str(pid) / "comm").read_text(encoding="utf-8").strip()
            except OSError:
                continue  # it has just ended
            now, used = stopwatch(), (int(fields[11]) + int(fields[12])) / HERTZ
            then, spent = before.get(pid, (now, used))
            self._used[pid] = now, used
            share = 100.0 * (used - spent) / (now - then) if now > then else 0.0
            memory = int(fields[21]) * PAGE_BYTES / MIB
            found.append({"pid": pid, "name": name, "cpu_percent": round(share, 1), "memory_mib": round(memory, 1)})
        return found


def children(pid: int) -> list[int]:
    """The processes started by one, and by those."""
    found: list[int] = []
    for path in (PROC / str(pid) / "task").glob("*/children"):
        try:
            direct = [int(word) for word in path.read_text(encoding="ascii").split()]
        except OSError:
            continue
        for child in direct:
            found += [child, *children(child)]
    return found


def temperature(sys: Path = Path("/sys")) -> float | None:
    """The hottest sensor, degrees Celsius; None where there is none."""
    readings = []
    for path in sys.glob("class/thermal/thermal_zone*/temp"):
        try:
            readings.append(int(path.read_text(encoding="ascii")) / 1000)
        except (OSError, ValueError):
            continue
    return max(readings, default=None)


def _spread(values: Iterable[float]) -> dict[str, float]:
    """Median, 99th percentile and greatest, in ms of values in seconds."""
    rows = sorted(values)
    if not rows:
        return {"p50": 0.0, "p99": 0.0, "max": 0.0}
    picks = {"p50": rows[len(rows) // 2], "p99": rows[min(int(len(rows) * 0.99), len(rows) - 1)], "max": rows[-1]}
    return {name: round(1000.0 * value, 3) for name, value in picks.items()}


def prometheus(read: dict[str, Any]) -> str:
    """The same in Prometheus' text format, version 0.0.4."""
    lines: list[str] = []

    def family(name: str, kind: str, explained: str, values: Iterable[tuple[str, float]]) -> None:
        lines.extend((f"# HELP bowlby_{name} {explained}", f"# TYPE bowlby_{name} {kind}"))
        lines.extend(f"bowlby_{name}{labels} {value}" for labels, value in values)

    family("ticks_total", "counter", "Turns of the loop.", [("", read["ticks"])])
    family("late_ticks_total", "counter", "Turns that began over 5 ms late.", [("", read["late"])])
    family("tick_rate_hertz", "gauge", "Turns a second, over ten seconds.", [("", read["rate_hz"])])
    costs = [
        (f'{{step="{step}",quantile="{share}"}}', row[key] / 1000)
        for step, row in read["steps_ms"].items()
        for key, share in (("p50", "0.5"), ("p99", "0.99"))
    ]
    family("step_seconds", "gauge", "What a step costs, over ten seconds.", costs)
    blamed = [(f'{{step="{step}"}}', count) for step, count in read["blamed"].items()]
    family("late_ticks_blamed_total", "counter", "Late turns by what caused them.", blamed)
    rows = [(f'{{process="{one["name"]}",pid="{one["pid"]}"}}', one) for one in read["processes"]]
    family("process_cpu_percent", "gauge", "Share of one core.", [(label, one["cpu_percent"]) for label, one in rows])
    memory = [(label, one["memory_mib"] * MIB) for label, one in rows]
    family("process_memory_bytes", "gauge", "Resident memory.", memory)
    if read["temperature_c"] is not None:
        family("temperature_celsius", "gauge", "The hottest sensor.", [("", read["temperature_c"])])
    parts = [
        (f'{{part="{_escaped(one["part"])}",condition="{one["condition"]}"}}', float(one["condition"] == "ok"))
        for one in read["parts"]
    ]
    family("part_well", "gauge", "1 where a part is well.", parts)
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
