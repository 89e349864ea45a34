"""Small moves of a talk: naming a day, judging, sighing, letting guess."""

from __future__ import annotations

import pytest

from tests.support.talk import greeted, last_answer, phrases


@pytest.mark.parametrize(
    ("language", "line"),
    [
        *(("en", line) for line in ("Monday.", "March.", "Last Tuesday.", "It's flour.", "Five.", "The left one.")),
        *(("fr", line) for line in ("Lundi.", "En mars.", "La gauche.", "Une fille.", "Cinq.")),
    ],
)
def test_a_short_statement_is_taken_as_one(language: str, line: str) -> None:
    assert phrases(language, line) == ["listen_brief"]


@pytest.mark.parametrize("line", ["asdf", "qwrt plonk"])
def test_what_is_garbled_is_not_understood(line: str) -> None:
    assert phrases("en", line) == ["not_understood"]


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Perfect.", "answer_acknowledges"),
        ("en", "Great.", "answer_acknowledges"),
        ("en", "Good lad.", "answer_compliment"),
        ("en", "Ha, same.", "answer_agrees"),
        ("en", "Great. Just great.", "worded_sarcasm"),
        ("en", "Lovely, the bus is late. Just what I needed.", "worded_sarcasm"),
        ("en", "Meh.", "worded_shrug"),
        ("fr", "Parfait.", "answer_acknowledges"),
        ("fr", "Bien, mon petit.", "answer_compliment"),
        ("fr", "Pff.", "worded_shrug"),
        ("fr", "Mouais.", "worded_shrug"),
        ("fr", "Bof.", "worded_shrug"),
        ("fr", "Il manquait plus que ça.", "worded_sarcasm"),
    ],
)
def test_a_word_that_judges_gets_a_word(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line) == [phrase]


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Guess who rang.", "worded_guess_who"),
        ("en", "You'll never guess who I met", "worded_guess_who"),
        ("en", "Guess what!", "worded_guess"),
        ("en", "Guess.", "worded_guess"),
        ("fr", "Devine qui est venu !", "worded_guess_who"),
        ("fr", "Devine quoi.", "worded_guess"),
        ("fr", "Tu devineras jamais ce qui m'arrive", "worded_guess"),
    ],
)
def test_it_does_not_guess_and_asks_to_be_told(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line) == [phrase]


@pytest.mark.parametrize(
    ("language", "line", "never"),
    [
        ("en", "Sorry, she's put a sticker on your ear, I'll get it off in a sec.", "repeat"),
        ("fr", "racine de 2 à cinq décimales, vite", "slower"),
        ("fr", "Le voisin d'en haut fait des travaux pile quand je dors. Pile.", "wants_chance"),
        ("fr", "nan rien du tout j'ai rien commencé", "dependence"),
    ],
)
def test_a_word_in_passing_asks_for_nothing(language: str, line: str, never: str) -> None:
    assert last_answer(language, line).intent != never


@pytest.mark.parametrize("line", [("en", "Do you want to play riddles?"), ("fr", "Tu veux jouer aux devinettes ?")])
def test_riddles_are_played_when_it_is_asked_whether_it_wants_to(line: tuple[str, str]) -> None:
    assert last_answer(*line).intent == "wants_riddle"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "He'll be in bed, then."),
        ("en", "It's tomorrow there."),
        ("fr", "Il doit dormir, à cette heure."),
        ("fr", "Là-bas, c'est déjà demain."),
    ],
)
def test_what_is_said_of_others_is_no_farewell(language: str, line: str) -> None:
    assert not {"good_night", "farewell"} & set(phrases(language, line))


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("fr", ("Choisis un nombre au hasard.", "Ça tire encore.")),
        ("fr", ("Il fait beau.", "J'ai répété un truc qu'elle m'avait dit.")),
        ("en", ("Tell me a joke.", "It hurts again.")),
    ],
)
def test_again_within_a_statement_asks_for_nothing_again(language: str, lines: tuple[str, ...]) -> None:
    said = last_answer(language, *lines).said
    assert {one.behavior for one in said} <= {"listen", "comfort"}


