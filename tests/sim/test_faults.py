"""Faults brought about on purpose: the robot says what is wrong, never leaves its limits, and is well again after."""

from __future__ import annotations

import logging
import math
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from hardware import body as bodies
from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.core.clock import generator
from robot.core.condition import Condition, Health
from robot.core.decision import Mode
from robot.core.intents import Say
from robot.health.log import HealthLog
from robot.page.texts import PageTexts
from robot.sense.language.phrase_files import PhraseFile, said_table
from robot.sense.language.phrases import phrase_folder
from robot.texts.catalogue import words
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.fault_names import FaultName
from sim.world.options import Options, Physics, SightFrom, WordsFrom
from tests.support.rig import Watch as Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from robot.core.tick import Tick

pytestmark = pytest.mark.slow

LASTS_S = 2.0
LEANS = math.radians(
    3.5
)  # without pulses, what gravity bends lies on its stop, 3 degrees and a play outside the limits
WELL_WITHIN_S = 3.0


class Watch:
    """Keeps what the tests ask for."""

    def __init__(self) -> None:
        self.modes: list[Mode] = []
        self.said: list[str] = []
        self.armed: list[bool] = []
        self.told: list[str] = []  # by the body

    def see(self, tick: Tick) -> None:
        self.modes.append(tick.decision.mode)
        self.said += [intent.phrase for intent in tick.done if isinstance(intent, Say)]
        body = tick.scene.body
        self.armed.append(body is not None and body.armed)
        if body is not None:
            self.told += map(words, body.faults)


def made(
    senses: SightFrom = SightFrom.truth,
    physics: Physics = Physics.kinematic,
    seed: int = 3,
    build: Path | None = None,
    **scene: object,
) -> SimSession:
    name, script = scenarios.load("first-meeting")
    script = scenarios.Scenario.model_validate(script.model_dump(exclude_unset=True) | scene)
    config = Config().changed("parts", build=build) if build else Config()
    return SimSession(
        name, script, config, Options(senses, WordsFrom.text, seed, True, 10.0, None, physics), shared_stock()
    )


@pytest.fixture
def session() -> Iterator[SimSession]:
    with made() as session:
        yield session


def troubles(session: SimSession) -> str:
    """All that the robot says is wrong with it."""
    vitals = session.robot.vitals()
    late = "late ticks" if vitals.late > 20 else ""
    return "; ".join([words(part.reason) for part in vitals.health if part.condition is not Condition.OK] + [late])


# What ails the robot by each fault, as the page tells it, and the phrase that it says aloud, if it can be heard.
AILS = {
    FaultName.unplugged: ("body_lost", "safe_body_lost"),
    FaultName.low_voltage: ("body_sagged", "body_sagged"),
    FaultName.board_reset: ("body_reset", "body_reset"),
    FaultName.brown_out: ("body_brown_out", "body_brown_out"),
    FaultName.stalled_servo: ("body_sagged", "body_sagged"),
    FaultName.mute_switch: ("senses_muted", ""),  # a person's choice: the lamp and the page show it
    FaultName.dark_camera: ("camera_dark", "camera_dark"),
    FaultName.frozen_camera: ("camera_frozen", "camera_frozen"),
    FaultName.deaf_microphone: ("microphone_silent", "microphone_silent"),
    FaultName.no_speaker: ("speaker_lost", ""),
    FaultName.slow_processor: ("loop_slow", ""),
    FaultName.clock_jump: ("clock_set", ""),
    FaultName.full_disk: ("memory_full", "memory_full"),
}
BORNE = {FaultName.noisy_line, FaultName.dark_room}  # it copes: nothing is wrong as long as it does


@pytest.mark.parametrize("name", FaultName)
def test_every_fault_has_words_for_the_person_in_both_languages(name: FaultName) -> None:
    english, french = PageTexts("en"), PageTexts("fr")
    assert english.fault(name) == name
    assert french.fault(name) != name
    ailment, phrase = AILS.get(name, ("", ""))
    assert (ailment == "") == (name in BORNE)
    for language in ("en", "fr"):
        said_there = said_table(PhraseFile(phrase_folder() / f"said_{language}.toml"))
        assert not phrase or said_there[phrase]


def asked(session: SimSession) -> Limits:
    """A watch on each pulse from the beginning on."""
    servos, limits = session._body.servos, Limits()
    follow = servos.follow

    def followed(pulses: tuple[int, ...], seconds: float) -> bool:
        limits.see(pulses)
        return follow(pulses, seconds)

    servos.follow = followed  # type: ignore[method-assign]
    return limits


