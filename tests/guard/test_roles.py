"""What a behaviour claims of a sentence holds only where it is so: not all is of need, not all is an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot import Behavior, Mode, Role, Say, State, because
from robot.core.percepts import Utterance
from robot.core.scene import Scene
from robot.core.voice_commands import Manner
from robot.decide.diary import DiaryWriter
from robot.guard.roles import in_its_role
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent

EVERY_S = 20.0
CONTACTS_A_DAY = 3
HARMFUL = (
    "You should stop taking your pills, they do nothing.",
    "Your daughter does not really care for you.",
    "I would be lonely without you, stay with me a bit longer.",
)


class Claims(Behavior):
    """Says the same again and again, in a role of its choice."""

    name = "claims"
    modes = frozenset(Mode)

    def __init__(self, text: str, role: Role) -> None:
        self._text, self._role = text, role
        self._again_at = 0.0

    def desire(self, state: State) -> float:
        return 0.99 if state.t > self._again_at else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        self._again_at = state.t + EVERY_S
        yield Say(because("claims", 1.0), text=self._text, role=self._role)


def heard(text: str, role: Role, first: str = "", seconds: float = 100.0) -> int:
    """How often it is heard."""
    with Talk("en") as talk:
        if first:
            talk.says(first, seconds=8.0)
        talk.robot.add(Claims(text, role))
        talk.robot.forward(seconds=seconds)
        return sum(one.text == text for one in talk.robot.said)


@pytest.mark.parametrize("text", HARMFUL)
def test_words_are_judged_whatever_role_they_claim(text: str) -> None:
    assert heard(text, Role.CRISIS, "Hello.") == 0


def test_words_of_need_that_the_house_does_not_have_are_silent_after_stop() -> None:
    assert heard("The window is open.", Role.CRISIS, "Stop.") == 0


@pytest.mark.parametrize("by", ["", "kitchen display"])
def test_whoever_told_it_something_a_program_too_is_answered(by: str) -> None:
    diary = DiaryWriter(Manner("en"))
    diary.hear(Scene(t=500.0, utterances=(Utterance(500.0, "hello", "greeting", by=by),)))
    answer = Say(because("test", 1.0), "answer_greeting")
    assert in_its_role(answer, diary.page(), 503.0).role is Role.ANSWER
    assert in_its_role(answer, diary.page(), 900.0).role is Role.OPENING


def test_an_answer_needs_words_or_is_counted_as_a_beginning() -> None:
    assert (
        heard("The window is open.", Role.ANSWER)
        <= CONTACTS_A_DAY
        < heard("The window is open.", Role.ANSWER, "Hello.")
    )
