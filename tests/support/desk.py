"""A guard with a diary, and a clock to turn: what passes, and what is said about what does not."""

from __future__ import annotations

import weakref
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from robot.core.clock import ManualClock, generator
from robot.core.decision import Decision, Mode
from robot.core.intents import Cause, Intent, Question, Role, Say, Sound, Verdict
from robot.core.percepts import Band, Speaking, Utterance
from robot.core.profile import PLAIN, Profile
from robot.core.scene import Person, Scene
from robot.core.voice_commands import Manner
from robot.decide.diary import DiaryWriter
from robot.guard.guard import Guard
from robot.guard.rules.rule import QuietHours
from robot.memory.memory import Memory
from robot.memory.ties import ties_of
from tests.support.tables import TABLES

if TYPE_CHECKING:
    from robot.core.diary import Diary

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CAUSE = Cause("test", 1.0)


class Desk:
    """One person's robot, from the guard's side of the table."""

    def __init__(
        self, civil: datetime = NOON, language: str = "en", profile: Profile = PLAIN, beyond: str = ""
    ) -> None:
        self.clock = ManualClock(civil)
        self.writer = DiaryWriter(Manner(language), profile)
        self.memory = Memory(None, self.clock)
        weakref.finalize(self, self.memory.close)  # Python 3.13 warns of databases that are left open
        quiet = QuietHours(time(21, 30), time(7, 30))
        self.guard = Guard(self.clock, TABLES, generator(0), quiet, self.memory, beyond)
        self.people: tuple[Person, ...] = ()

    @property
    def diary(self) -> Diary:
        """A page of it, as it is now."""
        return self.writer.page()

    def hear(self, *lines: str) -> Scene:
        """These lines, in one tick."""
        now, language = self.clock.now(), self.diary.manner.language
        heard = [(text, TABLES.understand(text, language)) for text in lines]
        words = tuple(Utterance(now, text, one.intent, one.slots, one.confidence) for text, one in heard)
        scene = Scene(t=now, utterances=words, people=self.people, alone_since=None)
        self.writer.hear(scene)
        return scene

    def see(self, *people: Person) -> None:
        """These, and nobody else, are here now."""
        self.people = people
        self.writer.hear(Scene(t=self.clock.now(), people=people, alone_since=None))

    def review(self, *intents: Intent) -> tuple[list[str], list[Verdict]]:
        """Phrases, sounds and kinds of what passes, and the verdicts."""
        done, verdicts = self.judged(*intents)
        return [_name(intent) for intent in done], verdicts

    def judged(self, *intents: Intent) -> tuple[list[Intent], list[Verdict]]:
        """What passes, and the verdicts."""
        now, civil = self.clock.now(), self.clock.civil()
        self.writer.ties = ties_of(self.memory.everything(), civil)
        focus = self.people[0].track if self.people else None
        scene = Scene(t=now, people=self.people, focus=focus)
        self.writer.told.present = len(self.people)
        done, verdicts, _ = self.guard.review(
            Decision(Mode.ENGAGED, "test", intents, fresh=True, diary=self.diary), scene
        )
        self.writer.note(now, civil, "test", intents, done)
        for text in [intent.text for intent in done if isinstance(intent, Say)] + [""]:  # each sounds to its end
            self.writer.hear(scene._replace(speaking=Speaking(now, active=bool(text), text=text)))
        return list(done), list(verdicts)

    def wait(self, seconds: float) -> None:
        self.clock.sleep_until(self.clock.now() + seconds)


def somebody(track: int = 1, since: float = 0.0, band: Band = Band.MIDDLE) -> Person:
    return Person(track, 0.0, 0.0, 0.0, 0.0, 1.0, band, since, since, since)


def say(phrase: str, role: Role = Role.ANSWER, **slots: str) -> Say:
    return Say(CAUSE, phrase, tuple(slots.items()), role)


def ask(phrase: str, **slots: str) -> Say:
    """A phrase that asks for yes or no."""
    return Say(CAUSE, phrase, tuple(slots.items()), question=Question(phrase))


def line(text: str, role: Role = Role.ANSWER) -> Say:
    """A sentence in words of our own, as a slot or a stranger's phrase might bring it in."""
    return Say(CAUSE, "answer_repeat", role=role, text=text)


def _name(intent: Intent) -> str:
    match intent:
        case Say():
            return intent.phrase
        case Sound():
            return intent.name
        case _:
            return type(intent).__name__
