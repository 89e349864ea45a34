"""What the loop asks of its senses and its voice: those of a live robot, or a recording's in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from robot.parts.protocols import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np

    from robot.core.intents import Intent
    from robot.core.messages import FacesSeen, Percept, SenseTurned, Speaking, Tuned, VoiceCommand
    from robot.core.tick import Clip
    from robot.parts.protocols import Audio
    from robot.sense.language.phrases import Phrases


class Sees(Part, Protocol):
    """Pictures in, tracked faces out."""

    awake: bool  # asleep or switched off, the camera rests
    switched_off: bool  # by a person
    spacing_s: float  # least time between two looks, on a machine that is too busy

    def poll(self, now: float) -> Sequence[FacesSeen]: ...

    def recall(self, known: Mapping[str, np.ndarray], intents: Iterable[Intent]) -> None:
        """Told whom it may know by their face, and whose to learn now."""
        ...


class Hears(Part, Protocol):
    """Sound and typed lines in, speech edges and utterances out."""

    share: float  # of the time that its recogniser may work, on a machine that is too busy

    def poll(self, now: float) -> Sequence[Percept]: ...

    def beside(self, played: Sequence[Audio]) -> None:
        """Told what the robot's own speaker played."""
        ...

    def gate(self, active: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Told whether the robot's own voice sounds."""
        ...

    def mute(self, on: bool) -> None:  # noqa: FBT001 - as above
        """Told to hear nothing but typed lines."""
        ...

    def set_language(self, language: str) -> None: ...

    def renew(self, phrases: Phrases) -> None:
        """Understand by these tables from now on."""
        ...


class Speaks(Part, Protocol):
    """Takes what is to be said, tells what sounds."""

    def poll(self, now: float) -> Sequence[Speaking]: ...

    def take_played(self, now: float) -> Sequence[Audio]:
        """What the sound card has played since the last call."""
        ...

    @property
    def unheard(self) -> bool:
        """Nobody can tell what is heard of it."""
        ...

    def do(self, command: VoiceCommand) -> None: ...

    def take_clips(self) -> Sequence[Clip]: ...


class Tells(Protocol):
    """What knows how the senses do."""

    def poll(self, now: float) -> Sequence[SenseTurned | Tuned]:
        """Each sense that does otherwise than before; of a recording, also what was changed by hand."""
        ...
