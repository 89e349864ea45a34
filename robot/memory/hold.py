"""Has the file of the memory for this program alone: a lock that ends with it."""

from __future__ import annotations

import fcntl
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from robot.core.clock import nap
from robot.core.errors import PartError
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path

HELD = sentence("health.memory_held")
HOLD_TRIES, HOLD_AGAIN_S = 10, 0.05  # `bowlby doctor` looks at it for a moment
HELD_REMEDY = sentence("health.tell_robot_or_end_it")


def hold(path: Path, tries: int = 1) -> BinaryIO:
    """Raises PartError where another program has it."""
    file = path.open("rb")
    try:
        for _ in range(tries - 1):
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return file
            nap(HOLD_AGAIN_S)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise PartError(HELD, place=str(path), remedy=HELD_REMEDY) from error
    except OSError:
        file.close()
        raise
    return file
