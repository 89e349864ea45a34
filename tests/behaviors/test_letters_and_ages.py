"""Letters are counted, numbers said in their order, and a year of birth becomes an age; what only sounds so is not."""

from __future__ import annotations

import pytest

from tests.support.talk import last_answer

ANSWERED = {
    "en": {
        "How many r's are in strawberry?": "3: S, T, R, A, W, B, E, R, R, Y",
        "How many times does the letter e appear in cheese?": "3: C, H, E, E, S, E",
        "how many letters in elephant": "8: E, L, E, P, H, A, N, T",
        "Count to ten.": "1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
        "can you count backwards from five please": "5, 4, 3, 2, 1",
        "Count to a hundred!": "20",
        "count to twenty-one": "20",
        "How old is somebody who was born in 1939?": "87",
        "I was born in nineteen fifty-two, how old does that make me?": "74",
        "If I was born in '04, how old am I?": "22",
    },
    "fr": {
        "Combien de r dans « réfrigérateur » ?": "4 : R, E accent aigu",
        "Il y a combien de lettres dans girafe ?": "6 : G, I, R, A, F, E",
        "Compte jusqu'à dix.": "1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
        "Tu peux compter à rebours de cinq ?": "5, 4, 3, 2, 1",
        "Tu sais compter jusqu'à cent ?": "20",
        "Ça fait quel âge, quelqu'un qui est né en trente-neuf ?": "87",
        "Je suis née en mille neuf cent quarante-huit, j'ai quel âge ?": "78",
    },
}
OTHERS = {
    "en": (
        "how many I have in the freezer",
        "How many a day do you take in the summer?",
        "Mummy says count to ten when you are cross.",
        "My dad was born in 39. How old was he in the war?",
        "I was born in 1948. How old are you?",
        "How many letters did I get today?",
        "How many is in hospital now?",
        "What age did he die? He was born in 1920.",
    ),
    "fr": (
        "Combien de personnes dans la salle ?",
        "Il faut compter jusqu'à dix quand on est fâché, dit maman.",
        "Je suis né en 1948. Et toi, quel âge as-tu ?",
    ),
}
PHRASES = {"spelling_count", "count_aloud", "count_too_far", "calculate_age"}
CASES = [(language, line, part) for language, lines in ANSWERED.items() for line, part in lines.items()]


@pytest.mark.parametrize(("language", "line", "part"), CASES)
def test_it_answers_what_can_be_counted(language: str, line: str, part: str) -> None:
    said = last_answer(language, line).said
    assert [one.phrase for one in said if one.phrase in PHRASES]
    assert part in said[0].text


@pytest.mark.parametrize(
    ("language", "line"), [(language, line) for language, lines in OTHERS.items() for line in lines]
)
def test_what_only_sounds_so_is_something_else(language: str, line: str) -> None:
    assert PHRASES.isdisjoint(one.phrase for one in last_answer(language, line).said)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Can I tell you something?"),
        ("en", "Want to hear something funny?"),
        ("en", "Shall I tell you about my day?"),
        ("fr", "Je peux te raconter un truc ?"),
        ("fr", "Tu veux que je te raconte mon rêve ?"),
    ],
)
def test_who_offers_to_tell_is_bidden_to(language: str, line: str) -> None:
    assert last_answer(language, line).intent == "wants_listen"


@pytest.mark.parametrize(
    ("line", "phrase"),
    [("Do you want to hear a joke?", "remark_offers_me_a_joke"), ("Can I tell you a secret?", "answer_keep_a_secret")],
)
def test_a_joke_or_a_secret_is_more_than_something(line: str, phrase: str) -> None:
    assert last_answer("en", line).said[0].phrase == phrase
