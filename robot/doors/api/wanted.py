"""What a program wants of the live line."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from robot.doors.api.forms import Form

Stream = Literal["ticks", "percepts", "words", "verdicts"]


class Wanted(Form):
    """`{"want": ["ticks", "words"], "every": 5}`: each message takes the place of the one before."""

    want: tuple[Stream, ...] = Field((), max_length=4)
    every: int = Field(5, ge=1, le=500, description="of ticks, every so manieth: 5 is ten a second")

    def has(self, stream: Stream) -> bool:
        """Whether it wants that."""
        return stream in self.want
