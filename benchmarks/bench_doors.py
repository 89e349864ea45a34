"""The doors beside the robot's own ways: delay to the first motion, lines that are lost, duties, and what none costs.

`python -m benchmarks.bench_doors [--part latency|lost|duties|nothing]`; one JSON line a figure. The robot runs as
`bowlby run` starts it, in a process of its own on one core, with the simulated body; `duties` has it in this process,
with its company. Needs mosquitto and the extras `home` and `mcp`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
from collections import Counter
from contextlib import AsyncExitStack, ExitStack, contextmanager, suppress
from functools import partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urlsplit

import psutil
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from benchmarks.figures import leave_out, load, tell
from benchmarks.noting_robot import LOOK_S
from robot.core.clock import generator, nap, stopwatch
from robot.core.errors import BowlbyError
from robot.core.intents import BY_PROGRAM, Cause, Say
from robot.core.messages import Pose
from robot.doors.api.wanted import Wanted
from robot.doors.client import Bowlby
from robot.doors.home.door import HomeDoor
from robot.doors.keys import KeyRing, KeyRole
from tests.support.broker import MOSQUITTO, Audience, Broker
from tests.support.desk import Desk
from tests.support.door_robot import MADE, DoorRobot
from tests.support.free_port import free_port
from tests.support.home_robot import EVERYTHING, settings
from tests.support.waiting import until
from training.speech.lines import TABLES, spoken

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence

    from mcp import Client

    from training.speech.lines import Spoken

TIMES = 40  # commands by each way
BAR_S = 0.06
TURN_RAD_S = 0.15  # breathing moves a joint slower than that
REST_S = {"look": 1.3, "show": 1.9}  # after which it is still again: it looks where it was told to, or has nodded
QUIET_S = 0.2  # of it before a command
WITHIN_S = 1.0
ALONE_S = 10.0  # with a broker that is there
KILLS, REGAINED_S = 100, 2.0
SILENT_S = 60.0
SILENT_LINES = 4  # as many as one key may hold
SENTENCES = 300
LANGUAGES = ("en", "fr")
EXTRAS = ("paho", "mcp", "rosbags", "zenoh", "robot.doors")
HOME = "bowlby/bowlby"
KINDS = {"look": ("base_yaw", "head_yaw"), "show": ("neck_pitch",)}  # what a nod and a look move


class Running:
    """A robot in a process of its own, with its folders apart from this person's."""

    def __init__(self, folder: Path, broker: str = "", *, keyed: bool = True) -> None:
        self.notes: dict[str, Any] = {}
        self.port = free_port()
        self._file = folder / "notes.json"
        places = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "STATE", "DATA", "CACHE")}
        self._environment = {**os.environ, **places}
        own = folder / "CONFIG" / "bowlby"
        own.mkdir(parents=True)
        ring = KeyRing(own / "program.keys")
        self.keys = {role: ring.add(role.value, role, MADE) for role in KeyRole} if keyed else {}
        shows = f'[doors]\nbroker = "{broker}"\nhome_shows = {json.dumps(EVERYTHING)}\n' if broker else ""
        parts = '[parts]\nbody = "sim://"\ncamera = ""\nears = ""\nspeaker = ""\n'
        self._config = own / "bowlby.toml"
        self._config.write_text(parts + shows, encoding="utf-8")

    def __enter__(self) -> Self:
        words = ["-m", "benchmarks.noting_robot", str(self._file), "run", "--config", str(self._config)]
        self.process = subprocess.Popen(
            [sys.executable, *words, "--port", str(self.port)],
            env=self._environment,
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            until(self._serves, "its page is served")
        except AssertionError:
            self.process.kill()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()
        self.notes = json.loads(self._file.read_text(encoding="utf-8"))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, role: KeyRole = KeyRole.BUILDER) -> Bowlby:
        return Bowlby(self.url, key=self.keys[role])

    def is_up(self) -> bool:
        """Whether it is awake, and does what it is asked for."""
        with self.client() as client:
            return is_up(client)

    def inside(self, what: str) -> bool:
        """Give a wish to its loop, by no door: whether it does it is not told."""
        line = self.process.stdin
        assert line is not None
        line.write(f"{what}\n")
        line.flush()
        return True

    def _serves(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1.0):
            return True
        return False

    def cost(self) -> tuple[float, int]:
        """MiB that are its own alone, and threads; its warden and its voice are other processes."""
        first = psutil.Process(self.process.pid)
        robot = max([first, *first.children(recursive=True)], key=lambda one: one.memory_full_info().uss)
        return robot.memory_full_info().uss / 2**20, robot.num_threads()

    def late(self, since: float, until_: float) -> tuple[int, int, float]:
        """Ticks that began more than 5 ms late, of how many, and the latest, s."""
        found = [tick[1] for tick in self.notes["ticks"] if since <= tick[0] <= until_]
        return sum(late > 0.005 for late in found), len(found), max(found)


