"""When the robot falls asleep, when it wakes, and how seldom it looks meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from robot.core.scene import Scene

SLEEP_WORDS = frozenset({"sleep", "good_night"})
GLIMPSE_EVERY_S = 5.0  # asleep by itself, it looks whether somebody came
GLIMPSE_S = 1.0
SOONER = 0.75  # share of the time until it falls asleep alone that drowsiness takes
SLEEP_AFTER_WORDS_S = 6.0  # time to say good night


class Sleep:
    """Told to sleep, it does so soon and with closed eyes; alone for long, it dozes off and glimpses now and then."""

    def __init__(self, after_s: float) -> None:
        """`after_s`: how long alone before it falls asleep."""
        self._after_s = after_s
        self._at: float | None = None  # told to, it falls asleep then
        self._asked = False

    def comes(self, scene: Scene, drowsiness: float) -> bool:
        """Whether it falls asleep now; `drowsiness` 0..1."""
        intents = {words.intent for words in scene.utterances if words.understood}
        if intents:
            self._at = scene.t + SLEEP_AFTER_WORDS_S if intents & SLEEP_WORDS else None
        if self._at is not None and scene.t >= self._at:
            self._at, self._asked = None, True
            return True
        self._asked = False
        alone = scene.alone_since
        patience = self._after_s * (1.0 - SOONER * drowsiness)
        return alone is not None and not scene.in_talk and scene.t - alone > patience

    def ends(self, scene: Scene, since: float) -> bool:
        """Whether it wakes now, asleep `since` then: touched, spoken to, or seeing somebody come."""
        came = any(person.since > since for person in scene.people)
        to_sleep = [words.intent in SLEEP_WORDS for words in scene.utterances]
        if scene.touches or came or not all(to_sleep):
            return True
        self._asked = self._asked or bool(to_sleep)
        return False

    def glimpses(self, t: float) -> bool:
        """Whether the camera looks while it sleeps: now and then, but not where it was asked to sleep."""
        return not self._asked and t % GLIMPSE_EVERY_S < GLIMPSE_S
