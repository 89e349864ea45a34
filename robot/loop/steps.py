"""The five steps between sense and act, as one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from robot.attend.attention import Attention
    from robot.decide.mind import Mind
    from robot.express.composer import Composer
    from robot.feel.feel import Feel
    from robot.guard.guard import Guard


class Steps(NamedTuple):
    """Attend, feel, decide, guard, express."""

    attention: Attention
    feel: Feel
    mind: Mind
    guard: Guard
    composer: Composer
