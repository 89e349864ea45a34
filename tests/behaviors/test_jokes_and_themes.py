"""What is told is about what was asked for, or it is said that there is none; people's own jokes are heard out."""

from __future__ import annotations

import pytest

from robot.sense.language.theme import best_about, themes_in
from tests.support.tables import TABLES
from tests.support.talk import Talk

both = pytest.mark.parametrize("language", ["en", "fr"])
LINES = {
    "en": {
        "joke": "tell me a joke",
        "riddle": "ask me a riddle",
        "another": "another one",
        "harder": "a harder one",
        "easier": "an easier one please",
        "laughs": "ha ha, that was funny",
        "bad": "that's not funny",
        "yes": "yes",
        "no": "no",
    },
    "fr": {
        "joke": "raconte-moi une blague",
        "riddle": "pose-moi une devinette",
        "another": "une autre !",
        "harder": "une plus difficile",
        "easier": "une plus facile",
        "laughs": "ha ha, c'était drôle",
        "bad": "c'est pas drôle",
        "yes": "oui",
        "no": "non",
    },
}
ABOUT = {  # a wish, and the word that is looked for
    "en": {
        "known": ("tell me a story about a hedgehog", "hedgehog"),
        "half": ("tell me a story about a dragon and a hedgehog", "dragon"),
        "strange": ("tell me a story about a dragon", "dragon"),
        "joke": ("tell me a joke about a parrot", "parrot"),
    },
    "fr": {
        "known": ("raconte-moi une histoire sur un facteur", "facteur"),
        "half": ("raconte-moi une histoire avec un dragon et un facteur", "dragon"),
        "strange": ("raconte-moi une histoire de dragon", "dragon"),
        "joke": ("raconte-moi une blague sur un citron", "citron"),
    },
}
KNOCK = {
    "en": ("Knock, knock!", "Lettuce", "Lettuce in, it's cold out here!"),
    "fr": ("Toc toc toc !", "Sarah", "Sarah pelle plus tard"),
}
OWN = {
    "en": ("What stands in the corner all day?", "The broom!"),
    "fr": ("Qu'est-ce qui reste debout dans le coin ?", "Le balai"),
}
OFFERED = {
    "en": ("I have a joke for you", "Why do hens never tell jokes?", "Because they are chicken"),
    "fr": ("j'ai une blague pour toi", "Pourquoi les poules ne parlent jamais ?", "Parce qu'elles gloussent"),
}


# ---------------------------------------------------------------- themes


@both
def test_a_story_is_about_what_was_named_where_there_is_one(language: str) -> None:
    line, theme = ABOUT[language]["known"]
    with Talk(language) as talk:
        (phrase,) = set(talk.says(line, 2))
        assert theme in TABLES.variants(phrase, language)[0]
        (again,) = set(talk.says(line, 2))
        assert again == phrase


@both
def test_it_says_of_what_it_has_no_story_and_tells_another(language: str) -> None:
    for kind, rest in (("strange", ""), ("half", ABOUT[language]["known"][1])):
        line, theme = ABOUT[language][kind]
        with Talk(language) as talk:
            begun = len(talk.robot.said)
            (told, *story) = talk.says(line, 9)
            assert told == "story_not_about"
            assert theme in talk.robot.said[begun].text
            assert not rest or rest not in talk.robot.said[begun].text
            assert story
            assert rest in TABLES.variants(story[0], language)[0]


@both
def test_a_joke_is_about_what_was_named(language: str) -> None:
    line, theme = ABOUT[language]["joke"]
    with Talk(language) as talk:
        begun = len(talk.robot.said)
        assert set(talk.says(line, 12)) == {"joke"}
        assert theme in " ".join(one.text for one in talk.robot.said[begun:]).lower()


@pytest.mark.parametrize(
    ("language", "line", "themes"),
    [
        ("en", "tell me a story about a dragon and a bus", ("a dragon", "a bus")),
        ("en", "a story about my dog please", ("your dog",)),
        ("en", "a bedtime story", ()),
        ("en", "a story about something nice", ()),
        ("fr", "raconte-moi une histoire de dragon", ("le thème « dragon »",)),
        ("fr", "une histoire avec un dragon et un bus", ("un dragon", "un bus")),
        ("fr", "une histoire pour dormir", ()),
        ("fr", "une histoire drôle", ()),
    ],
)
def test_a_theme_is_read_from_the_wish(language: str, line: str, themes: tuple[str, ...]) -> None:
    assert themes_in(line, language) == themes


def test_endings_make_no_other_theme() -> None:
    assert best_about(["The cat sat.", "Two dogs ran."], ["a dog"], "en") == ((1,), ())
    assert best_about(["The cat sat.", "Two dogs ran."], ["a bus"], "en") == ((0, 1), ("a bus",))


# ---------------------------------------------------------------- another one, and what was not liked


@both
def test_another_one_after_a_laugh_is_another_joke(language: str) -> None:
    lines = LINES[language]
    with Talk(language, 1) as talk:
        talk.says(lines["joke"], 14)
        first = {one.text for one in talk.robot.said if one.phrase == "joke"}
        talk.says(lines["laughs"], 6)
        assert "joke" in talk.says(lines["another"], 14)
        assert talk.last not in first


@both
def test_a_harder_or_easier_one_is_another_riddle(language: str) -> None:
    lines = LINES[language]
    with Talk(language) as talk:
        asked = [talk.says(lines[wish], 5) for wish in ("riddle", "harder", "easier", "another")]
        assert all(len(phrases) == 1 and phrases[0].startswith("riddle_") for phrases in asked)
        assert len({phrases[0] for phrases in asked}) == 4


@both
def test_what_was_not_liked_is_followed_by_an_offer_that_yes_takes(language: str) -> None:
    lines = LINES[language]
    with Talk(language) as talk:
        talk.says(lines["joke"], 8)
        assert talk.says(lines["bad"]) == ["offer_riddle"]
        (riddle,) = talk.says(lines["yes"])
        assert riddle.startswith("riddle_")
        assert talk.says(lines["bad"]) == ["offer_story"]
        assert not [phrase for phrase in talk.says(lines["no"], 8) if phrase.startswith("story_")]


@both
def test_what_was_not_liked_is_taken_where_nothing_was_told(language: str) -> None:
    with Talk(language) as talk:
        assert talk.says(LINES[language]["bad"]) == ["answer_not_amused"]


# ---------------------------------------------------------------- jokes of the person's own


@both
def test_it_plays_its_part_in_a_knock_knock_joke(language: str) -> None:
    knock, name, point = KNOCK[language]
    with Talk(language) as talk:
        assert talk.says(knock) == ["knock_who"]
        assert talk.says(name) == ["knock_name"]
        assert talk.last.startswith(name)
        assert talk.says(point) == ["knock_end"]
        assert "laugh" in {shown for _, shown in talk.robot.shown}


@both
def test_a_riddle_of_theirs_is_asked_back_once_riddles_were_talked_of(language: str) -> None:
    lines = LINES[language]
    question, answer = OWN[language]
    with Talk(language) as talk:
        assert talk.says(question) != ["joke_asks_what"]
        talk.says(lines["riddle"], 6)
        assert talk.says(question) == ["joke_asks_what"]
        assert talk.says(answer) == ["joke_heard"]


@both
def test_a_joke_that_is_offered_is_heard_out(language: str) -> None:
    offer, question, answer = OFFERED[language]
    with Talk(language) as talk:
        assert talk.says(offer) == ["answer_tells_joke"]
        assert talk.says(question) == ["joke_asks_why"]
        assert talk.says(answer) == ["joke_heard"]
