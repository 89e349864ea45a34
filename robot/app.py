"""Joins the parts that were found by address into one running robot."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple, Self, cast

from robot.attend.scene import Attention
from robot.clock import generator
from robot.decide.mind import Mind
from robot.errors import PartError
from robot.express.composer import Composer
from robot.express.renderer import Renderer
from robot.express.voice import Voice
from robot.feel.attachment import Attachment, Style
from robot.guard.crisis import Crisis
from robot.guard.guard import Guard
from robot.guard.rules import QuietHours
from robot.guard.watch import Watch
from robot.history import PoseHistory
from robot.library import Library, Watcher
from robot.loop import Loop, Senses, Steps
from robot.memory.keeper import Keeper, restore
from robot.memory.memory import Memory
from robot.messages import ZERO, Condition, Health, Manner
from robot.parts import BODIES, CAMERAS, EARS, SPEAKERS, Surroundings, open_part
from robot.sense import phrases as phrase_tables
from robot.sense.hearing import Hearing
from robot.sense.sight import Sight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.clock import Clock
    from robot.config import Config
    from robot.parts import Body, Camera, Ears, Speaker
    from robot.tick import Observer, Vitals

log = logging.getLogger(__name__)

SETTLE_S = 1.6


class Place(NamedTuple):
    """What surrounds the robot: its clock, and a world when there is one that keeps step with it."""

    clock: Clock
    world: object | None = None
    research: bool = False  # a simulated person is nobody's guardian: styles of research are allowed


class Robot:
    """A robot that runs; close it when done."""

    def __init__(self, config: Config, place: Place, observers: Iterable[Observer] = ()) -> None:
        style = Style(config.character.anxiety, config.character.avoidance)
        if not place.research:
            style.check_fit_for_people()
        seed, clock = config.seed, place.clock
        self.config = config
        self.missing: list[Health] = []
        self.history = PoseHistory(ZERO)
        around = Surroundings(clock, seed, self.history.at, place.world)
        self._library = Library(config.robot.behaviors.expanduser(), phrase_tables.load)
        self._watcher: Watcher | None = None
        phrases = self._library.phrases
        manner = Manner(config.robot.language, config.voice.volume)
        lockstep = place.world is not None
        body = cast("Body", open_part(BODIES, config.parts.body, around))
        self.description = body.description
        camera = cast("Camera | None", self._optional("camera", CAMERAS, config.parts.camera, around))
        ears = cast("Ears | None", self._optional("microphone", EARS, config.parts.ears, around))
        speaker = cast("Speaker | None", self._optional("speaker", SPEAKERS, config.parts.speaker, around))
        self.hearing = Hearing(
            ears, phrases, clock, language=manner.language, models=config.hearing.model, lockstep=lockstep
        )
        self.voice = Voice(speaker, Renderer(), lockstep=lockstep)
        sight = Sight(camera, self.description.camera) if camera is not None else None
        self.memory = Memory(None if place.world is not None else config.memory.file, clock)
        mind = Mind(
            self._library.behaviors, clock, generator(seed + 1), manner, self.memory, config.care.asleep_after_s
        )
        bond = restore(self.memory, mind.diary, clock)
        attachment = Attachment(style) if bond is None else Attachment(style, bond)
        guard = Guard(clock, phrases, generator(seed + 2), QuietHours(config.care.quiet_from, config.care.quiet_to))
        composer = Composer(self.description, self._library.expressions, generator(seed + 3))
        self.loop = Loop(
            clock,
            Senses(body, sight, self.hearing, self.voice),
            Steps(Watch(Crisis.load(), config.care.country), Attention(), attachment, mind, guard, composer),
            self.history,
            Keeper(self.memory),
            observers,
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

    def expressions(self) -> list[str]:
        """Names of what it can show, as the files are now."""
        return sorted(self._library.expressions)

    def show(self, expression: str) -> None:
        """Show one because somebody asked for it by hand; the guard may hold it back. From any thread."""
        self.loop.steps.mind.ask_for(expression)

    def vitals(self) -> Vitals:
        vitals = self.loop.vitals()
        return vitals._replace(health=(*vitals.health, self.memory.health(), *self._library.health(), *self.missing))

    def close(self) -> None:
        """Free every device and end every worker; safe to call twice."""
        if self._watcher is not None:
            self._watcher.close()
        self.loop.close()
        self.memory.close()

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