def is_up(client: Bowlby) -> bool:
    with suppress(BowlbyError):
        return client.state().mode in {"awake", "engaged"}
    return False


@contextmanager
def running(*, broker: bool = False, keyed: bool = True) -> Iterator[tuple[Running, Broker | None]]:
    with ExitStack() as made:
        folder = Path(made.enter_context(TemporaryDirectory()))
        line = made.enter_context(Broker(folder)) if broker else None
        yield made.enter_context(Running(folder, line.address if line else "", keyed=keyed)), line


@contextmanager
def nothing_else(robot: Running) -> Iterator[None]:
    """Once it is awake and has loaded what it loads."""
    until(robot.is_up, "it is awake")
    nap(5.0)
    yield


# ---------------------------------------------------------------- latency


class Command(NamedTuple):
    """By which way, what it was and when it was sent; whether it is done, as far as that is answered."""

    way: str
    kind: str
    sent: float
    done: bool = True


async def assistant(made: AsyncExitStack, url: str, key: str) -> Client:
    """`bowlby mcp`, in a process of its own."""
    from mcp import Client, StdioServerParameters, stdio_client  # noqa: PLC0415 - takes two seconds

    environment = {**os.environ, "BOWLBY_KEY": key, "BOWLBY_URL": url}
    server = StdioServerParameters(command=sys.executable, args=["-m", "robot", "mcp"], env=environment)
    return await made.enter_async_context(Client(stdio_client(server)))


def text_of(result: Any) -> str:
    return "".join(getattr(part, "text", "") for part in result.content)


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


# ---------------------------------------------------------------- lost


class Follower:
    """Reads each tick of the live line; how many it was not told, and how long it waited at most."""

    def __init__(self, robot: Running) -> None:
        self.seen: list[tuple[int, float]] = []
        self._client, self._end = robot.client(), Event()
        self._thread = Thread(target=self._follow)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()
        self._client.close()

    def _follow(self) -> None:
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


# ---------------------------------------------------------------- duties


