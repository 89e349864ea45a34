"""What a page may ask of the robot. The page itself changes nothing: it reads ticks and puts requests here.

Every call may come from another thread than the loop's and must return at once; whoever implements it puts the
request into a mailbox that the loop empties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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


class Playback(Protocol):
    """The simulator's time, where it may be held and hurried."""

    @property
    def paused(self) -> bool: ...

    @property
    def speed(self) -> float:
        """Times real time."""
        ...

    def pause(self, *, yes: bool) -> None: ...

    def step(self) -> None:
        """One tick while paused."""
        ...

    def set_speed(self, speed: float) -> None: ...


class Faults(Protocol):
    """Faults that may be brought about on purpose, by name."""

    def names(self) -> Sequence[str]: ...

    def active(self) -> Collection[str]: ...

    def set(self, name: str, *, on: bool) -> None: ...


class Repertoire(Protocol):
    """Expressions that the body can play, by name."""

    def names(self) -> Sequence[str]: ...

    def show(self, name: str) -> None:
        """Play one; the guard may hold it back."""
        ...


class Keepsakes(Protocol):
    """What is kept of people. Calls may take some milliseconds: they come from a press, not from the loop."""

    def people(self) -> Sequence[str]:
        """Names of those who agreed to be known."""
        ...

    def export(self) -> str:
        """All that is kept, as JSON text."""
        ...

    def forget(self, name: str) -> None: ...

    def forget_all(self) -> None: ...


class Offers(NamedTuple):
    """What some robots offer beyond `Controls`; a page shows only what is there."""

    playback: Playback | None
    faults: Faults | None
    repertoire: Repertoire | None
    keepsakes: Keepsakes | None


def offers(controls: Controls) -> Offers:
    """Each is an attribute of the controls by the same name, or left out."""
    return Offers(*(getattr(controls, name, None) for name in Offers._fields))
