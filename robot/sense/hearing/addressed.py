"""Whether what is heard is meant for the robot, where it waits to be called by a word.

It is after the word, in the same breath or a while later; and as long as a talk goes on: for a while after the robot
has spoken or was spoken to, and while a game or a skill waits for words. Everything else is somebody else's. Without a
word to wait for, all is meant for it.
"""

from __future__ import annotations

STAYS_S = 10.0  # after the word, after its own turn, and after what was meant for it


class Addressed:
    """What happens is told it in order, with robot time."""

    def __init__(self) -> None:
        self._until = -1.0
        self._called_at = -1.0
        self._began = -1.0

    def called(self, t: float) -> None:
        """The word was heard."""
        self._called_at = t
        self.stay(t + STAYS_S)

    def spoke(self, t: float) -> None:
        """The robot's own voice sounds."""
        self.stay(t + STAYS_S)

    def stay(self, until: float) -> None:
        """Words are waited for until then."""
        self._until = max(self._until, until)

    def begins(self, t: float) -> None:
        """Somebody begins to speak."""
        self._began = t

    def meant(self, t: float) -> bool:
        """Whether what ends at `t` is meant for the robot; that keeps the talk going."""
        if self._began <= self._until or self._called_at >= self._began:
            self.stay(t + STAYS_S)
            return True
        return False

    def open(self, now: float) -> bool:
        """Whether who began to speak now would be listened to."""
        return now <= self._until
