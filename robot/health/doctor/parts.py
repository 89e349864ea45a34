"""The robot's own parts: each is opened as the robot would, watched until it is well or its time is up, and closed."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

import numpy as np

from robot.core.audio import HEARD_RATE
from robot.core.clock import nap, stopwatch
from robot.core.condition import Condition, Health
from robot.core.errors import BowlbyError, ModelError
from robot.core.intents import Cause, Consult, LineOfTalk
from robot.core.percepts import Telemetry
from robot.express.renderer import REMEDY
from robot.express.rendering import SpeechRequest
from robot.health.doctor.checkup import examine as examine_all
from robot.health.doctor.checkup import fault
from robot.health.language_parts import parts_of
from robot.memory.database import NewerError
from robot.memory.examination import examine
from robot.parts.figures import figure_of, source_of
from robot.parts.home_network import is_server
from robot.parts.protocols import Audio, Ears
from robot.parts.registry import BODIES, FLEETS, LISTENERS, SIGHTS, TOPICS, VOICES, open_part
from robot.sense.hearing.hearing import WAITS, Hearing
from robot.sense.language import phrases
from robot.sense.language.model.suggester import SLOW, Suggester
from robot.sense.sight.face_encoder import REMEDY as ADD_FACES
from robot.sense.sight.face_encoder import FaceEncoder, installed
from robot.sense.sight.yunet import ENGINE, MODEL, load_model
from robot.texts.catalogue import words
from robot.texts.languages import house
from robot.texts.sentence import about, both, sentence

READS_BY = "onnxruntime"  # what the reader of meanings needs, of the extra `fast`

if TYPE_CHECKING:
    from pathlib import Path

    from robot.config.schema import HearingTable, TalkTable
    from robot.core.body_description import BodyDescription
    from robot.core.clock import Clock
    from robot.core.percepts import Suggested
    from robot.express.rendering import Renders
    from robot.parts.protocols import Body, Part
    from robot.parts.registry import PartKind, Surroundings

EXTRAS = (SIGHTS, LISTENERS, TOPICS, FLEETS)
WATCH_S = 4.0  # a camera that is switched on needs a second or two to its first picture
GLANCE_S = 0.02
LOOKS = 15  # further polls of a body that is well, for its status to come
SERVO_VOLTS = 4.6
MODEL_S = 22.0  # for a language model to load and to say something
A_SENTENCE = 12  # tokens of a short one
SHOWN = {"daemon": sentence("health.figure_daemon"), "package": sentence("health.figure_package")}
FIGURE_S = 15.0  # for a maker's model to come, that the body's own line may come in any case
LOAD_S = 28.0  # for a large speech model; where it takes longer, it is said to be loading, not to be missing


def by_address(kind: PartKind[Part], address: str, around: Surroundings) -> Health:
    """How the part at an address does."""
    if not address:
        if kind in EXTRAS:
            return Health(kind.name, Condition.OFF, sentence("doctor.nothing_leaves"))
        return Health(kind.name, Condition.OFF, sentence("health.switched_off_in_configuration"))
    try:
        part = open_part(kind, address, around)
    except BowlbyError as error:
        return fault(kind.name, error, sentence("doctor.correct_address"))
    try:
        poll = getattr(part, "poll", None)  # speakers have none
        health = part.health()
        end = stopwatch() + WATCH_S
        changes = poll is not None or kind in EXTRAS
        while changes and health.condition is not Condition.OK and stopwatch() < end:
            if poll is not None:
                poll(around.clock.now())
            nap(GLANCE_S)
            health = part.health()
        found = Health(kind.name, health.condition, health.reason, health.remedy)
        if kind == BODIES and health.condition is Condition.OK:
            body = cast("Body", part)
            told = _telemetry(body, around.clock)
            if told is not None and told.volts:
                found = with_supply(found, told)
            return with_figure(found, body.description, address)
        return found
    finally:
        part.close()


def with_figure(found: Health, body: BodyDescription, address: str) -> Health:
    """And whose model of it the page shows, where its maker has one."""
    if not body.figure:
        return found

    def bring() -> Health:
        return Health("page", Condition.OK, SHOWN[source_of(figure_of(body, address))])

    (brought,) = examine_all({"page": bring}, FIGURE_S)
    shown = brought.reason
    if brought.condition is not Condition.OK:
        shown = sentence("health.figure_own", why=shown)
    return replace(found, reason=both(found.reason, about(sentence("names.part.page"), shown)))


def _telemetry(body: Body, clock: Clock) -> Telemetry | None:
    """What a body that is well says of itself within a moment."""
    told = None
    for _ in range(LOOKS):
        told = next((one for one in body.poll(clock.now()) if isinstance(one, Telemetry)), told)
        nap(GLANCE_S)
    return told


def with_supply(found: Health, told: Telemetry) -> Health:
    """The body's line with what its board says of voltage and mute switch."""
    if told.muted:
        reason = sentence("doctor.volts_muted", body=found.reason, volts=told.volts)
    else:
        reason = sentence("doctor.volts", body=found.reason, volts=told.volts)
    if told.volts < SERVO_VOLTS:
        little = sentence("doctor.too_little", body=reason)
        return Health(found.part, Condition.FAULT, little, sentence("doctor.stronger_supply"))
    return Health(found.part, found.condition, reason, found.remedy)


