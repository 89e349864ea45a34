"""What stands in for clock and devices while a recording is run again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.clock import ManualClock
from robot.core.condition import Condition, Health
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from robot.core.body_description import BodyDescription
    from robot.core.body_frame import BodyFrame
    from robot.core.intents import Consult, Intent
    from robot.core.percepts import Percept, Utterance
    from robot.core.tick import Clip
    from robot.core.voice_commands import VoiceCommand
    from robot.parts.protocols import Audio
    from robot.sense.language.phrases import Phrases


class RecordedClock(ManualClock):
    """A clock whose times are the recording's."""

    def __init__(self, civil: datetime, midnight: datetime) -> None:
        """Both as they were at the beginning."""
        super().__init__(civil)
        self._told = civil
        self._midnight = midnight

    def civil(self) -> datetime:
        return self._told

    def midnight(self) -> datetime:
        """Of the day that it began on: a run asks for no other."""
        return self._midnight

    def set(self, t: float, civil: datetime) -> None:
        self.sleep_until(t)
        self._told = civil


class Track:
    """One sense of a recording: it gives the percepts of its kinds, and what it is told leads nowhere."""

    awake = True
    switched_off = False
    min_interval_s = 0.0
    share = 1.0
    unheard = False

    def __init__(self, body: BodyDescription, *kinds: type) -> None:
        self.description = body
        self._kinds = kinds
        self._percepts: list[Any] = []

    def put(self, percepts: Sequence[Percept]) -> None:
        """What the next poll will give."""
        self._percepts = [percept for percept in percepts if isinstance(percept, self._kinds)]

    def poll(self, now: float) -> list[Any]:  # noqa: ARG002 - the recording knows when
        return self._percepts

    def write(self, frame: BodyFrame) -> None: ...

    def add_echo_reference(self, played: Sequence[Audio]) -> None: ...

    def gate(self, active: bool) -> None: ...  # noqa: FBT001 - as the real one

    def recall(self, known: Mapping[str, object], intents: Iterable[Intent]) -> None: ...

    def mute(self, on: bool) -> None: ...  # noqa: FBT001 - as above

    def set_language(self, language: str) -> None: ...

    def stay(self, until: float) -> None: ...

    def passes_over(self, words: Utterance) -> bool:  # noqa: ARG002 - what was recorded was meant for it
        return False

    def renew(self, phrases: Phrases) -> None: ...

    def take_played(self, now: float) -> Sequence[Audio]:  # noqa: ARG002 - as the real one
        return ()

    def do(self, command: VoiceCommand) -> None: ...

    def ask(self, consult: Consult, now: float) -> None: ...

    def cut(self) -> None: ...

    def take_clips(self) -> Sequence[Clip]:
        return ()

    def health(self) -> Health:
        return Health("recording", Condition.OK, sentence("health.played"))

    def close(self) -> None: ...
