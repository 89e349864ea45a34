"""Uptake: how a listener takes up a line, as "How annoying." does a nuisance, and "How nice." good news.

Each line has probabilities of the kinds below, by `robot/sense/language/reader/probe.py`; none where nothing has read
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from robot.core.percepts import Readings

# In the order of the weights that ship. `daily` is what is told without much of a tone, `robot` what is said of the
# robot or against it, `social` greetings, thanks, excuses and the like.
Kind = Literal[
    "hard", "nuisance", "good", "funny", "memory", "plan", "opinion", "robot", "daily", "question", "request", "social"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
TROUBLE = ("hard", "nuisance")
ASKING = ("question", "request")
CHEERFUL = ("good", "funny")
# Of lines that are told with less trouble than the first, one in twelve tells of some; of those with more than the
# second, four in five, and hardly one of something good.
NO_TROUBLE, TROUBLED = 0.1, 0.8
CLEARLY = 0.5  # from where on a kind is taken for what it is: right for three to nine lines in ten of a new hand


def chance(uptake: Readings, *kinds: str) -> float:
    """How probable it is that a line is of one of these kinds."""
    return sum(p for kind, p in uptake if kind in kinds)


def kind_of(uptake: Readings) -> str:
    """The likeliest kind; empty where none is clearly so."""
    kind, p = uptake[0] if uptake else ("", 0.0)
    return kind if p >= CLEARLY else ""


def without_gladness(uptake: Readings) -> Readings:
    """Without the kinds that an answer would be glad of or laugh at."""
    return tuple(one for one in uptake if one[0] not in CHEERFUL)


def pities_nothing(uptake: Readings) -> bool:
    """Whether an answer to trouble would pity somebody who tells of none."""
    return bool(uptake) and chance(uptake, *TROUBLE) < NO_TROUBLE


def cheers_trouble(uptake: Readings) -> bool:
    """Whether an answer to good news would congratulate somebody on trouble."""
    return chance(uptake, *TROUBLE) > TROUBLED


def jars(kind: str, uptake: Readings) -> bool:
    """Whether an answer to what is of that kind has the wrong tone for this line."""
    return (kind in TROUBLE and pities_nothing(uptake)) or (kind == "good" and cheers_trouble(uptake))
