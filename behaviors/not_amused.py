"""Not amused: what it told or played was not liked, so it takes that, and offers something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Question, Say, Skill
from robot.decide.teller import OFFER, spoke_last

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

INSTEAD = {  # what is offered after what; whoever tells or plays it takes a yes
    "joke": "riddle",
    "riddle": "story",
    "story": "joke",
    "poem": "joke",
    "fun_fact": "joke",
    "knock_knock": "riddle",
    "guess_animal": "story",
    "guess_number": "riddle",
    "rock_paper_scissors": "riddle",
}


class NotAmused(Skill):
    """Answers “that's not funny”."""

    name = "not_amused"
    asked = frozenset({"not_amused"})

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:  # noqa: ARG002
        other = next((other for told, other in INSTEAD.items() if spoke_last(state, told)), "")
        if other:
            yield Say(cause, OFFER + other, question=Question(OFFER + other))
        else:
            yield Say(cause, "answer_not_amused")
