"""An animal is found by yes and no, by the robot and by people; what it does not know of one, it says."""

from __future__ import annotations

import pytest

from robot.sense.language.animals import Answer, Guesses, animals, asked_of, asked_traits, named_in
from tests.support.tables import TABLES
from tests.support.talk import Talk, last_answer

both = pytest.mark.parametrize("language", ["en", "fr"])
LINES = {
    "en": {
        "mine": "I'm thinking of an animal",
        "yours": "you think of an animal and I guess",
        "twenty": "let's play twenty questions",
        "you_think": "now you think of one",
        "is_it": "is it {}?",
        "jazz": "does it like jazz?",
        "colour": "what colour",
        "tell": "tell me",
    },
    "fr": {
        "mine": "je pense à un animal",
        "yours": "pense à un animal et je devine",
        "twenty": "on joue aux vingt questions",
        "you_think": "à toi d'en penser à un",
        "is_it": "c'est {} ?",
        "jazz": "il aime le jazz ?",
        "colour": "quelle couleur",
        "tell": "la réponse",
    },
}
ANSWERS = {
    "en": {Answer.YES: "yes", Answer.NO: "no", Answer.SOME: "sometimes"},
    "fr": {Answer.YES: "oui", Answer.NO: "non", Answer.SOME: "parfois"},
}
TRAITS = {
    "en": {
        "fur": "has it got fur?",
        "flies": "can it fly?",
        "water": "does it live in the water?",
        "eggs": "does it lay eggs?",
        "meat": "does it eat meat?",
        "long_tail": "does it have a long tail?",
        "hot": "is it from Africa?",
        "night": "is it awake at night?",
    },
    "fr": {
        "fur": "est-ce qu'il a des poils ?",
        "flies": "il vole ?",
        "water": "il vit dans l'eau ?",
        "eggs": "il pond des œufs ?",
        "meat": "il mange de la viande ?",
        "long_tail": "il a une longue queue ?",
        "hot": "il vit en Afrique ?",
        "night": "il sort la nuit ?",
    },
}
TOLD = {"animal_yes": Answer.YES, "animal_no": Answer.NO, "animal_some": Answer.SOME}
BRIEF_S = 1.0  # of robot time, in which a short answer has begun


def answered(talk: Talk, language: str, animal: str, phrases: list[str]) -> list[str]:
    """The phrases from the end of its questions on, each answered as it is true of an animal."""
    for _ in range(40):
        if not phrases[-1].startswith("animal_asks_"):
            return phrases
        phrases = talk.says(
            ANSWERS[language][animals().animal[animal].has(phrases[-1].removeprefix("animal_asks_"))], BRIEF_S
        )
    pytest.fail("it asks without an end")


@pytest.mark.parametrize(("language", "animal"), [("en", "hedgehog"), ("fr", "elephant")])
def test_it_finds_the_animal_that_somebody_thinks_of(language: str, animal: str) -> None:
    lines = LINES[language]
    with Talk(language) as talk:
        found = answered(talk, language, animal, talk.says(lines["mine"], BRIEF_S))
        assert found == ["animal_guess"]
        assert animals().animal[animal].spoken(language) in talk.last
        assert talk.says(ANSWERS[language][Answer.YES]) == ["animal_found", "animal_swap"]
        assert talk.says(ANSWERS[language][Answer.YES]) == ["animal_mine"]


@both
def test_it_gives_up_after_some_names_and_hears_which_it_was(language: str) -> None:
    lines = LINES[language]
    with Talk(language) as talk:
        assert talk.says(lines["twenty"], BRIEF_S) == ["animal_yours"]
        phrases = talk.says(ANSWERS[language][Answer.YES], BRIEF_S)
        guesses = 0
        while phrases != ["animal_lost"]:
            phrases = answered(talk, language, "cow", phrases)
            guesses += phrases == ["animal_guess"]
            if phrases == ["animal_guess"]:
                phrases = talk.says(ANSWERS[language][Answer.NO], BRIEF_S)
        assert guesses == 3
        spoken = animals().animal["cow"].spoken(language)
        assert talk.says(lines["is_it"].format(spoken).rstrip(" ?")) == ["animal_was_yours", "animal_swap"]
        assert spoken in talk.robot.said[-2].text
        assert talk.says(ANSWERS[language][Answer.NO]) == ["game_end"]


@both
def test_it_answers_about_its_own_and_knows_when_it_is_found(language: str) -> None:
    lines = LINES[language]
    with Talk(language) as talk:
        assert talk.says(lines["yours"], BRIEF_S) == ["animal_mine"]
        assert talk.says(lines["jazz"], BRIEF_S) == ["animal_not_known"]
        assert talk.says(lines["colour"], BRIEF_S) == ["animal_ask_me"]
        left = dict(animals().animal)
        for trait, question in TRAITS[language].items():
            answer = TOLD[talk.says(question, BRIEF_S)[0]]
            left = {name: animal for name, animal in left.items() if animal.has(trait) is answer}
        assert 0 < len(left) < 12
        for animal in left.values():
            (phrase,) = talk.says(lines["is_it"].format(animal.spoken(language)), BRIEF_S)
            assert animal.spoken(language) in talk.last
            if phrase == "animal_right":
                break
            assert phrase == "animal_not_that"
        else:
            pytest.fail("never found")
        assert talk.says(lines["you_think"], BRIEF_S) == ["animal_mine"]
        assert talk.says(lines["tell"], BRIEF_S) == ["animal_was"]


