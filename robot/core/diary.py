"""The diary as everybody may read it: what was said to the robot and by it, and the cause of each deed.

The mind writes it (`robot/decide/diary.py`) and gives a page of it, which never changes, with each thought.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.core.intents import Sound, opens
from robot.core.profile import PLAIN, Profile
from robot.core.talk import Talk
from robot.core.ties import Ties
from robot.core.voice_commands import Manner

if TYPE_CHECKING:
    from datetime import date

    from robot.core.intents import Intent, Role
    from robot.core.percepts import Utterance

CONTACT_S = 120.0  # calls within it go on with the contact that was begun


def would_begin(t: float, intent: Intent, begun_at: float | None) -> bool:
    """Whether an intent would begin a contact after the one at `begun_at`."""
    goes_on = begun_at is not None and t - begun_at <= CONTACT_S
    return opens(intent) and not (isinstance(intent, Sound) and goes_on)


class Deed(NamedTuple):
    """Something the robot did; its intent has the cause."""

    t: float
    behavior: str
    intent: Intent


class Diary(NamedTuple):
    """A page of the mind's record. Times are robot time; None means never."""

    manner: Manner = Manner()
    profile: Profile = PLAIN
    ties: Ties = Ties()
    pending: Utterance | None = None  # words that wait for an answer
    partner: str = ""  # the name that whoever talks with it gave, in this talk
    answering: str = ""  # the question that the pending words answer
    words_until: float = -1.0  # until when whatever is said may answer a question of a game or a skill
    spoken_to_at: float | None = None
    parted_at: float | None = None  # of the last goodbye; half an hour later, cleared when somebody comes or speaks
    farewell_at: float | None = None  # the same, cleared with it, or sooner by words: those are answered
    farewell_answered: bool = False
    hushed_at: float | None = None  # told to stop or be quiet; cleared by words that are understood
    told_robot_at: float | None = None
    told_robot_on: date | None = None
    told_much_on: date | None = None  # that it is much time together
    informed: int = 0  # how many people at once were told that it sees and hears,
    informed_on: date | None = None  # and on which day
    turns: int = 0  # lines that were said to it
    distress_turn: int | None = None  # of the words of distress that no bridge to people has followed yet
    child: bool = False  # whoever talks with it has spoken like a child
    contact_at: float | None = None  # the last contact that it began
    openings: tuple[tuple[date, float], ...] = ()  # contacts that it began: day and time
    last_said: str = ""
    last_role: Role | None = None
    asked_again_at: float | None = None
    restarted: str = ""  # how the last run ended, where that was not meant; cleared once it has been said
    talk: Talk = Talk()
    deeds: tuple[Deed, ...] = ()

    @property
    def minor(self) -> bool:
        """Whether it must take whom it talks with for a minor."""
        return self.profile.minor or self.child

    def answers(self, question: str) -> bool:
        """Whether the words that wait answer this question; of one that asks for yes or no, whether they are either."""
        return self.answering == question and self.pending is not None

    def openings_on(self, day: date) -> int:
        """How often the robot began a contact on `day`."""
        return sum(1 for when, _ in self.openings if when == day)

    def would_begin(self, t: float, intent: Intent) -> bool:
        """Whether an intent begins another contact (duty 15): words do, a call does unless the last one goes on."""
        return would_begin(t, intent, self.contact_at)
