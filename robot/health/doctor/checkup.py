"""Runs checks side by side, each under a time limit: a device that never answers is one line of the list, no more. What
counts is waiting: a machine that is slow, and works, is given its time.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from robot.core.clock import stopwatch, worked
from robot.core.condition import Condition, Health
from robot.core.errors import BowlbyError
from robot.texts.sentence import about, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from robot.texts.sentence import AnyText

    Check = Callable[[], Health]

log = logging.getLogger(__name__)

LIMIT_S = 30.0  # in which nothing answers and this process has next to nothing to do
MOST = 20  # of these, however much it does: a check may run in a circle
LOOK_S = 0.5
BUSY = 0.05  # of a core: who waits for a device takes less


def examine(checks: Mapping[str, Check], limit_s: float = LIMIT_S) -> list[Health]:
    """The outcome of every check, in the order given. `limit_s`: how long they are waited for while nothing gets on."""
    outcomes: dict[str, Health] = {}

    def work(part: str, check: Check) -> None:
        try:
            outcomes[part] = check()
        except BowlbyError as error:
            outcomes[part] = fault(part, error)
        except Exception as error:  # one check that breaks must not hide the others
            log.exception("the check of %s broke", part)
            reason = sentence("doctor.check_broke", error=f"{type(error).__name__}: {error}")
            outcomes[part] = Health(part, Condition.FAULT, reason, sentence("doctor.defect"))

    workers = [
        threading.Thread(target=work, args=(part, check), name=f"check {part}", daemon=True)
        for part, check in checks.items()
    ]
    for worker in workers:
        worker.start()
    _wait(workers, limit_s)
    return [outcomes.get(part) or _silent(part, limit_s) for part in checks]


def _wait(workers: Sequence[threading.Thread], limit_s: float) -> None:
    """Until all have ended, or it is hopeless to wait for the rest."""
    begun = moved = looked = stopwatch()
    work = worked()
    for worker in workers:
        while worker.is_alive() and looked - moved < limit_s and looked - begun < MOST * limit_s:
            worker.join(min(LOOK_S, limit_s / 3))
            before, looked, done, work = looked, stopwatch(), work, worked()
            if work - done > BUSY * (looked - before):
                moved = looked


def fault(part: str, error: BowlbyError, remedy: AnyText = "") -> Health:
    """A part's line from the error that opening it gave; `remedy` when the error knows none."""
    reason = about(error.place, error.what) if error.place not in {"", part} else error.what
    return Health(part, Condition.FAULT, reason, error.remedy or remedy)


def _silent(part: str, limit_s: float) -> Health:
    return Health(
        part,
        Condition.FAULT,
        sentence("doctor.no_answer", seconds=limit_s),
        sentence("doctor.plug_in_or_verbose"),
    )
