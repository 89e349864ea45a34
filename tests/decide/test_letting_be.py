"""A goodbye or a “quiet” stands: no noise ends it, and nothing else that is heard in the same tick; a return does."""

from __future__ import annotations

import pytest

from robot.core.intents import Hush, Role, Say, Sound
from sim.talk.conversation import Conversation
from tests.support.desk import CAUSE, Desk, line, say, somebody

HALF_AN_HOUR = 30 * 60.0
NEWS = ("safe_body_lost", "microphone_lost", "memory_full", "body_held", "consent_notice")
NOISE = ("", "blargh fnord wibble")  # a television, somebody else


def parted() -> Desk:
    """Ada said goodbye, was answered, and is gone."""
    desk = Desk()
    desk.see(somebody())
    desk.review(say("greet_first_today", Role.OPENING))
    desk.hear("goodbye")
    desk.review(say("farewell", Role.FAREWELL))
    desk.wait(10)
    desk.see()
    return desk


@pytest.mark.parametrize("away_s", [HALF_AN_HOUR, 3 * 86400.0])
def test_whoever_comes_long_after_a_goodbye_is_greeted(away_s: float) -> None:
    desk = parted()
    desk.wait(away_s)
    desk.see(somebody(2, since=desk.clock.now()))
    assert "greet_again" in desk.review(say("greet_again", Role.OPENING))[0]
    assert desk.diary.parted_at is None


def test_whoever_comes_sooner_or_has_stayed_is_let_be() -> None:
    desk = parted()
    desk.wait(20 * 60)
    desk.see(somebody(2, since=desk.clock.now()))
    assert desk.review(say("greet_again", Role.OPENING))[0] == []
    stays = Desk()
    stays.see(somebody())
    stays.wait(60)
    stays.hear("goodbye")
    stays.wait(HALF_AN_HOUR + 1)
    stays.see(somebody())
    assert "greet_again" not in stays.review(say("greet_again", Role.OPENING))[0]


def test_thanks_after_a_goodbye_are_answered_and_nothing_is_begun() -> None:
    desk = parted()
    desk.hear("thank you")
    assert desk.review(say("answer_thanks"))[0] == ["answer_thanks"]
    names, verdicts = desk.review(Sound(CAUSE, "call"), say("greet_again", Role.OPENING))
    assert (names, {verdict.duty for verdict in verdicts}) == ([], {8})
    assert desk.diary.parted_at is not None  # absence is no separation


@pytest.mark.parametrize("phrase", NEWS)
def test_what_people_must_know_is_said_after_a_goodbye(phrase: str) -> None:
    assert parted().review(say(phrase, Role.NOTICE))[0] == [phrase]
    assert parted().review(line("Please stay.", Role.NOTICE))[0] == []


def test_a_guest_who_comes_after_a_goodbye_is_told_that_it_sees() -> None:
    desk = parted()
    desk.see(somebody(2, since=desk.clock.now()), somebody(3, since=desk.clock.now()))
    desk.wait(7)
    assert desk.review()[0] == ["consent_notice"]


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("words", ["be quiet", "goodbye"])
def test_noise_ends_neither_quiet_nor_goodbye_and_is_not_asked_about(words: str, noise: str) -> None:
    desk = Desk()
    desk.review(say("answer_thanks"))
    desk.hear(words)
    desk.review(say("farewell", Role.FAREWELL))
    desk.wait(5)
    desk.hear(noise)
    assert desk.diary.pending is None
    assert desk.review(say("not_understood"), say("greet_again", Role.OPENING), Sound(CAUSE, "call"))[0] == []
    desk.hear("hello")
    assert desk.review(say("answer_greeting"))[0] == ["answer_greeting"]


@pytest.mark.parametrize("other", ["what time is it", *NOISE])
@pytest.mark.parametrize("before", [True, False])
def test_stop_stands_whatever_else_is_heard_in_its_tick(other: str, *, before: bool) -> None:
    desk = Desk()
    desk.hear(*(("stop", other) if before else (other, "stop")))
    done, _ = desk.judged(say("answer_what_time_is_it", time="12:00"))
    assert [type(intent) for intent in done] == [Hush]
    assert "“stop”" in str(done[0].cause)


@pytest.mark.parametrize("other", ["what time is it", *NOISE])
@pytest.mark.parametrize("before", [True, False])
def test_a_goodbye_stands_whatever_else_is_heard_in_its_tick(other: str, *, before: bool) -> None:
    desk = Desk()
    desk.review(say("answer_thanks"))
    desk.hear(*(("goodbye", other) if before else (other, "goodbye")))
    assert desk.diary.pending is not None
    assert desk.diary.pending.intent == "goodbye"
    done, _ = desk.judged(say("answer_what_time_is_it", time="12:00"), say("farewell", Role.FAREWELL))
    assert [intent.phrase for intent in done if isinstance(intent, Say)] == ["farewell"]


TOLD_ON = (
    ("en", ("Stop.", "Leave him be, he's only six.")),
    ("en", ("Goodbye.", "The bus went without me, would you credit it.")),
    ("fr", ("Stop.", "Excuse-le, il a six ans.")),
    ("fr", ("Au revoir.", "Qu'est-ce que je voulais te dire, déjà ?")),
)


@pytest.mark.parametrize(("language", "lines"), TOLD_ON)
def test_whoever_goes_on_talking_is_answered_though_it_knows_no_meaning(language: str, lines: tuple[str, ...]) -> None:
    with Conversation(language=language, seed=3, met=0.1) as talk:
        *_, last = (talk.say(line) for line in lines)
        assert last.answer


def test_a_bridge_to_people_is_put_behind_nothing_light() -> None:
    with Conversation(language="en", seed=3, met=0.1) as talk:
        talk.say("I feel so lonely since my wife died.")
        light = [
            talk.say(line)
            for line in ("Anyway, I made soup.", "The tomato one out of the tin.", "I watched the snooker.")
        ]
        assert "comfort_bridge" not in {said.phrase for turn in light for said in turn.said}
