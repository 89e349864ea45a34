"""The memory as the mind, its behaviours and the guard may see it: to read alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.memory.records import Everything, Known


class Recollection(Protocol):
    """What is kept, and whether all that was to be forgotten has left the disk."""

    def everything(self) -> Everything: ...

    def person(self, name: str) -> Known | None: ...

    def stored(self, store: str) -> Mapping[str, str]: ...

    @property
    def forgotten(self) -> bool: ...
