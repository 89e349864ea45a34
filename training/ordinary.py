"""Ordinary talk (`meaning/lines/`): what people say to a robot every day, by several hands, all of it harmless.

The background against which words of need are learned. Two lines in three teach, the third measures, by a hash of its
letters, so that nobody chooses.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from training.letters import letters_of
from training.meaning.lines import taught

# The fourth writer's indirect little stories are too near to what people in need say: with them more of that is missed.
WRITERS = frozenset({"1", "2", "3"})


class Ordinary(NamedTuple):
    """A line, with the meaning that its writer had in mind."""

    text: str
    language: str
    meaning: str

    @property
    def aside(self) -> bool:
        """Whether it measures, and may not be learned from."""
        return int(hashlib.sha256(f"ordinary {letters_of(self.text)}".encode()).hexdigest()[:8], 16) % 3 == 0


def ordinary() -> list[Ordinary]:
    """Every line of every writer. Raises ConfigError at file:line."""
    return [Ordinary(line.text, line.language, line.meaning) for line in taught() if line.writer in WRITERS]
