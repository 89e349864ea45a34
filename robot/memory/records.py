"""What the memory holds of people, as records."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who agreed to be remembered."""

    id: int
    name: str
    consented_at: str
    met_at: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that was spoken of; `detail` is None once it has faded."""

    person: int
    about: str
    detail: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What a behaviour was asked to keep."""

    store: str
    key: str
    value: str  # JSON
    person: int
    at: str


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is in the file: what `show`, `export` and “what do you know about me?” give."""

    people: tuple[Known, ...]
    bonds: tuple[tuple[int, float, str], ...]
    topics: tuple[Topic, ...]
    events: tuple[tuple[str, str], ...]
    together: tuple[tuple[str, float], ...]
    counters: tuple[tuple[str, int], ...]
    faces: tuple[tuple[int, str, str], ...]  # person, when learned, the 128 numbers in hexadecimal
    stored: tuple[Stored, ...] = ()

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)
