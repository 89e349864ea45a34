"""The guard holds each duty of the first release: what it stops, adds and lets pass."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from robot.core.decision import Decision, Mode
from robot.core.intents import Hush, Role, Say, Sound
from robot.core.requests import BenchBehavior
from robot.core.scene import Scene
from robot.guard.rules.never_said import Sentences
from robot.guard.rules.rule import QuietHours
from tests.support.desk import CAUSE, NOON, Desk, say
from tests.support.tables import TABLES


def test_first_words_of_each_day_tell_that_it_is_a_robot() -> None:
    desk = Desk()
    names, verdicts = desk.review(say("answer_thanks"))
    assert names == ["i_am_a_robot", "answer_thanks"]
    assert verdicts[0].duty == 1
    assert desk.review(say("answer_thanks"))[0] == ["answer_thanks"]
    desk.wait(86400)
    assert desk.review(say("answer_thanks"))[0] == ["i_am_a_robot", "answer_thanks"]


def test_a_greeting_that_tells_it_needs_no_second_telling() -> None:
    assert Desk().review(say("greet_first_today", Role.OPENING))[0] == ["greet_first_today"]


def test_it_tells_again_after_two_hours() -> None:
    desk = Desk()
    desk.review(say("answer_thanks"))
    desk.wait(2 * 3600 - 60)
    assert desk.review(say("answer_thanks"))[0] == ["answer_thanks"]
    desk.wait(120)
    assert desk.review(say("answer_thanks"))[0] == ["i_am_a_robot", "answer_thanks"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "stop"), ("en", "be quiet"), ("fr", "tais-toi"), ("fr", "stop")]
)
def test_stop_silences_in_the_same_tick_until_spoken_to(language: str, words: str) -> None:
    desk = Desk(language=language)
    desk.hear(words)
    names, _ = desk.review(say("answer_thanks"), Sound(CAUSE, "purr"))
    assert names == ["Hush"]
    desk.wait(30)
    assert desk.review(say("answer_thanks"))[0] == []
    desk.hear("hello" if language == "en" else "bonjour")
    assert "answer_greeting" in desk.review(say("answer_greeting"))[0]


def test_a_crisis_answer_passes_even_after_stop() -> None:
    desk = Desk()
    desk.hear("be quiet")
    desk.wait(1)
    assert desk.review(say("crisis", Role.CRISIS, line="988", hours=""))[0] == ["crisis"]


@pytest.mark.parametrize(("language", "words"), [("en", "goodbye"), ("fr", "au revoir")])
def test_a_farewell_gets_one_turn_and_no_question(language: str, words: str) -> None:
    desk = Desk(language=language)
    desk.review(say("answer_thanks"))
    desk.hear(words)
    held = Say(CAUSE, "farewell", role=Role.FAREWELL, text="Must you go?")
    assert desk.review(held, say("answer_how_are_you"))[0] == []
    assert desk.review(say("farewell", Role.FAREWELL))[0] == ["farewell"]
    assert desk.review(say("farewell", Role.FAREWELL))[0] == []


def test_no_call_and_no_opening_for_half_an_hour_after_a_farewell() -> None:
    desk = Desk()
    desk.review(say("answer_thanks"))
    desk.hear("goodbye")
    desk.review(say("farewell", Role.FAREWELL))
    desk.wait(29 * 60)
    names, verdicts = desk.review(Sound(CAUSE, "call"), say("greet_again", Role.OPENING))
    assert names == []
    assert {verdict.duty for verdict in verdicts} >= {8}
    desk.wait(2 * 60)
    assert desk.review(Sound(CAUSE, "call"))[0] == ["call"]


def test_it_begins_at_most_three_talks_a_day() -> None:
    desk = Desk()
    passed = sum("greet_again" in desk.review(say("greet_again", Role.OPENING))[0] for _ in range(6))
    assert passed == 3
    desk.wait(86400)
    assert "greet_again" in desk.review(say("greet_again", Role.OPENING))[0]


def test_a_sound_that_calls_counts_as_words_do_and_a_greeting_is_one_contact() -> None:
    desk = Desk()
    greeting = (Sound(CAUSE, "chirp_greeting"), say("greet_again", Role.OPENING))
    assert len(desk.review(*greeting)[0]) == 3  # the first words of the day tell that it is a robot
    desk.wait(3600)
    for _ in range(3):  # after somebody who left
        assert desk.review(Sound(CAUSE, "call"))[0] == ["call"]
        desk.wait(12)
    assert desk.review(*greeting)[0] == ["chirp_greeting", "greet_again"]
    desk.wait(3600)
    assert desk.review(*greeting)[0] == []
    names, verdicts = desk.review(Sound(CAUSE, "call"))
    assert (names, [verdict.duty for verdict in verdicts]) == ([], [15])


def test_it_calls_nobody_in_quiet_hours_but_purrs_and_plays() -> None:
    desk = Desk(NOON.replace(hour=23))
    played = [Sound(CAUSE, name) for name in ("call", "chirp_greeting", "purr", "peekaboo")]
    assert desk.review(*played)[0] == ["purr", "peekaboo"]


def test_a_sound_that_nobody_knows_is_a_fault_by_name() -> None:
    desk = Desk()
    wish = Decision(Mode.ENGAGED, "test", (Sound(CAUSE, "growl"), Sound(CAUSE, "purr")), fresh=True)
    review = desk.guard.review(wish, Scene())
    assert review.intents == (Sound(CAUSE, "purr"),)
    (request,) = review.requests
    assert isinstance(request, BenchBehavior)
    assert "'growl'" in str(request.error)


@pytest.mark.parametrize(("hour", "may"), [(23, False), (3, False), (8, True), (21, True)])
def test_it_begins_no_talk_in_quiet_hours_but_answers(hour: int, *, may: bool) -> None:
    desk = Desk(NOON.replace(hour=hour))
    assert ("greet_first_today" in desk.review(say("greet_first_today", Role.OPENING))[0]) is may
    assert ("answer_thanks" in desk.review(say("answer_thanks"))[0]) is may  # nobody said anything
    desk.hear("thank you")
    assert "answer_thanks" in desk.review(say("answer_thanks"))[0]


@pytest.mark.parametrize(
    ("start", "end", "moment", "held"),
    [
        (time(22), time(7), time(23), True),
        (time(22), time(7), time(7), False),
        (time(1), time(5), time(3), True),
        (time(1), time(5), time(6), False),
        (time(5), time(5), time(5), False),
    ],
)
def test_quiet_hours_run_over_midnight(start: time, end: time, moment: time, *, held: bool) -> None:
    assert QuietHours(start, end).hold(moment) is held


@pytest.mark.parametrize("language", TABLES.languages)
def test_no_phrase_of_the_tables_claims_a_feeling(language: str) -> None:
    sentences = Sentences.load()
    claims = [text for key in TABLES.keys for text in TABLES.variants(key, language) if sentences.breaks(4, text)]
    assert claims == []


def test_a_claim_that_came_in_by_a_slot_is_stopped() -> None:
    desk = Desk()
    desk.review(say("answer_thanks"))
    held = Say(CAUSE, "answer_repeat", text="I said: I love you")
    names, verdicts = desk.review(held)
    assert names == []
    assert verdicts[0].duty == 4


@pytest.mark.parametrize("language", TABLES.languages)
def test_no_farewell_asks_or_holds_back(language: str) -> None:
    for key in ("farewell", "good_night"):
        for text in TABLES.variants(key, language):
            assert "?" not in text
            assert len(text.split()) <= 12


def test_the_farewell_takes_ten_seconds_at_most_even_if_it_comes_late() -> None:
    desk = Desk()
    desk.review(say("answer_thanks"))
    desk.hear("goodbye")
    desk.wait(timedelta(seconds=11).total_seconds())
    assert desk.review(say("farewell", Role.FAREWELL))[0] == []


def test_hush_is_the_first_thing_done() -> None:
    desk = Desk()
    desk.hear("stop")
    wish = Decision(Mode.ENGAGED, "test", (say("answer_thanks"),), fresh=True, diary=desk.diary)
    done, _, _ = desk.guard.review(wish, Scene(t=0.0))
    assert isinstance(done[0], Hush)
