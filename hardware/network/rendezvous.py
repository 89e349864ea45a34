"""A Zenoh session for what is published to whoever listens: opened when its end point can be reached, and connected
again by Zenoh itself whenever the network comes back.
"""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

from hardware.network.session import LEAVE_S, EndPoint, connect, engine, leave, read_key
from robot.core.messages import Condition, Health
from robot.parts.supervise import Enduring

if TYPE_CHECKING:
    from collections.abc import Callable

    import zenoh

    from robot.core.errors import PartError
    from robot.texts.sentence import AnyText

AGAIN_S = 0.5


class Meeting:
    """Opens the session in a thread, has `declare` do what is to be done in it once, then `work` again and again."""

    def __init__(
        self,
        at: EndPoint,
        declare: Callable[[zenoh.Session], None],
        work: Callable[[zenoh.Session], None],
        every_s: float,
    ) -> None:
        """Raises DeviceError without the library or the household's key."""
        engine()
        read_key()
        self.at = at
        self._declare, self._work, self._every_s = declare, work, every_s
        self._session: zenoh.Session | None = None
        self._trouble: PartError | None = None
        self._closing = Event()
        self._thread = Thread(target=self._run, name="meeting", daemon=True)
        self._thread.start()

    @property
    def there(self) -> bool:
        """Whether the place is reached at present."""
        session = self._session
        try:
            return session is not None and not self._closing.is_set() and bool(session.info.routers_zid())
        except engine().ZError:  # it is closed at this moment
            return False

    def health(self, part: str, otherwise: AnyText, remedy: AnyText) -> Health | None:
        """Why the place is not reached; `otherwise` where nothing more is known. None while it is."""
        if self.there:
            return None
        trouble = self._trouble
        if trouble is not None:
            return Health(part, Condition.LESSER, trouble.what, trouble.remedy)
        return Health(part, Condition.LESSER, otherwise, remedy)

    def _run(self) -> None:
        enduring = Enduring(self._lose)
        while not self._closing.is_set():
            with enduring:
                self._meet()
            self._closing.wait(AGAIN_S)

    def _meet(self) -> None:
        """Once the place is reached, until closed. Raises DeviceError without the household's key."""
        session = connect(self.at)
        self._trouble = None
        if session is None:
            return
        try:
            self._declare(session)
            self._session = session
            while not self._closing.wait(self._every_s):
                self._work(session)
        finally:
            self._session = None
            leave(session, for_good=self._closing.is_set())

    def _lose(self, trouble: PartError) -> None:
        self._trouble = trouble

    def close(self) -> None:
        """Safe to call twice; it does not wait for a network that is gone."""
        self._closing.set()
        self._thread.join(LEAVE_S)
