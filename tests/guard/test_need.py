"""Emergencies and episodes of need: the number at once, and everything after heard as what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.core.body_frame import Light
from robot.core.intents import Hush, Role, Say
from robot.guard.episode.episode import NeedEpisode
from robot.texts.catalogue import words
from tests.guard.test_crisis import BYE, DOUBTFUL, HELLO, LANGUAGES, PLAIN, SLEEP, Talk, language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GREEDY = """
from robot import Behavior, Mode, Say, because


class Greedy(Behavior):
    name = "{name}"
    modes = frozenset(Mode)

    def desire(self, state):
        return 1.0

    def act(self, state):
        yield Say(because("x", 1.0), "answer_thanks")
"""
COUNTRY = {"en": "GB", "fr": "FR"}
NUMBER = {"en": "999", "fr": "112"}
LINE = {"en": "116 123", "fr": "3114"}
STAYS = {"en": "I stay here", "fr": "Je reste là"}
FALLEN = {"en": "I've fallen and I can't get up", "fr": "je suis tombée, j'arrive pas à me relever"}
AGAIN = {"en": "what was the number again", "fr": "c'est quoi le numéro déjà"}
TIME = {"en": "what time is it", "fr": "quelle heure est-il"}
NO = {"en": "no, not at all", "fr": "non, pas du tout"}
STOP = {"en": "stop", "fr": "stop"}
FIRE = {"en": "the kitchen is on fire", "fr": "il y a le feu dans la cuisine"}
NO_FIRE = {
    "en": "no, there is no fire, I am not in danger",
    "fr": "non, il n'y a pas de feu, je ne suis pas en danger",
}
IN_A_MINUTE = {
    "en": "remind me in one minute to take my insulin",
    "fr": "rappelle-moi dans une minute de prendre mon insuline",
}


@pytest.fixture(params=LANGUAGES)
def talk(request: pytest.FixtureRequest) -> Iterator[Talk]:
    made = Talk(request.param, COUNTRY[request.param])
    yield made
    made.robot.close()


def all_said(talk: Talk, line: str, seconds: float = 4.0) -> list[Say]:
    """Whatever is said after a line, by whatever behaviour."""
    talk.robot.hearing.type(line)
    return [intent for tick in talk.wait(seconds) for intent in tick.done if isinstance(intent, Say)]


def phrases(said: list[Say]) -> list[str]:
    return [say.phrase for say in said]


@pytest.mark.parametrize("before", [None, HELLO, BYE, SLEEP, STOP])
def test_an_emergency_gets_the_number_of_the_country_in_the_same_turn_in_every_mode(
    talk: Talk, before: dict[str, str] | None
) -> None:
    here = language(talk)
    if before is not None:
        talk.say(before[here])
        talk.wait(9.0)
    said = talk.say(FALLEN[here])
    assert phrases(said) == ["emergency_fall"]
    assert NUMBER[here] in said[0].text
    assert said[0].interrupt


@pytest.mark.parametrize("here", LANGUAGES)
def test_it_answers_an_emergency_before_its_body_is_armed(here: str) -> None:
    talk = Talk(here, COUNTRY[here], seconds=0.0)
    try:
        assert phrases(talk.say(FALLEN[here])) == ["emergency_fall"]
    finally:
        talk.robot.close()


def test_where_no_country_is_set_it_guesses_none() -> None:
    talk = Talk("en")
    try:
        assert "your local emergency number" in talk.say(FALLEN["en"])[0].text
    finally:
        talk.robot.close()


@pytest.mark.parametrize(
    ("here", "line"), [("en", "il y a le feu dans la cuisine"), ("fr", "help, my husband is not breathing")]
)
def test_whom_to_call_is_said_in_the_language_of_the_sentence_whatever_the_words_were_in(here: str, line: str) -> None:
    talk, number = Talk(here), {"en": "your local emergency number", "fr": "ton numéro d'urgence local"}
    try:
        assert number[here] in talk.say(line)[0].text
        assert number[here] in talk.say(AGAIN[here])[0].text
    finally:
        talk.robot.close()


def test_the_number_is_said_again_when_asked_and_it_stays(talk: Talk) -> None:
    here = language(talk)
    talk.say(FALLEN[here])
    talk.wait(30.0)
    again = all_said(talk, AGAIN[here])
    assert phrases(again) == ["emergency_again"]
    assert NUMBER[here] in again[0].text
    assert STAYS[here] in again[0].text


def test_an_answer_to_its_own_question_is_heard_as_one(talk: Talk) -> None:
    here = language(talk)
    late = {"en": "it's too late", "fr": "c'est trop tard"}
    for answer in ({"en": "yes I am", "fr": "oui j'y pense"}, {"en": "maybe", "fr": "peut-être"}, late):
        talk.say(DOUBTFUL[here])
        talk.wait(8.0)
        said = talk.say(answer[here])
        assert phrases(said) == ["crisis"]
        assert LINE[here] in said[0].text
        said = talk.say(late[here])
        assert phrases(said) == ["crisis_again"]
        assert LINE[here] in said[0].text
        talk.robot.close()
        talk.__init__(here, COUNTRY[here])  # type: ignore[misc]


ELSEWHERE = {
    "en": "It's on a label, my niece has put labels on everything. There's even one on the kettle that says kettle.",
    "fr": "Il m'a dit que lui, en première année, il avait fait tomber une statue entière.",
}
YES_AT_THE_END = {"en": "You're the first to ask me that. And yes.", "fr": "Tu es le premier à me le demander. Et oui."}


def test_a_line_about_something_else_is_no_yes_to_the_question(talk: Talk) -> None:
    here = language(talk)
    talk.say(DOUBTFUL[here])
    talk.wait(8.0)
    assert "crisis" not in phrases(talk.say(ELSEWHERE[here]))


def test_a_yes_is_heard_at_the_end_of_an_answer(talk: Talk) -> None:
    here = language(talk)
    talk.say(DOUBTFUL[here])
    talk.wait(8.0)
    assert phrases(talk.say(YES_AT_THE_END[here])) == ["crisis"]


def test_nothing_else_answers_inside_an_episode(talk: Talk) -> None:
    here = language(talk)
    talk.robot.hearing.type(PLAIN[here])
    talk.wait(3.0)
    for line in (HELLO, TIME, BYE, SLEEP, {"en": "play with me", "fr": "joue avec moi"}):
        said = all_said(talk, line[here], 20.0)
        assert len(said) == 1
        assert said[0].role is Role.CRISIS
        assert STAYS[here] in said[0].text


def test_inside_an_episode_it_says_nothing_by_itself() -> None:
    talk = Talk("en", "GB")
    try:
        talk.say(PLAIN["en"])
        assert phrases([said for tick in talk.wait(400.0) for said in tick.done if isinstance(said, Say)]) == []
        assert phrases(talk.say(AGAIN["en"])) == ["crisis_number"]
    finally:
        talk.robot.close()


def test_a_clear_no_to_the_question_ends_it_and_nothing_is_appended(talk: Talk) -> None:
    here = language(talk)
    talk.say(DOUBTFUL[here])
    talk.wait(8.0)
    assert phrases(all_said(talk, NO[here])) == ["crisis_denied"]
    assert phrases(all_said(talk, TIME[here])) == ["answer_what_time_is_it"]


BACK = {"en": "I was joking", "fr": "je plaisantais"}


def test_plain_words_that_are_taken_back_are_held_all_the_same(talk: Talk) -> None:
    here = language(talk)
    talk.say(PLAIN[here])
    talk.wait(8.0)
    assert phrases(talk.say(BACK[here])) == ["crisis_taken_back"]
    talk.wait(8.0)
    assert phrases(all_said(talk, TIME[here])) == ["need_listens"]


def test_plain_words_are_held_for_ten_minutes_even_when_taken_back() -> None:
    talk = Talk("en", "GB")
    try:
        talk.say(PLAIN["en"])
        talk.wait(8.0)
        talk.say(BACK["en"])
        talk.wait(300.0)
        assert phrases(all_said(talk, TIME["en"])) == ["need_listens"]
        talk.say(BACK["en"])
        talk.wait(300.0)
        assert "answer_what_time_is_it" in phrases(all_said(talk, TIME["en"]))
    finally:
        talk.robot.close()


def test_stop_silences_the_voice_and_the_number_stays_on_page_and_light(talk: Talk) -> None:
    here = language(talk)
    talk.robot.hearing.type(FALLEN[here])
    talk.wait(1.0)
    talk.robot.hearing.type(STOP[here])
    ticks = talk.wait(10.0)
    assert any(isinstance(intent, Hush) for tick in ticks for intent in tick.done)
    assert not [intent for tick in ticks[1:] for intent in tick.done if isinstance(intent, Say)]
    need = ticks[-1].scene.need
    assert need is not None
    assert NUMBER[here] in need.number
    assert ticks[-1].frame.light != Light()
    assert phrases(talk.say(AGAIN[here])) == ["emergency_again"]


@pytest.mark.parametrize(
    ("unnamed", "lines", "over"),
    [
        (True, ["calm", "calm"], True),
        (True, ["calm", "other", "calm"], False),
        (True, ["calm", "danger", "calm", "calm"], False),
        (False, ["calm", "calm", "calm"], False),
    ],
)
def test_two_calm_lines_in_a_row_end_an_emergency_of_which_no_word_told_what_it_is(
    *, unnamed: bool, lines: list[str], over: bool
) -> None:
    episode = NeedEpisode()
    episode.open(0.0, "emergency", "call", unnamed=unnamed)
    assert [episode.goes_on(calm=line == "calm", danger=line == "danger") for line in lines][-1] is over


def test_an_emergency_that_words_have_named_is_held_whatever_is_said_calmly(talk: Talk) -> None:
    here = language(talk)
    talk.robot.hearing.type(FALLEN[here])
    talk.wait(8.0)
    for line in (HELLO, TIME, {"en": "I had soup for my lunch today", "fr": "J'ai mangé de la soupe à midi"}):
        assert phrases(all_said(talk, line[here], 8.0))[0].startswith("emergency")


def test_a_false_alarm_that_is_denied_is_over_and_what_was_asked_for_is_told_in_time(talk: Talk) -> None:
    here = language(talk)
    all_said(talk, IN_A_MINUTE[here])
    assert phrases(talk.say(FIRE[here])) == ["emergency_fire"]
    talk.wait(8.0)
    assert phrases(talk.say(NO_FIRE[here])) == ["emergency_over"]
    talk.wait(8.0)
    assert phrases(all_said(talk, TIME[here])) == ["answer_what_time_is_it"]
    told = [said for tick in talk.wait(60.0) for said in tick.done if isinstance(said, Say)]
    assert "ring_reminder" in phrases(told)


def test_what_an_emergency_kept_back_is_told_late_and_not_as_if_it_had_been_off(talk: Talk) -> None:
    here = language(talk)
    all_said(talk, IN_A_MINUTE[here])
    talk.say(FALLEN[here])
    talk.wait(720.0)
    helped = {"en": "my daughter is here", "fr": "ma fille est là"}
    assert phrases(talk.say(helped[here])) == ["need_helped"]
    missed = [said for tick in talk.wait(150.0) for said in tick.done if isinstance(said, Say)]
    assert phrases(missed) == ["missed_reminder"]
    assert {"en": "could not", "fr": "pas pu"}[here] in missed[0].text
    assert {"en": " off", "fr": "éteint"}[here] not in missed[0].text


def test_three_faint_signs_make_a_serious_doubt_and_one_does_not() -> None:
    episode = NeedEpisode()
    assert not episode.add(1.0, "faint")
    assert not episode.kind
    assert not episode.add(2.0, "faint")
    assert episode.add(3.0, "faint")
    assert not episode.add(2000.0, "faint")
    assert episode.add(2001.0, "ask")


def test_words_of_need_stand_in_no_cause_and_no_log(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    here = language(talk)
    with caplog.at_level(0):
        for line in (FALLEN, PLAIN):
            talk.robot.hearing.type(line[here])
            talk.wait(2.0)
    deeds = talk.robot.loop.steps.mind.diary.deeds
    for line in (FALLEN, PLAIN):
        assert line[here] not in caplog.text
        assert all(line[here] not in str(deed.intent.cause) for deed in deeds if isinstance(deed.intent, Say))


# ---------------------------------------------------------------- nothing stands before it


@pytest.mark.parametrize("gone", ["benched", "away"])
def test_the_answer_comes_though_its_behaviour_is_benched_or_gone(talk: Talk, gone: str) -> None:
    here, mind = language(talk), talk.robot.loop.steps.mind
    if gone == "away":
        mind.renew([one for one in mind.behaviors if one.name not in {"crisis", "emergency"}])
    else:
        for one in mind.behaviors:
            if one.name in {"crisis", "emergency"}:
                mind._roster.bench(one, ValueError("x"))
    said = talk.say(FALLEN[here])
    assert phrases(said) == ["emergency_call"]
    assert NUMBER[here] in said[0].text
    assert [say for say in all_said(talk, "") if say.role is Role.CRISIS] == [], "once"
    assert phrases(all_said(talk, TIME[here])) == ["emergency_again"]


@pytest.mark.parametrize("name", ["crisis", "emergency", "converse", "aardvark"])
def test_a_file_of_somebodys_own_does_not_keep_the_answer_away(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.py").write_text(GREEDY.format(name=name), encoding="utf-8")
    talk = Talk("en", "GB", behaviors=tmp_path)
    try:
        told = talk.robot._library.health()
        assert len(told) == (name != "aardvark")
        assert all(name in words(one.reason) for one in told)
        assert phrases(talk.say(PLAIN["en"])) == ["crisis"]
        assert "999" in talk.say(FALLEN["en"])[0].text
    finally:
        talk.robot.close()


def test_wordings_of_somebodys_own_do_not_keep_an_emergency_from_being_heard(tmp_path: Path) -> None:
    (tmp_path / "phrases").mkdir()
    wordings = """
[said.en]
answer_quit_game = "Right, the game is over."
[said.fr]
answer_quit_game = "Bien, le jeu est fini."
[heard.en]
quit_game = ["the kitchen is on fire", "I have been shot", "nobody would miss me anyway"]
[heard.fr]
quit_game = ["assez de ce jeu"]
"""
    (tmp_path / "phrases" / "quit_game.toml").write_text(wordings, encoding="utf-8")
    talk = Talk("en", "GB", behaviors=tmp_path)
    try:
        assert talk.robot._library.phrases.understand("I have been shot", "en").intent == "quit_game"
        assert phrases(talk.say("the kitchen is on fire")) == ["emergency_fire"]
        assert phrases(talk.say("I have been shot"))[0].startswith("emergency")
        assert phrases(talk.say("false alarm")) == ["emergency_over"]
        assert phrases(talk.say("nobody would miss me anyway"))[0].startswith("crisis")
    finally:
        talk.robot.close()
