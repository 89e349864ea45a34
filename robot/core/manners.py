"""Manners: how a listener may go along with a line, "ha!" or "I'm here", and what each is worth to whoever said it.

Each line has all of them by `robot/sense/language/reader/probe.py`, the best first; none where nothing has read it. A
third of how probable it is that it fits, less how probable that it is wrong: 0.33 where it surely fits, 0 where it does
no harm, -1 where it is surely wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Collection

    from robot.core.percepts import Readings

# In the order of the weights that ship. `wonder` is "well, well".
Manner = Literal["plain", "wonder", "hard", "nuisance", "funny"]
MANNERS: tuple[Manner, ...] = get_args(Manner)
BRIGHT, SORRY = frozenset({"wonder", "funny"}), frozenset({"hard", "nuisance"})
EASY = frozenset({"good", "daily", "plan", "memory"})  # kinds of uptake whose answers pity nobody


def clashes(kind: str, manners: Readings) -> bool:
    """Whether an answer to what is taken up so has another tone than what is worth most to whoever said this line: of
    27 replies of such kinds that judges read, it tells 10 of the wrong ones and 3 others.
    """
    first = manners[0][0] if manners else ""
    return (kind in SORRY and first in BRIGHT) or (kind in EASY and first in SORRY)


def is_bright(manners: Readings) -> bool:
    """Whether a bright manner is worth most: so for 12 of 96 harmless lines of which the watch is faintly in doubt, and
    for none of 22 of risk.
    """
    return bool(manners) and manners[0][0] in BRIGHT


def without_bright(manners: Readings) -> Readings:
    """Without those that are bright."""
    return tuple(one for one in manners if one[0] not in BRIGHT)


def best(manners: Readings, among: Collection[str]) -> str:
    """The best of these manners; empty where a line has none of them."""
    return next((manner for manner, _ in manners if manner in among), "")
