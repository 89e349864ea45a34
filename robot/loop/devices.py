"""What the loop reads and writes each tick: a live robot's senses and voice, or a recording's in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from robot.parts.protocols import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np

    from robot.core.condition import Health
    from robot.core.intents import Consult, Intent
    from robot.core.percepts import FacesSeen, Percept, SenseTurned, Speaking, Suggested, Tuned, Utterance, Wish
    from robot.core.tick import Clip
    from robot.core.voice_commands import VoiceCommand
    from robot.parts.protocols import Audio, Body
    from robot.sense.language.phrases import Phrases


class Sees(Part, Protocol):
    """Pictures in, tracked faces out."""

    awake: bool  # asleep or switched off, the camera rests
    switched_off: bool  # by a person
    min_interval_s: float  # least time between two looks, on a machine that is too busy

    def poll(self, now: float) -> Sequence[FacesSeen]: ...

    def recall(self, known: Mapping[str, np.ndarray], intents: Iterable[Intent]) -> None:
        """Told whom it may know by their face, and whose to learn now."""
        ...


class Hears(Part, Protocol):
    """Sound and typed lines in, speech edges and utterances out."""

    share: float  # of the time that its recogniser may work, on a machine that is too busy

    def poll(self, now: float) -> Sequence[Percept]: ...

    def add_echo_reference(self, played: Sequence[Audio]) -> None:
        """Told what the robot's own speaker played."""
        ...

    def gate(self, active: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Told whether the robot's own voice sounds."""
        ...

    def mute(self, on: bool) -> None:  # noqa: FBT001 - as above
        """Told to hear nothing but typed lines."""
        ...

    def set_language(self, language: str) -> None: ...

    def stay(self, until: float) -> None:
        """Told until when words are waited for, whoever says them."""
        ...

    def passes_over(self, words: Utterance) -> bool:
        """Whether it waits to be called by a word, and these were said to somebody else."""
        ...

    def renew(self, phrases: Phrases) -> None:
        """Understand by these tables from now on."""
        ...


class Reads(Part, Protocol):
    """Understands what was said."""

    def over(self, percepts: Iterable[Percept]) -> list[Percept]:
        """The percepts, with each utterance as it is to be understood; some come a moment later."""
        ...

    def renew(self, phrases: Phrases) -> None: ...


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


class Suggests(Part, Protocol):
    """A language model: asked, it gives sentences a moment later."""

    def poll(self, now: float) -> Sequence[Suggested]: ...

    def ask(self, consult: Consult, now: float) -> None: ...

    def cut(self) -> None:
        """Told that what it was asked for is not wanted any more."""
        ...


class Tells(Protocol):
    """What knows how the senses do."""

    def poll(self, now: float) -> Sequence[SenseTurned | Tuned | Wish]:
        """Each sense that does otherwise than before; of a recording, also what people and programs asked for."""
        ...


@dataclass(slots=True)
class Devices:
    """All of them. Sight may be missing; the body may not."""

    body: Body
    sight: Sees | None
    hearing: Hears
    voice: Speaks
    changes: Tells
    reader: Reads | None = None  # missing where what was said has been understood before: in a recording
    model: Suggests | None = None  # missing where the owner has none

    def health(self) -> list[Health]:
        """How each does."""
        parts = (self.body, self.sight, self.hearing, self.reader, self.model, self.voice)
        return [part.health() for part in parts if part is not None]

    def close(self) -> None:
        """Free each; safe to call twice."""
        for part in (self.voice, self.model, self.reader, self.hearing, self.sight, self.body):
            if part is not None:
                part.close()
