"""A renewal: behaviours, expressions or phrases that were saved while the robot runs, to be taken up between turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.decide.behavior import Behavior
    from robot.express.keyframes import Expression
    from robot.sense.language.phrases import Phrases


class Renewal(NamedTuple):
    """What is new: all behaviours, all expressions or all phrases, None where nothing changed."""

    behaviors: tuple[Behavior, ...] | None = None
    expressions: Mapping[str, Expression] | None = None
    phrases: Phrases | None = None
