"""What the loop asks of its parts, and how a part is found by its address.

An address is `scheme:rest` or a path (`/dev/ttyACM0` means `serial:/dev/ttyACM0`, `talk.wav` means
`file:talk.wav`). The scheme names an entry point of one of the groups below, so that somebody else's package
adds a part with no change here. A factory takes the address and the `Surroundings` and gives the part; it may
raise PartError.

Every part's methods return at once: what blocks lives in a thread or process of the part's own, behind a bounded
mailbox. `poll(now)` gives what has come since the last call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import resources
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from robot.errors import ConfigError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import numpy as np

    from robot.clock import Clock
    from robot.description import BodyDescription
    from robot.messages import BodyFrame, Health, Percept, Pose, VoiceActivity

BODIES = "bowlby.bodies"
CAMERAS = "bowlby.cameras"
EARS = "bowlby.ears"
SPEAKERS = "bowlby.speakers"
BEHAVIORS = "bowlby.behaviors"
COMMANDS = "bowlby.commands"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a factory may know: the clock, the seed, where the head was, and the place it is put in (the simulator's
    world, or None).
    """

    clock: Clock
    seed: int = 0
    pose_at: Callable[[float], Pose] | None = None  # head pose at a robot time, thread-safe
    place: object | None = None


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

    A camera that finds faces by itself (on its sensor, or a simulator's short cut) fills `detections` and may leave
    `image` out; then no detector runs, and all that follows is the same. A camera whose pixels cost much to make gives
    `develop` instead of `image`; it is called at most once, in the thread that looks for faces.
    """

    t: float
    head: Pose
    image: np.ndarray | None = field(default=None, repr=False, compare=False)
    detections: tuple[Detection, ...] | None = None
    develop: Callable[[], np.ndarray] | None = field(default=None, repr=False, compare=False)


class Camera(Part, Protocol):
    """A source of pictures; it rests when nobody polls."""

    @property
    def latency(self) -> float | None:
        """Seconds after capture at which what a picture shows is handed out, always the same, for a camera that keeps
        step with the clock it is given; None for a camera in real time, where it is handed out when ready.
        """
        ...

    def poll(self, now: float) -> Picture | None:
        """The newest picture not yet given, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Audio:
    """A block of sound: float32 mono in -1..1 at 16 kHz; `t` is the robot time of its first sample."""

    t: float
    samples: np.ndarray = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text that enters where recognised words enter (typed, or a simulated person's)."""

    t: float
    text: str
    via: str = "typed"


class Ears(Part, Protocol):
    """A source of sound or lines; ears that know by themselves when somebody speaks also give VoiceActivity."""

    def poll(self, now: float) -> Sequence[Audio | Line | VoiceActivity]: ...


class Speaker(Part, Protocol):
    """Where sound goes out. One clip at a time; queueing is the voice's business."""

    def play(self, samples: np.ndarray, rate: int, now: float) -> None:
        """Start playing float32 mono samples."""
        ...

    def cut(self) -> None:
        """Be silent within 50 ms."""
        ...

    def playing(self, now: float) -> bool: ...


Factory = Callable[[str, Surroundings], Part]


def _entries(group: str) -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=group)}


def scheme_of(address: str) -> str:
    """`sim://` -> sim, `/dev/ttyACM0` -> serial, `talk.wav` -> file."""
    if address.startswith("/dev/"):
        return "serial" if "/tty" in address else "v4l2"
    scheme, colon, _ = address.partition(":")
    return scheme if colon and scheme.isidentifier() else "file"


def open_part(group: str, address: str, around: Surroundings) -> Part:
    """Find the factory of `address` in `group` and call it. Raises ConfigError for an unknown scheme."""
    entries = _entries(group)
    scheme = scheme_of(address)
    if scheme not in entries:
        raise ConfigError(
            f"no part is known for the address {address!r}",
            place=group,
            remedy=f"use one of: {', '.join(sorted(entries))}",
        )
    return cast("Factory", entries[scheme].load())(address, around)


def data_folders(name: str) -> list[Traversable]:
    """The folders called `name` (phrases, expressions) of every package of behaviours."""
    found = [resources.files(entry.value) / name for entry in entry_points(group=BEHAVIORS)]
    return [folder for folder in found if folder.is_dir()]
