"""A sentence that is not yet in any language: its key in the catalogues and what fills its gaps."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable


class Sentence(NamedTuple):
    """What is to be told. Made by whoever knows it, put into words by whoever shows it (`robot/texts/catalogue.py`).

    `key`: its name, `file.name`, where `file` is a catalogue. `gaps`: values by name; one may be a sentence, too.
    """

    key: str
    gaps: tuple[tuple[str, Gap], ...] = ()


AnyText: TypeAlias = Sentence | str
"""What a person reads: a sentence, or, as a plain string, what reads the same in every language: a name, a path, a
command, another program's own message.
"""
Gap: TypeAlias = str | int | float | Sentence


def sentence(key: str, **gaps: Gap) -> Sentence:
    """`sentence("health.disk_full", path="/data")`; the gap `n` chooses between one and many."""
    return Sentence(key, tuple(gaps.items()))


def both(first: AnyText, second: AnyText) -> AnyText:
    """One after the other, as "first; second"."""
    return sentence("common.both", first=first, second=second)


def listed(texts: Iterable[AnyText]) -> AnyText:
    """Several as one, "first; second; third"; empty where there are none."""
    told = list(texts)
    return reduce(both, told) if told else ""


def about(subject: AnyText, told: AnyText) -> AnyText:
    """What is told of something: "/dev/ttyACM0: another program holds the port"."""
    return sentence("common.about", subject=subject, told=told)


def with_note(told: AnyText, note: AnyText) -> AnyText:
    """Something with a note behind it: "somebody came (arousal 0.12)"."""
    return sentence("common.with_note", told=told, note=note)