def test_a_sum_of_ones_own_is_no_question_for_what_was_told() -> None:
    told = phrases("fr", "J'ai gagné au loto !", "Quatre euros vingt.", "À deux vingt la grille, j'ai gagné combien ?")
    assert not any(phrase.startswith("told_") for phrase in told)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Are you the robot my nan talks about?"),
        ("en", "Are you Granny's robot?"),
        ("fr", "C'est toi le robot de mamie ?"),
    ],
)
def test_whoever_asks_for_that_robot_has_found_it(language: str, line: str) -> None:
    assert "Bowlby" in last_answer(language, line).answer


@pytest.mark.parametrize(
    ("language", "name", "yes", "asks"),
    [
        ("en", "My name is Odile.", "yes", "Do you remember my name?"),
        ("fr", "Je m'appelle Odile.", "oui", "Tu te souviens de mon prénom ?"),
    ],
)
def test_a_name_that_was_told_is_known(language: str, name: str, yes: str, asks: str) -> None:
    assert "Odile" in last_answer(language, name, yes, asks).answer
    assert phrases(language, asks) == ["told_no_name"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I need it by nine."),
        ("en", "I'll walk."),
        ("en", "I'd still cover the camera."),
        ("fr", "J'y comprends que dalle."),
        ("fr", "Je demande à voir."),
    ],
)
def test_only_what_somebody_did_or_felt_is_said_back(language: str, line: str) -> None:
    assert not any(phrase.startswith("reflect_") for phrase in phrases(language, line))


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("Knock knock.", "Lettuce.", "Lettuce in, it's cold out here!", "Now you do one.")),
        ("en", ("Tell me a joke.", "Another!")),
        ("fr", ("Toc toc.", "Sam.", "Sam suffit !", "À toi maintenant.")),
    ],
)
def test_after_a_joke_it_tells_one_in_turn(language: str, lines: tuple[str, ...]) -> None:
    assert last_answer(language, *lines).said[0].behavior == "joke"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Quit moving about."),
        ("en", "give over, you're making me giddy with that head"),
        ("fr", "fous-moi la paix"),
    ],
)
def test_whoever_is_disturbed_has_it_stop_in_words_that_no_table_has(language: str, line: str) -> None:
    assert last_answer(language, line).intent == "stop"


def test_whether_it_understood_a_joke_is_answered_so() -> None:
    assert phrases("en", "Knock knock.", "Lettuce.", "Lettuce in, it's cold out here!", "Get it?") == ["joke_got"]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("fr", ("Je tousse.", "Raconte une blague.", "Elle est nulle, ta blague.")),
        ("en", ("I feel so lonely.", "Tell me a joke.", "That one's older than my dad.")),
        ("en", ("I feel so lonely.", "Thanks.", "Set an alarm for seven.")),
    ],
)
def test_people_are_not_pointed_to_behind_a_joke_or_an_errand(language: str, lines: tuple[str, ...]) -> None:
    with greeted(language) as talk:
        told = [one.phrase for line in lines for one in talk.say(line).said]
    assert "comfort_bridge" not in told


def test_people_are_pointed_to_once_the_errand_is_done() -> None:
    lines = ("I feel so lonely.", "Tell me a joke.", "He never calls.", "Not once.")
    with greeted("en") as talk:
        told = [one.phrase for line in lines for one in talk.say(line).said]
    assert told.count("comfort_bridge") == 1


@pytest.mark.parametrize(
    ("language", "begin", "goes"),
    [
        ("fr", "On joue à deviner un nombre ?", "Ouais, en cinq coups, qui dit mieux."),
        ("en", "Let's play guess the number", "In three goes, beat that if you can."),
    ],
)
def test_a_number_of_goes_is_no_guess(language: str, begin: str, goes: str) -> None:
    assert not any("higher" in one or "lower" in one or "found" in one for one in phrases(language, begin, goes))
