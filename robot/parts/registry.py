"""How a part is found by its address.

An address is `scheme:rest` or a path (`/dev/ttyACM0` means `serial:/dev/ttyACM0`, `talk.wav` means `file:talk.wav`).
The scheme names an entry point in the group of a kind of part, so that somebody else's package adds a part with no
change here. A factory takes the address and the `Surroundings` and gives the part; it may raise PartError.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from robot.core.errors import BowlbyError, ConfigError, PartError
from robot.parts.behavior_packages import admitted
from robot.parts.entry_points import installed
from robot.parts.protocols import Part
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from robot.core.body_frame import Pose
    from robot.core.clock import Clock
    from robot.parts.browser_media import Lent
    from robot.parts.protocols import Body, Camera, Ears, Listens, Looks, Publishes, Speaker

P_co = TypeVar("P_co", bound=Part, covariant=True)


@dataclass(frozen=True, slots=True)
class PartKind(Generic[P_co]):
    """A kind of part: the group of entry points that brings it, and what the doctor calls it."""

    group: str
    name: str


BODIES: PartKind[Body] = PartKind("bowlby.bodies", "body")
CAMERAS: PartKind[Camera] = PartKind("bowlby.cameras", "camera")
EARS: PartKind[Ears] = PartKind("bowlby.ears", "microphone")
SPEAKERS: PartKind[Speaker] = PartKind("bowlby.speakers", "speaker")
VOICES: PartKind[Any] = PartKind("bowlby.voices", "voice")  # what makes sound of text (robot/express/rendering.py)
SIGHTS: PartKind[Looks] = PartKind("bowlby.sights", "far_sight")  # another machine that looks at pictures
LISTENERS: PartKind[Listens] = PartKind("bowlby.listeners", "far_hearing")  # another machine that understands sound
TOPICS: PartKind[Publishes] = PartKind("bowlby.topics", "topics")  # where the loop's values are published
FLEETS: PartKind[Publishes] = PartKind("bowlby.fleets", "fleet")  # where robots tell one another that they are there
COMMANDS = "bowlby.commands"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a factory may know: the clock, the seed, where the head was, the place it is put in (the simulator's world,
    or None), what the robot is called, what visitors of its page may lend (None: there is no page), and its language.
    """

    clock: Clock
    seed: int = 0
    pose_at: Callable[[float], Pose] | None = None  # head pose at a robot time, thread-safe
    place: object | None = None
    build: Path | None = None  # description of the body; None is Bowlby One
    name: str = "Bowlby"
    lent: Lent | None = None
    language: str = "en"  # that it speaks at first


def scheme_of(address: str) -> str:
    """`sim://` -> sim, `/dev/ttyACM0` -> serial, `talk.wav` -> file."""
    if address.startswith("/dev/"):
        return "serial" if "/tty" in address else "v4l2"
    scheme, colon, _ = address.partition(":")
    return scheme if colon and scheme.isidentifier() else "file"


def open_part(kind: PartKind[P_co], address: str, around: Surroundings) -> P_co:
    """Find the factory of `address` and call it. Raises ConfigError for an unknown scheme, and PartError that names the
    line for a part that raises anything else: it may be a stranger's.
    """
    entries = {entry.name: entry for entry in installed(kind.group)}
    scheme = scheme_of(address)
    if scheme not in entries:
        raise ConfigError(
            f"no part is known for the address {address!r}",
            place=kind.group,
            remedy=f"use one of: {', '.join(sorted(entries))}",
        )
    try:
        part: P_co = entries[scheme].load()(address, around)
    except BowlbyError:
        raise
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        what = sentence("health.part_raised", error=f"{type(error).__name__}: {error}")
        mend = sentence("health.mend_line", file=at.filename, line=str(at.lineno))
        raise PartError(what, place=address, remedy=mend) from error
    return part


def data_folders(name: str) -> list[Traversable]:
    """The folders called `name` (phrases, expressions) of every package of behaviours that may be loaded."""
    found = [folder / name for package in admitted() for folder in package.folders]
    return [folder for folder in found if folder.is_dir()]
