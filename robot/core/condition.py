"""How a part does: one line of the doctor's list, which holds no words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from robot.texts.sentence import AnyText  # noqa: TC001 - its fields are looked up when a recording is read


class Condition(StrEnum):
    """How a part does, worst last."""

    OK = "ok"
    LESSER = "lesser"  # works, in a lesser way than it could
    OFF = "off"  # switched off on purpose
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Health:
    """One line of the doctor's list: how a part does, why, and what mends it. It holds no words: log, voice, page,
    `bowlby doctor` and the others that show it make them, by `robot/health/conditions.py`.

    `part`: what it is, "camera" (`names.part.camera` in the catalogues). `ailment` names what is wrong: the robot says
    the phrase of that name aloud, where there is one; empty for what has no name. `name`: which one, where there are
    several.
    """

    part: str
    condition: Condition
    reason: AnyText
    remedy: AnyText = ""
    ailment: str = ""
    name: str = ""
