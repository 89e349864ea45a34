"""Faults brought about on purpose: the robot says what is wrong, never leaves its limits, and is well again after."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from robot.config import Config
from robot.decide.decision import Mode
from robot.intents import Say
from robot.messages import Condition
from sim import scenario as scenarios
from sim.faults import Faults
from sim.options import Hears, Options, Senses
from sim.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.tick import Tick

LASTS_S = 2.0
WELL_WITHIN_S = 3.0
TOLD_S = 10.0  # a restart of the board is told for so long
NAMES = ["unplugged", "noisy line", "low voltage", "board reset", "brown-out", "mute switch", "dark room"]


class Watch:
    """Keeps what the tests ask for."""

    def __init__(self) -> None:
        self.modes: list[Mode] = []
        self.said: list[str] = []
        self.armed: list[bool] = []
        self.jump = 0.0
        self._last: tuple[float, ...] | None = None

    def see(self, tick: Tick) -> None:
        self.modes.append(tick.decision.mode)
        self.said += [intent.phrase for intent in tick.done if isinstance(intent, Say)]
        body = tick.scene.body
        self.armed.append(body is not None and body.armed)


@pytest.fixture
def session() -> Iterator[Session]:
    name, script = scenarios.load("first-meeting")
    options = Options(Senses.truth, Hears.text, 3, True, 10.0, None)
    with Session(name, script, Config(), options) as made:
        yield made


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_keeps_the_servos_in_their_limits_and_ends_well(session: Session, name: str) -> None:
    loop, watch = session.robot.loop, Watch()
    loop.watch(watch)
    faults = Faults(session._body, session.world, 1)
    assert faults.names() == NAMES
    loop.run(10.0)
    faults.set(name, on=True)
    before = session.world.pose
    for n in range(round((LASTS_S + WELL_WITHIN_S) * 50)):
        if n == round(LASTS_S * 50):
            faults.set(name, on=False)
        loop.turn()
        for joint, a, b in zip(session.robot.description.joints, before, session.world.pose, strict=True):
            assert joint.lower - 1e-3 <= b <= joint.upper + 1e-3
            assert abs(b - a) <= joint.speed * 0.02 * 1.05 + math.radians(0.2), joint.name
        before = session.world.pose
    assert faults.active() == set()
    assert watch.armed[-1]
    assert watch.modes[-1] in {Mode.AWAKE, Mode.ENGAGED}
    loop.run(15.0 + TOLD_S)
    broken = [part for part in session.robot.vitals().health if part.condition is Condition.FAULT]
    assert broken == []


def test_a_lost_line_is_told_aloud_and_so_is_its_return(session: Session) -> None:
    loop, watch = session.robot.loop, Watch()
    loop.watch(watch)
    faults = Faults(session._body, session.world, 1)
    loop.run(10.0)
    faults.set("unplugged", on=True)
    loop.run(14.0)
    assert watch.modes[-1:] == [Mode.SAFE]
    assert "safe_body_lost" in watch.said
    health = {part.part: part for part in session.robot.vitals().health}
    assert health["body sim://"].condition is Condition.FAULT
    faults.set("unplugged", on=False)
    loop.run(18.0)
    assert "safe_body_back" in watch.said
    assert watch.modes[-1:] == [Mode.ENGAGED]


def test_an_unknown_fault_is_left_alone(session: Session) -> None:
    faults = Faults(session._body, session.world, 1)
    faults.set("earthquake", on=True)
    assert faults.active() == set()
