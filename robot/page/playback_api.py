"""What a page may ask of what is played, a simulation or a recording: its people, its time, its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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


class ScenarioStage(Protocol):
    """The simulator's floor, where people can be moved about."""

    def figures(self) -> Sequence[FigureView]: ...

    def move(self, figure_id: str, x: float, y: float) -> None:
        """Put somebody elsewhere; unknown ids are ignored, since they may have left a moment ago."""
        ...

    def speak(self, figure_id: str, text: str) -> None:
        """Have somebody say a line aloud; unknown ids are ignored, as above."""
        ...

    def touch(self, pad: str, hold_s: float) -> None:
        """Have a hand lie on a pad."""
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
