"""From a command by each door to the first motion of the body, beside the same command given inside the loop."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from functools import partial
from itertools import pairwise
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.doors.noting_robot import LOOK_S
from benchmarks.doors.running import HOME, Running, assistant, nothing_else, running, text_of
from benchmarks.figures import load, tell
from robot.core.body_frame import Pose
from robot.core.clock import generator, stopwatch
from robot.doors.keys import KeyRole
from tests.support.broker import Audience, Broker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence


TIMES = 40  # commands by each way
BAR_S = 0.06
TURN_RAD_S = 0.15  # breathing moves a joint slower than that
REST_S = {"look": 1.3, "show": 1.9}  # after which it is still again: it looks where it was told to, or has nodded
QUIET_S = 0.2  # of it before a command
WITHIN_S = 1.0
KINDS = {"look": ("base_yaw", "head_yaw"), "show": ("neck_pitch",)}  # what a nod and a look move


class Command(NamedTuple):
    """By which way, what it was and when it was sent; whether it is done, as far as that is answered."""

    way: str
    kind: str
    sent: float
    done: bool = True


async def command(robot: Running, broker: Broker, times: int, kinds: Collection[str]) -> list[Command]:
    """Each way in turn, so that whatever else the machine does meets all of them alike."""
    chance = generator(31)
    sent: list[Command] = []
    async with AsyncExitStack() as made:
        mcp = await assistant(made, robot.url, robot.keys[KeyRole.BUILDER])
        listener = made.enter_context(Audience(broker))
        listener.waits(f"{HOME}/availability", "online")
        api = made.enter_context(robot.client(KeyRole.OWNER))

        async def by_mcp(tool: str, **words: float | str) -> bool:
            return text_of(await mcp.call_tool(tool, words)).startswith("done")

        def look(yaw: float) -> bool:
            return api.look(yaw, for_s=LOOK_S).done

        def press() -> bool:
            listener.ask(f"{HOME}/command/press", "nod")
            return True

        for n in range(times):
            yaw = 0.4 if n % 2 else -0.4
            ways: list[tuple[str, str, Callable[[], bool | Awaitable[bool]]]] = [
                ("inside", "look", partial(robot.inside, f"look {yaw}")),
                ("API", "look", partial(look, -yaw)),
                ("MCP", "look", partial(by_mcp, "look", yaw=yaw, for_s=LOOK_S)),
                ("inside", "show", partial(robot.inside, "show nod")),
                ("MQTT", "show", press),
                ("API", "show", lambda: api.show("nod").done),
            ]
            for way, kind, do in [one for one in ways if one[1] in kinds]:
                await asyncio.sleep(chance.uniform(0.0, 0.02) + REST_S[sent[-1].kind if sent else "show"])
                moment = stopwatch()
                outcome = do()
                done = outcome if isinstance(outcome, bool) else await outcome
                sent.append(Command(way, kind, moment, done))
    return sent


def first_motion(ticks: Sequence[Sequence[float]], kind: str, sent: float) -> float | None:
    """Seconds from the command to the end of the turn whose frame moves the body; None where it moved already."""
    joints = [2 + Pose._fields.index(name) for name in KINDS[kind]]
    for before, now in pairwise(ticks):
        if now[0] < sent - QUIET_S or now[0] > sent + WITHIN_S:
            continue
        speed = max(abs(now[j] - before[j]) for j in joints) / 0.02
        if speed > TURN_RAD_S:
            return now[0] - sent if now[0] >= sent else None
    return None


def latency(times: int = TIMES, kinds: Collection[str] = tuple(KINDS)) -> None:
    with running(broker=True) as (robot, broker), nothing_else(robot):
        assert broker is not None
        sent = asyncio.run(command(robot, broker, times, kinds))
    asked = iter(robot.notes["asked"])  # the moments at which those from inside came to the loop
    sent = [one._replace(sent=next(asked)) if one.way == "inside" else one for one in sent]
    ticks = robot.notes["ticks"]
    own: dict[str, float] = {}
    for kind in kinds:
        for way in ("inside", "API", "MCP", "MQTT"):
            mine = [one for one in sent if (one.way, one.kind) == (way, kind)]
            if not mine:
                continue
            found = [first_motion(ticks, kind, one.sent) for one in mine if one.done]
            delays = [one for one in found if one is not None]
            p95 = quantiles(delays, n=20)[-1]
            more: dict[str, Any] = {"median": round(median(delays) * 1000, 1), "measured": len(delays), "of": len(mine)}
            if way == "inside":
                own[kind] = p95
                tell(f"{kind} from inside, to the first motion, p95", p95 * 1000, "ms", note=load(), **more)
            else:
                told = f"{kind} by {way}, to the first motion, p95 over the loop's own"
                tell(told, (p95 - own[kind]) * 1000, "ms", BAR_S * 1000, whole=round(p95 * 1000, 1), **more)
