"""The role in which a sentence may be said: what a behaviour claims of its own holds only where it is so.

Words for somebody in need and answers pass where others do not: at night, after "stop", a fourth time in a day.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.intents import Role, Say
from robot.sense.language.brought_phrases import OF_NEED

if TYPE_CHECKING:
    from robot.core.diary import Diary

ANSWERS_S = 300.0  # longer than the longest story: who has said nothing for so long is not answered, but spoken to


def in_its_role(said: Say, diary: Diary, t: float) -> Say:
    """The sentence, as of need only in the words that the house has for it, and as an answer only after words."""
    role = said.role
    if role is Role.CRISIS and (said.free or not said.phrase.startswith(OF_NEED)):
        role = Role.ANSWER
    line = diary.talk.last_line
    if role is Role.ANSWER and (line is None or t - line.t > ANSWERS_S):
        role = Role.OPENING
    return said if role is said.role else replace(said, role=role)
