"""A behaviour's small store, which outlives the run: typed entries by key, kept in the memory by intents.

    class Tea(Entry):
        minutes: int

    TEA = Shelf("tea", Tea)

    yield TEA.keep(cause, "black", Tea(minutes=3))
    state.store(TEA)["black"].minutes

The guard lets something new be kept only in answer to words (duty 22). `bowlby memory show` shows it, and it is
forgotten with the person whose it is, or with everything.
"""

from __future__ import annotations

import logging
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from pydantic import ValidationError

from robot.core.intents import Drop, Keep
from robot.core.typed_toml import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.intents import Cause

log = logging.getLogger(__name__)


class Entry(Table):
    """Base of what a store holds."""


E = TypeVar("E", bound=Entry)


class HoldsStores(Protocol):
    """The memory, as far as stores go."""

    def stored(self, store: str) -> Mapping[str, str]: ...


class Shelf(Generic[E]):
    """One store by its name, and the type of its entries."""

    def __init__(self, name: str, kind: type[E]) -> None:
        self.name = name
        self._kind = kind
        self._raw: Mapping[str, str] | None = None  # as it was last read
        self._read: Mapping[str, E] = MappingProxyType({})

    def read(self, memory: HoldsStores) -> Mapping[str, E]:
        """All entries by key, the oldest first. One that is no longer of this type is left out, which the log tells."""
        raw = memory.stored(self.name)
        if raw is not self._raw:
            self._raw, self._read = raw, MappingProxyType(dict(self._typed(raw)))
        return self._read

    def keep(self, cause: Cause, key: str, entry: E, person: int | None = None) -> Keep:
        """The intent to keep an entry, in place of one of the same key; `person`: whose it is (`State.whose`)."""
        return Keep(cause, self.name, key, entry.model_dump_json(), person or 0)

    def drop(self, cause: Cause, key: str) -> Drop:
        """The intent to let an entry go."""
        return Drop(cause, self.name, key)

    def _typed(self, raw: Mapping[str, str]) -> list[tuple[str, E]]:
        entries = []
        for key, value in raw.items():
            try:
                entries.append((key, self._kind.model_validate_json(value)))
            except ValidationError as error:
                log.error("what the store %s keeps as %s cannot be used: %s", self.name, key, error)  # noqa: TRY400 - said in words
        return entries
