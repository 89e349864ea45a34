"""One run of the simulator: world, robot, clock and examiner joined, played to its end, and reported."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self, cast

from rich.progress import Progress
from rich.table import Table as RichTable
from rich.text import Text

from firmware_bridge.descriptions import described
from hardware.body.names import BUS_HEAD, REACHY_MINI
from robot.app.build import build
from robot.app.context import RunContext
from robot.app.runner import Interrupts, recorded, whole
from robot.config.schema import NetworkTable, PartsTable, RobotTable
from robot.core.clock import ManualClock, PacedClock, stopwatch
from robot.core.errors import ConfigError, InputError
from robot.health.last_run import FIRST_RUN, LastRun
from robot.texts.catalogue import words
from robot.texts.terminal import terminal
from sim.board.place import with_field
from sim.run.examiner import Examiner
from sim.run.faults import Faults
from sim.run.playback import SimPlayback
from sim.world.options import Physics, SightFrom, WordsFrom
from sim.world.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from robot.app.context import Overseers, Stock
    from robot.config.schema import Config
    from robot.core.condition import Health
    from sim.board.body import SimBody
    from sim.board.reachy import SimReachyBody
    from sim.bus.body import SimBusBody
    from sim.run.finding import Finding
    from sim.world.options import Options
    from sim.world.scenario import Scenario

SLICE_S = 5.0  # between two steps of a progress bar
MARKS = {True: Text("yes", "green"), False: Text("NO", "bold red"), None: Text("–", "dim")}


class Report(NamedTuple):
    """The outcome of one run, as it stands in the JSON."""

    scenario: str
    seed: int
    sim_s: float
    wall_s: float
    speed: float
    digest: str
    tick_digest: str  # of all that a recording has; empty without one
    senses: str
    late_ticks: int
    parts: dict[str, str]
    expectations: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing was missed that could be judged."""
        return all(finding.passed is not False for finding in self.expectations)

    def as_json(self) -> str:
        fields = self._asdict() | {"expectations": [finding._asdict() for finding in self.expectations]}
        return json.dumps(fields, indent=2, ensure_ascii=False)


class SimSession:
    """A robot in a world, from its making to its close."""

    def __init__(
        self,
        name: str,
        scenario: Scenario,
        config: Config,
        options: Options,
        stock: Stock | None = None,
        *,
        overseers: Overseers | None = None,
        last_run: LastRun = FIRST_RUN,
    ) -> None:
        self.name = name
        self.options = options
        if config.parts.build is None:
            config = config.changed("parts", build=build_of(options))
        body = with_field(described(config.parts.build), scenario.camera.field_deg)
        self.world = World(scenario, body, options.senses.value)
        self.world.hears_sound = options.hears is WordsFrom.sound or options.visitors
        self.examiner = Examiner(scenario, self.world)
        civil = scenario.civil if scenario.civil.tzinfo else scenario.civil.replace(tzinfo=UTC)
        self._clock = ManualClock(civil) if options.fast else PacedClock(civil)
        config = simulated(config, options, scenario)
        if "profile" in scenario.model_fields_set:
            config = config.model_copy(update={"profile": scenario.profile})
        past = scenario.before.everything(civil)
        place = RunContext(self._clock, self.world, last_run, past, research=True, stock=stock, overseers=overseers)
        with ExitStack() as made:  # closed should the rest fail
            self.robot = build(config, place, [self.examiner])
            made.callback(self.robot.close)
            self.examiner.remembers = self.robot.memory.everything
            self.faults = Faults(self._driven, self.world, self._clock, options.seed, self.robot.memory.store)
            self.faults.plan(scenario.fault)
            made.pop_all()
        self._playback: SimPlayback | None = None
        self._wall = 0.0
        self._ran = 0.0
        self.tick_digest = ""
        self._say = terminal(stderr=True)

    @property
    def digest(self) -> str:
        """SHA-256 of every byte that the robot has put on the line to its body."""
        return self._driven.line.digest()

    @property
    def _driven(self) -> SimBody | SimBusBody | SimReachyBody:
        """The body, on a board, a bus or by its maker, as `simulated` has set it."""
        return cast("SimBody | SimBusBody | SimReachyBody", self.robot.loop.devices.body)

    @property
    def _body(self) -> SimBody:
        """The same where it is on a board."""
        return cast("SimBody", self._driven)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.robot.close()

    def headless(self, length: float) -> int:
        """Play to the end with a progress bar; the exit code is 0 when all that was expected was seen."""
        with Interrupts().armed() as interrupts, Progress(console=self._say, transient=True) as bar:
            task = bar.add_task(self.name, total=length)
            self.play_whole(length, interrupts, lambda ran: bar.update(task, completed=ran))
        if interrupts():
            return interrupts.exit_code
        findings = self.examiner.findings()
        self._table(findings)
        return 0 if all(finding.passed is not False for finding in findings) else 1

    def play_whole(
        self,
        length: float,
        stopping: Callable[[], bool] = lambda: False,
        told: Callable[[float], None] = lambda _: None,
    ) -> None:
        """Play to the end, or until `stopping()`, and bring the body to rest; `told` how far it is, s, now and then."""
        with self._recorded():
            while self._ran < length and not stopping():
                self._play(min(self._ran + SLICE_S, length), stopping)
                told(self._ran)
            self.robot.settle()

    @property
    def playback(self) -> SimPlayback:
        """Its time, held and hurried from the page."""
        if self._playback is None:
            self._playback = SimPlayback(cast("PacedClock", self._clock))  # --fast comes without a page
        return self._playback

    def perform(self, length: float, stopping: Callable[[], bool]) -> None:
        """Play at the speed that the page asks for, until the end or until `stopping()`."""
        playback = self.playback
        with self._recorded():
            self._play(length, lambda: playback.hold(stopping))

    def outcome(self, length: float) -> Report:
        """What came of a run that was to be so long."""
        vitals = self.robot.vitals()
        return Report(
            scenario=self.name,
            seed=self.options.seed,
            sim_s=round(min(self._ran, length), 2),
            wall_s=round(self._wall, 3),
            speed=round(self._ran / self._wall, 1) if self._wall else 0.0,
            digest=self.digest,
            tick_digest=self.tick_digest,
            senses=self.options.senses.value,
            late_ticks=vitals.late,
            parts={_called(part): f"{part.condition}: {words(part.reason)}" for part in vitals.health},
            expectations=tuple(self.examiner.findings()),
        )

    def report(self, length: float, to: str) -> None:
        """Write the JSON report to a file, or to standard output for `-`. Raises InputError."""
        text = self.outcome(length).as_json() + "\n"
        if to == "-":
            sys.stdout.write(text)
            return
        try:
            Path(to).write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(f"the report cannot be written: {error.strerror}", place=to) from error

    @contextmanager
    def _recorded(self) -> Iterator[None]:
        """Record the run where that was asked for."""
        with recorded(self.robot, self.options.record, pictures=self.options.record_pictures) as recorder:
            yield
        whole(recorder)
        self.tick_digest = recorder.digest if recorder is not None else ""

    def play(self, until: float) -> None:
        """Go on to robot time `until`, s."""
        self._play(until, lambda: False)

    def _warm_up(self) -> None:
        """A fast run is over before the voice's process and the face network are up: wait for them first."""
        self.robot.voice.warm_up(self.robot.config.robot.language)
        sight = self.robot.sight
        if sight is not None and self.options.senses is SightFrom.pixels:
            sight.warm_up()

    def _play(self, until: float, stopping: Callable[[], bool]) -> None:
        if self.options.fast and not self._ran:
            self._warm_up()
        start = stopwatch()
        self.robot.loop.run(until, stopping)
        self._wall += stopwatch() - start
        self._ran = until

    def _table(self, findings: list[Finding]) -> None:
        table = RichTable("", "expected", "figure", box=None)
        for finding in findings:
            figure = str(finding.figure) if finding.passed is not None else "not judged: the run ended before"
            table.add_row(MARKS[finding.passed], finding.text, figure)
        self._say.print(table)