def endure(session: SimSession, name: str, lasts_s: float) -> tuple[Watch, dict[str, Health]]:
    """Let a fault come and go, with an eye on every limit; what ailed the robot meanwhile."""
    loop, watch = session.robot.loop, Watch()
    loop.watch(watch)
    servos = session._body.servos
    begin = loop._due
    told: dict[str, Health] = {}
    before = servos.joints
    for n in range(round((lasts_s + WELL_WITHIN_S) * 50)):
        if n in (0, round(lasts_s * 50)):
            session.faults.set(name, on=n == 0)
        loop.clock.sleep_until(loop._due)
        loop.turn()
        if n % 10 == 9:
            told |= {part.ailment: part for part in session.robot.vitals().health}
        for joint, a, b in zip(session.robot.description.joints, before, servos.joints, strict=True):
            give = 1e-3 if session.options.physics is not Physics.mujoco else LEANS
            assert joint.lower - give <= b <= joint.upper + give, (name, joint.name)
            if session.options.physics is not Physics.mujoco and name != FaultName.stalled_servo:
                assert abs(b - a) <= joint.speed * 0.02 * 1.05 + math.radians(0.2), joint.name
        before = servos.joints
    assert loop._due > begin
    return watch, told


@pytest.mark.parametrize("name", FaultName)
def test_a_fault_is_told_keeps_the_servos_in_their_limits_and_ends_well(session: SimSession, name: FaultName) -> None:
    assert session.faults.names() == list(FaultName)
    limits = asked(session)
    session.robot.loop.run(10.0)
    assert not troubles(session).strip("; ")
    watch, told = endure(session, name, LASTS_S)
    limits.check()
    assert session.faults.active() == set()
    ailment, phrase = AILS.get(name, ("", ""))
    assert ailment in told.keys() | {""}
    for line in told.values():
        assert not line.ailment or words(line.reason, "fr") != words(line.reason)
        assert not line.ailment or words(line.remedy, "fr") != words(line.remedy)
    assert not phrase or phrase in watch.said
    assert watch.armed[-1]
    assert watch.modes[-1] in {Mode.AWAKE, Mode.ENGAGED}
    broken = [part for part in session.robot.vitals().health if part.condition is Condition.FAULT]
    assert broken == []


@pytest.mark.parametrize(
    ("name", "words"), [(FaultName.dark_camera, "the picture is black"), (FaultName.frozen_camera, "stands still")]
)
def test_in_pixels_it_finds_out_by_itself_that_the_camera_sees_nothing(name: FaultName, words: str) -> None:
    with made(SightFrom.pixels) as session:
        session.robot.loop.run(2.0)
        assert words not in troubles(session)
        session.faults.set(name, on=True)
        session.robot.loop.run(4.0)
        assert words in troubles(session)
        session.faults.set(name, on=False)
        session.robot.loop.run(5.0)
        assert words not in troubles(session)


def test_a_scenario_brings_faults_and_changes_the_light() -> None:
    fault = {"at": 3.0, "name": "unplugged", "lasts_s": 1.0}
    light = [{"at": 2.0, "level": 1.0}, {"at": 6.0, "level": 0.2}]
    with made(fault=[fault], light=light) as session:
        loop, world = session.robot.loop, session.world
        loop.run(2.9)
        assert "unplugged" not in troubles(session)
        loop.run(3.8)
        assert "unplugged" in troubles(session)
        assert world.light == pytest.approx(1.0 - 0.2 * 1.8, abs=0.02)
        loop.run(6.5)
        assert "unplugged" not in troubles(session)
        assert world.light == pytest.approx(0.2)


