"""The pytest plug-in for people who write behaviours: the fixture `bowlby` (docs/write-a-behavior.md explains it).

Nothing of the robot is imported until a test asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.testing.sim_robot import SimRobot

MARKER = 'bowlby(seed=0, language="en", civil="2026-01-05T10:00:00"): how the simulated robot of this test begins'


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)


@pytest.fixture
def bowlby(request: pytest.FixtureRequest) -> Iterator[SimRobot]:
    """A simulated robot in an empty room, with the behaviours that ship and none of yours until you add them."""
    from sim.testing.sim_robot import SimRobot  # noqa: PLC0415 - see above

    marker = request.node.get_closest_marker("bowlby")
    wishes = marker.kwargs if marker is not None else {}
    with SimRobot(**wishes) as robot:
        yield robot
