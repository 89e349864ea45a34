"""A simulated line's plug: it can be pulled and put in again, and what is sent meanwhile is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from firmware_bridge.link import CLOSED
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.texts.sentence import AnyText

UNPLUGGED = sentence("health.line_unplugged")


class Pluggable:
    """The near end of a line in this process; what reads it and what lies beyond is the subclass's."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.up = True
        self.generation = 1
        self.reason: AnyText = ""
        self._to_board = b""

    def write(self, data: bytes) -> None:
        if self.up:
            self._to_board += data

    def unplug(self) -> None:
        self.up = False
        self.reason = UNPLUGGED
        self._to_board = b""

    def plug(self) -> None:
        if not self.up:
            self.up = True
            self.generation += 1

    def close(self) -> None:
        self.up = False
        self.reason = CLOSED