def combination(seed: int) -> None:
    """One fault at a moment, of a length, in a mode and on a body that the seed chooses: told, bounded, and mended."""
    chance = generator(seed)
    name = list(FaultName)[seed % len(FaultName)]
    physics = list(Physics)[seed // len(FaultName) % len(Physics)]
    when, lasts = float(chance.uniform(0.2, 40.0)), float(chance.uniform(1.5, 4.0))
    with made(physics=physics, seed=seed) as session:
        limits = asked(session)
        session.robot.loop.run(when)
        watch, told = endure(session, name, lasts)
        limits.check()
        ailment, _ = AILS.get(name, ("", ""))
        mild = {FaultName.stalled_servo, FaultName.low_voltage}  # a servo that need not move, servos that are let go
        assert not ailment or ailment in told or name in mild, (seed, name, when)
        assert watch.armed[-1] or Mode.ASLEEP in watch.modes[-1:], (seed, name, physics, when, lasts)
        assert watch.modes[-1] is not Mode.SAFE, (seed, name, when)
        broken = [part for part in session.robot.vitals().health if part.condition is Condition.FAULT]
        assert broken == [], (seed, name, physics, when, lasts)


@pytest.mark.parametrize("seed", range(0, 2 * len(FaultName), 3))
def test_faults_at_any_moment_are_told_bounded_and_mended(seed: int) -> None:
    combination(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(500))
def test_five_hundred_faults_at_any_moment(seed: int) -> None:
    combination(seed)


def test_a_lost_line_is_told_aloud_and_so_is_its_return(session: SimSession) -> None:
    loop, watch = session.robot.loop, Watch()
    loop.watch(watch)
    faults = session.faults
    loop.run(10.0)
    faults.set("unplugged", on=True)
    loop.run(14.0)
    assert watch.modes[-1:] == [Mode.SAFE]
    assert "safe_body_lost" in watch.said
    health = {part.part: part for part in session.robot.vitals().health}
    assert health["body"].condition is Condition.FAULT
    faults.set("unplugged", on=False)
    loop.run(18.0)
    assert "safe_body_back" in watch.said
    assert watch.modes[-1:] == [Mode.ENGAGED]


def test_the_log_tells_each_time_that_something_is_wrong_and_that_it_is_over(
    session: SimSession, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "robot.health.log")
    loop = session.robot.loop
    loop.watch(HealthLog(session.robot.vitals))
    for n in range(2):
        loop.run(10.0 + 40.0 * n)
        session.faults.set(FaultName.clock_jump, on=True)
        loop.run(30.0 + 40.0 * n)  # its line stands for ten seconds
        session.faults.set(FaultName.clock_jump, on=False)
        loop.run(45.0 + 40.0 * n)  # as does that of the way back
    told = [record.message.partition(":")[0] for record in caplog.records if record.message.startswith("clock")]
    assert told == ["clock", "clock is well again"] * (len(told) // 2)
    assert len(told) >= 4


def test_an_unknown_fault_is_left_alone(session: SimSession) -> None:
    faults = session.faults
    faults.set("earthquake", on=True)
    assert faults.active() == set()


def held(session: SimSession) -> Watch:
    """A body whose supply has given way three times within a minute."""
    loop, watch = session.robot.loop, Watch()
    loop.watch(watch)
    loop.run(10.0)
    for n in range(3):
        session.faults.set(FaultName.low_voltage, on=True)
        loop.run(10.4 + 5.0 * n)
        session.faults.set(FaultName.low_voltage, on=False)
        loop.run(15.0 + 5.0 * n)
    return watch


def test_a_servo_board_lost_again_and_again_is_not_told_as_power_alone(tmp_path: Path) -> None:
    build = tmp_path / "mine.toml"
    board = '\n[servo_board]\nchip = "pca9685"\n'
    build.write_text((files(bodies) / "bowlby_one.toml").read_text(encoding="utf-8") + board, encoding="utf-8")
    with made(build=build) as session:
        loop, watch, chip = session.robot.loop, Watch(), session._body.line.board.chip
        loop.watch(watch)
        loop.run(10.0)
        for n in range(3):
            chip.fitted = False
            loop.run(10.4 + 5.0 * n)
            chip.fitted = True
            loop.run(15.0 + 5.0 * n)
        assert "body_held" in watch.said
        assert not any(watch.armed[-100:])
    for language, words_for_it in (("en", "board of my servos"), ("fr", "carte de mes servos")):
        (told,) = said_table(PhraseFile(phrase_folder() / f"said_{language}.toml"))["body_held"]
        assert words_for_it in str(told)


@pytest.mark.parametrize(("language", "word"), [("en", "You can move again."), ("fr", "Tu peux bouger.")])
def test_after_repeated_sags_it_says_why_it_is_limp_and_moves_again_only_by_a_word(language: str, word: str) -> None:
    with made(language=language) as session:
        watch = held(session)
        loop, line = session.robot.loop, session._body.line
        assert "body_held" in watch.said
        (body,) = [part for part in session.robot.vitals().health if part.condition is Condition.FAULT]
        assert body.ailment == "body_held"
        loop.run(100.0)  # longer than sags are remembered
        assert not any(watch.armed[-70 * 50 :])
        assert not any(line.pulses())
        session.robot.hearing.type(word)
        ons: list[int] = []
        while loop._due < 104.0:
            loop.turn()
            ons.append(sum(pulse != 0 for pulse in line.pulses()))
        assert "moving_again" in watch.said
        assert set(ons) == set(range(7))  # one servo after the other
        assert watch.armed[-1]
        assert not [part for part in session.robot.vitals().health if part.condition is Condition.FAULT]
        session.robot.hearing.type(word)
        loop.run(106.0)
        assert "answer_move_again" in watch.said


def test_a_full_disk_loses_nothing_that_was_to_be_kept(session: SimSession) -> None:
    memory, loop = session.robot.memory, session.robot.loop
    loop.run(10.0)
    memory.remember_person("Ada")
    session.faults.set(FaultName.full_disk, on=True)
    loop.run(12.0)
    for n in range(200):
        memory.keep_topic(1, f"garden {n}", "words " * 50)
    kept = memory.store.execute("SELECT count(*) FROM topic").fetchone()[0]
    assert kept < 200
    assert memory.store.execute("SELECT name FROM person").fetchall() == [("Ada",)]
    loop.run(14.0)
    session.faults.set(FaultName.full_disk, on=False)
    loop.run(16.0)
    assert memory.store.execute("SELECT count(*) FROM topic").fetchone()[0] == 200
    assert memory.health().condition is Condition.OK
