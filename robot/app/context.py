"""What surrounds a robot when it is built: a clock, perhaps a world, and what robots of one process share."""

from __future__ import annotations

import atexit
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Self

from robot.app.plugins import LOADS_WITHIN_S
from robot.decide.oversight import STUCK_S, Oversight
from robot.express.renderer import KeptRenderer
from robot.guard.readers import Readers
from robot.health.at_work import IN_FILES, IN_LOOP, AtWork
from robot.health.brought_languages import broken
from robot.health.last_run import FIRST_RUN, LastRun
from robot.sense.language import phrases as phrase_tables
from robot.sense.language.reading_pool import ReadingPool

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.clock import Clock
    from robot.memory.records import Everything
    from robot.sense.language.phrases import Phrases


class Stock(NamedTuple):
    """What the robots of one process may have in common, where many are made one after another: it costs the most to
    make, and no run leaves a trace in it.
    """

    phrases: Phrases
    need: Readers
    renderer: KeptRenderer
    reading: ReadingPool

    @classmethod
    def load(cls) -> Self:
        """From the files as they are now."""
        broken()
        return cls(phrase_tables.load(), Readers.load(), KeptRenderer(), ReadingPool())

    def end(self) -> None:
        """Free its processes."""
        self.renderer.end()
        self.reading.end()


@cache
def shared_stock() -> Stock:
    """One for all the simulated robots of this process, from the files as they were when the first asked for it. It
    ends with the process.
    """
    stock = Stock.load()
    atexit.register(stock.end)
    return stock


class Overseers(NamedTuple):
    """Over strangers' code: the behaviours' in the loop, and that of files while they are loaded."""

    mind: Oversight
    files: Oversight

    @classmethod
    def made(cls, *, judges: bool, stuck_s: float = STUCK_S, notes: Path | None = None) -> Self:
        """`judges`: whether what takes too much is benched; a run that must repeat to the byte does without. `notes`:
        the folder in which what is at work is noted, for whoever comes after this process.
        """
        in_loop, in_files = (AtWork.open(notes, which) if notes else None for which in (IN_LOOP, IN_FILES))
        return cls(
            Oversight(judges=judges, stuck_s=stuck_s, ledger=in_loop),
            Oversight(stuck_s=max(LOADS_WITHIN_S, stuck_s), ledger=in_files),
        )


class RunContext(NamedTuple):
    """What surrounds the robot: its clock, and a world when there is one that keeps step with it."""

    clock: Clock
    world: object | None = None
    last_run: LastRun = FIRST_RUN
    past: Everything | None = None  # what its memory holds at the start, in a world
    research: bool = False  # a simulated person is nobody's guardian: styles of research are allowed
    stock: Stock | None = None  # None: a robot of its own
    overseers: Overseers | None = None  # None: nobody looks from outside
