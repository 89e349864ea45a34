"""What this and other packages bring to the robot, by entry points; looked up once, since that reads all packages."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_every = cache(entry_points)


def installed(group: str) -> tuple[EntryPoint, ...]:
    """The entry points of one group, such as "bowlby.behaviors"."""
    return tuple(_every().select(group=group))
