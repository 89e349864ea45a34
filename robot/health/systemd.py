"""Speaks to a service manager by systemd's sd_notify protocol: ready, alive, stopping, and how things are.

Alive is said by the loop's own thread while it turns and by nothing else: a robot that hangs is not alive, whatever
its other threads do. Without NOTIFY_SOCKET in the environment nothing is sent.
"""

from __future__ import annotations

import contextlib
import os
import socket
from typing import TYPE_CHECKING

from robot.health.conditions import at_fault, title
from robot.texts.catalogue import words
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from robot.core.tick import Tick, Vitals

STATUS_S = 5.0
FEEDS = 3.0  # times that the watchdog is fed in the time that it allows


class ServiceManager:
    """The line to whoever started this process; never blocks and never raises. See sd_notify(3)."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        address = environ.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) if address else None
        mine = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        self.watchdog_s = int(environ.get("WATCHDOG_USEC", "0")) / 1e6 if mine else 0.0  # 0: nobody watches

    @property
    def there(self) -> bool:
        return self._socket is not None

    def notify(self, *lines: str) -> None:
        """Send assignments such as READY=1."""
        if self._socket is None:
            return
        with contextlib.suppress(OSError):  # a manager that is busy or gone must not stop the robot
            self._socket.sendto("\n".join(lines).encode(), socket.MSG_DONTWAIT, self._address)

    def watch_every(self, seconds: float) -> None:
        """Say that it is alive, and that the watchdog is to wait so long from now on, where there is one."""
        if self.watchdog_s:
            self.notify("WATCHDOG=1", f"WATCHDOG_USEC={round(seconds * 1e6)}")

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


class ServiceHeartbeat:
    """An observer: READY at the first tick, then WATCHDOG and STATUS for as long as ticks come."""

    def __init__(self, manager: ServiceManager, vitals: Callable[[], Vitals]) -> None:
        self._manager = manager
        self._vitals = vitals
        self._every = manager.watchdog_s / FEEDS
        self._feed_at = self._tell_at = 0.0
        self._ready = False

    def see(self, tick: Tick) -> None:
        if not self._ready:
            self._ready = True
            self._manager.notify("READY=1")
            self._manager.watch_every(self._manager.watchdog_s)
        if self._every and tick.t >= self._feed_at:
            self._feed_at = tick.t + self._every
            self._manager.notify("WATCHDOG=1")
        if tick.t >= self._tell_at:
            self._tell_at = tick.t + STATUS_S
            self._manager.notify(f"STATUS={summary(tick, self._vitals())}")


def summary(tick: Tick, vitals: Vitals) -> str:
    """One line for `systemctl status`."""
    faults = ", ".join(title(part) for part in at_fault(vitals.health))
    well = words(sentence("health.at_fault", parts=faults) if faults else sentence("health.all_parts_well"))
    return f"{tick.decision.mode.value}, {vitals.ticks} ticks, {vitals.late} late; {well}"
