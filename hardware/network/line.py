"""A request line to a machine that lends: it answers within a time limit, or counts as away.

While it is away its port is knocked at five times a second, each knock a new connection: one that waits for its own
packets to be repeated would wait longer the longer the network was gone. A thread does that, and asks now and then when
nobody else does, so that `there` is true when it says so.
"""

from __future__ import annotations

import logging
import socket
from threading import Event, Thread
from typing import TYPE_CHECKING

from hardware.network.session import EndPoint, connect, engine, read_key
from robot.core.clock import stopwatch
from robot.core.condition import Condition, Health
from robot.parts.supervise import again_and_again
from robot.parts.zenoh_line import LEAVE_S, leave
from robot.texts.catalogue import words

if TYPE_CHECKING:
    import zenoh

    from robot.core.errors import PartError
    from robot.texts.sentence import AnyText

log = logging.getLogger(__name__)

KNOCK_S = 0.1
AGAIN_S = 0.1
ASK_NAME = 25  # knocks
LONGEST_S = 3.2  # between two tries
IDLE_S = 0.25


class ServiceLine:
    """Asks one service of one machine; any one thread may ask."""

    def __init__(
        self, to: EndPoint, part: str, key: str, *, patience_s: float, lent: AnyText, instead: AnyText, remedy: AnyText
    ) -> None:
        """`key`: of the service. `lent` and `instead`: what health says while it answers and while it does not. Raises
        DeviceError without the library or the household's key.
        """
        engine()
        read_key()
        self._patience_s = patience_s
        self.to, self._part, self._key = to, part, key
        self._lent, self._instead, self._remedy = lent, instead, remedy
        self._session: zenoh.Session | None = None
        self._asked = 0.0
        self._last: EndPoint | None = None
        self._knocks = 0
        self._pause_s = AGAIN_S
        self._trouble: PartError | None = None
        self._lost, self._closing = Event(), Event()
        self.there = False
        self._thread = Thread(target=self._keep, name=part, daemon=True)
        self._thread.start()

    def ask(self, payload: bytes = b"", attachment: bytes = b"", below: str = "") -> bytes | None:
        """The answer; None when there was none, and then the machine is away until it answers its knock."""
        session = self._session
        if session is None:
            return None
        self._asked = stopwatch()
        answer = self._answer(session, payload, attachment, f"{self._key}/{below}" if below else self._key)
        if answer is None:
            self.there = False
            self._lost.set()
        return answer

    def _answer(self, session: zenoh.Session, payload: bytes, attachment: bytes, key: str) -> bytes | None:
        zenoh = engine()
        try:
            replies = session.get(
                key,
                payload=payload,
                attachment=attachment,
                timeout=self._patience_s,
                consolidation=zenoh.ConsolidationMode.NONE,
                congestion_control=zenoh.CongestionControl.DROP,
                express=True,
            )
            return next((reply.ok.payload.to_bytes() for reply in replies if reply.ok is not None), None)
        except zenoh.ZError:  # closed by `_keep` meanwhile
            return None

    def _keep(self) -> None:
        """The thread. A machine that opens but does not lend this is asked ever less often."""
        again_and_again(self._meet, self._lose, self._closing, lambda: self._pause_s)

    def _meet(self) -> None:
        """One session, for as long as the machine answers. Raises DeviceError without the household's key."""
        at = self._knock()
        session = None if at is None else connect(at)
        self._trouble = None
        before, self._pause_s = self._pause_s, AGAIN_S
        if session is None:
            return
        self._session = session
        try:
            self._lost.clear()
            if self.ask() is not None:
                self._while_there()
            else:
                self._pause_s = min(2 * before, LONGEST_S)
        finally:
            self.there = False
            self._session = None
            leave(session, for_good=self._closing.is_set())

    def _lose(self, trouble: PartError) -> None:
        self._trouble = trouble

    def _while_there(self) -> None:
        self.there = True
        log.info("%s: %s (%s)", self._part, words(self._lent), self.to)
        while not self._closing.is_set() and not self._lost.wait(IDLE_S):
            if stopwatch() - self._asked > IDLE_S:
                self.ask()
        if not self._closing.is_set():
            log.info("%s: %s (%s)", self._part, words(self._instead), self.to)

    def _knock(self) -> EndPoint | None:
        """Where the machine opens its door, by number; its name is asked for again now and then only, since nobody may
        answer that while the network is down.
        """
        at = self.to if self._last is None or self._knocks % ASK_NAME == 0 else self._last
        self._knocks += 1
        try:
            with socket.create_connection((at.host, at.port), KNOCK_S) as door:
                self._last = EndPoint(door.getpeername()[0], at.port)
        except OSError:
            return None
        self._knocks = 1
        return self._last

    def health(self) -> Health:
        if self.there:
            return Health(self._part, Condition.OK, self._lent)
        if self._trouble is not None:
            return Health(self._part, Condition.LESSER, self._trouble.what, self._trouble.remedy)
        return Health(self._part, Condition.LESSER, self._instead, self._remedy)

    def close(self) -> None:
        """End the thread and the session; safe to call twice."""
        self._closing.set()
        self._lost.set()
        self._thread.join(LEAVE_S)
