"""Brokers that are killed a hundred times, and subscribers that read nothing: what is lost, and when it is regained."""

from __future__ import annotations

import json
import socket
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from benchmarks.doors.running import HOME, Running, nothing_else, running
from benchmarks.figures import load, tell
from robot.core.clock import generator, nap, stopwatch
from robot.core.errors import BowlbyError
from robot.doors.api.wanted import Wanted
from robot.doors.keys import KeyRole
from tests.support.background import Background
from tests.support.broker import Audience
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.doors.client import Bowlby


ALONE_S = 10.0  # with a broker that is there
KILLS, REGAINED_S = 100, 2.0
SILENT_S = 60.0
SILENT_LINES = 4  # as many as one key may hold


class Follower(Background):
    """Reads each tick of the live line; how many it was not told, and how long it waited at most."""

    def __init__(self, robot: Running) -> None:
        super().__init__()
        self.seen: list[tuple[int, float]] = []
        self._client = robot.client()

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        self._client.close()

    def _work(self) -> None:
        for message in self._client.live("ticks", every=1):
            if message["kind"] == "tick":
                self.seen.append((message["n"], stopwatch()))
            if self._end.is_set():
                return

    def told(self) -> tuple[int, int, float]:
        """Ticks that were not told, of how many, and the longest wait, s."""
        pairs = [*pairwise(self.seen)]
        missing = sum(b[0] - a[0] - 1 for a, b in pairs)
        return missing, self.seen[-1][0] - self.seen[0][0], max(b[1] - a[1] for a, b in pairs)


@contextmanager
def silent(robot: Running) -> Iterator[list[Any]]:
    """Lines that want all there is and read nothing."""
    want = Wanted(want=("ticks", "percepts", "words", "verdicts"), every=1).model_dump_json()
    header = {"authorization": f"Bearer {robot.keys[KeyRole.OWNER]}"}
    at = urlsplit(robot.url)
    with ExitStack() as made:
        lines = []
        for _ in range(SILENT_LINES):
            wire = socket.socket()
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            wire.connect((at.hostname, at.port))
            address = f"ws://{at.netloc}/api/v1/live"
            own: dict[str, Any] = {"ping_interval": None, "close_timeout": 1.0, "proxy": None, "max_queue": 1}
            line = made.enter_context(connect(address, sock=wire, additional_headers=header, **own))
            line.send(want)
            lines.append(line)
        yield lines


def slow_subscriber(seconds: float) -> None:
    """Others' ticks, and the loop's, with and without lines that nobody reads."""
    moments: list[float] = []
    told: list[tuple[int, int, float]] = []
    with running() as (robot, _), nothing_else(robot):
        for some in (False, True):
            moments.append(stopwatch())
            with ExitStack() as made:
                lines = made.enter_context(silent(robot)) if some else []
                with Follower(robot) as follower:
                    nap(seconds if some else ALONE_S)
                told.append(follower.told())
                moments.append(stopwatch())
                came = [_came_of(line, follower.seen[-1][0]) for line in lines]
    (alone, of, wait), (missing, ticks, waited) = told
    before, meanwhile = robot.late(*moments[:2]), robot.late(*moments[2:])
    unit = f"of {ticks}"
    tell("ticks that a reader was not told beside lines that nobody reads", missing, unit, 0, alone=f"{alone} of {of}")
    tell("its longest wait for a tick", waited * 1000, "ms", alone=round(wait * 1000), note=load())
    alone_late = f"{100 * before[0] / before[1]:.2f} % without them"
    tell("late ticks meanwhile", 100 * meanwhile[0] / meanwhile[1], "%", note=f"{alone_late}; {load()}")
    told_of = dict(Counter(came))
    tell("silent lines that were left behind", came.count("behind"), f"of {len(came)}", 0, came_to=told_of)


def _came_of(line: Any, n: int) -> str:
    """What a line comes to that was not read for long: "newest", the tick of now; "ended", by the robot; or neither."""
    end = stopwatch() + 20.0
    try:
        while stopwatch() < end:
            message = json.loads(line.recv(timeout=20.0))
            if message["kind"] == "tick" and message["n"] >= n:
                return "newest"
    except ConnectionClosed:
        return "ended"
    return "behind"


def broker_gone(kills: int) -> None:
    chance = generator(20)
    took: list[float] = []
    failed = 0
    with running(broker=True) as (robot, broker), nothing_else(robot), robot.client() as api:
        assert broker is not None
        with Audience(broker) as listener:
            listener.waits(f"{HOME}/availability", "online")
            nap(3.0)
            kept = {topic for topic in listener.kept if topic != f"{HOME}/state/answer"}
        alone = stopwatch()
        nap(ALONE_S)
        began = stopwatch()
        for _ in range(kills):
            broker.kill()
            nap(float(chance.uniform(0.0, 0.6)))
            failed += not _answers(api)
            broker.start()
            back = stopwatch()
            with Audience(broker) as listener:
                until(partial(kept.issubset, listener.kept), "all is told again", every_s=0.005)
                took.append(stopwatch() - back)
        ended = stopwatch()
    unit = f"of {kills}"
    within = sum(one <= REGAINED_S for one in took)
    tell(f"brokers killed and regained within {REGAINED_S:.0f} s, all told again", within, unit, kills, least=True)
    tell("the longest", max(took), "s", REGAINED_S, median=round(median(took), 3), entities=len(kept))
    tell("calls of the API that failed while the broker was gone", failed, unit, 0)
    (late, of, worst), (late_alone, of_alone, _) = robot.late(began, ended), robot.late(alone, began)
    note = f"{100 * late_alone / of_alone:.2f} % with the broker there; {load()}"
    tell("late ticks while it was lost and regained", 100 * late / of, "%", latest_ms=round(worst * 1000), note=note)


def _answers(api: Bowlby) -> bool:
    with suppress(BowlbyError):
        return api.state().n > 0
    return False


def lost(kills: int = KILLS, seconds: float = SILENT_S) -> None:
    broker_gone(kills)
    slow_subscriber(seconds)
