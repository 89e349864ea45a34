"""The place that a simulated body is put in: the world as the body sees it, and the camera that looks at it."""

from __future__ import annotations

from dataclasses import replace
from math import radians
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from robot.core.body_frame import Pose  # noqa: TC001 - `BodyWorld` is asked for it when it runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.body_description import BodyDescription


@runtime_checkable
class BodyWorld(Protocol):
    """What the simulator's world takes from the body."""

    pose: Pose


@runtime_checkable
class Hands(Protocol):
    """What the world's people do to the body."""

    def touched(self, now: float) -> Sequence[str]:
        """The pads that a hand lies on."""
        ...

    def pushed(self, now: float) -> tuple[float, float, float]:
        """The force on the head, N in the base frame."""
        ...


def with_field(description: BodyDescription, field_deg: float | None) -> BodyDescription:
    """The body with a camera that sees so far from left to right; None changes nothing."""
    if field_deg is None:
        return description
    return replace(description, camera=replace(description.camera, fov=radians(field_deg)))
