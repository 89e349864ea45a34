"""The line to a Zenoh router of ROS 2, the one that its owner wrote down.

It shows the household's key where there is one, so that `bowlby lend` may be that router.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from robot.config.places import network_key
from robot.core.condition import Condition, Health
from robot.parts.zenoh_line import PORT, ZenohLine, connected, credentials, endpoint, library
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    import zenoh

    from robot.texts.sentence import AnyText

PART = "ros"
TURN_S = 0.02


class RosLine(ZenohLine):
    """Opens a session, has `begin` declare what is to be there, then `work` again and again."""

    def __init__(
        self, address: str, begin: Callable[[zenoh.Session], None], work: Callable[[zenoh.Session], None]
    ) -> None:
        """Raises DeviceError without the library."""
        library(PART, sentence("health.no_ros"), sentence("health.add_ros"))
        parts = urlsplit(address)
        self.at = endpoint(parts.hostname or "", parts.port or PORT)
        super().__init__(PART, lambda: connected(self.at, _key()), begin, work, TURN_S)

    def health(self, well: AnyText) -> Health:
        """How it does; `well` tells what goes there."""
        reason = sentence("health.no_ros_router", place=self.at)
        trouble = self.trouble(PART, reason, sentence("health.see_ros_router"))
        return trouble or Health(PART, Condition.OK, well)


def _key() -> dict[str, object]:
    try:
        user, _, key = network_key().read_text(encoding="ascii").strip().partition(":")
    except (OSError, ValueError):
        return {}
    return credentials(user, key) if key else {}
