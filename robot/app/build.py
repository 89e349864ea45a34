"""Builds a robot from its configuration, in one read: parts by address, then the steps, then the loop round them."""

from __future__ import annotations

import logging
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

from robot.app.plugins import Library
from robot.app.robot import Robot
from robot.attend.attention import Attention
from robot.core.body_frame import ZERO
from robot.core.clock import PacedClock, generator
from robot.core.condition import Condition, Health
from robot.core.errors import PartError
from robot.core.pose_history import PoseHistory
from robot.core.scene import MODEL
from robot.core.voice_commands import Manner
from robot.decide.mind import Mind
from robot.express.composer import Composer
from robot.express.open_voice import AS_SHIPPED
from robot.express.voice import Voice
from robot.feel.attachment import Attachment, Style
from robot.feel.feel import Feel
from robot.feel.parameters import check_as_shipped
from robot.feel.rhythm import Rhythm
from robot.guard.guard import Guard
from robot.guard.readers import Readers
from robot.guard.rules.rule import QuietHours
from robot.guard.watch import Watch
from robot.health import brought_languages
from robot.health.clock_jump import ClockWatch
from robot.health.events import BODY, MEMORY, Changes
from robot.health.last_run import LastRun, RunEnding
from robot.loop.devices import Devices
from robot.loop.loop import Loop
from robot.loop.memory_keeper import MemoryKeeper, earlier, faded_bonds
from robot.loop.steps import Steps
from robot.memory.memory import Memory
from robot.parts.browser_media import Lent
from robot.parts.registry import (
    BODIES,
    CAMERAS,
    EARS,
    FLEETS,
    LISTENERS,
    SIGHTS,
    SPEAKERS,
    TOPICS,
    VOICES,
    Surroundings,
    open_part,
)
from robot.sense.hearing.hearing import Hearing
from robot.sense.language import phrases as phrase_tables
from robot.sense.language.line_reader import LineReader
from robot.sense.language.model.suggester import Suggester
from robot.sense.switches import CAMERA, MICROPHONE
from robot.texts.sentence import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.app.context import RunContext
    from robot.config.schema import Config
    from robot.core.body_description import BodyDescription
    from robot.core.tick import Observer
    from robot.express.rendering import Renders
    from robot.health.events import HasHealth
    from robot.parts.protocols import Camera, Looks
    from robot.parts.registry import P_co, PartKind
    from robot.sense.language.phrases import Phrases
    from robot.sense.sight.sight import Sight
    from robot.texts.sentence import AnyText

log = logging.getLogger(__name__)


def build(config: Config, context: RunContext, observers: Iterable[Observer] = ()) -> Robot:
    """The robot of a configuration; close it when done. Raises ConfigError, and PartError where it has no body; what
    was opened until then is closed.
    """
    with ExitStack() as opened:
        robot = _built(config, context, observers, opened)
        opened.pop_all()
    return robot


def _built(config: Config, context: RunContext, observers: Iterable[Observer], opened: ExitStack) -> Robot:
    """`opened`: what is to be closed should the rest fail."""
    told = brought_languages.lines(config.robot.language)
    config = brought_languages.spoken(config)
    clock, stock, network = context.clock, context.stock, config.network
    style = Style(config.character.anxiety, config.character.avoidance)
    if not context.research:
        style.check_fit_for_people()
        check_as_shipped(config.character.model)
    lockstep = context.world is not None
    history, lent = PoseHistory(ZERO), Lent()
    around = Surroundings(
        clock=clock,
        seed=config.seed,
        pose_at=history.at,
        place=context.world,
        build=config.parts.build,
        name=config.robot.name,
        lent=lent,
        language=config.robot.language,
    )
    missing = Missing(context.last_run, opened)
    missing.lines += told

    # The parts. The body comes first, since a robot that waits for its board tries this twice a second.
    body = opened.enter_context(closing(open_part(BODIES, config.parts.body, around)))
    missing.of_body(body.description, str(config.parts.build or body.description.name))
    camera = missing.opened(CAMERAS, config.parts.camera, around)
    ears = missing.opened(EARS, config.parts.ears, around)
    speaker = missing.opened(SPEAKERS, config.parts.speaker, around)
    far_sight = missing.opened(SIGHTS, network.sight, around) if network.sight else None
    far_hearing = missing.opened(LISTENERS, network.hearing, around) if network.hearing else None
    topics = missing.opened(TOPICS, network.topics, around) if network.topics else None
    fleet = missing.opened(FLEETS, network.fleet, around) if network.fleet else None

    # What people edit, and what is kept of them.
    library = open_library(config, None if stock is None else stock.phrases, context)
    memory = opened.enter_context(closing(Memory(config.memory.file if context.world is None else None, clock)))
    if context.past is not None:
        memory.take_over(context.past)

    # The senses and the voice.
    hearing = opened.enter_context(
        closing(
            Hearing(
                ears,
                library.phrases,
                clock,
                language=config.robot.language,
                models=config.hearing.model,
                engine=config.hearing.engine,
                wake=config.hearing.wake,
                lockstep=lockstep,
                elsewhere=far_hearing,
            )
        )
    )
    pool = None if stock is None else stock.reading
    reader = LineReader(library.phrases, lockstep=lockstep, network=config.talk.reader == "network", pool=pool)
    waited_for = lockstep and not isinstance(clock, PacedClock)  # a page would stand still meanwhile
    model = None
    if config.talk.model:
        model = Suggester.configured(config.talk, config.robot.language, lockstep=waited_for)
    if stock is not None and config.parts.voice == AS_SHIPPED:
        renderer: Renders = stock.renderer
    else:
        renderer = open_part(VOICES, config.parts.voice, around)
    voice = opened.enter_context(closing(Voice(speaker, renderer, lockstep=lockstep)))
    sight = None if camera is None else _sight(camera, body.description, far_sight)
    senses: dict[str, HasHealth] = {MICROPHONE: hearing, BODY: body, MEMORY: memory}
    if sight is not None:
        senses[CAMERA] = sight
    if model is not None:
        senses[MODEL] = model

    # The steps, and the loop round them.
    readers = Readers.load() if stock is None else stock.need
    steps = build_steps(config, context, library, memory, body.description)
    keeper = MemoryKeeper(memory, steps.feel.attachment, clock)
    clock_watch = ClockWatch(clock)
    publishers = [one for one in (topics, fleet) if one is not None]
    loop = Loop(
        clock=clock,
        devices=Devices(
            body=body, sight=sight, hearing=hearing, voice=voice, changes=Changes(senses), reader=reader, model=model
        ),
        watch=Watch(readers, config.care.country, library.phrases),
        steps=steps,
        keeper=keeper,
        history=history,
        observers=[*observers, *publishers, clock_watch],
    )
    return Robot(
        config=config,
        context=context,
        description=body.description,
        loop=loop,
        sight=sight,
        hearing=hearing,
        voice=voice,
        memory=memory,
        keeper=keeper,
        library=library,
        lent=lent,
        extras=[one for one in (far_sight, far_hearing, topics, fleet) if one is not None],
        missing=missing.lines,
        clock_watch=clock_watch,
    )


