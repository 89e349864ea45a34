"""What is asked of each part: body, camera, ears, speaker, and other machines that help.

Every part's methods return at once: what blocks lives in a thread or process of the part's own, behind a bounded
mailbox. `poll(now)` gives what has come since the last call.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from robot.core.tick import Observer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from robot.core.body_description import BodyDescription
    from robot.core.body_frame import BodyFrame, Pose
    from robot.core.condition import Health
    from robot.core.percepts import Percept, VoiceActivity


class Part(Protocol):
    """What every part has."""

    def health(self) -> Health:
        """Its line for the doctor."""
        ...

    def close(self) -> None:
        """Free the device; safe to call twice."""
        ...


class Body(Part, Protocol):
    """Servos, eyes, light and pads, behind the firmware."""

    @property
    def description(self) -> BodyDescription: ...

    def poll(self, now: float) -> Sequence[Percept]:
        """Telemetry and touches."""
        ...

    def write(self, frame: BodyFrame) -> None:
        """Send one frame. Never raises for a lost line: that shows in telemetry and health."""
        ...


@runtime_checkable
class TurnedByHand(Protocol):
    """A body whose servos tell where they stand, so that a person can turn them and have it read."""

    def release(self) -> None:
        """Let all of them go at once; again and again while it shall last."""
        ...

    def poll(self, now: float) -> Sequence[Percept]: ...

    def steps(self) -> dict[str, int]:
        """Where each servo that answers stands, by its joint."""
        ...

    def close(self) -> None: ...


class Detection(NamedTuple):
    """A face in one picture, in pixels.

    Box: x, y, width, height. Landmarks: right eye, left eye, nose, right and left mouth corner (the person's own).
    Shirt: the mean colour (blue, green, red, 0..255) of what is below the face, where that is in the picture; it tells
    people apart who cross, without anything of their faces.
    """

    box: tuple[float, float, float, float]
    landmarks: tuple[tuple[float, float], ...]
    score: float
    shirt: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """One camera picture: (h, w, 3) uint8 BGR, with the robot time and head pose at capture.

    A side has from 32 to 16352 pixels. What is of another form or size is not looked at, and sight says so.

    A camera that finds faces by itself (on its sensor, or a simulator's short cut) fills `detections` and may leave
    `image` out; then no detector runs, and all that follows is the same. A camera whose pixels cost much to make gives
    `develop` instead of `image`; it is called at most once, in the thread that looks for faces.
    """

    t: float
    head: Pose
    image: np.ndarray | None = field(default=None, repr=False, compare=False)
    detections: tuple[Detection, ...] | None = None
    develop: Callable[[], np.ndarray] | None = field(default=None, repr=False, compare=False)
    lent: int = 0  # the number of a visitor's loan whose camera took it; 0: the robot's own
    still: bool = False  # the same is shown again and again on purpose; otherwise that is a camera that is broken


class Camera(Part, Protocol):
    """A source of pictures; it rests when nobody polls."""

    @property
    def latency(self) -> float | None:
        """Seconds after capture at which what a picture shows is handed out, always the same, for a camera that keeps
        step with the clock it is given; None for a camera in real time, where it is handed out when ready. It may
        change when another camera takes the place of the one before.
        """
        ...

    def poll(self, now: float) -> Picture | None:
        """The newest picture not yet given, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Audio:
    """A block of sound: float32 mono in -1..1 at 16 kHz; `t` is the robot time of its first sample. `anew`: samples
    were lost before it, so that its time does not quite go on from the block before.
    """

    t: float
    samples: np.ndarray = field(repr=False, compare=False)
    anew: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text that enters where recognised words enter (typed, or a simulated person's)."""

    t: float
    text: str
    via: str = "typed"


class Ears(Part, Protocol):
    """A source of sound or lines; ears that know by themselves when somebody speaks also give VoiceActivity.

    A class that inherits from this one hears the robot's own room and has no device to close, unless it says otherwise.
    """

    @property
    def elsewhere(self) -> bool:
        """Whether they hear another room than the robot's, in real time whatever the clock does, and nothing of the
        robot's own voice.
        """
        return False

    def rest(self, on: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Told not to listen for now: a device that can be closed is."""
        del on

    def poll(self, now: float) -> Sequence[Audio | TextLine | VoiceActivity]: ...


class Speaker(Part, Protocol):
    """Where sound goes out. One clip at a time; queueing is the voice's business."""

    def play(self, samples: np.ndarray, rate: int, now: float) -> None:
        """Start playing float32 mono samples."""
        ...

    def cut(self) -> None:
        """Be silent within 50 ms."""
        ...

    def playing(self, now: float) -> bool: ...

    def played(self, now: float) -> Sequence[Audio]:
        """What has gone out since the last call, so that hearing can tell it from other voices. Its times may be off by
        a constant delay.
        """
        ...


class Publishes(Part, Observer, Protocol):
    """Tells other machines of each tick."""


class Looks(Part, Protocol):
    """Another machine that looks for faces."""

    @property
    def there(self) -> bool:
        """Whether it answers at present."""
        ...

    def look(self, t: float, image: np.ndarray) -> tuple[Detection, ...] | None:
        """Every face in a picture (h, w, 3) uint8 BGR taken at robot time `t`; None when no answer is to be had, and
        the robot looks by itself. Called in the thread of sight; it may take a third of a second.
        """
        ...


class Listener(Protocol):
    """Takes and gives the messages of robot/sense/hearing/worker.py; usually a process (robot/parts/workers.py)."""

    @property
    def alive(self) -> bool: ...

    @property
    def pid(self) -> int: ...

    @property
    def toil(self) -> float: ...

    @property
    def ended(self) -> str: ...

    def send(self, message: Any) -> None: ...
    def receive(self) -> list[Any]: ...
    def wait(self, seconds: float) -> bool: ...
    def pace(self, share: float) -> None: ...
    def close(self) -> None: ...


class Listens(Part, Protocol):
    """Another machine that understands sound."""

    def with_fallback(self, own: Listener) -> Listener:
        """A listener that is that machine while it answers, and the robot's `own` one otherwise. It closes both."""
        ...
