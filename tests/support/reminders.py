"""Timers and reminders on a machine whose clocks, power and sleep are in our hands; also as a process to be killed."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from behaviors.ring import Ring, RingConfig
from robot.core.clock import ManualClock, RealClock, generator, nap
from robot.core.decision import Mode
from robot.core.feelings import Feelings
from robot.core.intents import Drop, Keep, Say
from robot.core.percepts import Band, Speaking
from robot.core.scene import Person, Scene
from robot.core.voice_commands import Manner
from robot.decide.behavior import State
from robot.decide.diary import DiaryWriter
from robot.decide.reminders import REMINDERS, Kind, Reminder, Stage
from robot.memory.memory import Memory
from tests.support.tables import TABLES

if TYPE_CHECKING:
    from robot.core.clock import Clock
    from robot.core.intents import Intent

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
THINK_S = 0.1
SETS_EVERY_S = 1.5  # in real time; one that rings takes nearly as long, and what is left at the end is waited for
ADA = Person(1, 0.0, 0.0, 0.0, 0.0, 1.0, Band.MIDDLE, 0.0, 0.0, 0.0)


class Mindful:
    """The ring and a memory in a file; thinks when told to."""

    def __init__(self, path: Path, clock: Clock, speaks_s: float = 2.0) -> None:
        """`speaks_s`: how long a sentence sounds."""
        self.clock = clock
        self.memory = Memory(path, clock)
        self.ring = Ring()
        self.told: list[tuple[str, datetime, str]] = []  # key, when, phrase
        self._speaks_s = speaks_s
        self._diary = DiaryWriter(Manner("en"))
        self._said: Say | None = None
        self._said_at = 0.0
        self._row: str | None = None  # what was kept of it then

    @property
    def speaks(self) -> bool:
        """Whether it tells of one that it does not know yet to have been heard."""
        return self._said is not None and self._row_of(self._said) == self._row

    def _row_of(self, said: Say) -> str | None:
        return self.memory.stored(REMINDERS.name).get(said.kept[1])

    def set(self, key: str, reminder: Reminder) -> None:
        self.memory.keep_value(REMINDERS.name, key, reminder.model_dump_json(), 0)

    def think(self) -> None:
        t = self.clock.now()
        sounds = self._said is not None and 0.1 <= t - self._said_at <= self._speaks_s
        speaking = None if self._said is None else Speaking(t, active=sounds, text=self._said.text)
        scene = Scene(t=t, people=(ADA,), focus=1, speaking=speaking)
        self._diary.hear(scene)
        state = State(
            t=t,
            civil=self.clock.civil(),
            mode=Mode.ENGAGED,
            scene=scene,
            feelings=Feelings(),
            diary=self._diary.page(),
            memory=self.memory,
            rng=generator(0),
            tables=TABLES,
        )
        if self.ring.desire(state) > 0.0:
            self._do(t, tuple(self.ring.act(state)))

    def _do(self, t: float, intents: tuple[Intent, ...]) -> None:
        worded = [replace(one, text=f"{one.phrase} {one.kept[1]}") if isinstance(one, Say) else one for one in intents]
        self._diary.note(t, self.clock.civil(), "ring", intents, worded)
        for intent in worded:
            match intent:
                case Keep(store=store, key=key, value=value, person=person):
                    self.memory.keep_value(store, key, value, person)
                case Drop(store=store, key=key):
                    self.memory.drop_value(store, key)
                case Say():
                    self._said, self._said_at, self._row = intent, t, self._row_of(intent)
                    self.told.append((intent.kept[1], self.clock.civil(), intent.phrase))


class Machine:
    """One that is started again and again on the same file, with a clock that goes as we say."""

    def __init__(self, path: Path, civil: datetime) -> None:
        self._path = path
        self.wall = civil  # what its clock shows
        self._earlier: list[tuple[str, datetime, str]] = []
        self.start()

    def start(self) -> None:
        """Power on."""
        self.clock = ManualClock(self.wall)
        self.robot = Mindful(self._path, self.clock)

    def kill(self) -> None:
        """What is committed is on disk; all else is gone. A sentence that was cut was not heard, a ring sounded."""
        told = self.robot.told
        if told and self.robot.speaks and told[-1][2].startswith("missed"):
            told.pop()
        self._earlier += told
        self.robot.told = []
        self.robot.memory.wait()
        self.robot.memory.close()

    def run(self, seconds: float) -> None:
        """Let it think for so long."""
        for _ in range(round(seconds / THINK_S)):
            self.robot.think()
            self.suspend(THINK_S)

    def suspend(self, seconds: float) -> None:
        """Time goes by without a thought."""
        self.clock.sleep_until(self.clock.now() + seconds)
        self.wall = self.clock.civil()

    def show(self, civil: datetime) -> None:
        """Set the clock to show this."""
        self.clock.set_forward((civil.replace(tzinfo=None) - self.clock.civil().replace(tzinfo=None)).total_seconds())
        self.wall = self.clock.civil()

    def of(self, key: str, begins: str) -> list[datetime]:
        """When it was rung ("ring") or told to have been missed ("missed")."""
        told = [*self._earlier, *self.robot.told]
        return [at for one, at, phrase in told if one == key and phrase.startswith(begins)]

    @property
    def phrases(self) -> list[str]:
        """All that it has said."""
        return [phrase for _, _, phrase in (*self._earlier, *self.robot.told)]


def timer(clock: Clock, seconds: float, what: str = "") -> Reminder:
    reminder = Reminder(kind=Kind.TIMER, due="2026-01-01T00:00:00", what=what, seconds=max(round(seconds), 1))
    return reminder.lasting(clock.civil(), seconds)


def main(path: Path, name: int, *, sets: bool) -> None:
    """In real time: sets timers of two seconds, and tells what happens line by line, until all is told."""
    robot = Mindful(path, RealClock(), speaks_s=0.3)
    robot.ring.config = RingConfig(again_s=3600.0)
    last, told, count = -SETS_EVERY_S, 0, 0
    while True:
        now = robot.clock.now()
        if sets and now - last > SETS_EVERY_S:
            last, count = now, count + 1
            key = f"{name}{count:03}"
            robot.set(key, timer(robot.clock, 2.0))
            robot.memory.wait()
            print("set", key, flush=True)  # noqa: T201 - to whoever kills it
        robot.think()
        for key, _, phrase in robot.told[told:]:
            print(phrase.partition("_")[0], key, flush=True)  # noqa: T201 - likewise
        told = len(robot.told)
        left = REMINDERS.read(robot.memory).values()
        if not sets and not robot.speaks and all(one.stage is Stage.OVER for one in left):
            return
        nap(0.02)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sets=sys.argv[3] == "sets")