def face_model() -> Health:
    """The network that finds faces, byte for byte the one that was tested. Raises ModelError."""
    load_model()
    return Health("face_model", Condition.OK, sentence("doctor.face_model", model=MODEL, engine=ENGINE))


def recognition() -> Health:
    """Whether people could be known by their faces, if they agreed. Raises ModelError."""
    if not installed():
        return Health("recognition", Condition.OFF, sentence("doctor.no_faces"), ADD_FACES)
    FaceEncoder()
    return Health("recognition", Condition.OK, sentence("doctor.recognises"))


def phrase_tables() -> Health:
    """What it understands and says. Raises ConfigError."""
    tables = phrases.load()
    known = sentence(
        "doctor.phrases",
        languages=", ".join(tables.languages),
        intents=len(tables.intents),
        phrases=len(tables.keys),
    )
    return Health("phrases", Condition.OK, known)


def reader(talk: TalkTable) -> Health:
    """The network that reads what a line means, beside the tables; without it these decide alone."""
    if talk.reader == "tables":
        return Health("reader", Condition.OFF, sentence("health.switched_off_in_configuration"))
    if find_spec(READS_BY) is None:
        reason = sentence("doctor.reads_by_tables", why=sentence("doctor.lacks_package", name=READS_BY))
        return Health("reader", Condition.LESSER, reason, sentence("doctor.add_fast"))
    from robot.sense.language.reader.network import MeaningNetwork  # noqa: PLC0415 - 110 MB, of which others do without
    from robot.sense.language.reader.probe import HARM, UPTAKE, Probe  # noqa: PLC0415 - as above
    from robot.sense.language.reader.remarks import Remarks  # noqa: PLC0415 - as above

    try:
        MeaningNetwork.load()
        Remarks.load()
        for kind in (UPTAKE, HARM):
            Probe.load(kind)
    except ModelError as error:
        reason = sentence("doctor.reads_by_tables", why=error.what)
        return Health("reader", Condition.LESSER, reason, error.remedy)
    return Health("reader", Condition.OK, sentence("health.reads_meanings"))


def language(code: str) -> Health:
    """Whether anything of the robot's language is lacking. Raises ConfigError."""
    lacking = sum(not part.whole for part in parts_of(code))
    if not lacking or code in house():
        return Health("language", Condition.OK, sentence("doctor.language_whole", language=code))
    return Health(
        "language",
        Condition.LESSER,
        sentence("doctor.language_lacks", language=code, n=lacking),
        f"bowlby language lacks {code}",
    )


def voice(address: str, around: Surroundings) -> Health:
    """Whether every language can be spoken: a word of each is rendered, the robot's own last, and thrown away."""
    renderer: Renders = open_part(VOICES, address, around)
    try:
        for language in sorted(renderer.languages, key=lambda one: one == around.language):
            rendering = renderer.wait(SpeechRequest("Bowlby", language))
            if rendering.samples is None:
                return Health("voice", Condition.FAULT, about(language, rendering.fault), REMEDY)
        return renderer.health()
    finally:
        renderer.close()


