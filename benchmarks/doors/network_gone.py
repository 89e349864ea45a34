"""A network that is gone a hundred times, at the switch or by the robot's own plug: when all is regained, and stays so.

Robot and broker live in network namespaces of their own, with a cable between them (needs root). Regained is what a
button at the broker's side is answered by, while the robot counts as available there.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Self

from benchmarks.doors.running import HOME, Running
from benchmarks.figures import leave_out, load, tell
from robot.core.clock import generator, nap, stopwatch
from tests.support.background import Background
from tests.support.broker import Broker
from tests.support.cable import AT, LENDER, ROBOT, inside, laid, plug, pull
from tests.support.waiting import until

TIMES, REGAINED_S = 100, 2.0
GONE_S = (0.2, 6.0)  # from what no end notices to what both do
AFTER_S = 5.0  # in which a broker finds out that an earlier line is dead
PRESS_S = 0.25
PORT = 1883
AVAILABILITY, ANSWER = f"{HOME}/availability", f"{HOME}/state/answer"


class Listener(Background):
    """What comes to the broker, heard at its side of the cable."""

    def __init__(self, broker: Broker) -> None:
        super().__init__()
        self._port = broker.port
        self.kept: dict[str, tuple[float, str]] = {}  # at each topic, when it came and what

    def __enter__(self) -> Self:
        words = inside(LENDER, "-m", "benchmarks.doors.home_listener", str(self._port))
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return super().__enter__()

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        super().__exit__()

    def _work(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            moment, topic, payload = json.loads(line)
            self.kept[topic] = (moment, payload)

    def press(self, button: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{button}\n")
        self._process.stdin.flush()

    @property
    def available(self) -> bool:
        return self.kept.get(AVAILABILITY, (0.0, ""))[1] == "online"

    def regained(self, back: float) -> float:
        """Seconds until a button is answered and the robot counts as available."""
        answered = 0.0
        pressed = 0.0
        while True:
            if stopwatch() - pressed > PRESS_S and not answered:
                self.press("nod")
                pressed = stopwatch()
            moment = self.kept.get(ANSWER, (0.0, ""))[0]
            answered = moment if moment > back else 0.0
            if answered and self.available:
                return max(answered, self.kept[AVAILABILITY][0]) - back
            assert stopwatch() - back < 60.0, "it is never regained"
            nap(0.005)


def network(times: int = TIMES) -> None:
    if os.geteuid() != 0:
        leave_out("network gone", "cables between network namespaces take root")
        return
    chance = generator(23)
    took: list[float] = []
    stays = 0
    with TemporaryDirectory() as made, laid():
        folder = Path(made)
        at_the_cable = f"listener {PORT} {AT}"
        with (
            Broker(folder, "allow_anonymous true", at_the_cable, namespace=LENDER) as broker,
            Running(folder, f"mqtt://{AT}:{PORT}", keyed=False, namespace=ROBOT),
            Listener(broker) as home,
        ):
            until(lambda: home.available and home.regained(stopwatch()) > 0.0, "it is there")
            nap(AFTER_S)
            for n in range(times):
                pull(own=n % 2 == 1)
                nap(float(chance.uniform(*GONE_S)))
                plug(own=n % 2 == 1)
                took.append(home.regained(stopwatch()))
                nap(AFTER_S)
                stays += home.available
    within = sum(one <= REGAINED_S for one in took)
    unit = f"of {times}"
    tell(f"networks gone and regained within {REGAINED_S:.0f} s", within, unit, times, least=True, note=load())
    tell("the longest", max(took), "s", REGAINED_S, median=round(median(took), 3))
    tell("times that it counted as available after that", stays, unit, times, least=True)
