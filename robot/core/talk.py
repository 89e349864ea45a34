"""The talk as everybody may read it: its turns, what was told, and the people who were spoken of.

The mind writes it (`robot/decide/dialogue/talk.py`); a page of it is part of the diary's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

NEVER = -1000
OWN_TOPIC = 0.75  # confidence from which words in the middle of a topic begin another
TURNS_OF_TOPIC = 3  # for so many of a person's lines it is spoken of


class Turn(NamedTuple):
    """One line of a talk; `t` in robot time, `n` counts what people said."""

    t: float
    n: int
    person: bool  # said by a person; else by the robot
    text: str
    intent: str = ""


class Subject(NamedTuple):
    """Something that was told: what it means, of whom and when, in whose words, and what the robot asked about it."""

    intent: str
    t: float  # when it was spoken of last
    n: int  # the turn of that
    who: str = ""  # as the robot would say it: "your sister", "Emma"
    when: str = ""
    told: tuple[str, ...] = ()
    asked: int = 0  # questions about it
    revisited: bool = False  # come back to by the robot


def spoken_of(topics: Sequence[Subject], n: int) -> Subject | None:
    """The newest of these, if something was said of it within the last turns before the one of number `n`."""
    return topics[-1] if topics and n - topics[-1].n <= TURNS_OF_TOPIC else None


class Mentioned(NamedTuple):
    """Somebody who was spoken of."""

    who: str
    relation: str = ""
    name: str = ""
    n: int = 0


class Talk(NamedTuple):
    """One talk. It begins anew when whoever was there has gone."""

    turns: tuple[Turn, ...] = ()
    topics: tuple[Subject, ...] = ()  # newest last
    people: tuple[Mentioned, ...] = ()  # newest last
    asked_at_turn: int = NEVER  # the person's turn after which the robot last asked something
    missed: int = 0  # lines in a row that were not understood
    quiet: bool = False  # somebody would rather have quiet company
    dropped: tuple[str, ...] = ()  # the lines that were last to be forgotten

    @property
    def n(self) -> int:
        """How many lines people have said in it."""
        last = self.last_line
        return 0 if last is None else last.n

    @property
    def last_line(self) -> Turn | None:
        """What a person, or a program in its owner's place, said last in it."""
        return next((turn for turn in reversed(self.turns) if turn.person), None)

    @property
    def last_phrase(self) -> str:
        """The name of the phrase that the robot said last in it; "" for none yet."""
        return next((turn.intent for turn in reversed(self.turns) if not turn.person), "")

    @property
    def topic(self) -> Subject | None:
        """What is spoken of now, if something was told within the last turns."""
        return spoken_of(self.topics, self.n)

    def told_by_person(self) -> tuple[Turn, ...]:
        """What people said in it, oldest first."""
        return tuple(turn for turn in self.turns if turn.person)

    def named(self, relation: str) -> str:
        """The name that was told for "sister", "grandson"; empty where none was."""
        found = (one.name for one in reversed(self.people) if one.relation == relation and one.name)
        return next(found, "")
