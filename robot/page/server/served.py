"""What the web application serves: a feed to show, controls to ask, access rules to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp

    from robot.health.metrics import Gauges
    from robot.page.api import Controls
    from robot.page.server.access import Access, VisitorRole
    from robot.page.server.feed import Feed


OpensDoor: TypeAlias = "Callable[[Served], ASGIApp | None]"


def shut(served: Served) -> ASGIApp | None:  # noqa: ARG001 - as every door
    """No door: nobody has a key."""
    return None


@dataclass(slots=True)
class Served:
    """One page on one port. `turn` rises when another robot takes the place of the one shown."""

    feed: Feed
    controls: Controls
    access: Access
    language: str
    port: int
    gauges: Gauges
    turn: int = 0
    metrics: bool = False  # also in Prometheus' form
    door: OpensDoor = shut  # asked at the start, and at each request of a program until it has opened
    door_to_lan: bool = False  # also for programs of the network

    def invite(self, role: VisitorRole) -> str:
        """An address that lets one device of the network in, once, within ten minutes; `entry.qr_text` draws it.

        Raises PartError when this machine is on no network.
        """
        from robot.page.server.entry import own_address  # noqa: PLC0415 - brings in OpenCV

        return f"http://{own_address()}:{self.port}/enter#{self.access.invite(role)}"
