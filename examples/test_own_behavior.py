"""A test of one's own behaviour, with the fixture `bowlby`: run it by `pytest examples/test_own_behavior.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from own_behavior import TellTime

if TYPE_CHECKING:
    from sim import SimRobot


@pytest.mark.bowlby(civil="2026-01-05T16:20")
def test_a_tap_on_the_back_asks_for_the_time(bowlby: SimRobot) -> None:
    bowlby.add(TellTime())
    bowlby.person("Ada", x=1.2)
    bowlby.forward(seconds=6)
    bowlby.touch("back", seconds=0.2)
    assert bowlby.says("16:20", within=2)


def test_a_hand_that_stays_asks_for_nothing(bowlby: SimRobot) -> None:
    bowlby.add(TellTime())
    bowlby.person("Ada", x=1.2)
    bowlby.forward(seconds=6)
    bowlby.touch("back", seconds=3)
    bowlby.forward(seconds=4)
    assert not bowlby.says("time_is")