@pytest.mark.parametrize("name", animals().animal)
def test_every_animal_is_found_within_twenty_questions(name: str) -> None:
    guesses = Guesses()
    for _ in range(20):
        trait = guesses.question()
        if guesses.best[1] >= 0.5 or not trait:
            break
        guesses.learn(trait, animals().animal[name].has(trait))
    assert guesses.best[0] == name


@pytest.mark.parametrize("name", ["dog", "cow", "penguin", "shark", "bee"])
def test_one_wrong_answer_does_not_lose_it(name: str) -> None:
    guesses = Guesses()
    wrong = guesses.question()
    truth = animals().animal[name].has(wrong)
    guesses.learn(wrong, Answer.NO if truth is Answer.YES else Answer.YES)
    named: list[str] = []
    for _ in range(19):
        if guesses.best[1] >= 0.5 and guesses.best[0] != name and len(named) < 2:
            named.append(guesses.best[0])
            guesses.rule_out(named[-1])
        trait = guesses.question()
        guesses.learn(trait, animals().animal[name].has(trait))
    assert guesses.best[0] == name


def test_the_table_holds_together() -> None:
    table = animals()
    traits = set(table.trait)
    assert len(table.animal) >= 60
    for name, animal in table.animal.items():
        assert animal.yes | animal.maybe <= traits, name
        assert not animal.yes & animal.maybe, name
    assert {f"animal_asks_{trait}" for trait in asked_traits()} == {
        key for key in TABLES.keys if key.startswith("animal_asks_")
    }


@both
def test_every_animal_is_known_by_each_of_its_names(language: str) -> None:
    wrong = [
        (word, name, named_in(word, language))
        for name, animal in animals().animal.items()
        for word in (animal.spoken(language), *animal.bare(language))
        if named_in(word, language) != name
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("language", "animal", "line", "answer"),
    [
        ("en", "cat", "Has it got fur?", Answer.YES),
        ("en", "dog", "is it bigger than a cat?", Answer.YES),
        ("en", "mouse", "Is it bigger than a cat?", Answer.NO),
        ("en", "elephant", "is it bigger than a car?", Answer.YES),
        ("en", "cat", "can it fly?", Answer.NO),
        ("en", "cat", "is it a bird", Answer.NO),
        ("en", "ant", "is it small", Answer.YES),
        ("en", "cat", "can it swim?", Answer.SOME),
        ("en", "cat", "does it like music", None),
        ("fr", "cow", "C'est plus grand qu'un chat ?", Answer.YES),
        ("fr", "cow", "Est-ce qu'elle donne du lait ?", Answer.YES),
        ("fr", "cat", "a-t-il quatre pattes ?", Answer.YES),
        ("fr", "ant", "c'est gros ?", Answer.NO),
        ("fr", "cat", "il aime la musique ?", None),
    ],
)
def test_a_question_about_an_animal_is_answered(language: str, animal: str, line: str, answer: Answer | None) -> None:
    assert asked_of(animals().animal[animal], line, language) == ("", answer)


@pytest.mark.parametrize(
    ("language", "lines", "phrase"),
    [
        ("en", ["Twenty questions, go on then. I've thought of something."], "animal_asks_fur"),
        ("fr", ["On fait vingt questions ? J'ai pensé à quelque chose."], "animal_asks_fur"),
        ("en", ["Guess my animal.", "Yes.", "No.", "It was a parking cone! Never mind."], "animal_unheard_of"),
        ("fr", ["Devine mon animal.", "Oui.", "Non. C'était une chèvre."], "animal_was_yours"),
    ],
)
def test_who_has_thought_of_one_is_asked_at_once_and_may_tell_it(language: str, lines: list[str], phrase: str) -> None:
    assert last_answer(language, *lines).said[0].phrase == phrase


@pytest.mark.parametrize(
    ("language", "lines", "phrase"),
    [
        ("en", ["I'll think of an animal and you guess."], "animal_yours"),
        ("en", ["Can we do animals, where you guess?"], "animal_yours"),
        ("en", ["Can we play?", "Not that one, a guessing game."], "animal_yours"),
        ("en", ["You think of an animal and I guess."], "animal_mine"),
        ("en", ["Guess the animal.", "The other way round."], "animal_mine"),
        ("en", ["Guess the animal.", "No, I guess."], "animal_mine"),
        ("en", ["Guess my animal.", "Yes.", "No, the other way round."], "animal_mine"),
        ("en", ["Think of an animal.", "No, you guess."], "animal_yours"),
        ("en", ["Think of an animal.", "Other way round, please."], "animal_yours"),
        ("en", ["Think of an animal.", "I guess it's a cat."], "animal_not_that"),
        ("en", ["Think of a number.", "No, you guess."], "number_yours"),
        ("fr", ["Je vais choisir un animal et c'est toi qui devines."], "animal_yours"),
        ("fr", ["On joue à deviner un animal.", "Dans l'autre sens."], "animal_mine"),
        ("fr", ["On joue à deviner un animal.", "Non, c'est moi qui devine."], "animal_mine"),
        ("fr", ["Pense à un animal.", "Non, c'est toi qui devines."], "animal_yours"),
        ("fr", ["Pense à un nombre.", "On inverse."], "number_yours"),
    ],
)
def test_whoever_wants_the_other_part_gets_it(language: str, lines: list[str], phrase: str) -> None:
    assert last_answer(language, *lines).said[0].phrase == phrase
