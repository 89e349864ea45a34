"""Joins the parts that were found by address into one running robot."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, NamedTuple, Self, cast

from robot.app.plugins import Library, Watcher
from robot.attend.attention import Attention
from robot.core.clock import generator
from robot.core.errors import PartError
from robot.core.messages import ZERO, Condition, Health, Manner
from robot.core.pose_history import PoseHistory
from robot.decide.mind import Mind
from robot.express.composer import Composer
from robot.express.renderer import KeptRenderer, Renderer
from robot.express.voice import Voice
from robot.feel.attachment import Attachment, Style
from robot.feel.feel import Feel
from robot.feel.parameters import check_as_shipped
from robot.feel.rhythm import Rhythm
from robot.guard.crisis.classifier import CrisisClassifier
from robot.guard.crisis.watch import Watch, help_line
from robot.guard.guard import Guard
from robot.guard.rules.rule import QuietHours
from robot.health.clock_jump import ClockWatch
from robot.health.events import BODY, MEMORY, Ailments
from robot.health.last_run import LastRun, RunEnding
from robot.loop.loop import Loop, Senses, Steps
from robot.loop.memory_keeper import Keeper, restore
from robot.memory.memory import Memory
from robot.parts.browser_media import Lent
from robot.parts.protocols import (
    BODIES,
    CAMERAS,
    EARS,
    FLEETS,
    LISTENERS,
    SIGHTS,
    SPEAKERS,
    TOPICS,
    Surroundings,
    open_part,
)
from robot.sense.hearing.hearing import Hearing
from robot.sense.language import phrases as phrase_tables
from robot.sense.sight.face_encoder import FaceEncoder, installed
from robot.sense.sight.face_recognition import FaceRecognition
from robot.sense.sight.sight import Sight
from robot.sense.switches import CAMERA, MICROPHONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from robot.config.schema import Config
    from robot.core.body_description import BodyDescription
    from robot.core.clock import Clock
    from robot.core.tick import Observer, Vitals
    from robot.decide.behavior import Behavior
    from robot.memory.memory import Everything
    from robot.parts.protocols import Body, Camera, Ears, Listens, Looks, Part, Speaker
    from robot.sense.language.phrases import Phrases

log = logging.getLogger(__name__)

SETTLE_S = 1.6


class Stock(NamedTuple):
    """What the robots of one process may have in common, where many are made one after another: it costs the most to
    make, and no run leaves a trace in it.
    """

    phrases: Phrases
    crisis: CrisisClassifier
    renderer: Renderer

    @classmethod
    def load(cls) -> Self:
        """From the files as they are now."""
        return cls(phrase_tables.load(), CrisisClassifier.load(), KeptRenderer())


def library(config: Config, phrases: Phrases | None = None) -> Library:
    """What people edit, as its files are now. Raises BowlbyError for a broken installed one."""
    load = phrase_tables.load if phrases is None else lambda: phrases
    return Library(config.robot.behaviors.expanduser(), load)


class RunContext(NamedTuple):
    """What surrounds the robot: its clock, and a world when there is one that keeps step with it."""

    clock: Clock
    world: object | None = None
    last_run: LastRun = LastRun(RunEnding.FIRST)
    past: Everything | None = None  # what its memory holds at the start, in a world
    research: bool = False  # a simulated person is nobody's guardian: styles of research are allowed
    stock: Stock | None = None  # None: a robot of its own


def steps(config: Config, place: RunContext, files: Library, memory: Memory, body: BodyDescription) -> Steps:
    """The seven steps at the beginning of a run: they and what is sensed decide all that follows."""
    clock, seed, last = place.clock, config.seed, place.last_run
    mind = Mind(
        files.behaviors,
        clock,
        generator(seed + 1),
        Manner(config.robot.language, config.voice.volume),
        memory,
        config.care.asleep_after_s,
        restarted="" if last.ending.meant else last.ending.value,
        profile=config.profile.as_profile(),
    )
    style = Style(config.character.anxiety, config.character.avoidance)
    attachment = Attachment(style, parameters=config.character.model)
    restore(memory, mind.diary, attachment, clock.civil())
    rhythm = Rhythm(config.care.quiet_from, config.care.quiet_to, attachment.parameters)
    quiet_hours = QuietHours(config.care.quiet_from, config.care.quiet_to)
    return Steps(
        Watch(
            CrisisClassifier.load() if place.stock is None else place.stock.crisis,
            help_line(config.care.country, config.robot.language),
            files.phrases,
        ),
        Attention(),
        Feel(attachment, rhythm, memory, clock),
        mind,
        Guard(clock, files.phrases, generator(seed + 2), quiet_hours, memory, config.beyond),
        Composer(body, files.expressions, generator(seed + 3), mind.diary.profile),
    )


class Robot:
    """A robot that runs; close it when done."""

    def __init__(self, config: Config, place: RunContext, observers: Iterable[Observer] = ()) -> None:
        if not place.research:
            Style(config.character.anxiety, config.character.avoidance).check_fit_for_people()
            check_as_shipped(config.character.model)
        seed, clock = config.seed, place.clock
        self.config, self.place = config, place
        self.missing: list[Health] = [] if place.last_run.ending is RunEnding.FIRST else [place.last_run.health()]
        self.history = PoseHistory(ZERO)
        self._clock_watch = ClockWatch(clock)
        self.lent = Lent()
        around = Surroundings(
            clock, seed, self.history.at, place.world, config.parts.build, config.robot.name, self.lent
        )
        stock = place.stock
        self._watcher: Watcher | None = None
        self._added: list[Behavior] = []
        self._beside: list[Callable[[], Health]] = []
        lockstep = place.world is not None
        # First, since a robot that waits for its board tries this twice a second.
        body = cast("Body", open_part(BODIES, config.parts.body, around))
        self._library = library(config, None if stock is None else stock.phrases)
        self.description = body.description
        if lacks := self.description.lacks():
            where = str(config.parts.build)
            self.missing.append(Health("build", Condition.LESSER, "; ".join(lacks), f"as described in {where}"))
        camera = cast("Camera | None", self._optional("camera", CAMERAS, config.parts.camera, around))
        ears = cast("Ears | None", self._optional("microphone", EARS, config.parts.ears, around))
        speaker = cast("Speaker | None", self._optional("speaker", SPEAKERS, config.parts.speaker, around))
        self._extras: list[Part] = []
        network = config.network
        looks = cast("Looks | None", self._extra("far sight", SIGHTS, network.sight, around))
        listens = cast("Listens | None", self._extra("far hearing", LISTENERS, network.hearing, around))
        told = [
            self._extra("topics", TOPICS, network.topics, around),
            self._extra("fleet", FLEETS, network.fleet, around),
        ]
        tellers = [cast("Observer", one) for one in told if one is not None]
        self.hearing = Hearing(
            ears,
            self._library.phrases,
            clock,
            language=config.robot.language,
            models=config.hearing.model,
            lockstep=lockstep,
            elsewhere=listens,
        )
        self.voice = Voice(speaker, Renderer() if stock is None else stock.renderer, lockstep=lockstep)
        recognition = FaceRecognition(FaceEncoder) if installed() else None
        self.sight = None
        if camera is not None:
            self.sight = Sight(camera, self.description.camera, recognition=recognition, elsewhere=looks)
        self.memory = Memory(None if place.world is not None else config.memory.file, clock)
        if place.past is not None:
            self.memory.take_over(place.past)
        started = steps(config, place, self._library, self.memory, self.description)
        self._keeper = Keeper(self.memory, started.feel.attachment, clock)
        self.loop = Loop(
            clock,
            Senses(body, self.sight, self.hearing, self.voice, Ailments(self._told_of(body))),
            started,
            self.history,
            self._keeper,
            [*observers, *tellers, self._clock_watch],
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def settle(self) -> None:
        """Bring the body to rest and let the servos go."""
        self.loop.settle(SETTLE_S)

    def watch_files(self) -> None:
        """Take up behaviours, expressions and phrases within a second of their being saved. A run that must repeat to
        the byte does without.
        """
        if self._watcher is None:
            self._watcher = Watcher(self._library)
            self.loop.renew_from(self._watcher)

    def add(self, behavior: Behavior) -> None:
        """Let one more behaviour bid, beside those of the files."""
        self._added.append(behavior)
        self.loop.steps.mind.renew((*self._library.behaviors, *self._added))

    def expressions(self) -> list[str]:
        """Names of what it can show, as the files are now."""
        return sorted(self._library.expressions)

    def show(self, expression: str) -> None:
        """Show one because somebody asked for it by hand; the guard may hold it back. From any thread."""
        self.loop.steps.mind.ask_for(expression)

    def switch(self, sense: str, *, on: bool) -> None:
        """Switch the camera or the microphone on or off; from any thread."""
        self.loop.later(lambda: self.loop.switches.turn(sense, on=on))

    @property
    def quiet_hours(self) -> QuietHours:
        return self.loop.steps.guard.quiet_hours

    def keep_quiet(self, hours: QuietHours) -> None:
        """Keep other quiet hours from now on; from any thread."""
        steps = self.loop.steps

        def change() -> None:
            steps.guard.quiet_hours = hours
            steps.feel.rhythm = Rhythm(hours.start, hours.end, steps.feel.attachment.parameters)

        self.loop.later(change)

    def tell_of(self, health: Callable[[], Health]) -> None:
        """Have one more part in the vitals, by its health."""
        self._beside.append(health)

    def vitals(self) -> Vitals:
        vitals = self.loop.vitals()
        extras = [part.health() for part in self._extras]
        health = [*vitals.health, *extras, self.memory.health(), *self._library.health(), *self.missing]
        health += [told() for told in self._beside]
        leap = self._clock_watch.health()
        return vitals._replace(health=(*health, leap) if leap is not None else tuple(health))

    def close(self) -> None:
        """Free every device and end every worker; safe to call twice. The memory is safe before anything that may wait
        or fail.
        """
        with contextlib.ExitStack() as last_comes_first:
            for part in self._extras:
                last_comes_first.callback(part.close)
            last_comes_first.callback(self.loop.close)
            if self._watcher is not None:
                last_comes_first.callback(self._watcher.close)
            last_comes_first.callback(self.memory.close)
            last_comes_first.callback(self._keeper.close)

    def _extra(self, name: str, group: str, address: str, around: Surroundings) -> Part | None:
        """Something beyond this machine, where the owner named it; nothing is said of what nobody asked for."""
        part = cast("Part | None", self._optional(name, group, address, around)) if address else None
        if part is not None:
            self._extras.append(part)
        return part

    def _told_of(self, body: Body) -> dict[str, Part]:
        """The parts of which the robot says aloud that they broke or are well again."""
        told: dict[str, Part] = {MICROPHONE: self.hearing, BODY: body, MEMORY: self.memory}
        if self.sight is not None:
            told[CAMERA] = self.sight
        return told

    def _optional(self, name: str, group: str, address: str, around: Surroundings) -> object | None:
        """A part that the robot can do without; that it is missing is said, never hidden."""
        if not address:
            self.missing.append(Health(name, Condition.OFF, "switched off in the configuration"))
            return None
        try:
            return open_part(group, address, around)
        except PartError as error:
            log.warning("no %s: %s", name, error)
            self.missing.append(Health(name, Condition.FAULT, error.what, error.remedy))
            return None
