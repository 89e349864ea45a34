"""Telling: what is long is told sentence by sentence, each when the one before has sounded.

So no queue has to be cut when somebody breaks in, and what was cut can be told again from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.core.intents import Piece, Say
from robot.core.sentences import sentences_of

if TYPE_CHECKING:
    from robot.core.intents import Cause
    from robot.core.scene import Scene
    from robot.decide.behavior import State

SOUNDS_WITHIN_S = 6.0  # of being asked for; a voice that took longer is not waited for


class VoiceWatch:
    """Tells for how long the voice has been silent since something was asked of it. Look at it in each thought."""

    def __init__(self) -> None:
        self._asked: float | None = None
        self._heard = False
        self._silent_since = 0.0

    def ask(self, t: float) -> None:
        """Words or a sound were asked for at `t`."""
        self._asked, self._heard = t, False

    def look(self, scene: Scene) -> float:
        """Seconds of silence since what was asked for has sounded; 0 while it sounds or is still to come."""
        if scene.robot_speaks:
            self._heard = True
            self._silent_since = scene.t
            return 0.0
        if self._asked is None:
            return scene.t - self._silent_since
        if not self._heard:
            if scene.t - self._asked < SOUNDS_WITHIN_S:
                return 0.0
            self._silent_since = scene.t
        self._asked = None
        return scene.t - self._silent_since


class ToldWording(NamedTuple):
    """One wording of a phrase, to be told piece by piece."""

    phrase: str
    number: int  # of the wording, from 0


class Telling:
    """Where it is in what it tells."""

    def __init__(self, wording: ToldWording) -> None:
        self.wording = wording
        self.told = 0  # sentences

    def text(self, state: State) -> str:
        """All of it, in the language spoken now."""
        wordings = state.wordings(self.wording.phrase)
        return wordings[min(self.wording.number, len(wordings) - 1)]

    def over(self, state: State) -> bool:
        """Whether all of it was told."""
        return self.told >= len(sentences_of(self.text(state)))

    def next(self, state: State, cause: Cause) -> Say:
        """The next sentence; call it only while it is not over."""
        number = min(self.wording.number, len(state.wordings(self.wording.phrase)) - 1)
        say = Say(cause, self.wording.phrase, piece=Piece(number, self.told))
        self.told += 1
        return say

    def back(self) -> None:
        """The last sentence was cut: it is told once more."""
        self.told = max(0, self.told - 1)


class ToldPhrases:
    """What it can tell of one kind: it chooses by chance what was not told yet, then what was told longest ago."""

    def __init__(self) -> None:
        self._told: list[ToldWording] = []

    def choose(self, state: State, every: list[ToldWording]) -> ToldWording:
        """One of `every`, which counts as told from now on."""
        fresh = [one for one in every if one not in self._told]
        chosen = fresh[int(state.rng.integers(len(fresh)))] if fresh else min(every, key=self._told.index)
        if chosen in self._told:
            self._told.remove(chosen)
        self._told.append(chosen)
        return chosen
