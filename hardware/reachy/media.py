"""What the daemon holds of camera and sound card, and who may use them meanwhile.

It takes them whenever it starts. As long as a part of this robot uses one of them it is asked to let go, again after
each of its starts; behind the last of them it gets them back, if it was this robot that took them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from hardware.reachy.asking import asked
from robot.core.errors import LinkError, PartError
from robot.core.messages import Condition
from robot.parts.supervise import again_and_again
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from hardware.reachy.line import Where
    from robot.core.messages import Health

LOOK_S = 1.0  # between two looks at whether it has taken them again
STATUS, RELEASE, ACQUIRE = "/api/media/status", "/api/media/release", "/api/media/acquire"


class _Status(BaseModel):
    model_config = ConfigDict(extra="ignore")

    available: bool  # it has camera and sound card open
    released: bool
    no_media: bool


class Media:
    """The media of one daemon. Made by `borrowed`."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self.users = 0
        self.trouble: PartError | None = None  # it could not be asked, or does not let go
        self._taken = False
        self._closing = Event()
        with suppress(PartError):  # told of by the thread's own first try
            self._see_to()
        self._thread = Thread(
            target=again_and_again, args=(self._see_to, self._tell, self._closing, lambda: LOOK_S), name="reachy-media"
        )
        self._thread.daemon = True
        self._thread.start()

    def _see_to(self) -> None:
        """Raises PartError."""
        try:
            status = _Status.model_validate_json(asked(self._where, STATUS))
        except ValidationError as error:
            raise LinkError(
                sentence("health.reachy_refuses", path=STATUS, status="?"), remedy=sentence("health.reachy_no_media")
            ) from error
        if status.available:
            asked(self._where, RELEASE, "POST")
            self._taken = True
        self.trouble = None

    def _tell(self, trouble: PartError) -> None:
        self.trouble = trouble

    def explain(self, health: Health) -> Health:
        """The health of a part that uses them, which may be at fault because the daemon does not let go."""
        trouble = self.trouble
        if trouble is None or health.condition is not Condition.FAULT:
            return health
        return replace(health, reason=trouble.what, remedy=trouble.remedy)

    def end(self) -> None:
        """Give back what was taken."""
        self._closing.set()
        self._thread.join()
        if self._taken:
            with suppress(PartError):  # a daemon that is gone takes them by itself when it starts
                asked(self._where, ACQUIRE, "POST")


_lock = Lock()
_lent: dict[Where, Media] = {}


def borrowed(where: Where) -> Media:
    """The media of a daemon on this machine, one for all parts that use them; each gives them back once."""
    with _lock:
        media = _lent.get(where)
        if media is None:
            media = _lent[where] = Media(where)
        media.users += 1
        return media


def given_back(where: Where) -> None:
    """A part uses them no more."""
    with _lock:
        media = _lent.get(where)
        if media is None:
            return
        media.users -= 1
        if not media.users:
            del _lent[where]
            media.end()