def _called(part: Health) -> str:
    return f"{part.part} {part.name}".strip()


def build_of(options: Options) -> Path | None:
    """The description of the body that these options ask for; None is Bowlby One's."""
    if options.reachy is not None:
        return Path(REACHY_MINI)
    return None if options.bus is None else Path(BUS_HEAD)


def simulated(config: Config, options: Options, scenario: Scenario) -> Config:
    """The configuration with the simulator's four addresses in place of the devices'. Raises ConfigError where the
    options ask for two bodies, and InputError where they ask one for a weight that it has not.
    """
    bodies = {"board": options.board, "reachy": options.reachy, "bus": options.bus}
    asked = [name for name, kind in bodies.items() if kind is not None]
    if len(asked) > 1:
        raise ConfigError(
            "these are bodies of different kinds", place=" and ".join(asked), remedy="ask for one of them"
        )
    spoken = options.language or scenario.language
    body: dict[str, float | str | None] = {"field": scenario.camera.field_deg}
    physics = options.physics or scenario.physics
    if options.bus is None and options.reachy is None:
        body |= {"physics": physics, "board": options.board}
    elif physics is not Physics.kinematic:
        what = "servos on a bus have" if options.reachy is None else "its maker's simulation has"
        raise InputError(f"{what} no weight of ours", remedy="play it without weight, or on a board")
    body |= {"reachy": options.reachy}
    ears = {"hears": options.hears, "language": spoken, "noise": scenario.room.noise_db}
    lent = "page:" if options.visitors else ""
    parts = PartsTable(
        body=_address(body, "sim://" if options.bus is None else f"simbus://{options.bus}"),
        camera=lent + _address(scenario.camera.options(options.fps)),
        ears=lent + _address(ears),
        speaker="sim://",
        build=config.parts.build,
    )
    robot = RobotTable.model_validate(config.robot.model_dump() | {"language": spoken})
    alone = NetworkTable()  # no other machine has a part in a run that must repeat
    return config.model_copy(update={"parts": parts, "robot": robot, "network": alone, "seed": options.seed})


def _address(options: Mapping[str, float | str | None], part: str = "sim://") -> str:
    """Of a part of the simulator; what is None is left out."""
    asked = [
        f"{key}={f'{value:g}' if isinstance(value, float) else value}"
        for key, value in options.items()
        if value is not None
    ]
    return f"{part}?{'&'.join(asked)}"
