"""What a page may ask of the robot. The page itself changes nothing: it reads ticks and puts requests here.

Every call may come from another thread than the loop's and must return at once; whoever implements it puts the
request into a mailbox that the loop empties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import time

    from robot.core.body_description import BodyDescription
    from robot.core.tick import Vitals
    from robot.memory.memory import Everything
    from robot.parts.browser_media import Lent
    from robot.recording.index import Felt, Mark
    from robot.recording.seekable import Holdings


class FigureView(NamedTuple):
    """Somebody on the simulator's stage: where the middle of their head is, m in the base frame, which way it faces,
    rad, and the colours ("#rrggbb") of skin, hair and shirt, if they are known. `build`: how large head and body are,
    an adult's being 1.
    """

    id: str
    name: str
    x: float
    y: float
    z: float
    heading: float
    colours: tuple[str, str, str] | None = None
    build: tuple[float, float] = (1.0, 1.0)
    sits: bool = False
    asleep: bool = False  # their eyes are closed


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
        """Which robot this is: the scenario that it plays, or the address of its body."""
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

    def move_again(self) -> None:
        """Let a body move again that went limp until a person says so."""
        ...


class PlaybackControls(Protocol):
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


class Timeline(PlaybackControls, Protocol):
    """A recording's time: it may be sent to any moment. Moments are robot time, s."""

    @property
    def start(self) -> float: ...

    @property
    def end(self) -> float: ...

    @property
    def marks(self) -> Sequence[Mark]:
        """What happened when, in its order."""
        ...

    @property
    def holdings(self) -> Holdings: ...

    def felt_until(self, t: float, seconds: float) -> Sequence[Felt]:
        """The model's variables over the `seconds` until `t`."""
        ...

    def seek(self, t: float) -> None: ...

    def step(self, ticks: int = 1) -> None:
        """So many ticks on, or back where negative; it is held then."""
        ...


class FaultControls(Protocol):
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

    def everything(self) -> Everything: ...

    def export(self) -> str:
        """All that is kept, as JSON text."""
        ...

    def forget(self, name: str) -> str:
        """Why the file has it still; empty when it is gone from there, too."""
        ...

    def forget_all(self) -> str:
        """The same of everything."""
        ...


class SenseControls(Protocol):
    """Camera and microphone, which a person may switch off."""

    def names(self) -> Sequence[str]: ...

    def off(self) -> Collection[str]: ...

    def switch(self, name: str, *, on: bool) -> None: ...


class QuietHoursControls(Protocol):
    """The quiet hours, civil time: it begins no talk then."""

    @property
    def kept(self) -> bool:
        """Whether a change outlives the run."""
        ...

    def read(self) -> tuple[time, time]: ...

    def write(self, start: time, end: time) -> None:
        """Raises ConfigError when they could not be kept; they hold until the robot's next start all the same."""
        ...


class SceneView(NamedTuple):
    """What the simulator plays: a scenario by name, what happens in it, with which seed and language."""

    name: str
    about: str
    seed: int
    language: str


class Scenes(Protocol):
    """The simulator's scenarios; another one begins a new run, with a new robot on the same page."""

    def names(self) -> Sequence[str]: ...

    @property
    def current(self) -> SceneView: ...

    def play(self, name: str, seed: int, language: str) -> None:
        """Begin anew; unknown names are ignored, since their file may have gone a moment ago."""
        ...


class Parameter(NamedTuple):
    """One of a behaviour's parameters, its values as a person would type them."""

    name: str
    about: str
    value: str
    file: str  # the value that its file gives it
    choices: tuple[str, ...]  # empty: anything that its type takes


class BehaviorView(NamedTuple):
    """A behaviour as it is now; `benched` says why it is, empty where it is not."""

    name: str
    about: str
    modes: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    benched: str


class Behaviors(Protocol):
    """The behaviours, whose parameters may be changed while the robot runs, until its next start."""

    def read(self) -> Sequence[BehaviorView]: ...

    def change(self, behavior: str, parameter: str, value: str) -> None:
        """Raises BowlbyError in words where the value is none that it may have."""
        ...

    def reset(self, behavior: str) -> None:
        """Back to the file's values."""
        ...


class Offers(NamedTuple):
    """What some robots offer beyond `Controls`; a page shows only what is there."""

    playback: PlaybackControls | None
    faults: FaultControls | None
    repertoire: Repertoire | None
    keepsakes: Keepsakes | None
    senses: SenseControls | None
    quiet_hours: QuietHoursControls | None
    scenes: Scenes | None
    timeline: Timeline | None
    behaviors: Behaviors | None
    lending: Lent | None  # what visitors may lend, where the robot takes it


def offers(controls: Controls) -> Offers:
    """Each is an attribute of the controls by the same name, or left out."""
    return Offers(*(getattr(controls, name, None) for name in Offers._fields))
