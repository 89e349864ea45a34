"""The thread of a bus: it opens the line, and again whenever it was lost, and lets the helm turn at each order.

Nobody waits for it: reports lie in a mailbox, and of orders only the newest counts.
"""

from __future__ import annotations

from collections import deque
from threading import Condition, Thread
from typing import TYPE_CHECKING

from hardware.bus.helm import TURN_S, Helm
from robot.core.clock import nap
from robot.core.errors import LinkError
from robot.parts.supervise import Enduring
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hardware.bus.helm import BusOrder, BusReport
    from hardware.bus.servo_bus import ServoBus
    from robot.core.body_description import BodyDescription
    from robot.core.clock import Clock
    from robot.core.errors import PartError
    from robot.texts.sentence import AnyText

LATEST_S = 1.25 * TURN_S  # without an order; the bus is read all the same
FIRST_RETRY_S, LAST_RETRY_S = 0.1, 0.5
MAILBOX = 64
CLOSE_S = 2.0


class BusLine:
    """A bus on a thread of its own."""

    def __init__(self, name: str, opened: Callable[[], ServoBus], body: BodyDescription, clock: Clock) -> None:
        """Raises LinkError when it cannot be opened now, or nobody answers; later losses are mended by reopening."""
        self.name = name
        self.up = False
        self.reason: AnyText = ""
        self._opened = opened
        self._body = body
        self._clock = clock
        self._helm: Helm | None = None
        self._order: BusOrder | None = None
        self._ordered = False  # since the last turn
        self._work = Condition()
        self._mailbox: deque[BusReport] = deque(maxlen=MAILBOX)
        self._closing = False
        self._wait = FIRST_RETRY_S
        self._open()
        self._thread = Thread(target=self._run, name=f"bus {name}", daemon=True)
        self._thread.start()

    def _open(self) -> None:
        bus = self._opened()
        try:
            self._helm = Helm(bus, self._body, self._clock.now())
        except LinkError:
            bus.close()
            raise
        self.up, self.reason = True, ""

    def _run(self) -> None:
        enduring = Enduring(self._lose)
        while not self._closing:
            with enduring:
                self._turn()
        with enduring:
            if self._helm is not None:
                self._helm.end()
        self._lose(LinkError(sentence("health.line_closed")))

    def _turn(self) -> None:
        """Raises LinkError when the line was lost."""
        if self._helm is None:
            nap(self._wait)
            self._wait = min(2 * self._wait, LAST_RETRY_S)
            self._open()
            self._wait = FIRST_RETRY_S
            return
        with self._work:
            self._work.wait_for(lambda: self._ordered or self._closing, LATEST_S)
            self._ordered, order = False, self._order
        self._mailbox.append(self._helm.turn(self._clock.now(), order))

    def _lose(self, error: PartError) -> None:
        self.up, self.reason = False, error.text
        helm, self._helm = self._helm, None
        if helm is not None:
            helm.bus.close()

    def read(self, now: float) -> Sequence[BusReport]:  # noqa: ARG002 - reports bring their own time
        reports = []
        while self._mailbox:
            reports.append(self._mailbox.popleft())
        return reports

    def order(self, order: BusOrder) -> None:
        with self._work:
            self._order, self._ordered = order, True
            self._work.notify()

    def close(self) -> None:
        """All servos are let go first."""
        with self._work:
            self._closing = True
            self._work.notify()
        self._thread.join(CLOSE_S)
