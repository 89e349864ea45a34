"""Robots behind a door: a whole one in the simulator, with its page and keys; and one that is only ticks."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Self

import httpx

from robot.app.context import shared_stock
from robot.app.page_controls import RobotControls
from robot.config.schema import Config
from robot.doors.api.door import Door
from robot.doors.client import Bowlby
from robot.doors.keys import KeyRing, KeyRole
from robot.page.server.server import Page
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.past import BeforeTable
from sim.world.stage import WorldStage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from starlette.types import ASGIApp

    from robot.page.api import Controls
    from robot.page.server.served import Served

MADE = datetime(2026, 1, 5, 10, tzinfo=UTC)


class Doorway(NamedTuple):
    """A page with a door, and a key of each role."""

    page: Page
    ring: KeyRing
    keys: dict[KeyRole, str]
    doors: list[Door]  # one, once it has opened

    def rest(self) -> None:
        """Page and door have all their patience again."""
        limits = [door._desk.limits for door in self.doors]
        access = self.page.access
        own = (pace for one in limits for pace in (one._asked, one._acted, one._wrong))
        for paces in (access._requests, access._programs, *own):
            paces._buckets.clear()

    def unlimited(self) -> None:
        """Let every call through to the code behind the limits."""
        self.rest()
        limits = self.doors[0]._desk.limits
        for paces in (self.page.access._programs, limits._asked, limits._acted, limits._wrong):
            paces.burst = paces.rate = 1e9

    @property
    def port(self) -> int:
        return int(self.page.url.rstrip("/").rpartition(":")[2])

    def client(self, role: KeyRole = KeyRole.BUILDER, language: str = "en") -> Bowlby:
        return Bowlby(self.page.url, key=self.keys[role], language=language)


@contextmanager
def doorway(
    controls: Controls,
    folder: Path,
    *,
    lan: bool = False,
    door_to_lan: bool = False,
    roles: Iterable[KeyRole] = tuple(KeyRole),
) -> Iterator[Doorway]:
    """Serve a page with a door; ticks are for the caller to give."""
    file = folder / "program.keys"
    ring = KeyRing(file)
    keys = {role: ring.add(role.value, role, MADE) for role in roles}

    doors: list[Door] = []

    def door(served: Served) -> ASGIApp | None:
        if not file.exists():
            return None
        doors.append(Door(served, file))
        return doors[-1]

    page = Page(controls, port=0, lan=lan, door=door, door_to_lan=door_to_lan)
    page.start()
    try:
        assert page.wait_ready()
        yield Doorway(page, ring, keys, doors)
    finally:
        page.stop()


class DoorRobot:
    """A simulated robot that runs in real time, with Ada in its room where she is wanted."""

    def __init__(self, folder: Path, *, company: bool = False, language: str | None = None) -> None:
        name, script = scenarios.load("visit")
        if not company:
            script = script.model_copy(update={"person": ()})
        script = script.model_copy(update={"before": BeforeTable(known="Ben")})
        options = Options(SightFrom.truth, WordsFrom.text, 1, False, 10.0, language)
        self.session = SimSession(name, script, Config(), options, shared_stock())
        self.controls = RobotControls(self.session.robot, name, WorldStage(self.session.world))
        self.controls.playback = self.session.playback
        self._up = doorway(self.controls, folder)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.session.perform, args=(1e9, self._stop.is_set))
        self.way: Doorway

    def __enter__(self) -> Self:
        self.way = self._up.__enter__()
        self.session.robot.loop.watch(self.way.page)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._up.__exit__(None, None, None)
        self.session.robot.close()


def ask(
    way: Doorway,
    method: str,
    path: str,
    key: str = "",
    host: str = "",
    *,
    kind: str = "",
    language: str = "",
    **more: object,
) -> httpx.Response:
    headers = {"authorization": f"Bearer {key}".encode()} if key else {}
    if host:
        headers["host"] = f"{host}:{way.port}".encode()
    if kind:
        headers["content-type"] = kind.encode()
    if language:
        headers["accept-language"] = language.encode()
    return httpx.request(method, f"{way.page.url}api/v1{path}", headers=headers, trust_env=False, **more)  # type: ignore[arg-type]
