"""Which senses are off: one by one on the page, or all of them by the switch on the body."""

from __future__ import annotations

CAMERA, MICROPHONE = "camera", "microphone"
SENSES = (CAMERA, MICROPHONE)


class Switches:
    """Belongs to the loop; what is off stays off until somebody switches it on or the robot is started anew."""

    def __init__(self) -> None:
        self._asked: frozenset[str] = frozenset()
        self.muted = False  # by the body's own switch

    def turn(self, sense: str, *, on: bool) -> None:
        """Switch one of SENSES on or off."""
        self._asked = self._asked - {sense} if on else self._asked | {sense}

    def off(self, sense: str) -> bool:
        return self.muted or sense in self._asked

    @property
    def asked_off(self) -> frozenset[str]:
        """The senses that were switched off on the page."""
        return self._asked
