"""The second opinion on words of need: what the network of meanings makes of a line, weighed with what the linear
machines found. How much each counts is a logistic regression on lines that taught neither (`training/need`).

Where the network has not read the line, the machines decide alone, as they are.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

from robot.guard.crisis.classifier import PLAIN, SERIOUS
from robot.guard.emergency.reader import Danger

if TYPE_CHECKING:
    from robot.core.messages import Readings
    from robot.guard.crisis.classifier import Assessment, Level

FINEST = 0.001  # of a probability, as it is told
MOST = 2.0  # of a machine's score
GENERAL = "call"  # the danger of which no cue tells the kind


class Shares(NamedTuple):
    """What counts how much: a machine's score, the network's log odds, a sign or a cue that was seen; and the rest."""

    machine: float
    network: float
    sign: float
    bias: float

    def score(self, machine: float, p: float, *, sign: bool) -> float:
        """The score of both together, on the scale of the machine alone."""
        p = min(max(p, FINEST), 1.0 - FINEST)
        within = min(max(machine, -MOST), MOST)
        return self.machine * within + self.network * log(p / (1.0 - p)) + self.sign * sign + self.bias


RISK = Shares(0.55, 0.0983, 0.134, 0.26)
DANGER = Shares(0.47, 0.171, 0.425, 0.4)
FAINT = 0.1  # of the risk: from where on it is doubted at all
UNSURE = -0.2  # of the danger: from where on it is asked what happened
# From such a score on a danger is plain; or from such a one of the machine alone, by a cue and without. Below, the
# number is given with a question: of strangers' emergencies 7 % are asked about, of their harmless alarms 60 %.
PLAIN_DANGER, PLAIN_BY_CUE, PLAIN_ALONE = 0.45, 0.5, 1.0


def risk_of(found: Assessment, need: Readings) -> float:
    """What a line alone scores for self-harm."""
    told = dict(need)
    return RISK.score(found.score, told.get("veiled", 0.0) + told.get("plain", 0.0), sign=_signed(found))


def _signed(found: Assessment) -> bool:
    return found.sign and found.level != "none"


def risk_together(found: Assessment, need: Readings, in_talk: float | None = None) -> Assessment:
    """How a line is taken for self-harm; a sign is asked about unless both have it for nothing, a plain one in
    any case. `in_talk`: what it scores by the lines before it, None for a first one. That lowers the level in full; it
    lifts what has some risk of its own. `score` is always that of the line alone.
    """
    told = dict(need)
    veiled, plain = told.get("veiled", 0.0), told.get("plain", 0.0)
    signed, score = _signed(found), risk_of(found, need)
    by = score if in_talk is None else in_talk
    level: Level = "none"
    if score > PLAIN and (found.level == "crisis" or plain > veiled) and (signed or by > SERIOUS):
        level = "crisis"
    elif by > SERIOUS or (signed and _asked_about(found.level, score, first=in_talk is None)):
        level = "ask"
    elif by > FAINT:
        level = "faint"
    return found._replace(level=level, score=score, sign=signed)


def _asked_about(level: Level, score: float, *, first: bool) -> bool:
    """Whether a sign is asked about: nearly always as a first line, in a talk where the line alone is graver."""
    if level == "crisis":
        return first or score > 0.0
    return score > (0.0 if first else SERIOUS)


def danger_together(found: Danger, need: Readings) -> Danger:
    """How a line is taken for danger to life or health."""
    cue = found.kind not in {"", GENERAL}
    score = DANGER.score(found.score, dict(need).get("danger", 0.0), sign=cue)
    if score <= 0.0:
        return Danger("", score, unsure=score > UNSURE)
    plain = score >= PLAIN_DANGER or found.score >= (PLAIN_BY_CUE if cue else PLAIN_ALONE)
    return Danger(found.kind or GENERAL, score, plain=plain)
