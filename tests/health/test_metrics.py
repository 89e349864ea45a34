"""How the live loop does, as a terminal, a program and Prometheus read it: true figures, and nothing unless asked."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from robot.core.tick import STEPS, Vitals
from robot.health.metrics import Gauges, prometheus
from tests.health.test_service import Service
from tests.support.heart import beating
from tests.support.noted_controls import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SLOW = '''"""Slow: takes 40 ms of each thought."""

from threading import Event

from robot.decide.behavior import Behavior


class Slow(Behavior):
    """For a test."""

    name = "slow"

    def desire(self, state):
        Event().wait(0.04)
        return 0.0

    def act(self, state):
        return ()
'''


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("gauges")
    (folder / "behaviors").mkdir()
    (folder / "behaviors" / "slow.py").write_text(SLOW, encoding="utf-8")
    service = Service(folder, more="metrics = true\n")
    service.until("WATCHDOG=1")
    yield service
    service.end(signal.SIGTERM)
    service.close()


def top(port: int, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "robot", "top", "--port", str(port), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.slow
def test_top_tells_what_makes_the_loop_late(running: Service) -> None:
    for _ in range(50):  # the service is ready before its first thoughts
        told = json.loads(top(running.port, "--json").stdout)
        if told["blamed"].get("decide"):
            break
    assert set(told["steps_ms"]) == set(STEPS)
    assert told["steps_ms"]["decide"]["max"] > 39.0
    assert told["late"] > 0
    assert told["blamed"]["decide"] > 0  # a busy machine adds delays of its own
    assert told["processes"][0]["pid"] == running.process.pid
    assert told["processes"][0]["memory_mib"] > 20
    assert any(part["part"].startswith("body") for part in told["parts"])
    shown = top(running.port, "--once").stdout
    assert re.search("late because of: .*decide", shown)
    assert "lateness" in shown


@pytest.mark.slow
def test_prometheus_reads_the_same_where_it_is_switched_on(running: Service) -> None:
    with urlopen(f"http://127.0.0.1:{running.port}/metrics", timeout=20) as answer:
        assert "version=0.0.4" in answer.headers["content-type"]
        text = answer.read().decode()
    for line in text.splitlines():
        assert line.startswith(("# HELP bowlby_", "# TYPE bowlby_")) or re.fullmatch(
            r'bowlby_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? -?[\d.e+-]+', line
        ), line
    assert float(re.findall(r"(?m)^bowlby_ticks_total (\S+)", text)[0]) > 0
    with pytest.raises(HTTPError, match="421"):  # another site's name that leads here
        urlopen(Request(f"http://127.0.0.1:{running.port}/metrics", headers={"Host": "evil.example"}), timeout=20)


@pytest.mark.slow
def test_metrics_are_off_unless_switched_on(tmp_path: Path) -> None:
    service = Service(tmp_path)
    try:
        service.until("WATCHDOG=1")
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"http://127.0.0.1:{service.port}/metrics", timeout=20)
    finally:
        service.close()


def test_prometheus_gets_every_digit_of_a_counter() -> None:
    text = prometheus(Gauges(lambda: Vitals(12_345_679, 1_000_001, (("decide", 1_000_000),), ())).read())
    assert "\nbowlby_ticks_total 12345679\n" in text
    assert "\nbowlby_late_ticks_total 1000001\n" in text
    assert '\nbowlby_late_ticks_blamed_total{step="decide"} 1000000\n' in text


def test_no_proxy_is_asked_for_what_is_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    with beating(Asked()) as heart:
        run = top(int(heart.url.rstrip("/").rpartition(":")[2]), "--json")
    assert run.returncode == 0, run.stderr
    assert "ticks" in json.loads(run.stdout)


def test_without_a_robot_top_says_so() -> None:
    run = top(1, "--once")
    assert run.returncode == 3
    assert "no robot answers" in run.stderr
    assert "bowlby run" in run.stderr
