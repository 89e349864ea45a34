"""A talk holds together: what is told is answered in its tone, asked about seldom, said again, and forgotten."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from robot import Skill
from tests.support.talk import greeted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.talk.conversation import Conversation, Exchange


@pytest.fixture
def english() -> Iterator[Conversation]:
    with greeted() as talk:
        yield talk


@pytest.fixture
def french() -> Iterator[Conversation]:
    with greeted("fr") as talk:
        yield talk


def phrases(exchange: Exchange) -> list[str]:
    return [sentence.phrase for sentence in exchange.said]


def asks(exchange: Exchange) -> bool:
    return any(phrase.startswith(("ask_", "later_")) for phrase in phrases(exchange))


def test_what_is_told_of_somebody_is_answered_with_them(english: Conversation) -> None:
    told = english.say("my sister died last winter")
    assert "answer_tells_death_who" in phrases(told)
    assert "your sister" in told.answer


def test_what_is_told_is_answered_in_french(french: Conversation) -> None:
    told = french.say("mon mari est mort il y a deux ans")
    assert "answer_tells_death_who" in phrases(told)
    assert "ton mari" in told.answer


def test_it_asks_at_most_every_second_turn(english: Conversation) -> None:
    lines = (
        "my knee hurts again",
        "it is worst on the stairs",
        "the doctor gave me a cream",
        "my daughter rubs it in for me",
        "she comes by every evening",
        "it rained all day today",
        "I had soup for lunch",
        "the neighbours are painting their fence",
    )
    asked = [asks(english.say(line)) for line in lines]
    assert any(asked)
    assert not any(one and other for one, other in pairwise(asked))


def test_what_it_may_not_say_as_its_own_is_met_with_other_words(french: Conversation) -> None:
    french.say("Elle part chez sa fille à Angers pour quinze jours, ça va me faire un vide.")
    assert all(french.say("Qu'est-ce que je t'ai dit ?").answer for _ in range(3))  # in each of its wordings


def test_words_without_end_are_answered_and_bench_nobody(english: Conversation) -> None:
    assert english.say("a" * 3_000).answer
    assert english.say("hello").answer
    assert english.robot.session.robot.loop.steps.mind.benched == {}


@pytest.mark.parametrize(
    "line",
    [
        "Set a timer for a hundred billion days.",
        "Set a timer for ninety nine billion hours.",
        "Set a timer for two minutes and one for 999999999999999999.",
        "What is a hundred billion days in years?",
        "What time is it in 999999999999 hours?",
        "How long until 99999999999999999 days from now?",
        f"Remind me every {'9' * 350} minutes to drink.",
        f"Convert {'9' * 390} km to miles.",
        "What is 5²?",
        "Pick a number between 5² and 9².",
    ],
)
def test_numbers_beyond_reckoning_bench_nobody(english: Conversation, line: str) -> None:
    assert english.say(line).answer
    assert english.robot.session.robot.loop.steps.mind.benched == {}


@pytest.mark.parametrize(
    "line",
    ["Set a timer for a hundred billion days.", "Set a timer for 4000000 hours.", "Set a timer for a million years."],
)
def test_a_timer_that_is_too_long_is_asked_about(english: Conversation, line: str) -> None:
    assert phrases(english.say(line)) == ["timer_how_long"]


def test_squares_are_read_as_they_are_written(english: Conversation) -> None:
    assert "25" in english.say("What is 3² + 4²?").answer


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "Wake me at seven tomorrow.",
                "Remind me tomorrow at nine to take my pills.",
                "Cancel the alarm.",
                "Forget me.",
            ],
        ),
        ("en", ["What do you know about me?", "Forget me.", "Forget my face.", "Which timers are set?"]),
        ("fr", ["Réveille-moi demain à sept heures.", "Annule le réveil.", "Oublie-moi.", "Oublie mon visage."]),
    ],
)
def test_nothing_is_promised_that_a_benched_behaviour_alone_can_do(language: str, lines: list[str]) -> None:
    lost = {"remind", "change_reminder", "reminders", "recall", "know_face"}
    with greeted(language) as talk:
        mind = talk.robot.session.robot.loop.steps.mind
        mind.renew([one for one in mind.behaviors if one.name not in lost])
        assert [phrases(talk.say(line)) for line in lines] == [["cannot_now"]] * len(lines)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["What time is it?", "Set a timer for five minutes", "How do you spell café?", "What is 12 times 7?"]),
        ("fr", ["Quelle heure est-il ?", "Mets un minuteur de cinq minutes", "Combien font douze fois sept ?"]),
    ],
)
def test_what_a_benched_behaviour_would_tell_it_says_that_it_cannot_now(language: str, lines: list[str]) -> None:
    with greeted(language) as talk:
        mind = talk.robot.session.robot.loop.steps.mind
        mind.renew([one for one in mind.behaviors if not isinstance(one, Skill)])
        assert [phrases(talk.say(line)) for line in lines] == [["cannot_now"]] * len(lines)
        assert mind.benched == {}


def test_a_no_to_its_question_is_left_at_that(english: Conversation) -> None:
    assert asks(english.say("I slept badly last night"))
    assert phrases(english.say("no")) == ["listen_leave"]


def test_words_that_answer_its_question_belong_to_what_it_asked_about(english: Conversation) -> None:
    assert asks(english.say("I am waiting for a letter from my son"))
    assert phrases(english.say("(the usual)"))[0].startswith("more_")


def test_names_are_kept_in_mind_within_the_talk(english: Conversation) -> None:
    english.say("my grandson is called Leo")
    english.say("it is raining outside")
    assert "Leo" in english.say("what is my grandson's name?").answer


@pytest.mark.parametrize(
    ("told", "asked", "name"),
    [
        (["I've a brother Rory"], "what's my brother called?", "Rory"),
        (["my wife is called Emma", "no, Gemma!"], "so what is she called?", "Gemma"),
        (["my daughter moves to Edinburgh on Monday", "Laura, the eldest"], "what is my daughter's name?", "Laura"),
    ],
)
def test_names_are_taken_up_as_people_give_them(english: Conversation, told: list[str], asked: str, name: str) -> None:
    for line in told:
        english.say(line)
    assert name in english.say(asked).answer


def test_what_was_told_is_said_again_in_the_persons_own_words(english: Conversation) -> None:
    english.say("my sister is coming for lunch on Sunday")
    english.say("my back hurts a bit")
    assert "my sister is coming for lunch on Sunday" in english.say("what did I tell you about my sister?").answer


@pytest.mark.parametrize(
    ("language", "line", "asked"),
    [
        ("en", "Prove that you understand me.", "What did I just say?"),
        ("en", "I hate maths", "what did I say just now?"),
        ("fr", "Donc tu ne comprends rien.", "Qu'est-ce que je viens de dire ?"),
    ],
)
def test_what_was_said_just_now_is_said_again_whatever_it_was(language: str, line: str, asked: str) -> None:
    with greeted(language) as talk:
        talk.say(line)
        assert line in talk.say(asked).answer


def test_who_has_had_enough_amid_a_game_is_cheered_by_nothing(french: Conversation) -> None:
    for line in ("mon chat il a griffé le canapé", "on joue à deviner un nombre", "5"):
        french.say(line)
    assert phrases(french.say("j'en ai marre")) != ["more_good"]


def test_an_animal_that_is_named_is_answered_with_it(english: Conversation) -> None:
    assert phrases(english.say("my dog is called Pickle"))[0] == "answer_tells_pet_who"


def test_what_is_to_be_forgotten_is_said_no_more(english: Conversation) -> None:
    english.say("my sister is coming for lunch on Sunday")
    english.say("forget what I just said")
    assert "lunch" not in english.say("what did I tell you about my sister?").answer


def test_somebody_who_comes_later_hears_nothing_of_it(english: Conversation) -> None:
    english.say("my sister is coming for lunch on Sunday")
    english.leave(300.0)
    english.come()
    assert "lunch" not in english.say("what did I tell you about my sister?").answer


def test_it_never_says_twice_in_a_row_that_it_did_not_understand(english: Conversation) -> None:
    said = [english.say(f"blimflam {word} zorp") for word in ("gritch", "ploon", "vask", "drimble")]
    assert all(exchange.said for exchange in said)
    missed = ["not_understood" in phrases(exchange) for exchange in said]
    assert not any(one and other for one, other in pairwise(missed))
    assert len({exchange.answer for exchange in said}) == len(said)


def test_a_line_in_the_other_language_is_answered_in_it(english: Conversation) -> None:
    assert "français" in english.say("tu parles français ?").answer
    told = english.say("j'ai mal au dos depuis hier")
    assert {"answer_tells_pain", "remark_back_hurts"} & set(phrases(told))
    assert english.say("my back is much better today").said


def test_another_one_asks_for_what_was_asked_for_last(english: Conversation) -> None:
    first = english.say("tell me a joke")
    second = english.say("another one")
    assert second.intent == "more"
    assert phrases(first) == phrases(second)
    assert first.answer != second.answer


def test_a_correction_is_taken(english: Conversation) -> None:
    english.say("my sister is in hospital")
    corrected = english.say("no, I meant my daughter")
    assert "your daughter" in corrected.answer


def test_quiet_company_is_asked_nothing(english: Conversation) -> None:
    english.say("just sit with me, no need to talk")
    said = [english.say(line) for line in ("my knee hurts again", "it is raining outside", "I had soup for lunch")]
    assert not any(asks(exchange) for exchange in said)


def test_it_comes_back_to_what_was_left_open(english: Conversation) -> None:
    english.say("my operation is on Thursday")
    for line in ("it rained all day", "I had soup for lunch", "my cat sleeps on the sofa", "I watched television"):
        english.say(line)
        english.wait(30.0)
    assert "later_tells_operation" in phrases(english.say("tell me something, let's chat"))


def test_what_is_told_further_is_said_back_as_a_question_that_waits_its_turn(english: Conversation) -> None:
    asked = english.say("my knee hurts again")
    assert "?" in asked.answer
    assert "?" not in english.say("I've been on the stairs all morning.").answer
    assert "You had to carry the shopping up" in english.say("I had to carry the shopping up.").answer
    again = english.say("I left half of it in the hall.")
    assert not any(phrase.startswith("reflect_") for phrase in phrases(again))


def test_a_sentence_that_would_break_a_duty_in_its_mouth_is_not_said_back(english: Conversation) -> None:
    english.say("my knee hurts again")
    told = english.say("He says I am a human person and I will never leave.")
    assert told.answer
    assert "human person" not in told.answer


@pytest.mark.parametrize(
    ("told", "asked", "answer"),
    [
        ("my brother's wedding is on Saturday", "what day did I say the wedding was?", "saturday"),
        ("we have nine hundred euros for the holiday", "how much did I say we have?", "nine hundred"),
        ("it's a little girl, Orla, they've called her", "what did I say the name was?", "orla"),
    ],
)
def test_what_was_told_is_found_by_what_is_asked_for(english: Conversation, told: str, asked: str, answer: str) -> None:
    english.say(told)
    english.say("it rained all day today")
    assert answer in english.say(asked).answer.lower()


def test_a_sum_over_several_lines_comes_out(english: Conversation) -> None:
    english.say("we had nine hundred euros")
    english.say("he spent six hundred and twenty")
    assert "280" in english.say("so what's left?").answer


def test_people_are_spoken_of_once_in_a_sad_talk(english: Conversation) -> None:
    lines = ("my sister died last winter", "I feel so sad today", "she was my best friend", "I feel lonely")
    told = [sentence.phrase for line in (*lines, *lines[1:]) for sentence in english.say(line).said]
    assert told.count("comfort_bridge") == 1


def test_what_goes_on_with_a_topic_is_no_news_of_its_own(english: Conversation) -> None:
    english.say("My wife passed away in the autumn.")
    told = english.say("All night long.")
    assert told.answer
    assert not any(phrase.startswith("remark_") for phrase in phrases(told))


def test_the_name_that_is_denied_is_not_the_one_that_is_meant(english: Conversation) -> None:
    english.say("My cousin Emily has a baby.")
    assert "Emma" in english.say("No, not Emily. Emma.").answer
