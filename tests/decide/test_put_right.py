"""A line that was misread is put right by hand: what it changed is undone, and it is answered as it was meant."""

from __future__ import annotations

from robot.core.intents import Role
from robot.core.percepts import Utterance
from robot.core.scene import Scene
from tests.support.desk import Desk, ask, say, somebody


def put_right(desk: Desk, words: Utterance, meaning: str) -> Utterance:
    """Somebody chooses another meaning, a moment later."""
    desk.wait(2)
    now = desk.clock.now()
    chosen = words.meaning(meaning)
    desk.writer.hear(Scene(t=now, utterances=(chosen,), people=desk.people, alone_since=None))
    return chosen


def test_the_words_wait_for_an_answer_as_they_were_meant() -> None:
    desk = Desk()
    (words,) = desk.hear("louder").utterances
    chosen = put_right(desk, words, "wants_joke")
    assert desk.diary.pending == chosen
    assert (chosen.text, chosen.intent, chosen.confidence, chosen.instead) == ("louder", "wants_joke", 1.0, words.t)


def test_what_was_taken_for_a_goodbye_or_a_wish_for_quiet_leaves_no_silence_behind() -> None:
    desk = Desk()
    desk.see(somebody())
    for line in ("goodbye", "be quiet"):
        (words,) = desk.hear(line).utterances
        desk.review(say("farewell", Role.FAREWELL))
        put_right(desk, words, "wants_joke")
        diary = desk.diary
        assert (diary.parted_at, diary.farewell_at, diary.farewell_answered, diary.hushed_at) == (
            None,
            None,
            False,
            None,
        )
        assert "answer_thanks" in desk.review(say("answer_thanks"))[0]


def test_a_voice_or_a_name_that_nobody_asked_for_is_gone() -> None:
    desk = Desk()
    before = desk.diary.manner
    (words,) = desk.hear("louder").utterances
    assert desk.diary.manner != before
    put_right(desk, words, "thanks")
    assert desk.diary.manner == before
    (words,) = desk.hear("my name is Ada").utterances
    assert desk.diary.partner == "Ada"
    put_right(desk, words, "tells_well")
    assert desk.diary.partner == ""


def test_a_question_that_it_had_asked_is_answered_by_what_was_meant() -> None:
    desk = Desk()
    desk.review(ask("consent_ask", name="Ada"))
    (words,) = desk.hear("thank you").utterances
    assert not desk.diary.answers("consent_ask")
    put_right(desk, words, "yes")
    assert desk.diary.answers("consent_ask")


def test_older_words_are_answered_and_what_came_since_stays() -> None:
    desk = Desk()
    (old,) = desk.hear("hello").utterances
    desk.wait(1)
    desk.hear("louder")
    louder = desk.diary.manner
    put_right(desk, old, "how_are_you")
    assert desk.diary.manner == louder
    assert desk.diary.pending is not None
    assert desk.diary.pending.intent == "how_are_you"


def test_nobody_was_told_what_was_misread() -> None:
    desk = Desk()
    desk.writer.hear(Scene(t=0.0, utterances=(Utterance(0.0, "my wife is away", "tells_death"),)))
    assert [topic.intent for topic in desk.diary.talk.topics] == ["tells_death"]
    put_right(desk, Utterance(0.0, "my wife is away", "tells_death"), "tells_missing")
    talk = desk.diary.talk
    assert [topic.intent for topic in talk.topics] == ["tells_missing"]
    assert [turn.intent for turn in talk.told_by_person()] == ["tells_missing"]
