"""Tells in the loop when a sense, the body or the memory breaks or is well again, so that the robot can say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from robot.core.percepts import SenseTurned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.condition import Condition, Health

LOOK_S = 0.25
BODY, MEMORY = "body", "memory"


class HasHealth(Protocol):
    """What tells how it does."""

    def health(self) -> Health: ...


class Changes:
    """Looks at the health of some parts now and then."""

    def __init__(self, parts: Mapping[str, HasHealth]) -> None:
        self._parts = parts
        self._known: dict[str, tuple[Condition, str]] = {}
        self._next = 0.0

    def poll(self, now: float) -> list[SenseTurned]:
        """Each part whose condition or ailment is another than before; at first, each part."""
        if now < self._next:
            return []
        self._next = now + LOOK_S
        turned = []
        for name, part in self._parts.items():
            health = part.health()
            state = (health.condition, health.ailment)
            if self._known.get(name) != state:
                self._known[name] = state
                turned.append(SenseTurned(now, name, health.condition, health.reason, health.ailment))
        return turned
