"""The bytes of a memory file with those of its log put in: as SQLite would read them, without opening the file.

For a disk that cannot be written, where SQLite opens nothing, and for a damaged log, of which SQLite would drop all
that follows the damage. The form of the log is that of <https://sqlite.org/fileformat2.html#walformat>.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = 4096
LARGEST = 256 * 1024 * 1024  # a memory of many years is a few megabytes
MAGIC = {0x377F0682: "<", 0x377F0683: ">"}  # and the order of the bytes that its sums are made of
HEAD, FRAME_HEAD = 32, 24
READS_WITHOUT_LOG = b"\1\1"  # at 18: an image that asks for a log cannot be opened, see sqlite3_deserialize


class DiskImage(NamedTuple):
    """What is on the disk; `torn` where a log holds more than SQLite would read of it."""

    pages: bytes
    torn: bool


class _Frame(NamedTuple):
    page: int
    pages_then: int  # how large the file is with it, in pages, where it ends a transaction; else 0
    content: bytes
    sound: bool


def read_disk(path: Path) -> DiskImage:
    """Both files, as they are now; empty where there is none. Raises OSError."""
    pages = _read(path)
    log = _read(path.with_name(path.name + "-wal"))
    frames = list(_frames(log))
    ends = [number for number, frame in enumerate(frames) if frame.pages_then]
    sound = next((number for number, frame in enumerate(frames) if not frame.sound), len(frames))
    last = max((end for end in ends if frames[end].sound), default=-1)
    image = _merged(pages, frames[: last + 1])
    if len(image) > 20:
        image[18:20] = READS_WITHOUT_LOG
    return DiskImage(bytes(image), torn=sound <= last)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        return b""
    if len(content) > LARGEST:
        raise OSError(0, f"larger than {LARGEST // 1024 // 1024} MiB")
    return content


def _frames(log: bytes) -> Iterator[_Frame]:
    """The frames of the log's last round; those of earlier ones, which it has not yet overwritten, have other salts."""
    if len(log) < HEAD + FRAME_HEAD + PAGE:
        return
    magic, _, _, _, salt, salt_2, sum_1, sum_2 = struct.unpack(">8I", log[:HEAD])
    order = MAGIC.get(magic, "<")
    sums, salts = _sums(log[:24], (0, 0), order), (salt, salt_2)
    headed = magic in MAGIC and sums == (sum_1, sum_2)
    if not headed:  # a damaged head: its frames know their salts as well
        salts, sums = struct.unpack(">2I", log[HEAD + 8 : HEAD + 16]), (-1, -1)
    for start in range(HEAD, len(log) - FRAME_HEAD - PAGE + 1, FRAME_HEAD + PAGE):
        head, content = log[start : start + FRAME_HEAD], log[start + FRAME_HEAD : start + FRAME_HEAD + PAGE]
        page, pages_then, *ours, sum_1, sum_2 = struct.unpack(">6I", head)
        if tuple(ours) != salts and not _follows(log, start + FRAME_HEAD + PAGE, salts):
            return
        summed = sums != (-1, -1) and tuple(ours) == salts
        sound = summed and _sums(content, _sums(head[:8], sums, order), order) == (sum_1, sum_2)
        sums = sum_1, sum_2
        yield _Frame(page, pages_then, content, sound)


def _follows(log: bytes, start: int, salts: tuple[int, ...]) -> bool:
    """Whether the next frame is of the same round, so that this one's head is damaged, and not of an earlier one."""
    return struct.unpack(">2I", log[start + 8 : start + 16].ljust(8, b"\0")) == salts


def _sums(content: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second


def _merged(pages: bytes, frames: list[_Frame]) -> bytearray:
    image = bytearray(pages)
    most = max((frame.pages_then for frame in frames if frame.sound), default=0)
    for frame in frames:
        if 0 < frame.page <= most:
            end = frame.page * PAGE
            if len(image) < end:
                image.extend(bytes(end - len(image)))
            image[end - PAGE : end] = frame.content
    size = next((frame.pages_then for frame in reversed(frames) if frame.pages_then), 0)
    return image[: size * PAGE] if size else image
