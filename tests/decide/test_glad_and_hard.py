"""What is good is met gladly, and what is hard as such; nobody is pitied or led to people without a reason."""

from __future__ import annotations

import pytest

from robot.core.meanings import tone_of
from robot.core.tone import sound_of
from tests.support.talk import greeted, last_answer, phrases


def test_nobody_is_pitied_for_what_is_not_clearly_sad() -> None:
    assert not any("hard" in phrase for phrase in phrases("en", "Last time he put my remote in the dishwasher."))
    assert phrases("fr", "J'ai raté mon contrôle")[0] == "reflect_hard"


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["I got 9 out of 10 on my spellings and the one I got wrong was 'necessary'."]),
        ("en", ["It's raining again.", "My teacher said I was the fastest at times tables."]),
        ("en", ["My sister's graduation is on Friday, the whole family's coming."]),
        ("fr", ["J'ai eu 17 en dictée et la maîtresse a dit que j'étais la plus forte"]),
        ("fr", ["Il fait beau.", "Demain c'est les promotions du petit, toute la famille descend"]),
    ],
)
def test_what_is_plainly_good_is_met_gladly(language: str, lines: list[str]) -> None:
    met = last_answer(language, *lines)
    assert sound_of(tone_of(met.intent)) == "good"
    assert "_good" in met.said[0].phrase or met.said[0].phrase.startswith(f"answer_{met.intent}")


@pytest.mark.parametrize(
    ("language", "line"), [("en", "I got three out of ten in maths."), ("en", "He passed away in May.")]
)
def test_what_only_begins_like_good_news_is_not_met_gladly(language: str, line: str) -> None:
    assert last_answer(language, line).intent != "tells_good"


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Himself left the immersion on all night, the eejit.", "more_nuisance"),
        ("en", "He's crashed the car again, the silly fool.", "more_nuisance"),
        ("fr", "Il a encore oublié ses clés, cette andouille.", "more_plain"),
    ],
)
def test_nobody_is_pitied_who_scolds_half_in_fun(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line)[0] == phrase


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "She didn't know who I was today. Forty years I've been her daughter."),
        ("en", "i think my best freind is ignoring me at lunch"),
        ("en", "My boyfriend dumped me by text."),
        ("fr", "Mon copain m'a larguée par message."),
        ("fr", "Il savait plus qui j'étais, ce matin."),
    ],
)
def test_a_blow_is_never_met_as_if_it_were_nothing(language: str, line: str) -> None:
    assert last_answer(language, line).intent in {"tells_hard", "tells_confused_other", "tells_breakup"}


def test_a_scolding_word_hides_no_death() -> None:
    assert phrases("en", "He's dead, the eejit.")[0] in {"more_hard", "answer_tells_death"}


@pytest.mark.parametrize(
    ("language", "hurts", "then"),
    [
        ("en", "My wife died last spring.", "What time is it?"),
        ("en", "My uncle died on Sunday.", "He was ninety, it's no surprise."),
        ("fr", "Mon voisin est mort.", "Cinq ans à se tourner le dos pour deux piquets."),
    ],
)
def test_no_people_are_pointed_to_behind_another_subject(language: str, hurts: str, then: str) -> None:
    assert "comfort_bridge" not in phrases(language, hurts, then)


@pytest.mark.parametrize(
    ("language", "tells", "then"),
    [
        (
            "en",
            "My grandson's got into the brass band!",
            "Stan would have been so proud. He's been gone six years in March.",
        ),
        (
            "fr",
            "Mon petit-fils est entré à la fanfare !",
            "Mon mari aurait tant aimé voir ça. Ça fait six ans qu'il est mort.",
        ),
    ],
)
def test_what_is_hard_is_met_so_amid_something_else(language: str, tells: str, then: str) -> None:
    assert phrases(language, tells, then)[0].startswith(("more_hard", "answer_tells_death"))


def test_people_are_pointed_to_in_the_silence_after_what_hurt() -> None:
    with greeted("en") as talk:
        talk.say("I feel so lonely.")
        assert [one.phrase for one in talk.wait(16).said] == ["comfort_bridge"]