class _Stillness(Ears):
    """Ears that give a moment of silence: enough for hearing to load what it would hear with."""

    def poll(self, now: float) -> list[Audio]:
        return [Audio(now, np.zeros(HEARD_RATE // 50, np.float32))]

    def health(self) -> Health:
        return Health("microphone", Condition.OK, sentence("health.tried_with_silence"))

    def close(self) -> None:
        """Nothing was opened."""


def recogniser(language: str, settings: HearingTable, clock: Clock) -> Health:
    """Which recogniser the robot would hear with, once it is loaded, and whether it understands any words."""
    place = settings.model
    hearing = Hearing(
        _Stillness(),
        phrases.load(),
        clock,
        language=language,
        models=place,
        engine=settings.engine,
        wake=settings.wake,
        retry_s=LOAD_S,
    )
    try:
        end = stopwatch() + LOAD_S
        while not (hearing.recogniser or hearing.deaf or hearing.failure) and stopwatch() < end:
            hearing.poll(clock.now())
            nap(GLANCE_S)
        found = hearing.health()
    finally:
        hearing.close()
    if not hearing.recogniser:
        reason = found.reason if place is None else about(str(place), found.reason)
        return Health("recogniser", found.condition, reason, found.remedy)
    if found.condition is not Condition.OK:
        return Health("recogniser", found.condition, found.reason, found.remedy)
    dictates = sentence("doctor.dictates", recogniser=hearing.recogniser, seconds=hearing.sentence_s)
    told = dictates if hearing.sentence_s else hearing.recogniser
    if settings.wake:
        told = sentence(WAITS, hears=told, word=hearing.wake)
    return Health("recogniser", Condition.OK, told)


def language_model(talk: TalkTable, language: str) -> Health:
    """Whether the owner's language model answers, and how fast it is on this machine."""
    if not talk.model:
        return Health("model", Condition.OFF, sentence("doctor.no_model"))
    suggester = Suggester.configured(talk.model_copy(update={"model_patience_s": MODEL_S}), language)
    try:
        end = stopwatch() + MODEL_S
        while suggester.health().condition is not Condition.OK and not suggester.health().remedy and stopwatch() < end:
            suggester.poll(0.0)
            nap(GLANCE_S)
        found = suggester.health()
        if found.condition is not Condition.OK:
            return found
        line = LineOfTalk(person=True, text=words(sentence("doctor.said_to_model"), language))
        suggester.ask(Consult(Cause("asked_by_hand", "bowlby doctor"), (line,), language), 0.0)
        came: list[Suggested] = []
        while not any(one.last for one in came) and stopwatch() < end:
            came += suggester.poll(0.0)
            nap(GLANCE_S)
        pace = suggester.pace
    finally:
        suggester.close()
    if pace is None or not pace.pieces:
        silent = SLOW if pace is None else sentence("doctor.model_silent")
        why = next((one.why for one in came if one.last and one.why), silent)
        mends = "health.see_model_server" if is_server(talk.model) else "health.see_models_list"
        return Health("model", Condition.LESSER, why, sentence("doctor.smaller_model" if why == SLOW else mends))
    told = sentence("doctor.model_pace", model=found.reason, rate=pace.rate, first=pace.first_s)
    if pace.first_s + A_SENTENCE / max(pace.rate, 0.1) > talk.model_patience_s:
        return Health("model", Condition.LESSER, told, sentence("doctor.smaller_model"))
    return Health("model", Condition.OK, told)


def memory_file(path: Path) -> Health:
    """The file with what the robot remembers: there, private, and whole, each row of it as a start would check it. It
    is only looked at.
    """
    if not path.exists():
        return Health("memory", Condition.OK, sentence("doctor.nothing_kept", file=str(path)))
    try:
        found = examine(path)
    except (NewerError, OSError, sqlite3.Error) as error:
        unread = sentence("doctor.memory_unread", file=str(path), error=str(error))
        return Health("memory", Condition.FAULT, unread, sentence("doctor.update_or_own", file=str(path)))
    if found.damage:
        damaged = sentence("doctor.damaged", file=str(path), error=found.damage, count=found.good)
        return Health("memory", Condition.FAULT, damaged, sentence("doctor.start_or_put_back", file=str(path)))
    if found.bad:
        rows = sentence("doctor.damaged_rows", file=str(path), count=found.bad)
        return Health("memory", Condition.FAULT, rows, sentence("doctor.start_or_put_back", file=str(path)))
    if path.stat().st_mode & 0o077:
        read = sentence("doctor.others_read", files=str(path))
        return Health("memory", Condition.LESSER, read, f"chmod 600 {path}")
    return Health("memory", Condition.OK, sentence("doctor.kept_in", file=str(path)))
