"""A Zenoh session for what is published to whoever listens: opened when its end point can be reached, and connected
again by Zenoh itself whenever the network comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.network.session import EndPoint, connect, engine, read_key
from robot.parts.zenoh_line import ZenohLine

if TYPE_CHECKING:
    from collections.abc import Callable

    import zenoh


class Meeting(ZenohLine):
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
        super().__init__("meeting", lambda: connect(at), declare, work, every_s)
