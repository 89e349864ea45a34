"""Reads the project's Markdown pages as a reader would use them: files to write, commands to run, things named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FENCE = re.compile(r"(?ms)^```(\w+)\n(.*?)^```$")
NAMED = re.compile(r"`([\w~./-]+\.(?:toml|py))`[^`\n]*:\s*$")


class Block(NamedTuple):
    """A fenced block: its language, its text, and the file that the line before says to write it to."""

    language: str
    text: str
    file: str


def all_pages() -> list[Path]:
    """Every Markdown page of the project, but none of what was installed."""
    return sorted(
        path
        for pattern in ("*.md", "*/*.md", "*/*/*.md")
        for path in HOUSE.glob(pattern)
        if not path.relative_to(HOUSE).parts[0].startswith(".")
    )


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page in their order."""
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        named = NAMED.search(text[: found.start()].rstrip() + "\n")
        yield Block(found[1], found[2], named[1] if named else "")


def commands(page: Path) -> Iterator[str]:
    """The lines of a page's shell blocks."""
    for block in blocks(page):
        if block.language == "sh":
            yield from block.text.splitlines()


def inline(page: Path) -> Iterator[str]:
    """What stands in backticks within a line."""
    for line in FENCE.sub("", page.read_text(encoding="utf-8")).splitlines():
        yield from re.findall(r"`([^`]+)`", line)


def links(page: Path) -> Iterator[str]:
    """Where a page's links lead."""
    yield from re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", page.read_text(encoding="utf-8")))
