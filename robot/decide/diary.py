"""What has happened so far, as behaviours and guard may read it; the mind alone writes it.

It knows what was said to the robot and by it, what waits for an answer, and the cause of each deed.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from robot.intents import Hush, Role, Say, Show, Sound
from robot.messages import Manner

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from robot.attend.scene import Scene
    from robot.intents import Intent
    from robot.messages import Utterance

FAREWELLS = frozenset({"goodbye", "good_night"})
HUSHES = frozenset({"stop", "quiet"})
CRISES = frozenset({"self_harm", "self_harm_maybe"})  # told by `robot/guard/watch.py`; they come before all else
TELLS_ROBOT = frozenset({"i_am_a_robot", "greet_first_today"})  # phrases that say it is a robot
QUESTIONS = frozenset({"consent_ask", "forget_ask", "play_ask"})  # phrases that yes or no can answer
REPLIES = frozenset({"yes", "no"})
PARTNER_GONE_S = 120.0  # alone for so long, whoever comes next may be somebody else
VOLUME_STEP = 0.15
ANSWER_WITHIN_S = 6.0  # older words get no answer: it would come out of the blue


@dataclass(frozen=True, slots=True)
class Deed:
    """Something the robot did, and why."""

    t: float
    behavior: str
    what: str
    cause: str


@dataclass(slots=True)
class Diary:
    """The mind's record. Times are robot time; None means never."""

    manner: Manner
    pending: Utterance | None = None  # words that wait for an answer
    partner: str = ""  # the name that whoever talks with it gave, in this talk
    question: str = ""  # what the robot asked last, waiting for yes or no
    answering: str = ""  # the question that the pending words answer
    spoken_to_at: float | None = None
    farewell_at: float | None = None  # the person said goodbye; cleared when they speak or come again
    farewell_answered: bool = False
    hushed_at: float | None = None  # told to stop or be quiet; cleared when spoken to again
    told_robot_at: float | None = None
    told_robot_on: date | None = None
    openings: deque[tuple[date, float]] = field(default_factory=lambda: deque(maxlen=64))
    last_said: str = ""
    asked_again_at: float | None = None
    deeds: deque[Deed] = field(default_factory=lambda: deque(maxlen=64))

    def replied(self, question: str) -> bool:
        """Whether the words that wait are a yes or a no to this question."""
        return self.answering == question and self.pending is not None and self.pending.intent in REPLIES

    def hear(self, scene: Scene) -> None:
        """Take in this tick's words."""
        if scene.alone_since is not None and scene.t - scene.alone_since > PARTNER_GONE_S:
            self.partner = self.question = ""
        for words in scene.utterances:
            self.spoken_to_at = scene.t
            if not (self.pending is not None and self.pending.intent in CRISES and words.intent not in CRISES):
                self.pending = words
            self.hushed_at = scene.t if words.intent in HUSHES else None
            self.answering, self.question = self.question, ""
            self._adapt(words)
            if words.intent in FAREWELLS:
                self.farewell_at, self.farewell_answered = scene.t, False
            else:
                self.farewell_at = None
        if self.pending is not None and scene.t - self.pending.t > ANSWER_WITHIN_S:
            self.pending = None

    def _adapt(self, words: Utterance) -> None:
        """Speak as the person asked."""
        language, volume = self.manner
        match words.intent:
            case "my_name_is":
                self.partner = dict(words.slots).get("name", "")
                return
            case "speak_french":
                language = "fr"
            case "speak_english":
                language = "en"
            case "louder":
                volume = min(1.0, volume + VOLUME_STEP)
            case "softer":
                volume = max(VOLUME_STEP, volume - VOLUME_STEP)
            case _:
                return
        self.manner = Manner(language, volume)

    def note(self, t: float, civil: datetime, behavior: str, asked: Iterable[Intent], done: Iterable[Intent]) -> None:
        """Record what the guard let pass; words that an answer was tried for wait no longer."""
        if any(isinstance(intent, Say) and intent.role is not Role.NOTICE for intent in asked):
            self.pending = None
        for intent in done:
            match intent:
                case Say():
                    self._note_say(t, civil.date(), intent)
                    self._deed(t, behavior, f"said “{intent.text}”", intent)
                case Show():
                    self._deed(t, behavior, f"showed {intent.expression}", intent)
                case Sound():
                    self._deed(t, behavior, f"made the sound {intent.name}", intent)
                case Hush():
                    self._deed(t, behavior, "fell silent", intent)
                case _:
                    pass

    def _note_say(self, t: float, day: date, say: Say) -> None:
        self.last_said = say.text
        if say.phrase in QUESTIONS:
            self.question = say.phrase
        if say.phrase in TELLS_ROBOT:
            self.told_robot_at, self.told_robot_on = t, day
        if say.role is Role.OPENING:
            self.openings.append((day, t))
        if say.role is Role.FAREWELL:
            self.farewell_answered = True
        if say.phrase == "not_understood":
            self.asked_again_at = t

    def _deed(self, t: float, behavior: str, what: str, intent: Intent) -> None:
        self.deeds.append(Deed(t, behavior, what, str(intent.cause)))

    def openings_on(self, day: date) -> int:
        """How often the robot began a talk on `day`."""
        return sum(1 for when, _ in self.openings if when == day)
