"""What can be read of a file that SQLite refuses: every row that stands whole in one of its pages.

The tables are told by what their rows look like, so that no damage to the file's order matters. Deleted rows are not
found: they are overwritten (`PRAGMA secure_delete`). The form is that of <https://sqlite.org/fileformat2.html>.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from robot.memory.disk_image import PAGE
from robot.memory.rows import COLUMNS, StoredRow, fits

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_HEAD = 100  # the first page begins with the file's own head
LEAF_HEAD = 8
OF_AN_INDEX = {0x02, 0x0A}
MOST_LOCAL = PAGE - 35  # a longer row goes on in other pages
LEAST_LOCAL = (PAGE - 12) * 32 // 255 - 23
# The first column is the row's number, and stands as NULL.
KEPT_BY_NUMBER = {"person", "bond", "topic", "event", "face"}
WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)  # bytes of a value by its serial type


class _DamageError(Exception):
    """What stands here is no row."""


def salvage(pages: bytes) -> list[StoredRow]:
    """Each row that fits its table; the last one where a number is there twice."""
    found: dict[tuple[str, int], StoredRow] = {}
    for start in range(0, len(pages), PAGE):
        for row in _rows_of_page(pages, start):
            found[row.table, row.values[0]] = row
    return list(found.values())


def _rows_of_page(pages: bytes, start: int) -> Iterator[StoredRow]:
    page = pages[start : start + PAGE].ljust(PAGE, b"\0")
    head = FIRST_HEAD if start == 0 else 0
    if page[head] in OF_AN_INDEX:
        return
    (count,) = struct.unpack(">H", page[head + 3 : head + 5])
    first = head + LEAF_HEAD
    for number in range(min(count, (PAGE - first) // 2)):
        (at,) = struct.unpack(">H", page[first + 2 * number : first + 2 * number + 2])
        try:
            row = _row(pages, page, at)
        except (_DamageError, IndexError, struct.error):
            continue
        if row is not None:
            yield row


def _row(pages: bytes, page: bytes, at: int) -> StoredRow | None:
    size, at = _varint(page, at)
    number, at = _varint(page, at)
    number -= (number >> 63) << 64
    values = _values(_payload(pages, page, at, size))
    for table, columns in COLUMNS.items():
        own = values[1:] if table in KEPT_BY_NUMBER and values[:1] == [None] else values
        if len(own) == len(columns) and (own is not values) is (table in KEPT_BY_NUMBER):
            row = StoredRow(table, (number, *own))
            if fits(row):
                return row
    return None


def _payload(pages: bytes, page: bytes, at: int, size: int) -> bytes:
    """The row's bytes, over as many pages as they take."""
    if size <= MOST_LOCAL:
        return page[at : at + size]
    local = LEAST_LOCAL + (size - LEAST_LOCAL) % (PAGE - 4)
    local = local if local <= MOST_LOCAL else LEAST_LOCAL
    content = page[at : at + local]
    (following,) = struct.unpack(">I", page[at + local : at + local + 4])
    for _ in range(len(pages) // PAGE):
        if len(content) >= size or not 0 < following <= len(pages) // PAGE:
            break
        start = (following - 1) * PAGE
        (following,) = struct.unpack(">I", pages[start : start + 4])
        content += pages[start + 4 : start + min(PAGE, size - len(content) + 4)]
    return content


def _values(content: bytes) -> list[Any]:
    size, at = _varint(content, 0)
    kinds = []
    while at < size:
        kind, at = _varint(content, at)
        kinds.append(kind)
    values = []
    for kind in kinds:
        width = WIDTHS[kind] if kind < len(WIDTHS) else (kind - 12) // 2
        piece = content[at : at + width]
        if len(piece) < width or kind in {10, 11}:
            raise _DamageError
        at += width
        values.append(_value(kind, piece))
    if at != len(content):
        raise _DamageError
    return values


def _value(kind: int, piece: bytes) -> object:
    if kind == 0:
        return None
    if kind in {8, 9}:
        return kind - 8
    if kind == 7:
        return struct.unpack(">d", piece)[0]
    if kind < 7:
        return int.from_bytes(piece, "big", signed=True)
    if kind % 2 == 0:
        return piece
    try:
        return piece.decode()
    except UnicodeDecodeError as error:
        raise _DamageError from error


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    number = 0
    for byte in range(8):
        number = number << 7 | content[at + byte] & 0x7F
        if not content[at + byte] & 0x80:
            return number, at + byte + 1
    return number << 8 | content[at + 8], at + 9
