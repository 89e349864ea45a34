"""How the parts do, in a person's words: what each is called, its line, and which are at fault.

`Health` (robot/core/condition.py) holds no words; these are for whoever shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.condition import Condition
from robot.texts.catalogue import SOURCE, called, words
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.condition import Health

BAD = frozenset({Condition.FAULT, Condition.LESSER})


def title(health: Health, language: str = SOURCE) -> str:
    """What the part is called: "camera", "behaviour greet"; one of another package by its own name."""
    return f"{called('part', health.part, language)} {health.name}".rstrip()


def line(health: Health, language: str = SOURCE) -> str:
    """All of it: "camera: the picture stands still (plug the camera in again)"."""
    part = title(health, language)
    if health.remedy:
        told = sentence("health.line_with_remedy", part=part, reason=health.reason, remedy=health.remedy)
    else:
        told = sentence("health.line", part=part, reason=health.reason)
    return words(told, language)


def at_fault(lines: Iterable[Health]) -> list[Health]:
    """Those of parts that do not work."""
    return [health for health in lines if health.condition is Condition.FAULT]
