"""The line at its worst: unplugged, host killed, board restarted, a real tty: `python -m benchmarks.bench_line`.

One JSON line a figure. `unplug` and `brownout` run in simulated time; `replug`, `kill` and `tty` at true speed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from benchmarks.figures import tell
from firmware_bridge import table
from firmware_bridge.body import open_body
from robot.core.body_frame import BodyFrame, Eyes, Light
from robot.core.clock import RealClock, generator, nap, stopwatch
from robot.core.percepts import Telemetry
from robot.parts.registry import Surroundings
from sim.board.server import BoardServer
from tests.support.rig import ONE, Watch
from tests.support.sim_body import DT, Robot

if TYPE_CHECKING:
    from collections.abc import Callable


def tell_watch(what: str, watch: Watch) -> None:
    tell(f"{what}: fastest servo, share of its speed limit", watch.fastest, "", 1.0)
    tell(f"{what}: hardest servo, share of its acceleration limit", watch.hardest, "", 1.0)


def back(robot: Robot) -> float:
    """Seconds until the link is there again."""
    began = robot.now
    while not robot.last().link and robot.now < began + 5:
        robot.nod(DT)
    return robot.now - began


def unplug(times: int = 500) -> None:
    """At random moments, for random whiles; plugged in again, also in the middle of arming and resting."""
    chance = generator(17)
    robot = Robot()
    robot.nod(2)
    worst = 0.0
    unarmed = 0
    for n in range(times):
        robot.nod(float(chance.uniform(0.02, 1.5)))
        robot.body.line.unplug()
        robot.nod(float(chance.uniform(0.02, 2.5)))
        robot.body.line.plug()
        worst = max(worst, back(robot))
        if n % 10 == 9:
            robot.nod(3)
            unarmed += not robot.last().armed
    tell(f"link back after unplugging, worst of {times}", worst, "s", 1.5)
    tell("not armed 3 s after plugging in", unarmed, "", 0)
    tell_watch("unplugging", robot.watch)


def brownout(times: int = 200) -> None:
    """The board restarts in mid-motion: told, armed again where the servos stand."""
    chance = generator(19)
    robot = Robot()
    robot.nod(3)
    untold = unarmed = 0
    jump = 0.0
    for _ in range(times):
        robot.nod(float(chance.uniform(0.5, 3)))
        robot.body.line.restart(table.Reset.BROWN_OUT)
        told = False
        for _ in range(200):
            before = robot.stage.pose
            robot.nod(DT)
            jump = max(jump, *(abs(a - b) for a, b in zip(robot.stage.pose, before, strict=True)))
            told |= any("brown-out" in fault for fault in robot.last().faults)
        untold += not told
        unarmed += not robot.last().armed
    tell(f"brown-outs that were not told, of {times}", untold, "", 0)
    tell("not armed 4 s after a brown-out", unarmed, "", 0)
    tell("fastest true movement of a servo around brown-outs", jump / DT, "rad/s", 300 / 57.3)


def replug(times: int = 20) -> None:
    """The real line, reopened by its thread: a socket that is cut and comes back."""
    worst = 0.0
    with BoardServer() as server:
        clock = RealClock()
        body = open_body(server.address, Surroundings(clock))
        linked = [False]

        def run(seconds: float, until: Callable[[], bool] = lambda: False) -> float:
            began = due = clock.now()
            while due < began + seconds and not until():
                clock.sleep_until(due)
                linked[0] = any(told.link for told in body.poll(due) if isinstance(told, Telemetry)) or (
                    linked[0] and body.phase.name == "READY"
                )
                body.write(BodyFrame(due, ONE.rest._replace(base_yaw=0.3), Eyes(), Light()))
                due += DT
            return due - began

        run(2)
        for _ in range(times):
            server.drop()
            run(2, lambda: not linked[0])
            run(0.3)
            server.plug()
            worst = max(worst, run(5, lambda: linked[0]))
        body.close()
    tell(f"socket back after a cut, worst of {times}", worst, "s", 1.5)


HOST = """
import math, sys
from tests.firmware_bridge.test_serial_line import Driver
driver = Driver(sys.argv[1])
driver.run(2.2)
print("moving", flush=True)
driver.run(60)
"""


def kill(times: int = 10) -> None:
    """kill -9 in mid-motion, on a tty; the next host takes over."""
    chance = generator(23)
    server = BoardServer()
    address = server.pty()
    worst = 0.0
    stuck = awry = 0
    with server:
        for _ in range(times):
            host = subprocess.Popen([sys.executable, "-c", HOST, address], stdout=subprocess.PIPE)
            assert host.stdout is not None
            host.stdout.readline()
            nap(float(chance.uniform(0, 1)))
            awry += sum(1 for pulse in server.pulses[-1] if pulse) != 6
            os.kill(host.pid, signal.SIGKILL)
            host.wait()
            host.stdout.close()
            at = len(server.pulses)
            nap(2.2)
            limp = next((n for n, pulses in enumerate(server.pulses[at:]) if not any(pulses)), None)
            stuck += limp is None
            worst = max(worst, (limp or 0) * DT)
    tell(f"host killed to rest and limp, worst of {times}", worst, "s", 1.6)
    tell("bodies that did not go limp", stuck, "", 0)
    tell("hosts that did not pick up with all six servos", awry, "", 0)
    watch = Watch()
    for pulses in server.pulses:
        watch.see(pulses)
    tell_watch("killing", watch)


def tty(seconds: float = 60.0) -> None:
    """The client over a pty at true speed."""
    server = BoardServer()
    address = server.pty()
    with server:
        clock = RealClock()
        body = open_body(address, Surroundings(clock))
        due = 0.0
        began = stopwatch()
        reports = 0
        while due < seconds:
            clock.sleep_until(due)
            reports += sum(isinstance(told, Telemetry) and due > 1 for told in body.poll(due))
            body.write(BodyFrame(due, ONE.rest._replace(base_yaw=0.3), Eyes(), Light()))
            due += DT
        took = stopwatch() - began
        status = body.status
        tell(f"tty for {took:.0f} s: frames lost to the board", status["gaps"] + status["crc_errors"], "", 0)
        tell("tty: bytes overrun", status["overruns"], "", 0)
        tell("tty: reports lost to the host", body.decoder.gaps + body.decoder.crc_errors, "", 0)
        tell("tty: setpoints that came too late", 100 * status["late"] / (seconds / DT), "%", 1)
        tell(
            "tty: pose reports short of one a servo frame, after the first second", (seconds - 1) / DT - reports, "", 2
        )
        body.close()


def kills() -> None:
    """The same a hundred times: ten minutes."""
    kill(100)


SECTIONS = {"unplug": unplug, "brownout": brownout, "replug": replug, "kill": kill, "tty": tty}
LONG = {"kills": kills}

if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        (SECTIONS | LONG)[name]()
