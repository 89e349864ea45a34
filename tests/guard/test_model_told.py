"""A language model is told no more than was agreed to, and nothing while somebody is in need."""

from __future__ import annotations

from robot.core.decision import Decision, Mode
from robot.core.intents import Consult, LineOfTalk
from robot.core.percepts import Need
from robot.core.scene import Scene
from tests.support.desk import CAUSE, Desk, somebody

SAID = LineOfTalk(person=True, text="my sister is coming on Sunday")


def asked(desk: Desk, **more: object) -> Consult:
    """What passes of a question to the model."""
    done, _ = desk.judged(Consult(CAUSE, (SAID,), "en", **more))  # type: ignore[arg-type]
    (found,) = [one for one in done if isinstance(one, Consult)]
    return found


def test_lines_that_nobody_said_in_this_talk_are_taken_out() -> None:
    desk = Desk()
    assert asked(desk).lines == ()
    desk.hear(SAID.text)
    assert asked(desk).lines == (SAID,)


def test_words_of_an_episode_and_what_came_before_are_taken_out() -> None:
    desk = Desk()
    desk.hear(SAID.text)
    desk.hear("I want to kill myself")
    desk.writer.pending = None  # it was answered
    assert asked(desk).lines == ()


def test_notes_of_somebody_who_is_not_here_are_taken_out() -> None:
    desk = Desk()
    desk.memory.remember_person("Ada")
    ada = desk.memory.person("Ada")
    assert ada is not None
    desk.memory.keep_topic(ada.id, "your sister", SAID.text)
    desk.see(somebody())
    assert asked(desk, notes=(SAID.text,)).notes == ()
    assert asked(desk, notes=(SAID.text,), name="Ada").notes == ()
    desk.hear("my name is Ada")
    found = asked(desk, notes=(SAID.text, "she never said this"), name="Ada")
    assert (found.name, found.notes) == ("Ada", (SAID.text,))
    assert asked(desk, notes=(SAID.text,), name="Bea").name == ""


def test_nobody_asks_it_while_somebody_is_in_need() -> None:
    desk = Desk()
    need = Need(0.0, "crisis", since=0.0)
    decision = Decision(Mode.ENGAGED, "free_talk", (Consult(CAUSE, (), "en"),), fresh=True, diary=desk.diary)
    assert desk.guard.review(decision, Scene(t=1.0, need=need)).intents == ()
    assert desk.guard.review(decision, Scene(t=1.0)).intents != ()
