"""The fleet: robots announce themselves to one another and to `bowlby fleet`.

A robot is there for as long as its liveliness token is: Zenoh takes it away when the robot goes or its network does.
What it tells when asked is its name, its mode and for how long it has been running: nothing of people.
"""

from __future__ import annotations

import json
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from hardware.network.rendezvous import Meeting
from hardware.network.session import EndPoint, chunk, connect, engine, place
from robot.core.clock import nap, stopwatch
from robot.core.condition import Condition, Health
from robot.core.errors import DeviceError
from robot.recording.plain import plain, reader
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    import zenoh

    from robot.core.tick import Tick
    from robot.parts.registry import Surroundings

KEY = "bowlby/fleet"  # bowlby/fleet/SESSION/NAME
ASKED_S = 1.0
REACH_S, AGAIN_S = 3.0, 0.2
ALONE = sentence("health.fleet_alone")
CANNOT_TELL = sentence("health.fleet_cannot_tell")
REMEDY = sentence("health.see_router_runs")


class Present(NamedTuple):
    """What a robot tells of itself."""

    name: str
    mode: str
    running_s: float


def open_fleet(address: str, around: Surroundings) -> Presence:
    """`tcp://desk.local`. Raises ConfigError for another kind of address, DeviceError without library or key."""
    return Presence(address, around.name)


class Presence:
    """An observer of the loop, and a part."""

    def __init__(self, address: str, name: str) -> None:
        self._name = name
        self._now = Present(name, "boot", 0.0)
        self._lock = Lock()
        self._token: zenoh.LivelinessToken | None = None
        self._others: dict[str, str] = {}  # names by key
        self._meeting = Meeting(place(address), self._declare, lambda _: None, ASKED_S)

    def see(self, tick: Tick) -> None:
        self._now = Present(self._name, tick.decision.mode.value, round(tick.t, 1))

    def _declare(self, session: zenoh.Session) -> None:
        key = f"{KEY}/{session.zid()}/{chunk(self._name)}"
        self._token = session.liveliness().declare_token(key)  # it would go with the last reference
        session.declare_queryable(key, lambda query: query.reply(key, json.dumps(plain(self._now))))
        present = engine().SampleKind.PUT

        def note(sample: zenoh.Sample) -> None:
            of = str(sample.key_expr)
            if of == key:
                return
            with self._lock:
                if sample.kind == present:
                    self._others[of] = unquote(of.rpartition("/")[2])
                else:
                    self._others.pop(of, None)

        with self._lock:
            self._others.clear()  # those of an earlier session are told again
        session.liveliness().declare_subscriber(f"{KEY}/*/*", note, history=True)

    def health(self) -> Health:
        lacking = self._meeting.trouble("fleet", CANNOT_TELL, REMEDY)
        if lacking is not None:
            return lacking
        with self._lock:
            others = sorted(self._others.values())
        if self._name in others:
            same = sentence("health.fleet_same_name", name=self._name)
            return Health("fleet", Condition.LESSER, same, sentence("health.give_own_name"))
        if others:
            return Health("fleet", Condition.OK, sentence("health.fleet_others", names=", ".join(others)))
        return Health("fleet", Condition.OK, ALONE)

    def close(self) -> None:
        self._meeting.close()


def present(at: EndPoint) -> list[Present]:
    """The robots that say that they are there, by name. Raises DeviceError when the place cannot be reached."""
    session, end = connect(at), stopwatch() + REACH_S
    while session is None and stopwatch() < end:
        nap(AGAIN_S)
        session = connect(at)
    if session is None:
        raise DeviceError(sentence("health.nobody_answers"), place=str(at), remedy=REMEDY)
    read = reader(Present)
    with session:
        replies = session.get(f"{KEY}/*/*", timeout=ASKED_S, target=engine().QueryTarget.ALL)
        return sorted(read(json.loads(reply.ok.payload.to_bytes())) for reply in replies if reply.ok is not None)
