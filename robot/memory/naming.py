"""What of a memory names somebody, whoever said it: it goes when they are to be forgotten."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from robot.core.names import folded

if TYPE_CHECKING:
    import sqlite3


def topics_naming(name: str, memory: sqlite3.Connection) -> list[int]:
    """Ids of the topics that have the name as a word of its own, whoever spoke of them."""
    word = _as_word(name)
    rows = memory.execute("SELECT id, about, detail FROM topic").fetchall()
    return [topic for topic, *texts in rows if any(word.search(folded(text or "")) for text in texts)]


def values_naming(name: str, memory: sqlite3.Connection) -> list[tuple[str, str]]:
    """Stores and keys of what has the name as a word of its own in its texts."""
    word = _as_word(name)
    rows = memory.execute("SELECT name, key, value FROM store").fetchall()
    return [
        (store, key)
        for store, key, value in rows
        if word.search(folded(json.dumps(json.loads(value), ensure_ascii=False)))
    ]


def _as_word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(folded(name))}(?!\w)")
