"""A sense that is switched off takes nothing in, and the quiet hours can be moved, in whole runs of the simulator."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from robot.app.context import shared_stock
from robot.app.page_controls import RobotControls
from robot.config import schema as configuration
from robot.config.schema import Config
from robot.core.condition import Condition
from robot.core.errors import ConfigError
from robot.core.percepts import FacesSeen, Utterance
from robot.texts.catalogue import words
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from robot.core.tick import Tick

ADA_IS_THERE_S = 8.0  # first-meeting: she came at 4 s and says hello at 13 s


class Taken:
    """Counts what was taken in."""

    def __init__(self) -> None:
        self.faces = 0
        self.heard: list[str] = []

    def see(self, tick: Tick) -> None:
        self.faces += sum(isinstance(percept, FacesSeen) for percept in tick.percepts)
        self.heard += [percept.text for percept in tick.percepts if isinstance(percept, Utterance)]


@pytest.fixture
def session() -> Iterator[SimSession]:
    name, script = scenarios.load("first-meeting")
    with SimSession(
        name, script, Config(), Options(SightFrom.truth, WordsFrom.text, 3, True, 10.0, None), shared_stock()
    ) as made:
        yield made


def test_the_camera_takes_nothing_in_while_it_is_off(session: SimSession) -> None:
    controls, taken = RobotControls(session.robot, "test"), Taken()
    loop = session.robot.loop
    loop.watch(taken)
    loop.run(ADA_IS_THERE_S)
    assert taken.faces > 70
    controls.senses.switch("camera", on=False)
    loop.run(ADA_IS_THERE_S + 0.3)
    before = taken.faces
    loop.run(ADA_IS_THERE_S + 3.0)
    assert taken.faces == before
    assert controls.senses.off() == {"camera"}
    sight = next(line for line in session.robot.vitals().health if line.part in {"sight", "camera"})
    assert (sight.condition, words(sight.reason)) == (Condition.OFF, "switched off")
    controls.senses.switch("camera", on=True)
    loop.run(ADA_IS_THERE_S + 4.0)
    assert taken.faces > before


def test_the_microphone_takes_nothing_in_while_it_is_off_but_typed_lines_come_through(session: SimSession) -> None:
    controls, taken = RobotControls(session.robot, "test"), Taken()
    loop = session.robot.loop
    loop.watch(taken)
    controls.senses.switch("microphone", on=False)
    loop.run(18.0)
    assert taken.heard == []
    controls.say("hello")
    controls.senses.switch("microphone", on=True)
    loop.run(24.0)
    assert taken.heard == ["hello", "What is your name?"]


def test_the_switch_on_the_body_closes_ears_and_eyes(session: SimSession) -> None:
    taken = Taken()
    loop = session.robot.loop
    loop.watch(taken)
    loop.run(ADA_IS_THERE_S)
    faults = session.faults
    faults.set("mute switch", on=True)
    loop.run(ADA_IS_THERE_S + 0.5)
    before = taken.faces
    loop.run(18.0)
    assert taken.faces == before
    assert taken.heard == []
    faults.set("mute switch", on=False)
    loop.run(24.0)
    assert taken.faces > before
    assert taken.heard == ["What is your name?"]


def test_quiet_hours_set_on_the_page_hold_at_once_and_are_kept(session: SimSession, tmp_path: Path) -> None:
    """first-meeting is at ten in the morning."""
    file = tmp_path / "bowlby.toml"
    file.write_text("# mine\n[care]\nasleep_after_s = 300\n", encoding="utf-8")
    controls = RobotControls(session.robot, "test", config=file)
    loop = session.robot.loop
    loop.run(1.0)
    assert loop.steps.feel.attachment.now.drowsiness == 0.0
    controls.quiet_hours.write(time(9, 0), time(11, 0))
    loop.run(2.0)
    assert controls.quiet_hours.read() == (time(9, 0), time(11, 0))
    assert loop.steps.feel.attachment.now.drowsiness == 1.0
    assert loop.steps.guard.quiet_hours.hold(session._clock.civil().time())
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# mine\n")
    kept = configuration.load(file).care
    assert (kept.quiet_from, kept.quiet_to, kept.asleep_after_s) == (time(9, 0), time(11, 0), 300.0)


def test_quiet_hours_that_cannot_be_kept_hold_for_this_run(session: SimSession, tmp_path: Path) -> None:
    (tmp_path / "no folder").write_text("", encoding="utf-8")
    controls = RobotControls(session.robot, "test", config=tmp_path / "no folder" / "bowlby.toml")
    with pytest.raises(ConfigError, match="cannot be written"):
        controls.quiet_hours.write(time(9, 0), time(11, 0))
    session.robot.loop.run(1.0)
    assert controls.quiet_hours.read() == (time(9, 0), time(11, 0))
