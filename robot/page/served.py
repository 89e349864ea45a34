"""What the web application is given: the feed to show, the controls to ask, the door to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from robot.page.access import Access, Role
    from robot.page.controls import Controls
    from robot.page.feed import Feed


@dataclass(frozen=True, slots=True)
class Served:
    """One page on one port."""

    feed: Feed
    controls: Controls
    access: Access
    language: str
    port: int

    def invite(self, role: Role) -> str:
        """An address that lets one device of the network in, once, within ten minutes; `entry.qr_text` draws it.

        Raises PartError when this machine is on no network.
        """
        from robot.page.entry import own_address  # noqa: PLC0415 - brings in OpenCV

        return f"http://{own_address()}:{self.port}/enter#{self.access.invite(role)}"