def sentences(language: str, count: int) -> list[Spoken]:
    """As many that break a duty as harmless ones, evenly from all hands; MQTT takes 250 characters."""
    ours = [one for one in spoken() if one.language == language and one.voice != TABLES and len(one.text) <= 250]
    chosen: list[Spoken] = []
    for breaks in (True, False):
        some = [one for one in ours if one.breaks is breaks]
        chosen += [some[i * len(some) // (count // 2)] for i in range(count // 2)]
    return [chosen[i] for i in generator(300).permutation(len(chosen))]


def own_verdict(text: str, language: str, cause: Cause) -> int | None:
    """The duty by which the guard, asked directly, holds a sentence back that answers somebody."""
    desk = Desk(language=language)
    desk.hear("hello" if language == "en" else "bonjour")
    said = Say(cause, text=text)
    done, verdicts = desk.judged(said)
    if any(isinstance(one, Say) and one.text == text for one in done):
        return None
    return next(one.duty for one in verdicts if one.action == "stopped")


class Doors:
    """Each door of one robot, by which a sentence is said: the duty that forbids it, None where it was said."""

    def __init__(self, robot: DoorRobot, listener: Audience, mcp: Client) -> None:
        self._robot, self._listener, self._mcp = robot, listener, mcp
        self._api = robot.way.client()
        self.by = {"API": self.by_api, "MCP": self.by_mcp, "MQTT": self.by_mqtt}

    async def by_api(self, text: str) -> int | str | None:
        effect = await asyncio.to_thread(self._api.say, text)
        return None if effect.done else effect.duty or effect.why

    async def by_mcp(self, text: str) -> int | str | None:
        told = text_of(await self._mcp.call_tool("say", {"text": text}))
        if told.startswith("done: "):
            return None
        words = told.removeprefix("refused: ").split()
        return int(words[1]) if words[0] == "duty" else told

    async def by_mqtt(self, text: str) -> int | str | None:
        before = len(self._listener.answers("bowlby"))
        self._listener.ask(f"{HOME}/command/say", text)
        await asyncio.to_thread(until, lambda: len(self._listener.answers("bowlby")) > before, "it is answered")
        told = self._listener.answers("bowlby")[-1]
        return None if told["event_type"] == "done" else told["duty"] or told["why"]


async def ask_all(robot: DoorRobot, broker: Broker, lines: list[Spoken]) -> dict[str, dict[str, int | str | None]]:
    """What became of each sentence, by door. Somebody types a word before each, which it is then an answer to."""
    found: dict[str, dict[str, int | str | None]] = {"API": {}, "MCP": {}, "MQTT": {}}
    async with AsyncExitStack() as made:
        listener = made.enter_context(Audience(broker))
        listener.waits(f"{HOME}/availability", "online")
        mcp = await assistant(made, robot.way.page.url, robot.way.keys[KeyRole.OWNER])
        doors = Doors(robot, listener, mcp)
        vitals = robot.session.robot.vitals
        for n in range(len(lines)):
            for k, (way, by) in enumerate(doors.by.items()):
                text = lines[(n + k * len(lines) // 3) % len(lines)].text
                robot.controls.say("hm")
                due = vitals().ticks + 3
                await asyncio.to_thread(until, lambda due=due: vitals().ticks >= due, "it is heard", every_s=0.005)
                found[way][text] = await by(text)
    return found


def duties(count: int = SENTENCES) -> None:
    import_module("mcp")  # before the robot's threads are there
    own: dict[str, int | None] = {}
    mouth: dict[str, int | None] = {}
    found: dict[str, dict[str, int | str | None]] = {}
    lines: dict[str, Spoken] = {}
    for language in LANGUAGES:
        some = sentences(language, count // len(LANGUAGES))
        lines |= {one.text: one for one in some}
        own |= {one.text: own_verdict(one.text, language, Cause(BY_PROGRAM, "a program")) for one in some}
        mouth |= {one.text: own_verdict(one.text, language, Cause("converse", "")) for one in some}
        with ExitStack() as made:
            folder = Path(made.enter_context(TemporaryDirectory()))
            broker = made.enter_context(Broker(folder))
            robot = made.enter_context(DoorRobot(folder, language=language))
            config = settings(broker.address, language, home_shows=("say",))
            door = HomeDoor(config, robot.controls, robot.session.robot.context.clock, "")
            made.callback(door.close)
            robot.session.robot.loop.watch(door)
            with robot.way.client() as client:
                until(partial(is_up, client), "it is awake")
            for way, told in asyncio.run(ask_all(robot, broker, some)).items():
                found.setdefault(way, {}).update(told)
    unit = f"of {len(lines)}"
    stopped = sum(duty is not None for duty in own.values())
    tell(
        "sentences that the guard itself holds back", stopped, unit, breaking=sum(one.breaks for one in lines.values())
    )
    for way, told in found.items():
        wrong = [(text, own[text], told[text]) for text in lines if told[text] != own[text]]
        through = sum(was is not None and now is None for _, was, now in wrong)
        tell(f"said by {way} though the guard holds it back", through, unit, 0)
        tell(f"verdicts by {way} that are not the guard's own", len(wrong), unit, 0, these=wrong[:5])
    other = [(text, mouth[text], own[text]) for text in lines if own[text] != mouth[text]]
    tell("verdicts on a program's words that are not those on the robot's own", len(other), unit, these=other[:5])


# ---------------------------------------------------------------- nothing


def nothing(seconds: float = 10.0) -> None:
    """What a robot without any door has loaded, and its memory and threads beside one with doors."""
    costs: dict[bool, tuple[float, int]] = {}
    loaded: dict[bool, list[str]] = {}
    for doors in (False, True):
        with running(broker=doors, keyed=doors) as (robot, _):
            nap(seconds)
            if doors:
                until(robot.is_up, "it is awake")
                nap(2.0)
            costs[doors] = robot.cost()
        loaded[doors] = [name for name in robot.notes["modules"] if name.startswith(EXTRAS)]
    (mib, threads), (with_mib, with_threads) = costs[False], costs[True]
    names = [name for name in loaded[False] if name != "robot.doors"]
    tell(
        "modules of the doors that a robot without any has loaded",
        len(names),
        f"of {len(loaded[True])}",
        0,
        these=names,
    )
    tell("its memory", mib, "MiB", note=f"{with_mib:.1f} with the API and the broker")
    tell("its threads", threads, "", note=f"{with_threads} with the API and the broker")


PARTS: dict[str, Callable[[], None]] = {"latency": latency, "lost": lost, "duties": duties, "nothing": nothing}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_doors", description=__doc__)
    parser.add_argument("--part", choices=PARTS, help="one of them; left out: all")
    asked = parser.parse_args().part
    if MOSQUITTO is None:
        leave_out("doors", "mosquitto is not installed")
        return
    for name, part in PARTS.items():
        if asked in {None, name}:
            part()


if __name__ == "__main__":
    main()
