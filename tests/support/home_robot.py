"""Robots behind the door to Home Assistant: one that is only ticks, given by hand; and a whole one, simulated."""

from __future__ import annotations

import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, get_args

from robot.app.context import shared_stock
from robot.app.page_controls import RobotControls
from robot.config.schema import Config, HomeEntity
from robot.core.clock import ManualClock
from robot.core.requests import DropWish, TakeWish
from robot.doors.home.door import HomeDoor
from robot.memory.memory import Memory
from robot.page.api import Keepsakes, WishDesk
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from tests.support.noted_controls import Everything
from tests.support.page_robot import tick
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.core.requests import Request
    from robot.core.tick import Tick

EVERYTHING = get_args(HomeEntity)


def settings(address: str, language: str = "en", **doors: Any) -> Config:
    return Config().changed("robot", language=language).changed("doors", broker=address, **doors)


@dataclass
class Puppet:
    """Ticks given by hand."""

    door: HomeDoor
    asked: Everything
    clock: ManualClock
    memory: Memory
    requests: list[Request]
    n: int = 0

    @property
    def wanted(self) -> list[str]:
        """The sentences and expressions that were asked for."""
        return [one.wish.text or one.wish.expression for one in self.requests if isinstance(one, TakeWish)]

    @property
    def dropped(self) -> int:
        return sum(isinstance(one, DropWish) for one in self.requests)

    def beat(self, **scene: Any) -> None:
        """One tick, with this in its scene."""
        self.n += 1
        self.clock.sleep_until(self.n * 0.02)
        mode = {"mode": scene.pop("mode")} if "mode" in scene else {}
        diary = scene.pop("diary", {})
        made = tick(self.n, self.asked, **mode)
        decision = made.decision._replace(diary=made.decision.diary._replace(**diary))
        self.door.see(made._replace(scene=made.scene._replace(**scene), decision=decision))


@contextmanager
def puppet(config: Config, password: str = "") -> Iterator[Puppet]:
    clock, asked = ManualClock(), Everything()
    with closing(Memory(None, clock)) as memory:
        asked.keepsakes = Keepsakes(memory)  # type: ignore[assignment]
        requests: list[Request] = []
        asked.wishes = WishDesk(requests.append, dict)
        with closing(HomeDoor(config, asked, clock, password)) as door:
            yield Puppet(door, asked, clock, memory, requests)


class HomeRobot:
    """A simulated robot that runs in real time, alone in its room."""

    def __init__(self) -> None:
        name, script = scenarios.load("visit")
        options = Options(SightFrom.truth, WordsFrom.text, 1, False, 10.0, None)
        self.session = SimSession(name, script.model_copy(update={"person": ()}), Config(), options, shared_stock())
        self.controls = RobotControls(self.session.robot, name)
        self.ticks: list[Tick] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.session.perform, args=(1e9, self._stop.is_set))
        self.session.robot.loop.watch(self)

    def __enter__(self) -> Self:
        self._thread.start()
        until(lambda: bool(self.ticks) and self.ticks[-1].decision.mode.value == "awake", "it is awake")
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self.session.robot.close()

    def see(self, tick: Tick) -> None:
        self.ticks.append(tick._replace(percepts=(), clips=()))

    @contextmanager
    def shown(self, config: Config) -> Iterator[HomeDoor]:
        door = HomeDoor(config, self.controls, self.session.robot.context.clock, "")
        self.session.robot.loop.watch(door)
        try:
            yield door
        finally:
            door.close()
