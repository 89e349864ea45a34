"""`bowlby top`: the live loop of a robot that runs on this machine, in a terminal."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer
from rich.console import Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from robot.config import schema as configuration
from robot.core.errors import PartError
from robot.texts.terminal import terminal

EVERY_S = 1.0
COLOURS = {"ok": "green", "lesser": "yellow", "off": "dim", "fault": "bold red"}


def top(
    *,
    port: Annotated[int | None, typer.Option(help="Port of the robot's page, where it is not the usual one.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Show it once and stop.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it once as JSON.")] = False,
) -> None:
    """Watch the live loop: its rate, what each step costs, late ticks and who caused them, processor and memory.

    It asks the page of the robot that runs here; nothing is changed. Ctrl-C ends.
    """
    from robot.core.clock import nap  # noqa: PLC0415 - a command's imports wait until it runs

    address = f"http://127.0.0.1:{port or configuration.load(None).page.port or 8080}/gauges"
    if as_json:
        sys.stdout.write(json.dumps(ask(address), indent=2, ensure_ascii=False) + "\n")
        return
    console = terminal()
    if once:
        console.print(picture(ask(address)))
        return
    with Live(picture(ask(address)), console=console, auto_refresh=False, screen=console.is_terminal) as live:
        while True:
            nap(EVERY_S)
            live.update(picture(ask(address)), refresh=True)


def ask(address: str) -> Any:  # JSON
    """What the page tells. Raises PartError when no robot answers there."""
    from urllib.error import URLError  # noqa: PLC0415
    from urllib.request import ProxyHandler, build_opener  # noqa: PLC0415

    try:
        with build_opener(ProxyHandler({})).open(address, timeout=5.0) as answer:  # a proxy has another loopback
            return json.loads(answer.read())
    except (URLError, OSError, ValueError) as error:
        raise PartError(
            f"no robot answers: {error}", place=address, remedy="start one (bowlby run), or give its page's --port"
        ) from error


def picture(told: Any) -> Group:
    """The screen."""
    late = f"{told['late']} of {told['ticks']} ticks late ({told['late_percent']:.2f} %)"
    blamed = ", ".join(f"{name} {count}" for name, count in told["blamed"].items())
    heat = "" if told["temperature_c"] is None else f", {told['temperature_c']:.0f} °C"
    head = Text(f"{told['mode']}  {told['rate_hz']:.1f} ticks a second, {late}{heat}", style="bold")
    cause = Text(f"late because of: {blamed or 'nothing'}")
    return Group(head, cause, _steps(told), _processes(told), _parts(told))


def _steps(told: Any) -> Table:
    table = Table("step", "median, ms", "p99", "longest", box=None, pad_edge=False)
    for name, row in {**told["steps_ms"], "lateness": told["lateness_ms"]}.items():
        table.add_row(name, *(f"{row[key]:.2f}" for key in ("p50", "p99", "max")))
    return table


def _processes(told: Any) -> Table:
    table = Table("process", "% of a core", "MiB", box=None, pad_edge=False)
    for one in told["processes"]:
        table.add_row(f"{one['name']} ({one['pid']})", f"{one['cpu_percent']:.1f}", f"{one['memory_mib']:.0f}")
    return table


def _parts(told: Any) -> Table:
    table = Table("part", "", "", box=None, pad_edge=False)
    for one in told["parts"]:
        table.add_row(one["part"], Text(one["condition"], COLOURS[one["condition"]]), one["reason"])
    return table
