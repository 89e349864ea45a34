"""TOML as text: read under limits of size and depth, so that no file, however it was made, holds up who reads it.

What the parser would take minutes for, or end in other errors than its own, is refused in words before it is asked.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from robot.core.errors import ConfigError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

LARGEST = 384 * 1024  # bytes; twice the largest that ships
DEEPEST = 32  # tables or lists within each other, and names in one key
LONGEST = 80  # characters of a line that are told
SPLIT_UP = "split it up"

# Strings and comments go by whole, so that what is in them does not count. One without an end goes to the end of its
# line or of the text and is the parser's to refuse: no character is looked at twice.
_UNCOUNTED = (
    r'''"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\Z)|"(?:[^"\\\n]++|\\.)*+"?|'''
    r"'''(?:[^']++|'(?!''))*+(?:'''|\Z)|'[^'\n]*+'?|#[^\n]*+"
)
_PARTS = re.compile(rf"{_UNCOUNTED}|[\[\]{{}}.,=\n]", re.DOTALL)
_UNMARKED = re.compile(rf"(?:{_UNCOUNTED}|[^\[\]{{}}.\n\"'#]++)++", re.DOTALL)
_INNERMOST = re.compile(r"[\[{][^\[\]{}]*+[\]}]")
FLAT = 4  # tables or lists within each other, as hardly any file has more


def read_text(path: Path | Traversable) -> str:
    """The text of a file. Raises ConfigError, also where it is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            what = f"the file is larger than {LARGEST // 1024} KiB"
            raise ConfigError(what, place=str(path), remedy=f"{SPLIT_UP}, or name another file")
        return data.decode().replace("\r\n", "\n")
    except OSError as error:
        raise ConfigError(
            f"the file cannot be read: {error.strerror}", place=str(path), remedy="check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError("the file is not UTF-8 text", place=str(path), remedy="save it as UTF-8") from error


def check(text: str, name: str, largest: int = LARGEST, deepest: int = DEEPEST) -> None:
    """That a parser can take it in no time; `name` stands in messages. Raises ConfigError."""
    if len(text) > largest:
        raise ConfigError(f"the text is larger than {largest // 1024} KiB", place=name, remedy=SPLIT_UP)
    if _is_flat(text, min(FLAT, deepest)):
        return
    line, depth, names = 1, 0, 1
    for found in _PARTS.finditer(text):
        part = found.group()
        line += part.count("\n")
        depth += (part in "[{") - (part in "]}")
        names = names + 1 if part == "." else names if part[0] in "\"'" else 1
        if max(depth, names) > deepest:
            what = f"there are more than {deepest} tables, lists or names within each other"
            raise ConfigError(what, place=f"{name}:{line}", remedy="make it flatter")


def _is_flat(text: str, deepest: int) -> bool:
    """Whether there are surely no more tables, lists or names within each other: what is told without a look at each
    part, and of nearly every file.
    """
    marks = _UNMARKED.sub("", text)
    if max(line.count(".") for line in marks.split("\n")) >= deepest:
        return False
    for _ in range(deepest):
        marks = _INNERMOST.sub("", marks)
    return not any(mark in marks for mark in "[]{}")


def loads(text: str, name: str) -> dict[str, Any]:
    """What a TOML text holds; `name` stands in messages. Raises ConfigError with line and remedy."""
    check(text, name)
    try:
        return tomllib.loads(text)
    except ValueError as error:  # the parser's own, and Python's of a number with too many digits
        raise _not_toml(str(error), text, name) from error


NOT_TOML = (
    ("Cannot overwrite a value", "it is there twice; remove one"),
    ("Cannot declare", "it is there twice; remove one"),
    ("Invalid value", "put words between quotes; numbers, dates, true and false stand without"),
    ("Expected '='", "write: key = value"),
    ("Expected ']", "close the brackets: [table] or [[table]]"),
    ("Unterminated string", "close the quotes"),
    ("Unclosed array", "close the list with ]"),
    ("Illegal character", "close the quotes at the end of the line"),
    ("Exceeds the limit", "write a smaller number"),
)


def _not_toml(told: str, text: str, name: str) -> ConfigError:
    """The parser's words with the line's own, and a remedy."""
    what, _, where = told.partition(" (at ")
    lines = text.splitlines()
    number = re.search(r"line (\d+)", where)
    at = int(number.group(1)) if number else len(lines)
    line = short(lines[at - 1].strip()) if 0 < at <= len(lines) else ""
    remedy = next((remedy for start, remedy in NOT_TOML if what.startswith(start)), "mend the line")
    return ConfigError(f"this is not TOML: {short(what)}: {line}", place=f"{name}:{max(at, 1)}", remedy=remedy)


def short(told: str) -> str:
    """As much of a line as a person reads."""
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"
