"""What the daemon holds of camera and sound card, and who may use them meanwhile.

It takes them whenever it starts. As long as a part of this robot uses one of them it is asked to let go, again after
each of its starts; behind the last of them it gets back what it had let go of, be it for this robot or for one that
ended before it could give them back.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from math import inf
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from hardware.reachy.asking import asked
from robot.core.clock import stopwatch
from robot.core.condition import Condition
from robot.core.errors import LinkError, PartError
from robot.parts.supervise import again_and_again
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from hardware.reachy.line import Where
    from robot.core.condition import Health

LOOK_S = 1.0  # between two looks at whether it has taken them again, while a part that uses them is at fault
SELDOM_S = 15.0  # and while none is: its log has a line of each look
FAULT_S = 3.0  # since a part last was
ANSWER_S = 2.0  # for all that one look asks
WAIT_S = 1.0  # of the part that is opened first, for the first look
BACK_S = 1.0  # for taking them back
STATUS, RELEASE, ACQUIRE = "/api/media/status", "/api/media/release", "/api/media/acquire"


class _Status(BaseModel):
    model_config = ConfigDict(extra="ignore")

    available: bool  # it has camera and sound card open
    released: bool  # it was asked to let go


class Media:
    """The media of one daemon. Made by `borrowed`."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self.users = 0
        self.trouble: PartError | None = None  # it could not be asked, or does not let go
        self._owed = False
        self._began = stopwatch()
        self._looked = self._fault = -inf
        self._first, self._closing = Event(), Event()
        self._thread = Thread(
            target=again_and_again, args=(self._see_to, self._tell, self._closing, lambda: LOOK_S), name="reachy-media"
        )
        self._thread.daemon = True
        self._thread.start()

    def wait(self) -> None:
        """A moment, so that a device is not opened before the daemon has let go of it."""
        self._first.wait(max(self._began + WAIT_S - stopwatch(), 0.0))

    def _see_to(self) -> None:
        """Raises PartError."""
        now = stopwatch()
        if now - self._looked < SELDOM_S and now - self._fault > FAULT_S:
            return
        self._looked = now
        try:
            self._look(now + ANSWER_S)
            self.trouble = None
        finally:
            self._first.set()

    def _look(self, end: float) -> None:
        """Raises PartError."""
        try:
            status = _Status.model_validate_json(asked(self._where, STATUS, end=end))
        except ValidationError as error:
            raise LinkError(sentence("health.reachy_nonsense"), remedy=sentence("health.reachy_version")) from error
        self._owed = self._owed or status.released or status.available
        if status.available:
            asked(self._where, RELEASE, "POST", end=end)

    def _tell(self, trouble: PartError) -> None:
        self.trouble = trouble

    def explain(self, health: Health) -> Health:
        """The health of a part that uses them, which may be at fault because the daemon does not let go."""
        trouble = self.trouble
        if health.condition is not Condition.FAULT:
            return health
        self._fault = stopwatch()
        return health if trouble is None else replace(health, reason=trouble.what, remedy=trouble.remedy)

    def end(self) -> None:
        """Give back what it had."""
        self._closing.set()
        self._thread.join(ANSWER_S)
        if self._owed:
            with suppress(PartError):  # a daemon that is gone takes them by itself when it starts
                asked(self._where, ACQUIRE, "POST", end=stopwatch() + BACK_S)


_lock = Lock()
_lent: dict[int, Media] = {}  # by port; the host is this machine, whatever it is called


def borrowed(where: Where) -> Media:
    """The media of a daemon on this machine, one for all parts that use them; each gives them back once."""
    with _lock:
        media = _lent.get(where.port)
        if media is None:
            media = _lent[where.port] = Media(where)
        media.users += 1
    media.wait()
    return media


def given_back(where: Where) -> None:
    """A part uses them no more."""
    with _lock:
        media = _lent[where.port]
        media.users -= 1
        if media.users:
            return
        del _lent[where.port]
    media.end()
