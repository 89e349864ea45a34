"""A sentence that is not yet in any language: its key in the catalogues and what fills its gaps."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """What is to be told. Made by whoever knows it, put into words by whoever shows it (`robot/texts/catalogue.py`).

    `key`: its name, `file.name`, where `file` is a catalogue. `gaps`: values by name; one may be a sentence, too.
    """

    key: str
    gaps: tuple[tuple[str, str | int | float | Sentence], ...] = ()


def sentence(key: str, **gaps: str | float | Sentence) -> Sentence:
    """`sentence("health.disk_full", path="/data")`; the gap `n` chooses between one and many."""
    return Sentence(key, tuple(gaps.items()))