def _sight(camera: Camera, body: BodyDescription, far_sight: Looks | None) -> Sight:
    from robot.sense.sight.face_encoder import FaceEncoder, installed  # noqa: PLC0415 - these bring in OpenCV
    from robot.sense.sight.face_recognition import FaceRecognition  # noqa: PLC0415
    from robot.sense.sight.sight import Sight  # noqa: PLC0415

    recognition = FaceRecognition(FaceEncoder) if installed() else None
    return Sight(camera, body.camera, recognition=recognition, elsewhere=far_sight)


def build_steps(config: Config, context: RunContext, library: Library, memory: Memory, body: BodyDescription) -> Steps:
    """The steps between sense and act at the beginning of a run: they and what is sensed decide all that follows."""
    clock, seed, last, care = context.clock, config.seed, context.last_run, config.care
    profile = config.profile.as_profile()
    attachment = Attachment(
        Style(config.character.anxiety, config.character.avoidance), parameters=config.character.model
    )
    attachment.bonds.update(faded_bonds(memory, clock.civil(), attachment.parameters.bond_days))
    return Steps(
        Attention(),
        Feel(attachment, Rhythm(care.quiet_from, care.quiet_to, attachment.parameters), memory, clock),
        Mind(
            library.behaviors,
            clock,
            generator(seed + 1),
            Manner(config.robot.language, config.voice.volume),
            memory,
            library.phrases,
            care.asleep_after_s,
            restarted="" if last.ending.meant else last.ending.value,
            profile=profile,
            earlier=earlier(memory, clock),
            oversight=None if context.overseers is None else context.overseers.mind,
            benched=_barred(context),
        ),
        Guard(
            clock,
            library.phrases,
            generator(seed + 2),
            QuietHours(care.quiet_from, care.quiet_to),
            memory,
            config.beyond,
            lit=body.light,
        ),
        Composer(body, library.expressions, generator(seed + 3), profile),
    )


def open_library(config: Config, phrases: Phrases | None = None, context: RunContext | None = None) -> Library:
    """What people edit, as its files are now. Raises BowlbyError for a broken installed one, and for parameters that no
    behaviour takes.
    """
    load = phrase_tables.load if phrases is None else lambda: phrases
    folder = config.robot.behaviors.expanduser()
    if context is None:
        return Library(folder, load, parameters=config.behaviors)
    files = None if context.overseers is None else context.overseers.files
    return Library(folder, load, files, _barred(context), config.behaviors)


def _barred(context: RunContext) -> dict[str, AnyText]:
    """What ended a run before, behaviours and files, and is not to run in this one."""
    return dict.fromkeys(context.last_run.culprits, sentence("health.behaviour_ended_last_run"))


class Missing:
    """What the robot does without; it is said, never hidden."""

    def __init__(self, last_run: LastRun, opened: ExitStack) -> None:
        self._opened = opened
        self.lines: list[Health] = [] if last_run.ending is RunEnding.FIRST else [last_run.health()]

    def of_body(self, description: BodyDescription, file: str) -> None:
        """A body that was built without some of its joints or lights."""
        if lacks := description.lacks():
            self.lines.append(
                Health("build", Condition.LESSER, listed(lacks), sentence("health.as_described", file=str(file)))
            )

    def opened(self, kind: PartKind[P_co], address: str, around: Surroundings) -> P_co | None:
        """A part that the robot can do without."""
        if not address:
            self.lines.append(Health(kind.name, Condition.OFF, sentence("health.switched_off_in_configuration")))
            return None
        try:
            part = open_part(kind, address, around)
        except PartError as error:
            log.warning("no %s: %s", kind.name, error)
            self.lines.append(Health(kind.name, Condition.FAULT, error.what, error.remedy))
            return None
        return self._opened.enter_context(closing(part))
