"""What a page may ask of the robot. The page itself changes nothing: it reads ticks and puts requests here.

Every call may come from another thread than the loop's and must return at once; whoever implements it puts the
request into a mailbox that the loop empties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.description import BodyDescription
    from robot.tick import Vitals


class FigureView(NamedTuple):
    """Somebody on the simulator's stage: where the middle of their head is, m in the base frame, which way it faces,
    rad, and the colours ("#rrggbb") of skin, hair and shirt, if they are known.
    """

    id: str
    name: str
    x: float
    y: float
    z: float
    heading: float
    colours: tuple[str, str, str] | None = None


class Stage(Protocol):
    """The simulator's floor, where people can be moved about."""

    def figures(self) -> Sequence[FigureView]: ...

    def move(self, figure_id: str, x: float, y: float) -> None:
        """Put somebody elsewhere; unknown ids are ignored, since they may have left a moment ago."""
        ...


class Controls(Protocol):
    """The robot as the page may address it."""

    @property
    def title(self) -> str:
        """What this robot is, in a word or two: "simulator", or the address of its body."""
        ...

    @property
    def description(self) -> BodyDescription: ...

    @property
    def stage(self) -> Stage | None:
        """None with a real robot."""
        ...

    def vitals(self) -> Vitals: ...

    def say(self, text: str) -> None:
        """A line that a person typed; it enters where recognised words enter."""
        ...

    def hush(self) -> None:
        """Be silent at once and drop what waits to be said."""
        ...
