"""Supervises a thread that no error may end: what escapes a step is logged, told as health, and tried again."""

from __future__ import annotations

import logging
from threading import current_thread
from typing import TYPE_CHECKING

from robot.core.errors import PartError
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event
    from types import TracebackType

log = logging.getLogger(__name__)

REMEDY = sentence("health.tried_again_see_log")


class Enduring:
    """`with` this a step ends well or is told of, and the thread goes on after it.

    `tell` gets a PartError as it was raised. Anything else is what nobody foresaw: it comes as a PartError that names
    it, and is logged with its trace, once for as long as it stays the same.
    """

    def __init__(self, tell: Callable[[PartError], None]) -> None:
        self._tell = tell
        self._logged = ""

    def __enter__(self) -> None: ...

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> bool:
        if not isinstance(error, Exception):  # none, or one that shall end the thread
            return False
        self._tell(error if isinstance(error, PartError) else self._unforeseen(error))
        return True

    def _unforeseen(self, error: Exception) -> PartError:
        words = f"{type(error).__name__}: {error}".removesuffix(": ")
        if words != self._logged:
            self._logged = words
            log.error("%s goes on after %s", current_thread().name, words, exc_info=error)
        return PartError(sentence("health.unforeseen", error=words), remedy=REMEDY)


def again_and_again(
    step: Callable[[], None], tell: Callable[[PartError], None], closing: Event, pause_s: Callable[[], float]
) -> None:
    """Take a step, and after a pause the next, until `closing`; what escapes one is told as `Enduring` tells it."""
    enduring = Enduring(tell)
    while not closing.is_set():
        with enduring:
            step()
        closing.wait(pause_s())
