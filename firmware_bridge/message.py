"""A message of the line: its fields, as bytes and back. All numbers are little-endian and packed without gaps."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache, cached_property

KINDS = {"u8": "B", "i8": "b", "u16": "H", "u32": "I"}


@cache
def _several(count: int, kind: str) -> struct.Struct:
    """So many numbers of a kind."""
    return struct.Struct(f"<{count}{KINDS[kind]}")


@dataclass(frozen=True)
class Field:
    """One number of a message, or `count` of them; of one that is `counted`, as many as a byte before them says."""

    name: str
    kind: str
    count: int = 1
    note: str = ""
    counted: bool = False  # up to `count`; the last field of its message


@dataclass(frozen=True)
class Message:
    """One message: a byte that names it, then its fields."""

    name: str
    id: int
    to_board: bool
    fields: tuple[Field, ...]
    acknowledged: bool = False
    note: str = ""

    @cached_property
    def counted(self) -> Field | None:
        """The field of which a message may hold more or fewer."""
        return next((field for field in self.fields if field.counted), None)

    @cached_property
    def format(self) -> str:
        """Of the fields whose size never changes, and of the count of the last."""
        fixed = [f for f in self.fields if not f.counted]
        return "".join((str(f.count) if f.count > 1 else "") + KINDS[f.kind] for f in fixed) + "B" * bool(self.counted)

    @cached_property
    def size(self) -> int:
        """Bytes after the id, at least."""
        return struct.calcsize("<" + self.format)

    @cached_property
    def fixed(self) -> int:
        """Numbers before those that are counted."""
        return sum(field.count for field in self.fields if not field.counted)

    def packer(self, count: int) -> struct.Struct:
        """Of the id and all fields, the last of them `count` times."""
        return struct.Struct("<B" + self.format + (f"{count}{KINDS[self.counted.kind]}" if self.counted else ""))

    def pack(self, *values: int) -> bytes:
        """The id and the fields."""
        if self.counted is None:
            return struct.pack("<B" + self.format, self.id, *values)
        count = len(values) - self.fixed
        return self.packer(count).pack(self.id, *values[: self.fixed], count, *values[self.fixed :])

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def size_in(self, data: bytes, offset: int) -> int:
        """Bytes after the id of the message whose fields begin there; more than there are where it is cut short."""
        end = offset + self.size
        if self.counted is None or end > len(data):
            return self.size
        return self.size + data[end - 1] * self._each

    def read(self, data: bytes) -> tuple[int, ...] | None:
        """The fields of a message that `data` is, its id before them; None where it is cut short, or more follows."""
        size = len(data) - 1 - self.size
        if size < 0:
            return None
        values = self._begin.unpack_from(data, 1)
        if self.counted is None:
            return None if size else values
        count = values[-1]
        if size != count * self._each:
            return None
        return values[:-1] + _several(count, self.counted.kind).unpack_from(data, len(data) - size)

    def unpack(self, data: bytes, offset: int = 0) -> tuple[int, ...]:
        """The fields, from bytes that begin after the id; of one that is counted all there are, without their count."""
        values = self._begin.unpack_from(data, offset)
        if self.counted is None:
            return values
        return values[:-1] + _several(values[-1], self.counted.kind).unpack_from(data, offset + self.size)

    @cached_property
    def _begin(self) -> struct.Struct:
        """Of the fields whose size never changes, without the id."""
        return struct.Struct("<" + self.format)

    @cached_property
    def _each(self) -> int:
        """Bytes of one of those that are counted."""
        return 0 if self.counted is None else struct.calcsize(KINDS[self.counted.kind])
